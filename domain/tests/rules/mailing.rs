//! What may be done from a mail: by kind of notice, while it is true, until when.

use chrono::Duration;
use domain::command::Command;
use domain::id::{LoopId, NoticeId, OfferId};
use domain::notice::Notice;
use domain::notify::{Choice, LINK_LIFE_D, Mailed};
use domain::reason::Reason;
use domain::shifts::Treatment;
use domain::swaps::{Audience, Leg, LoopState, SuggestedLoop};
use domain::time::Instant;
use domain::watches::Kept;
use uuid::Uuid;

use crate::coop::{Coop, hours, member, shift};

const ROW: NoticeId = NoticeId(Uuid::from_u128(7));

/// A mail to `who` that came up now; the inbox has it under [`ROW`].
fn mailed(coop: &mut Coop, who: &str, notice: Notice) -> Mailed {
    coop.board.notices.insert(ROW, member(who));
    Mailed { member: member(who), notice, row: Some(ROW), at: coop.now }
}

/// The choices, each with why it cannot be.
fn offers(coop: &Coop, mail: &Mailed) -> Vec<(Choice, Option<Reason>)> {
    let acts = mail.acts(&coop.board, OfferId(Uuid::nil()), coop.now);
    acts.into_iter().map(|act| (act.choice, act.why_not)).collect()
}

fn choices(coop: &Coop, mail: &Mailed) -> Vec<Choice> {
    let all = offers(coop, mail);
    assert!(all.iter().all(|(_, why_not)| why_not.is_none()), "{all:?}");
    all.into_iter().map(|(choice, _)| choice).collect()
}

fn presses(coop: &mut Coop, mail: &Mailed, who: &str, choice: Choice) {
    let acts = mail.acts(&coop.board, OfferId(Uuid::from_u128(99)), coop.now);
    let act = acts.into_iter().find(|act| act.choice == choice).expect("it is offered");
    coop.does(who, act.command).expect("it is allowed");
}

fn saturday() -> Coop {
    Coop::new().shift("sat 9h", "Solène* Camille Hugo _").shift("thu 18h +1", "Karim Nour")
}

#[test]
fn a_proposal_is_accepted_or_refused() {
    let mut coop = saturday();
    let proposal = coop.proposes("Camille", "sat 9h", "Karim", "thu 18h +1").unwrap().proposal();
    let [mine, theirs] = [coop.seat("Camille", "sat 9h"), coop.seat("Karim", "thu 18h +1")];
    let mail = mailed(&mut coop, "Karim", Notice::ProposalReceived { mine, theirs, from: member("Camille") });
    assert_eq!(choices(&coop, &mail), [Choice::Accept, Choice::Refuse]);
    assert_eq!(mail.answer_until(&coop.board), coop.board.proposals[&proposal].expires_at);
    let to_nour = Mailed { member: member("Nour"), ..mail.clone() };
    assert!(offers(&coop, &to_nour).is_empty(), "it is not hers to answer");
    presses(&mut coop, &mail, "Karim", Choice::Accept);
    assert_eq!(coop.board.holder(mine), Some(member("Karim")));
    assert!(offers(&coop, &mail).is_empty() && !mail.asks(&coop.board, coop.now));
    assert_eq!(mail.why_over(&coop.board), Some(Reason::ProposalClosed));
}

#[test]
fn a_loop_that_lacks_a_yes_is_accepted_or_declined() {
    let mut coop = saturday();
    let [offer_c, offer_k] = [
        coop.exchanges("Camille", "sat 9h", &["thu 18h +1"]).unwrap().offer(),
        coop.exchanges("Karim", "thu 18h +1", &["sat 9h"]).unwrap().offer(),
    ];
    let [gives, takes] = [coop.seat("Karim", "thu 18h +1"), coop.seat("Camille", "sat 9h")];
    let leg = |offer, who, gives, takes| Leg { offer, member: member(who), gives, takes };
    let lacking = SuggestedLoop {
        id: LoopId(Uuid::from_u128(5)),
        legs: vec![leg(offer_c, "Camille", takes, gives), leg(offer_k, "Karim", gives, takes)],
        asks: member("Karim"),
        created_at: coop.now,
        expires_at: coop.now + hours(30),
        state: LoopState::Pending,
    };
    coop.board.loops.insert(lacking.id, lacking);
    let mail = mailed(&mut coop, "Karim", Notice::LoopSuggested { gives, takes });
    assert_eq!(choices(&coop, &mail), [Choice::Accept, Choice::Refuse]);
    assert_eq!(mail.answer_until(&coop.board), coop.now + hours(30));
    presses(&mut coop, &mail, "Karim", Choice::Refuse);
    assert!(offers(&coop, &mail).is_empty());
    assert_eq!(mail.why_over(&coop.board), Some(Reason::LoopClosed));
}

#[test]
fn a_seat_offered_by_name_is_taken_by_whom_it_names() {
    let mut coop = saturday();
    coop.gives_to("Camille", "sat 9h", Audience::Named { members: vec![member("Nour")] }).unwrap();
    let seat = coop.seat("Camille", "sat 9h");
    let notice = Notice::SeatOffered { seat, from: member("Camille") };
    let mail = mailed(&mut coop, "Nour", notice.clone());
    assert_eq!(choices(&coop, &mail), [Choice::Take]);
    assert!(offers(&coop, &mailed(&mut coop.clone(), "Karim", notice)).is_empty());
    presses(&mut coop, &mail, "Nour", Choice::Take);
    assert_eq!(coop.board.holder(seat), Some(member("Nour")));
}

#[test]
fn who_is_called_takes_the_seat_that_somebody_leaves_before_the_empty_one() {
    let mut coop = saturday();
    let call = Notice::UrgentCall { shift: shift("sat 9h"), by: member("Solène"), note: String::new() };
    let mail = mailed(&mut coop, "Karim", call);
    let first = |coop: &Coop| mail.acts(&coop.board, OfferId(Uuid::nil()), coop.now).remove(0).command;
    assert_eq!(first(&coop), Command::TakeSeat { seat: coop.free("sat 9h") });
    let offer = coop.gives("Hugo", "sat 9h").unwrap().offer();
    assert_eq!(first(&coop), Command::ClaimOffer { offer, instead_of: None, secret: None });
    assert_eq!(choices(&coop, &mail), [Choice::Take]);
    assert_eq!(mail.answer_until(&coop.board), coop.start("sat 9h"));
    presses(&mut coop, &mail, "Karim", Choice::Take);
    coop.takes("Nour", "sat 9h").unwrap();
    assert!(matches!(mail.why_over(&coop.board), Some(Reason::AlreadyOnShift { .. })), "Karim has his");
    let late = Mailed { member: member("Léa"), ..mail };
    assert!(offers(&coop, &late).is_empty());
    assert!(matches!(late.why_over(&coop.board), Some(Reason::NobodyMissing { .. })));
}

#[test]
fn a_seat_that_asks_for_a_skill_is_passed_over_for_one_that_does_not() {
    let mut coop = Coop::new().shift("sat 9h", "Solène* _:caisse _");
    let mail = mailed(&mut coop, "Karim", Notice::SeatOpened { shift: shift("sat 9h") });
    presses(&mut coop, &mail, "Karim", Choice::Take);
    assert_eq!(coop.team("sat 9h"), "Solène* _:caisse Karim");
    let other = mailed(&mut coop, "Nour", Notice::SeatOpened { shift: shift("sat 9h") });
    assert!(matches!(offers(&coop, &other)[..], [(Choice::Take, Some(Reason::MissingSkill { .. }))]), "and says why");
    assert!(!other.asks(&coop.board, coop.now), "such a mail carries no link");
}

#[test]
fn the_lead_s_seat_is_for_who_may_lead() {
    let mut coop = Coop::new().shift("sat 9h", "_* Camille").skilled("Nour", "animation");
    let notice = Notice::LeadMissing { shift: shift("sat 9h"), within_h: 24 };
    let [nour, karim] = ["Nour", "Karim"].map(|who| mailed(&mut coop, who, notice.clone()));
    assert!(nour.asks(&coop.board, coop.now) && !karim.asks(&coop.board, coop.now));
    presses(&mut coop, &nour, "Nour", Choice::Take);
    assert!(matches!(karim.why_over(&coop.board), Some(Reason::AlreadyTaken { by: Some(_), .. })));
}

#[test]
fn a_seat_kept_for_me_is_taken_until_then() {
    let mut coop = saturday();
    let until = coop.now + hours(12);
    let seat = coop.free("sat 9h");
    coop.board.waiting.insert(seat.shift, vec![member("Karim")]);
    coop.board.kept.insert(seat, Kept { seat, until, whom: Some(member("Karim")) });
    let notice = Notice::SeatHeld { seat, until };
    let mail = mailed(&mut coop, "Karim", notice);
    assert_eq!((choices(&coop, &mail), mail.answer_until(&coop.board)), (vec![Choice::Take, Choice::Refuse], until));
    assert!(mail.asks(&coop.board, until) && !mail.asks(&coop.board, until + Duration::milliseconds(1)));
}

#[test]
fn a_reminder_lets_its_reader_say_that_they_cannot_come_as_the_time_left_allows() {
    let at = |before| saturday().before("sat 9h", before);
    let notice = Notice::Reminder { shift: shift("sat 9h") };
    let offered = |coop: &mut Coop| {
        let mail = mailed(coop, "Camille", notice.clone());
        choices(coop, &mail)
    };
    assert_eq!(offered(&mut at(hours(48))), [Choice::Give], "it can still be exchanged");
    let mut late = at(hours(48) - Duration::milliseconds(1));
    assert_eq!(offered(&mut late), [Choice::Give, Choice::Warn]);
    let mail = mailed(&mut late, "Camille", notice.clone());
    presses(&mut late, &mail, "Camille", Choice::Give);
    let after = offers(&late, &mail);
    assert_eq!(after, [(Choice::Give, Some(Reason::AlreadyOffered)), (Choice::Warn, None)]);
    assert!(offers(&late, &Mailed { member: member("Karim"), ..mail }).is_empty(), "he is not on it");
}

#[test]
fn what_moved_my_shift_is_marked_seen_once() {
    let coop = saturday();
    let seat = coop.seat("Camille", "sat 9h");
    let theirs = coop.seat("Karim", "thu 18h +1");
    for notice in [
        Notice::SeatClaimed { seat, by: member("Karim") },
        Notice::LoopClosed { legs: Vec::new() },
        Notice::SwapAccepted { gave: seat, got: theirs, with: member("Karim") },
        Notice::ShiftClosed { shift: shift("sat 9h"), why: "Neige".into(), treatment: Treatment::Due },
        Notice::OfferExpired { seat },
    ] {
        let mut coop = coop.clone();
        let mail = mailed(&mut coop, "Camille", notice);
        assert_eq!(choices(&coop, &mail), [Choice::Seen]);
        assert_eq!(mail.answer_until(&coop.board), coop.now + Duration::days(LINK_LIFE_D));
        presses(&mut coop, &mail, "Camille", Choice::Seen);
        assert!(offers(&coop, &mail).is_empty(), "seen in the app or here, it is seen");
        let unlisted = Mailed { row: None, ..mail };
        assert!(offers(&coop, &unlisted).is_empty(), "nothing to mark");
    }
}

#[test]
fn what_only_tells_offers_nothing() {
    let mut coop = saturday();
    let [mine, theirs] = [coop.seat("Camille", "sat 9h"), coop.seat("Karim", "thu 18h +1")];
    let (shift, by) = (shift("sat 9h"), member("Karim"));
    for notice in [
        Notice::ProposalRefused { mine, theirs, by },
        Notice::ProposalClosed { mine, theirs },
        Notice::WishClosed { shift, why: "Neige".into() },
        Notice::TeamChanged { shift, left: None, joined: Some(by) },
        Notice::TeamWarned { shift, by, note: String::new() },
        Notice::NotSeenYet { shift, who: by },
    ] {
        let mail = mailed(&mut coop, "Camille", notice);
        assert!(offers(&coop, &mail).is_empty() && !mail.asks(&coop.board, coop.now), "{:?}", mail.notice);
    }
}

#[test]
fn no_link_answers_for_longer_than_a_week() {
    let mut coop = Coop::new().shift("sat 9h +2", "Solène* Camille");
    let mail = mailed(&mut coop, "Camille", Notice::Reminder { shift: shift("sat 9h +2") });
    let week: Instant = coop.now + Duration::days(7);
    assert_eq!(mail.answer_until(&coop.board), week);
    assert!(mail.asks(&coop.board, week) && !mail.asks(&coop.board, week + Duration::milliseconds(1)));
}

#[test]
fn a_closed_shift_says_so_whatever_was_asked_of_it() {
    let mut coop = saturday();
    let mail = mailed(&mut coop, "Camille", Notice::Reminder { shift: shift("sat 9h") });
    coop.board.office = true;
    let close = Command::CloseShift { shift: shift("sat 9h"), why: "Neige".into(), treatment: Treatment::Due };
    coop.does("Nour", close).unwrap();
    assert!(matches!(mail.why_over(&coop.board), Some(Reason::ShiftClosed { why, .. }) if why == "Neige"));
}

#[test]
fn each_choice_has_a_name_of_its_own() {
    for choice in Choice::ALL {
        assert_eq!(Choice::parse(choice.as_str()), Some(choice));
    }
    assert_eq!(Choice::parse("dance"), None);
}
