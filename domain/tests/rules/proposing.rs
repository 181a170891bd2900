//! « Ta place contre la mienne »: a swap asked of one person.

use chrono::Duration;
use domain::command::Command;
use domain::decide::{Decision, expire};
use domain::effect::Effect;
use domain::eligibility::Missing;
use domain::id::{OfferId, ProposalId};
use domain::notice::Notice;
use domain::reason::Reason;
use domain::swaps::{OfferKind, OfferState, ProposalState, Wishes};
use uuid::Uuid;

use crate::coop::*;

fn two_days() -> Coop {
    Coop::new().shift("sat 9h", "Solène* Camille Karim").shift("thu 18h +1", "Hugo* Léa Nour")
}

#[test]
fn two_people_swap_when_the_second_accepts() {
    let mut coop = two_days();
    let proposal = coop.proposes("Camille", "sat 9h", "Léa", "thu 18h +1").unwrap().proposal();
    assert_eq!(coop.team("sat 9h"), "Solène* Camille Karim", "nothing moves before");
    let (mine, theirs) = (coop.seat("Camille", "sat 9h"), coop.seat("Léa", "thu 18h +1"));
    let received = Notice::ProposalReceived { mine, theirs, from: member("Camille") };
    assert!(coop.was_told("Léa", |notice| *notice == received));
    let came = coop.accepts("Léa", proposal).expect("it is hers to accept");
    assert_eq!(came.effects.done.seat, Some(mine));
    assert_eq!(coop.team("sat 9h"), "Solène* Léa Karim");
    assert_eq!(coop.team("thu 18h +1"), "Hugo* Camille Nour");
    assert_eq!(coop.proposal(proposal).state, ProposalState::Accepted { at: coop.now });
    let accepted = Notice::SwapAccepted { gave: mine, got: theirs, with: member("Léa") };
    assert!(coop.was_told("Camille", |notice| *notice == accepted));
    assert!(!coop.was_told("Camille", |notice| matches!(notice, Notice::ProposalClosed { .. })));
    for (lead, on) in [("Solène", "sat 9h"), ("Hugo", "thu 18h +1")] {
        assert!(
            coop.was_told(lead, |notice| matches!(notice, Notice::TeamChanged { shift: changed, .. } if *changed == shift(on)))
        );
    }
}

#[test]
fn swapped_seats_are_swapped_again_without_end() {
    let mut coop = two_days();
    for _ in 0..3 {
        let there = coop.proposes("Camille", "sat 9h", "Léa", "thu 18h +1").unwrap().proposal();
        coop.accepts("Léa", there).unwrap();
        let back = coop.proposes("Camille", "thu 18h +1", "Léa", "sat 9h").unwrap().proposal();
        coop.accepts("Léa", back).unwrap();
    }
    assert_eq!(coop.team("sat 9h"), "Solène* Camille Karim");
}

#[test]
fn accepting_closes_everything_that_rested_on_the_two_seats_and_nothing_else() {
    let mut coop = two_days();
    let chosen = coop.proposes("Camille", "sat 9h", "Léa", "thu 18h +1").unwrap().proposal();
    let from_mine = coop.proposes("Camille", "sat 9h", "Nour", "thu 18h +1").unwrap().proposal();
    let to_theirs = coop.proposes("Karim", "sat 9h", "Léa", "thu 18h +1").unwrap().proposal();
    let other = coop.proposes("Karim", "sat 9h", "Nour", "thu 18h +1").unwrap().proposal();
    let given = coop.gives("Léa", "thu 18h +1").unwrap().offer();
    let kept = coop.gives("Karim", "sat 9h").unwrap().offer();
    coop.accepts("Léa", chosen).unwrap();
    let over = ProposalState::Superseded { at: coop.now };
    assert_eq!(coop.proposal(from_mine).state, over);
    assert_eq!(coop.proposal(to_theirs).state, over);
    assert!(coop.proposal(other).is_pending());
    assert_eq!(coop.offer(given).state, OfferState::Superseded { at: coop.now });
    assert!(coop.offer(kept).is_open());
    assert!(coop.was_told("Karim", |notice| matches!(notice, Notice::ProposalClosed { .. })));
    assert_eq!(coop.accepts("Nour", from_mine).unwrap_err(), Reason::ProposalClosed);
}

#[test]
fn only_the_one_who_was_asked_answers_and_only_the_one_who_asked_withdraws() {
    let mut coop = two_days();
    let proposal = coop.proposes("Camille", "sat 9h", "Léa", "thu 18h +1").unwrap().proposal();
    for name in ["Camille", "Nour"] {
        assert_eq!(coop.accepts(name, proposal).unwrap_err(), Reason::NotYourProposal);
        assert_eq!(coop.does(name, Command::RefuseProposal { proposal }).unwrap_err(), Reason::NotYourProposal);
    }
    assert_eq!(coop.does("Léa", Command::WithdrawProposal { proposal }).unwrap_err(), Reason::NotYourProposal);
    let unknown = ProposalId(Uuid::nil());
    assert_eq!(coop.accepts("Léa", unknown).unwrap_err(), Reason::UnknownProposal);
}

#[test]
fn a_refused_proposal_says_so_and_stays_refused() {
    let mut coop = two_days();
    let proposal = coop.proposes("Camille", "sat 9h", "Léa", "thu 18h +1").unwrap().proposal();
    coop.does("Léa", Command::RefuseProposal { proposal }).unwrap();
    assert_eq!(coop.proposal(proposal).state, ProposalState::Refused { at: coop.now });
    assert!(coop.was_told("Camille", |notice| matches!(notice, Notice::ProposalRefused { by, .. } if *by == member("Léa"))));
    assert_eq!(coop.accepts("Léa", proposal).unwrap_err(), Reason::ProposalClosed);
    coop.proposes("Camille", "sat 9h", "Léa", "thu 18h +1").expect("she may ask again");
}

#[test]
fn a_withdrawn_proposal_is_not_accepted() {
    let mut coop = two_days();
    let proposal = coop.proposes("Camille", "sat 9h", "Léa", "thu 18h +1").unwrap().proposal();
    coop.does("Camille", Command::WithdrawProposal { proposal }).unwrap();
    assert_eq!(coop.accepts("Léa", proposal).unwrap_err(), Reason::ProposalClosed);
    assert_eq!(coop.does("Camille", Command::WithdrawProposal { proposal }).unwrap_err(), Reason::ProposalClosed);
}

#[test]
fn a_swap_is_asked_until_48_hours_before_the_earlier_shift() {
    for (mine, other, theirs) in [("sat 9h", "Léa", "thu 18h +1"), ("thu 18h +1", "Camille", "sat 9h")] {
        let who = if other == "Léa" { "Camille" } else { "Léa" };
        let mut coop = two_days().before("sat 9h", hours(48));
        let deadline = coop.now;
        let proposal = coop.clone().proposes(who, mine, other, theirs).expect("exactly 48 h before");
        let expires_at = match &proposal.effects.list[0] {
            Effect::ProposalOpened(proposal) => proposal.expires_at,
            other => panic!("{other:?}"),
        };
        assert_eq!(expires_at, deadline, "it lives no longer than an exchange is possible");
        coop.later(Duration::seconds(1));
        let too_late = Reason::TooLateToExchange { deadline, notice_h: 48 };
        assert_eq!(coop.proposes(who, mine, other, theirs).unwrap_err(), too_late);
    }
}

#[test]
fn a_proposal_waits_72_hours() {
    let mut coop = Coop::new().shift("sat 9h +1", "Solène* Camille").shift("thu 18h +1", "Hugo* Léa");
    let proposal = coop.proposes("Camille", "sat 9h +1", "Léa", "thu 18h +1").unwrap().proposal();
    let at = coop.now + hours(72);
    assert_eq!(coop.proposal(proposal).expires_at, at);
    coop.later(hours(72));
    assert_eq!(expire(&coop.board, coop.now), []);
    coop.clone().accepts("Léa", proposal).expect("72 h later");
    coop.later(Duration::seconds(1));
    assert_eq!(coop.accepts("Léa", proposal).unwrap_err(), Reason::ProposalExpired { at });
    let mut again = coop.clone();
    again.proposes("Camille", "sat 9h +1", "Léa", "thu 18h +1").expect("the first one is over");
    assert_eq!(again.proposal(proposal).state, ProposalState::Expired { at });
    coop.apply(&expire(&coop.board, coop.now));
    assert_eq!(coop.proposal(proposal).state, ProposalState::Expired { at });
    assert_eq!(coop.accepts("Léa", proposal).unwrap_err(), Reason::ProposalExpired { at });
    assert!(coop.was_told("Camille", |notice| matches!(notice, Notice::ProposalClosed { .. })));
}

#[test]
fn the_same_is_not_proposed_twice_and_the_reverse_is_a_yes() {
    let mut coop = two_days();
    let first = coop.proposes("Camille", "sat 9h", "Léa", "thu 18h +1").unwrap().proposal();
    assert_eq!(coop.proposes("Camille", "sat 9h", "Léa", "thu 18h +1").unwrap_err(), Reason::AlreadyProposed);
    coop.proposes("Léa", "thu 18h +1", "Camille", "sat 9h").expect("both have said yes");
    assert_eq!(coop.team("sat 9h"), "Solène* Léa Karim");
    assert_eq!(coop.proposal(first).state, ProposalState::Accepted { at: coop.now });
}

#[test]
fn who_ticked_my_shift_has_already_said_yes() {
    let mut coop = two_days();
    let offer = coop.exchanges("Léa", "thu 18h +1", &["sat 9h"]).unwrap().offer();
    let came = coop.proposes("Camille", "sat 9h", "Léa", "thu 18h +1").expect("Léa ticked Saturday");
    assert_eq!(coop.team("sat 9h"), "Solène* Léa Karim");
    assert_eq!(coop.team("thu 18h +1"), "Hugo* Camille Nour");
    assert_eq!(came.effects.done.seat, Some(coop.seat("Camille", "thu 18h +1")));
    assert_eq!(coop.offer(offer).state, OfferState::Done { by: member("Camille"), at: coop.now });
    assert!(coop.was_told("Léa", |notice| matches!(notice, Notice::SwapAccepted { with, .. } if *with == member("Camille"))));
}

#[test]
fn a_tick_of_another_shift_is_no_yes() {
    let mut coop = two_days().shift("fri 9h +1", "Solène* _");
    coop.exchanges("Léa", "thu 18h +1", &["fri 9h +1"]).unwrap();
    let proposal = coop.proposes("Camille", "sat 9h", "Léa", "thu 18h +1").unwrap().proposal();
    assert!(coop.proposal(proposal).is_pending());
}

#[test]
fn a_tick_that_is_old_or_late_is_asked_again() {
    let mut late = two_days();
    late.exchanges("Léa", "thu 18h +1", &["sat 9h"]).unwrap();
    let mut late = late.before("sat 9h", hours(72));
    late.clone().proposes("Camille", "sat 9h", "Léa", "thu 18h +1").expect("72 h before: it binds");
    assert_eq!(late.clone().team("sat 9h"), "Solène* Camille Karim");
    late.later(Duration::seconds(1));
    let proposal = late.proposes("Camille", "sat 9h", "Léa", "thu 18h +1").unwrap().proposal();
    assert!(late.proposal(proposal).is_pending(), "less than 72 h before: she is asked");

    let mut old = Coop::new().shift("sat 9h +5", "Solène* Camille").shift("thu 18h +5", "Hugo* Léa");
    old.exchanges("Léa", "thu 18h +5", &["sat 9h +5"]).unwrap();
    old.later(Duration::days(28));
    let mut fresh = old.clone();
    fresh.proposes("Camille", "sat 9h +5", "Léa", "thu 18h +5").unwrap();
    assert_eq!(fresh.team("sat 9h +5"), "Solène* Léa", "four weeks to the second");
    old.later(Duration::seconds(1));
    let proposal = old.proposes("Camille", "sat 9h +5", "Léa", "thu 18h +5").unwrap().proposal();
    assert!(old.proposal(proposal).is_pending(), "older than four weeks: she is asked");
}

#[test]
fn a_device_does_not_know_what_the_other_ticked() {
    let mut coop = two_days();
    let offer = coop.exchanges("Léa", "thu 18h +1", &["sat 9h"]).unwrap().offer();
    coop.board.offers.get_mut(&offer).unwrap().kind = OfferKind::Exchange { wishes: Wishes::default() };
    let (mine, theirs) = (coop.seat("Camille", "sat 9h"), coop.seat("Léa", "thu 18h +1"));
    let propose = Command::ProposeSwap { proposal: ProposalId(Uuid::nil()), mine, theirs, note: String::new() };
    assert!(matches!(coop.decide("Camille", &propose), Decision::Probably(_, missing) if missing == [Missing::Wishes]));
}

#[test]
fn a_swap_is_of_two_peoples_seats_on_two_shifts() {
    let mut coop = Coop::new().shift("sat 9h", "Solène* Camille Karim _").shift("thu 18h +1", "Hugo* Camille _");
    assert_eq!(coop.proposes("Camille", "sat 9h", "Karim", "sat 9h").unwrap_err(), Reason::SameShift);
    let when = coop.board.when(shift("thu 18h +1")).unwrap();
    assert_eq!(coop.proposes("Camille", "sat 9h", "Camille", "thu 18h +1").unwrap_err(), Reason::AlreadyOnShift { when });
    let (mine, theirs) = (coop.seat("Camille", "sat 9h"), coop.free("thu 18h +1"));
    let to_nobody = Command::ProposeSwap { proposal: ProposalId(Uuid::nil()), mine, theirs, note: String::new() };
    assert_eq!(coop.does("Camille", to_nobody).unwrap_err(), Reason::SeatFree { when });
    assert!(matches!(coop.proposes("Nour", "sat 9h", "Hugo", "thu 18h +1"), Err(Reason::NotYourSeat { .. })));
}

#[test]
fn why_the_other_cannot_is_their_own_business() {
    let mut coop = two_days().who("Léa", |who| who.active = false);
    let who = coop.board.who(member("Léa"));
    assert_eq!(coop.proposes("Camille", "sat 9h", "Léa", "thu 18h +1").unwrap_err(), Reason::OtherCannot { who });
    let mut coop = two_days().who("Camille", |who| who.active = false);
    assert_eq!(coop.proposes("Camille", "sat 9h", "Léa", "thu 18h +1").unwrap_err(), Reason::NotActive);
}

#[test]
fn what_was_possible_when_asked_is_decided_again_when_accepted() {
    let mut coop = two_days().shift("thu 19h +1", "Hugo _");
    coop.board.shifts.get_mut(&shift("thu 19h +1")).unwrap().seats[0].holder = None;
    let proposal = coop.proposes("Camille", "sat 9h", "Léa", "thu 18h +1").unwrap().proposal();
    coop.takes("Camille", "thu 19h +1").expect("nothing keeps her from it");
    let who = coop.board.who(member("Camille"));
    assert_eq!(coop.accepts("Léa", proposal).unwrap_err(), Reason::OtherCannot { who });
    assert_eq!(coop.team("sat 9h"), "Solène* Camille Karim");
}

#[test]
fn a_lead_swaps_with_a_lead_and_with_nobody_else() {
    let mut coop = two_days();
    let proposal = coop.proposes("Solène", "sat 9h", "Hugo", "thu 18h +1").unwrap().proposal();
    coop.accepts("Hugo", proposal).unwrap();
    assert_eq!((coop.team("sat 9h"), coop.team("thu 18h +1")), ("Hugo* Camille Karim".into(), "Solène* Léa Nour".into()));
    let who = coop.board.who(member("Léa"));
    assert_eq!(coop.proposes("Hugo", "sat 9h", "Léa", "thu 18h +1").unwrap_err(), Reason::OtherCannot { who });
}

#[test]
fn a_swap_leaves_no_first_timer_alone() {
    let mut coop =
        Coop::new().shift("sat 9h", "Camille Hugo").shift("thu 18h +1", "Léa Nour Karim").first_timer("Hugo").first_timer("Nour");
    let when = coop.board.when(shift("sat 9h")).unwrap();
    let alone = Reason::FirstTimerAlone { when };
    assert_eq!(coop.proposes("Camille", "sat 9h", "Nour", "thu 18h +1").unwrap_err(), alone);
    coop.proposes("Camille", "sat 9h", "Léa", "thu 18h +1").expect("Léa has worked before");
}

#[test]
fn an_offer_of_a_swapped_seat_is_answered_no_more() {
    let mut coop = two_days();
    let offer: OfferId = coop.gives("Camille", "sat 9h").unwrap().offer();
    let proposal = coop.proposes("Camille", "sat 9h", "Léa", "thu 18h +1").unwrap().proposal();
    coop.accepts("Léa", proposal).unwrap();
    assert_eq!(coop.claims("Nour", offer).unwrap_err(), Reason::OfferClosed);
}
