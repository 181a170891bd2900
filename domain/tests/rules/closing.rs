//! Closing a shift, and what is over by itself.

use chrono::Duration;
use domain::command::Command;
use domain::decide::{affected, expire};
use domain::effect::Effect;
use domain::id::{LoopId, NoticeId, ShiftId};
use domain::notice::Notice;
use domain::reason::Reason;
use domain::shifts::Treatment;
use domain::swaps::{LoopState, OfferState, ProposalState, SuggestedLoop};
use uuid::Uuid;

use crate::coop::*;

fn snow(on: &str) -> Command {
    Command::CloseShift { shift: shift(on), why: " neige ".into(), treatment: Treatment::Excused }
}

fn two_days() -> Coop {
    let mut coop = Coop::new().shift("sat 9h +1", "Solène* Camille Karim").shift("thu 18h +1", "Hugo* Léa _");
    coop.board.office = true;
    coop
}

#[test]
fn only_the_office_closes_a_shift_and_says_why() {
    let mut coop = two_days();
    let wordless = Command::CloseShift { shift: shift("sat 9h +1"), why: "  ".into(), treatment: Treatment::Due };
    assert_eq!(coop.does("Nour", wordless).unwrap_err(), Reason::WhyMissing);
    let nowhere = Command::CloseShift { shift: ShiftId(Uuid::nil()), why: "neige".into(), treatment: Treatment::Due };
    assert_eq!(coop.does("Nour", nowhere).unwrap_err(), Reason::UnknownShift);
    coop.board.office = false;
    assert_eq!(coop.does("Solène", snow("sat 9h +1")).unwrap_err(), Reason::NotAllowed);
}

#[test]
fn everybody_concerned_is_told_once() {
    let mut coop = two_days().shift("fri 9h +1", "Hugo* Nour Léa");
    coop.exchanges("Léa", "thu 18h +1", &["sat 9h +1"]).unwrap();
    coop.exchanges("Léa", "fri 9h +1", &["sat 9h +1"]).unwrap();
    coop.told.clear();
    let people = affected(&coop.board.shifts[&shift("sat 9h +1")]);
    assert_eq!(people, ["Solène", "Camille", "Karim"].map(member));
    coop.does("Nour", snow("sat 9h +1")).unwrap();
    let why = || "neige".to_owned();
    let closed = Notice::ShiftClosed { shift: shift("sat 9h +1"), why: why(), treatment: Treatment::Excused };
    let mut told = coop.told.clone();
    told.retain(|(_, notice)| *notice == closed);
    assert_eq!(told.iter().map(|(to, _)| *to).collect::<Vec<_>>(), people);
    let wished = Notice::WishClosed { shift: shift("sat 9h +1"), why: why() };
    let told: Vec<_> = coop.told.iter().filter(|(_, notice)| *notice == wished).map(|(to, _)| *to).collect();
    assert_eq!(told, [member("Léa")], "once, though two of her offers ticked it");
}

#[test]
fn what_rested_on_a_closed_shift_is_superseded_and_says_why() {
    let mut coop = two_days();
    let offer = coop.gives("Camille", "sat 9h +1").unwrap().offer();
    let proposal = coop.proposes("Léa", "thu 18h +1", "Karim", "sat 9h +1").unwrap().proposal();
    coop.does("Nour", snow("sat 9h +1")).unwrap();
    assert_eq!(coop.offer(offer).state, OfferState::Superseded { at: coop.now });
    assert_eq!(coop.proposal(proposal).state, ProposalState::Superseded { at: coop.now });
    let when = coop.board.when(shift("sat 9h +1")).unwrap();
    let closed = Reason::ShiftClosed { when, why: "neige".into() };
    assert_eq!(coop.claims("Nour", offer).unwrap_err(), closed);
    assert_eq!(coop.withdraws("Camille", offer).unwrap_err(), closed);
    assert_eq!(coop.gives("Camille", "sat 9h +1").unwrap_err(), closed);
    assert_eq!(coop.does("Nour", snow("sat 9h +1")).unwrap_err(), closed, "it is closed once");
    assert_eq!(coop.moves("Léa", "thu 18h +1", "sat 9h +1").unwrap_err().clone(), {
        let by = coop.board.who(member("Solène"));
        Reason::SeatHeld { by, offered: false }
    });
}

#[test]
fn a_shift_is_closed_until_its_end() {
    let mut coop = two_days().before("sat 9h +1", -hours(3));
    coop.clone().does("Nour", snow("sat 9h +1")).expect("at the end itself");
    let deadline = coop.now;
    coop.later(Duration::seconds(1));
    assert_eq!(coop.does("Nour", snow("sat 9h +1")).unwrap_err(), Reason::TooLate { deadline });
}

#[test]
fn offers_end_at_the_start_and_exchanges_48_hours_before() {
    let mut coop = two_days();
    let given = coop.gives("Camille", "sat 9h +1").unwrap().offer();
    let exchanged = coop.exchanges("Karim", "sat 9h +1", &["thu 18h +1"]).unwrap().offer();
    for (offer, ends, name) in [(exchanged, hours(48), "Karim"), (given, Duration::zero(), "Camille")] {
        let mut then = coop.clone().before("sat 9h +1", ends);
        let at = then.now;
        let over = Effect::OfferClosed { offer, state: OfferState::Expired { at } };
        assert!(!expire(&then.board, then.now).contains(&over), "inclusive");
        then.later(Duration::seconds(1));
        let list = expire(&then.board, then.now);
        assert!(list.contains(&over));
        then.apply(&list);
        assert!(then.was_told(name, |notice| matches!(notice, Notice::OfferExpired { .. })));
        assert_eq!(then.withdraws(name, offer).unwrap_err(), Reason::OfferExpired { at });
        assert_eq!(expire(&then.board, then.now), [], "once");
    }
}

#[test]
fn a_suggested_loop_ends_at_its_time() {
    let mut coop = two_days();
    let expires_at = coop.now + hours(1);
    let id = LoopId(Uuid::from_u128(1));
    let suggested = SuggestedLoop {
        id,
        legs: Vec::new(),
        asks: member("Camille"),
        created_at: coop.now,
        expires_at,
        state: LoopState::Pending,
    };
    coop.apply(&[Effect::LoopSuggested(suggested)]);
    assert_eq!(expire(&coop.board, expires_at), []);
    let over = Effect::LoopClosed { lacking: id, state: LoopState::Expired { at: expires_at } };
    assert_eq!(expire(&coop.board, expires_at + Duration::seconds(1)), [over]);
}

#[test]
fn one_sees_ones_own_notices_once() {
    let mut coop = two_days();
    let notice = NoticeId(Uuid::from_u128(5));
    coop.board.notices.insert(notice, member("Camille"));
    assert_eq!(coop.does("Karim", Command::MarkSeen { notice }).unwrap_err(), Reason::UnknownNotice);
    coop.does("Camille", Command::MarkSeen { notice }).expect("it is hers");
    assert_eq!(coop.does("Camille", Command::MarkSeen { notice }).unwrap_err(), Reason::UnknownNotice);
}
