//! Who may hold a seat.

use chrono::Duration;
use domain::command::Command;
use domain::decide::Decision;
use domain::members::Skill;
use domain::reason::Reason;
use domain::time::Days;

use crate::coop::*;

fn saturday() -> Coop {
    Coop::new().shift("sat 9h", "Solène* Karim _ _")
}

#[test]
fn an_active_member_takes_an_empty_seat() {
    let mut coop = saturday();
    coop.takes("Camille", "sat 9h").expect("she may");
    assert_eq!(coop.team("sat 9h"), "Solène* Karim Camille _");
}

#[test]
fn somebody_who_is_not_active_takes_nothing() {
    let mut coop = saturday().who("Camille", |who| who.active = false);
    assert_eq!(coop.takes("Camille", "sat 9h").unwrap_err(), Reason::NotActive);
}

#[test]
fn a_seat_that_asks_for_a_skill_goes_to_who_has_it() {
    let coop = Coop::new().shift("sat 9h", "Solène* _:caisse");
    let skill = Skill::parse("caisse").unwrap();
    assert_eq!(coop.clone().takes("Camille", "sat 9h").unwrap_err(), Reason::MissingSkill { skill });
    coop.skilled("Camille", "caisse").takes("Camille", "sat 9h").expect("she has learnt the till");
}

#[test]
fn the_leads_seat_goes_only_to_qualified_leads() {
    let coop = Coop::new().shift("sat 9h", "_* Karim _");
    let missing = Reason::MissingSkill { skill: Skill::lead() };
    assert_eq!(coop.clone().takes("Camille", "sat 9h").unwrap_err(), missing);
    coop.skilled("Camille", Skill::LEAD).takes("Camille", "sat 9h").expect("she is a lead");
}

#[test]
fn a_leads_seat_that_asks_for_a_skill_takes_both() {
    let coop = Coop::new().shift("sat 9h", "_*:ouverture Karim").skilled("Camille", "ouverture");
    assert_eq!(coop.clone().takes("Camille", "sat 9h").unwrap_err(), Reason::MissingSkill { skill: Skill::lead() });
    coop.skilled("Camille", Skill::LEAD).takes("Camille", "sat 9h").expect("both");
}

#[test]
fn nobody_sits_twice_on_a_shift() {
    let mut coop = saturday();
    let when = coop.board.when(shift("sat 9h")).unwrap();
    assert_eq!(coop.takes("Karim", "sat 9h").unwrap_err(), Reason::AlreadyOnShift { when });
}

#[test]
fn leave_covers_its_first_and_its_last_day_and_no_other() {
    let saturday_on = day(2026, 11, 28);
    for (from, to, allowed) in [
        (day(2026, 11, 20), saturday_on, false),
        (saturday_on, day(2026, 12, 10), false),
        (day(2026, 11, 20), day(2026, 11, 27), true),
        (day(2026, 11, 29), day(2026, 12, 10), true),
    ] {
        let mut coop = saturday().who("Camille", |who| who.leaves = vec![Days { from, to }]);
        let expected = if allowed { None } else { Some(Reason::OnLeave { from, to }) };
        assert_eq!(coop.takes("Camille", "sat 9h").err(), expected, "{from} to {to}");
    }
}

#[test]
fn two_shifts_may_share_thirty_minutes_and_not_one_more() {
    let one = |minutes: i64| {
        let mut coop = Coop::new().shift_until("sat 9h", 180 + minutes, "Solène* Camille").shift("sat 12h", "Solène* _");
        coop.board.shifts.get_mut(&shift("sat 12h")).unwrap().seats[0].holder = Some(member("Karim"));
        coop.takes("Camille", "sat 12h")
    };
    one(0).expect("9–12 and 12–15 follow each other");
    one(30).expect("exactly the tolerance");
    assert!(matches!(one(31), Err(Reason::Overlaps { .. })));
}

#[test]
fn an_overlap_is_seen_whichever_shift_comes_first() {
    let mut coop = Coop::new().shift("sat 11h", "Solène* Camille").shift("sat 9h", "Karim* _");
    let with = coop.board.when(shift("sat 11h")).unwrap();
    assert_eq!(coop.takes("Camille", "sat 9h").unwrap_err(), Reason::Overlaps { with });
}

#[test]
fn a_closed_shift_stands_in_nobodys_way() {
    let mut coop = Coop::new().shift("sat 9h", "Solène* Camille").shift("sat 10h", "Karim* _");
    coop.board.office = true;
    let close =
        Command::CloseShift { shift: shift("sat 9h"), why: "neige".into(), treatment: domain::shifts::Treatment::Displaced };
    coop.does("Solène", close).unwrap();
    coop.takes("Camille", "sat 10h").expect("the other shift is closed");
}

#[test]
fn two_shifts_a_day_and_no_third() {
    let mut coop = Coop::new().shift("sat 9h", "Solène* Camille").shift("sat 12h", "Karim* _").shift("sat 15h", "Karim* _");
    coop.takes("Camille", "sat 12h").expect("a second one");
    let refused = coop.takes("Camille", "sat 15h").unwrap_err();
    assert_eq!(refused, Reason::TooManyThatDay { has: 2, cap: 2, on: day(2026, 11, 28) });
}

#[test]
fn five_shifts_a_cycle_and_no_sixth_but_the_next_cycle_counts_anew() {
    let mut coop = Coop::new()
        .shift("mon 18h", "Solène* Camille")
        .shift("sat 9h", "Solène* Camille")
        .shift("sat 9h +1", "Solène* Camille")
        .shift("sat 9h +2", "Solène* Camille")
        .shift("thu 9h +3", "Solène* _")
        .shift("sat 9h +3", "Solène* _")
        .shift("mon 9h +4", "Solène* _");
    coop.board.shifts.values_mut().for_each(|shift| shift.minimum = 0);
    coop.takes("Camille", "thu 9h +3").expect("a fifth one");
    let refused = coop.takes("Camille", "sat 9h +3").unwrap_err();
    let (from, to) = (monday(), day(2026, 12, 20));
    assert_eq!(refused, Reason::TooManyThatCycle { has: 5, cap: 5, from, to });
    coop.takes("Camille", "mon 9h +4").expect("another cycle");
}

#[test]
fn a_seat_given_up_in_the_same_act_counts_no_more() {
    let mut coop =
        Coop::new().shift("sat 9h +1", "Solène* Camille").shift("sat 12h +1", "Karim* Camille").shift("sat 15h +1", "Karim* _");
    coop.moves("Camille", "sat 9h +1", "sat 15h +1").expect("she still has two that day");
    let mut coop = Coop::new().shift("sat 9h +1", "Solène* Camille").shift("sat 10h +1", "Karim* _");
    coop.moves("Camille", "sat 9h +1", "sat 10h +1").expect("the one it overlaps is left");
}

#[test]
fn a_first_timer_is_never_alone() {
    let coop = Coop::new().shift("sat 9h", "_ _ _").first_timer("Hugo").first_timer("Nour");
    let when = coop.board.when(shift("sat 9h")).unwrap();
    assert_eq!(coop.clone().takes("Hugo", "sat 9h").unwrap_err(), Reason::FirstTimerAlone { when });
    let mut coop = coop;
    coop.takes("Camille", "sat 9h").expect("she has worked before");
    coop.takes("Hugo", "sat 9h").expect("with Camille");
    coop.takes("Nour", "sat 9h").expect("with Camille, too");
}

#[test]
fn whoever_may_lead_guides_a_first_timer_though_they_have_not_worked_here_yet() {
    let mut coop = Coop::new().shift("sat 9h", "_ _ _").first_timer("Solène").first_timer("Hugo").skilled("Solène", "animation");
    assert!(matches!(coop.takes("Hugo", "sat 9h"), Err(Reason::FirstTimerAlone { .. })));
    coop.takes("Solène", "sat 9h").expect("she may lead");
    coop.takes("Hugo", "sat 9h").expect("with Solène");
}

#[test]
fn nobody_leaves_a_first_timer_alone() {
    let mut coop = Coop::new().shift("sat 9h +1", "Camille Hugo _").shift("thu 9h +1", "Solène* _").first_timer("Hugo");
    let when = coop.board.when(shift("sat 9h +1")).unwrap();
    assert_eq!(coop.moves("Camille", "sat 9h +1", "thu 9h +1").unwrap_err(), Reason::FirstTimerAlone { when });
    coop.takes("Léa", "sat 9h +1").unwrap();
    coop.moves("Camille", "sat 9h +1", "thu 9h +1").expect("Hugo is with Léa");
}

#[test]
fn a_guide_is_not_replaced_by_a_second_first_timer() {
    let mut coop = Coop::new().shift("sat 9h", "Camille Hugo").first_timer("Hugo").first_timer("Nour");
    let offer = coop.gives("Camille", "sat 9h").unwrap().offer();
    assert!(matches!(coop.claims("Nour", offer), Err(Reason::FirstTimerAlone { .. })));
    coop.claims("Léa", offer).expect("she has worked before");
}

#[test]
fn the_leads_seat_is_never_left_empty() {
    let mut coop = Coop::new().shift("sat 9h +1", "Solène* Karim Léa").shift("thu 9h +1", "Karim* _");
    let when = coop.board.when(shift("sat 9h +1")).unwrap();
    assert_eq!(coop.moves("Solène", "sat 9h +1", "thu 9h +1").unwrap_err(), Reason::LeadNeeded { when });
}

#[test]
fn a_team_without_a_lead_may_still_be_joined() {
    let mut coop = Coop::new().shift("sat 9h", "_* Karim _");
    let seat = domain::id::SeatId::new(shift("sat 9h"), 2);
    coop.does("Camille", Command::TakeSeat { seat }).expect("it is no worse than before");
}

#[test]
fn a_seat_is_taken_until_the_shift_starts_and_not_a_second_later() {
    let coop = saturday().before("sat 9h", Duration::zero());
    coop.clone().takes("Camille", "sat 9h").expect("at the start itself");
    let deadline = coop.now;
    let mut late = coop;
    late.later(Duration::seconds(1));
    assert_eq!(late.takes("Camille", "sat 9h").unwrap_err(), Reason::TooLate { deadline });
}

#[test]
fn a_seat_that_somebody_holds_is_not_taken() {
    let mut coop = Coop::new().shift("sat 9h", "Karim");
    let by = coop.board.who(member("Karim"));
    let held = |offered| Reason::SeatHeld { by: by.clone(), offered };
    assert_eq!(coop.takes("Camille", "sat 9h").unwrap_err(), held(false));
    coop.gives("Karim", "sat 9h").unwrap();
    assert_eq!(coop.takes("Camille", "sat 9h").unwrap_err(), held(true));
}

#[test]
fn what_does_not_exist_is_said_so() {
    let mut coop = saturday();
    let nowhere = domain::id::SeatId::new(shift("sun 9h"), 0);
    let beyond = domain::id::SeatId::new(shift("sat 9h"), 40);
    let negative = domain::id::SeatId::new(shift("sat 9h"), -1);
    assert_eq!(coop.does("Camille", Command::TakeSeat { seat: nowhere }).unwrap_err(), Reason::UnknownShift);
    assert_eq!(coop.does("Camille", Command::TakeSeat { seat: beyond }).unwrap_err(), Reason::UnknownSeat);
    assert_eq!(coop.does("Camille", Command::TakeSeat { seat: negative }).unwrap_err(), Reason::UnknownSeat);
}

#[test]
fn a_device_that_does_not_know_the_others_says_perhaps() {
    let coop = saturday().first_timer("Camille").unknown("Solène").unknown("Karim");
    let take = Command::TakeSeat { seat: coop.free("sat 9h") };
    assert!(matches!(coop.decide("Camille", &take), Decision::Probably(..)), "is one of them experienced?");
    let known = saturday().unknown("Solène").unknown("Karim");
    assert!(matches!(known.decide("Camille", &take), Decision::Yes(..)), "Camille is, herself");

    let leaving = Coop::new().shift("sat 9h +1", "Camille Hugo _").shift("thu 9h +1", "Solène* _").unknown("Hugo");
    let from = leaving.seat("Camille", "sat 9h +1");
    let to = leaving.free("thu 9h +1");
    let decision = leaving.decide("Camille", &Command::MoveSeat { from, to });
    assert!(matches!(decision, Decision::Probably(..)), "Hugo may be a first-timer");
}
