//! A leave is asked for and answered; the office corrects, the pot is given to and drawn from.

use chrono::NaiveDate;
use domain::command::{Bears, Command};
use domain::effect::Effect;
use domain::id::{MemberId, RequestId};
use domain::ledger::{Credit, DutyPeriod, Entry, EntryKind, Policies, Policy, Pot, Share, Version};
use domain::members::Known;
use domain::notice::Notice;
use domain::notify::{Ties, concerns, is_still_true};
use domain::reason::Reason;
use domain::requests::{Asked, RequestState};
use uuid::Uuid;

use crate::coop::*;

fn asks(number: u128, what: Asked, from: NaiveDate, to: NaiveDate, why: &str) -> Command {
    Command::RequestLeave { request: RequestId(Uuid::from_u128(number)), what, from, to, why: why.into() }
}

fn answers(number: u128, granted: bool, word: &str) -> Command {
    Command::AnswerRequest { request: RequestId(Uuid::from_u128(number)), granted, word: word.into() }
}

fn state(coop: &Coop, number: u128) -> &RequestState {
    &coop.board.requests[&RequestId(Uuid::from_u128(number))].state
}

/// Camille asks for a pause at the end of the year; whoever acts next is of the office.
fn asked() -> Coop {
    let mut coop = Coop::new();
    coop.does("Camille", asks(1, Asked::Pause, day(2026, 12, 21), day(2027, 1, 17), " Un chantier ")).unwrap();
    coop.board.office = true;
    coop
}

#[test]
fn a_leave_has_days_that_can_be_meant() {
    let mut coop = Coop::new();
    let pause = |from, to| asks(1, Asked::Pause, from, to, "");
    assert_eq!(coop.does("Camille", pause(day(2026, 12, 2), day(2026, 12, 1))).unwrap_err(), Reason::DaysBackwards);
    let earliest = Reason::DaysTooEarly { from: day(2026, 9, 24) };
    assert_eq!(coop.does("Camille", pause(day(2026, 9, 23), day(2026, 12, 1))).unwrap_err(), earliest);
    let long = Reason::DaysTooLong { days: 731 };
    assert_eq!(coop.does("Camille", pause(day(2027, 1, 1), day(2029, 1, 1))).unwrap_err(), long);
    let wordless = asks(1, Asked::Exemption, day(2027, 1, 1), day(2027, 6, 1), "  ");
    assert_eq!(coop.does("Camille", wordless).unwrap_err(), Reason::WhyMissing);
    let long = asks(1, Asked::Illness, day(2027, 1, 1), day(2027, 6, 1), &"é".repeat(501));
    assert_eq!(coop.does("Camille", long).unwrap_err(), Reason::NoteTooLong { cap: 500 });
    coop.does("Camille", pause(day(2026, 9, 24), day(2028, 9, 23))).unwrap();
    assert!(coop.board.requests.values().all(|request| request.is_pending() && request.member == member("Camille")));
}

#[test]
fn one_waits_at_a_time_for_the_same_days() {
    let mut coop = asked();
    let again = asks(2, Asked::Illness, day(2027, 1, 17), day(2027, 1, 20), "");
    let waits = Reason::AlreadyAsked { from: day(2026, 12, 21), to: day(2027, 1, 17) };
    assert_eq!(coop.does("Camille", again.clone()).unwrap_err(), waits);
    coop.does("Karim", asks(3, Asked::Pause, day(2026, 12, 21), day(2027, 1, 17), "")).unwrap();
    assert_eq!(
        coop.does("Karim", Command::WithdrawRequest { request: RequestId(Uuid::from_u128(1)) }).unwrap_err(),
        Reason::UnknownRequest
    );
    coop.does("Camille", Command::WithdrawRequest { request: RequestId(Uuid::from_u128(1)) }).unwrap();
    coop.does("Camille", again).unwrap();
    assert_eq!(coop.does("Nour", answers(1, true, "")).unwrap_err(), Reason::RequestClosed);
}

#[test]
fn the_office_answers_once_and_nobody_answers_themselves() {
    let mut coop = asked();
    assert_eq!(coop.does("Camille", answers(1, true, "")).unwrap_err(), Reason::NotYourself);
    coop.board.on_my_ledger.insert(member("Camille"));
    assert_eq!(coop.does("Nour", answers(1, true, "")).unwrap_err(), Reason::NotYourself, "of one household");
    coop.board.on_my_ledger.clear();
    assert_eq!(coop.does("Nour", answers(1, false, " ")).unwrap_err(), Reason::WhyMissing, "a refusal says why");
    coop.board.office = false;
    assert_eq!(coop.does("Nour", answers(1, true, "")).unwrap_err(), Reason::NotAllowed);
    coop.board.office = true;
    coop.does("Nour", answers(1, false, " Trop tôt ")).unwrap();
    let by = member("Nour");
    assert_eq!(*state(&coop, 1), RequestState::Refused { at: coop.now, by, word: "Trop tôt".into() });
    assert_eq!(coop.does("Hugo", answers(1, true, "")).unwrap_err(), Reason::RequestClosed);
}

#[test]
fn what_is_told_of_a_request_holds_no_reason_and_no_word() {
    let mut coop = asked();
    let request = RequestId(Uuid::from_u128(1));
    let received = Notice::RequestReceived { request, from: member("Camille") };
    let office = Ties { office: true, ..Ties::default() };
    assert!(is_still_true(&coop.board, &received, member("Nour"), coop.now));
    assert!(concerns(&coop.board, &office, &received, member("Nour")));
    assert!(!concerns(&coop.board, &office, &received, member("Camille")), "nobody answers themselves");
    assert!(!concerns(&coop.board, &Ties::default(), &received, member("Hugo")));
    coop.does("Nour", answers(1, true, "Repose-toi")).unwrap();
    assert!(!is_still_true(&coop.board, &received, member("Nour"), coop.now));
    let answered = Notice::RequestAnswered { request };
    assert!(coop.was_told("Camille", |notice| *notice == answered));
    assert!(is_still_true(&coop.board, &answered, member("Camille"), coop.now));
    assert!(!is_still_true(&coop.board, &answered, member("Hugo"), coop.now));
    let told = serde_json::to_string(&coop.told.iter().map(|(_, notice)| notice).collect::<Vec<_>>()).unwrap();
    assert!(!told.contains("chantier") && !told.contains("Repose"), "{told}");
}

#[test]
fn the_office_corrects_with_a_reason_and_never_its_own() {
    let mut coop = Coop::new();
    let corrects = |what, credit, why: &str| Command::CorrectLedger { member: member("Camille"), what, credit, why: why.into() };
    let half = Credit(90);
    assert_eq!(coop.does("Nour", corrects(EntryKind::MakeUp, half, "Inventaire")).unwrap_err(), Reason::NotAllowed);
    coop.board.office = true;
    assert_eq!(coop.does("Camille", corrects(EntryKind::MakeUp, half, "Inventaire")).unwrap_err(), Reason::NotYourself);
    assert_eq!(coop.does("Nour", corrects(EntryKind::MakeUp, half, " ")).unwrap_err(), Reason::WhyMissing);
    for (what, credit) in [
        (EntryKind::MakeUp, Credit::NONE),
        (EntryKind::Advance, Credit(-90)),
        (EntryKind::Correction, Credit::NONE),
        (EntryKind::Correction, Credit::shifts(-9)),
    ] {
        assert_eq!(coop.does("Nour", corrects(what, credit, "?")).unwrap_err(), Reason::BadCredit { most: 8 });
    }
    assert_eq!(coop.does("Nour", corrects(EntryKind::Done, half, "?")).unwrap_err(), Reason::NotUnderstood);
    let nobody =
        Command::CorrectLedger { member: MemberId(Uuid::nil()), what: EntryKind::Grace, credit: Credit::NONE, why: "?".into() };
    assert_eq!(coop.does("Nour", nobody).unwrap_err(), Reason::UnknownMember);
    let came = coop.does("Nour", corrects(EntryKind::MakeUp, half, " Inventaire ")).unwrap();
    let entry = Entry::new(EntryKind::MakeUp, monday(), half).because("Inventaire");
    assert_eq!(came.effects.list, [Effect::Counted { member: member("Camille"), entry }]);
    let came = coop.does("Nour", corrects(EntryKind::Grace, half, "Déménagement")).unwrap();
    let [Effect::Counted { entry, .. }] = came.effects.list.as_slice() else { panic!("one entry") };
    assert_eq!((entry.kind, entry.credit), (EntryKind::Grace, Credit::NONE), "more days count nothing");
}

#[test]
fn a_duty_is_set_from_tomorrow_on_and_a_household_has_one_ledger() {
    let mut coop = Coop::new();
    coop.board.office = true;
    let sets = |share, with: Option<&str>, from| Command::SetDuty {
        member: member("Camille"),
        share,
        with: with.map(member),
        from,
        why: "Même foyer".into(),
    };
    let tomorrow = day(2026, 11, 24);
    let early = Reason::DaysTooEarly { from: tomorrow };
    assert_eq!(coop.does("Nour", sets(Bears::Half, None, monday())).unwrap_err(), early);
    assert_eq!(coop.does("Camille", sets(Bears::Half, None, tomorrow)).unwrap_err(), Reason::NotYourself);
    assert_eq!(coop.does("Nour", sets(Bears::With, None, tomorrow)).unwrap_err(), Reason::NobodyNamed);
    assert_eq!(coop.does("Nour", sets(Bears::With, Some("Camille"), tomorrow)).unwrap_err(), Reason::NobodyNamed);
    coop.board.households.insert(member("Karim"), member("Hugo"));
    let shares = coop.does("Nour", sets(Bears::With, Some("Karim"), tomorrow)).unwrap_err();
    assert_eq!(shares, Reason::SharesAlready { who: coop.board.who(member("Karim")) });
    let came = coop.does("Nour", sets(Bears::With, Some("Hugo"), tomorrow)).unwrap();
    let period = DutyPeriod { from: tomorrow, to: None, share: Share::With(member("Hugo")) };
    let set = Effect::DutySet { member: member("Camille"), period, why: "Même foyer".into() };
    assert_eq!(came.effects.list, [set]);
}

fn with_pot(entries: Vec<Entry>, floor: Credit) -> Coop {
    let policy = Policy { pot: Pot { open: true, draws_a_year: 2, floor }, ..Policy::default() };
    let versions = Policies::new(vec![Version { valid_from: day(2020, 1, 1), policy }]);
    let mut coop = Coop::new().rules(|rules| rules.policies = versions);
    coop.board.ledgers.insert(member("Camille"), entries);
    coop
}

#[test]
fn two_gifts_in_a_row_are_no_more_than_what_is_ahead() {
    let ahead = vec![Entry::new(EntryKind::Advance, day(2026, 11, 23), Credit::SHIFT)];
    let mut coop = with_pot(ahead, Credit::NONE);
    coop.does("Camille", Command::GiveSolidarity).unwrap();
    let nothing = Reason::NothingAhead { ahead: Credit::NONE };
    assert_eq!(coop.does("Camille", Command::GiveSolidarity).unwrap_err(), nothing);
    assert_eq!(Coop::new().does("Camille", Command::GiveSolidarity).unwrap_err(), Reason::NotActive);
}

#[test]
fn a_draw_leaves_the_pot_its_floor_and_a_device_does_not_know_the_pot() {
    let owes = vec![Entry::new(EntryKind::CycleDue, day(2026, 10, 26), -Credit::SHIFT)];
    let mut coop = with_pot(owes, Credit::SHIFT);
    let unseen = coop.decide("Camille", &Command::DrawSolidarity);
    assert!(matches!(unseen, domain::decide::Decision::Probably(..)), "{unseen:?}");
    coop.board.pot = Known::Known(Credit::SHIFT);
    let low = Reason::PotTooLow { pot: Credit::SHIFT, floor: Credit::SHIFT };
    assert_eq!(coop.does("Camille", Command::DrawSolidarity).unwrap_err(), low);
    coop.board.pot = Known::Known(Credit::shifts(2));
    let came = coop.does("Camille", Command::DrawSolidarity).unwrap();
    let entry = Entry::new(EntryKind::SolidarityDraw, monday(), Credit::SHIFT);
    assert_eq!(came.effects.list, [Effect::Counted { member: member("Camille"), entry }]);
    assert_eq!(coop.does("Camille", Command::DrawSolidarity).unwrap_err(), Reason::NothingOwed);
}
