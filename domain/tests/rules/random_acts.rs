//! Whatever people do, in whatever order, the co-op stays sound.

use domain::command::Command;
use domain::decide::{Decision, expire};
use domain::effect::Effect;
use domain::id::{MemberId, OfferId, ProposalId, SeatId};
use domain::swaps::Audience;
use proptest::prelude::*;

use crate::coop::*;

const DAYS: [&str; 6] = ["thu 9h +1", "thu 12h +1", "thu 14h +1", "fri 18h +1", "sat 9h +1", "wed 9h +2"];

fn co_op() -> Coop {
    Coop::new()
        .shift("thu 9h +1", "Solène* Camille _")
        .shift("thu 12h +1", "Solène* Karim Nour")
        .shift("thu 14h +1", "Léa _ _")
        .shift("fri 18h +1", "Hugo* Léa Camille")
        .shift("sat 9h +1", "Solène* Nour Karim")
        .shift("wed 9h +2", "Hugo* Léa Camille _")
        .minimum("sat 9h +1", 2)
        .first_timer("Nour")
}

/// One act: who, which kind, and whatever it needs.
type Act = (usize, u8, usize, usize, u8, i64);

fn command(coop: &mut Coop, (_, kind, one, other, position, _): Act) -> Command {
    let seat = |day: usize| SeatId::new(shift(DAYS[day % DAYS.len()]), i16::from(position % 4));
    let offers: Vec<OfferId> = coop.board.offers.keys().copied().collect();
    let proposals: Vec<ProposalId> = coop.board.proposals.keys().copied().collect();
    let offer = offers.get(other % offers.len().max(1)).copied().unwrap_or(OfferId(uuid::Uuid::nil()));
    let proposal = proposals.get(other % proposals.len().max(1)).copied().unwrap_or(ProposalId(uuid::Uuid::nil()));
    let created = coop.new_id();
    let theirs = SeatId::new(shift(DAYS[other % DAYS.len()]), i16::from(position / 4 % 4));
    match kind {
        0 => Command::TakeSeat { seat: seat(one) },
        1 => Command::GiveSeat { offer: OfferId(created), seat: seat(one), audience: Audience::Anyone, note: String::new() },
        2 => {
            let wishes = vec![shift(DAYS[other % DAYS.len()])];
            Command::ExchangeSeat { offer: OfferId(created), seat: seat(one), wishes, patterns: Vec::new(), note: String::new() }
        }
        3 => Command::WithdrawOffer { offer },
        4 => Command::ClaimOffer { offer, instead_of: None, secret: None },
        5 => Command::ClaimOffer { offer, instead_of: Some(seat(one)), secret: None },
        6 => Command::MoveSeat { from: seat(one), to: theirs },
        7 => Command::ProposeSwap { proposal: ProposalId(created), mine: seat(one), theirs, note: String::new() },
        8 => Command::AcceptProposal { proposal },
        9 => Command::RefuseProposal { proposal },
        _ => Command::WithdrawProposal { proposal },
    }
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    prop::collection::vec((0usize..6, 0u8..11, 0usize..6, 0usize..24, 0u8..16, 0i64..3), 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_acts_leave_a_sound_co_op(acts in acts()) {
        let mut coop = co_op();
        let seats: usize = coop.board.shifts.values().map(|shift| shift.seats.len()).sum();
        for act in acts {
            let command = command(&mut coop, act);
            let _ = coop.does(CAST[act.0], command);
            coop.later(hours(act.5));
            let over = expire(&coop.board, coop.now);
            coop.apply(&over);
            prop_assert!(expire(&coop.board, coop.now).is_empty(), "what is over is over once");
            for shift in coop.board.shifts.values() {
                prop_assert!(!shift.seats[0].lead || shift.lead().is_some(), "the lead's seats were held and stay so");
            }
        }
        prop_assert_eq!(coop.board.shifts.values().map(|shift| shift.seats.len()).sum::<usize>(), seats);
    }

    #[test]
    fn a_decision_changes_nothing_and_is_the_same_again(acts in acts()) {
        let mut coop = co_op();
        for act in acts {
            let command = command(&mut coop, act);
            let before = format!("{:?}", coop.board);
            let first = coop.decide(CAST[act.0], &command);
            prop_assert_eq!(&before, &format!("{:?}", coop.board));
            prop_assert_eq!(&first, &coop.decide(CAST[act.0], &command));
            if let Decision::Yes(effects) = first {
                coop.apply(&effects.list);
            }
        }
    }

    #[test]
    fn only_a_member_of_an_act_gains_or_loses_a_seat(acts in acts()) {
        let mut coop = co_op();
        for act in acts {
            let actor = member(CAST[act.0]);
            let command = command(&mut coop, act);
            let agreed: Vec<MemberId> = match &command {
                Command::ClaimOffer { offer, .. } => coop.board.offers.get(offer).map(|offer| offer.member).into_iter().collect(),
                Command::AcceptProposal { proposal } => coop.board.proposals.get(proposal).map(|asked| asked.from).into_iter().collect(),
                // Theirs is the reverse proposal, or the tick.
                Command::ProposeSwap { theirs, .. } => coop.board.holder(*theirs).into_iter().collect(),
                _ => Vec::new(),
            };
            let Ok(came) = coop.does(CAST[act.0], command) else { continue };
            for effect in &came.effects.list {
                if let Effect::SeatMoved { from, to, .. } = effect {
                    for touched in [from, to].into_iter().flatten() {
                        prop_assert!(*touched == actor || agreed.contains(touched));
                    }
                }
            }
        }
    }
}
