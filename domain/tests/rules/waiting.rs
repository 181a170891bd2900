//! « Préviens-moi » and the waiting list of a full shift.

use chrono::{Duration, Weekday};
use domain::command::Command;
use domain::decide::{expire, serve_waiting};
use domain::id::WatchId;
use domain::members::Skill;
use domain::notice::Notice;
use domain::reason::Reason;
use domain::swaps::{Audience, Pattern};
use domain::time::{paris_clock, paris_instant, plus_days};
use domain::watches::{Listening, Opening, ToldOf, WATCH_CAP, Watched, kept_until, to_tell};

use crate::coop::*;

impl Coop {
    fn waits(&mut self, name: &str, on: &str) -> Answer {
        self.does(name, Command::JoinWaitingList { shift: shift(on) })
    }

    fn watches(&mut self, name: &str, what: Watched) -> Answer {
        let watch = WatchId(self.new_id());
        let Watched { shift, pattern, skill } = what;
        self.does(name, Command::WatchSeats { watch, shift, pattern, skill })
    }

    /// What the act leaves for those who wait.
    fn serves(&mut self, came: &Came) {
        let served = serve_waiting(&self.board, &came.effects.list, self.now);
        self.apply(&served);
    }

    fn turn_of(&self, name: &str, on: &str) -> bool {
        self.board.kept.values().any(|kept| kept.seat.shift == shift(on) && kept.whom == Some(member(name)))
    }
}

/// Full; two weeks ahead, so that one may still move away.
fn full() -> Coop {
    Coop::new().shift("thu 9h +2", "Hugo* Camille Léa").shift("sat 9h +2", "Solène* _ _")
}

#[test]
fn a_seat_that_comes_free_is_kept_for_the_first_in_line() {
    let mut coop = full();
    coop.waits("Karim", "thu 9h +2").expect("it is full");
    coop.waits("Nour", "thu 9h +2").expect("after Karim");
    let moved = coop.moves("Camille", "thu 9h +2", "sat 9h +2").expect("in time");
    coop.serves(&moved);
    let seat = coop.free("thu 9h +2");
    let until = coop.now + Duration::hours(12);
    assert!(coop.was_told("Karim", |notice| *notice == Notice::SeatHeld { seat, until }) && !coop.turn_of("Nour", "thu 9h +2"));
    assert_eq!(coop.does("Nour", Command::TakeSeat { seat }).unwrap_err(), Reason::SeatKept { until });
    assert_eq!(coop.does("Solène", Command::TakeSeat { seat }).unwrap_err(), Reason::SeatKept { until });
    coop.does("Karim", Command::TakeSeat { seat }).expect("his turn");
    assert!(coop.board.kept.is_empty());
    assert_eq!(coop.board.waiting[&shift("thu 9h +2")], [member("Nour")]);
}

#[test]
fn a_turn_that_is_let_pass_or_given_up_goes_to_the_next() {
    let mut coop = full();
    for name in ["Karim", "Nour"] {
        coop.waits(name, "thu 9h +2").expect("it is full");
    }
    let moved = coop.moves("Camille", "thu 9h +2", "sat 9h +2").expect("in time");
    coop.serves(&moved);
    let mut given_up = coop.clone();
    let left = given_up.does("Karim", Command::LeaveWaitingList { shift: shift("thu 9h +2") }).expect("he waits");
    given_up.serves(&left);
    assert!(given_up.turn_of("Nour", "thu 9h +2"));

    coop.later(Duration::hours(12));
    assert!(expire(&coop.board, coop.now).is_empty(), "until then, inclusive");
    coop.later(Duration::milliseconds(1));
    let over = expire(&coop.board, coop.now);
    coop.apply(&over);
    let served = serve_waiting(&coop.board, &over, coop.now);
    coop.apply(&served);
    assert!(coop.turn_of("Nour", "thu 9h +2") && !coop.turn_of("Karim", "thu 9h +2"));
}

#[test]
fn who_cannot_hold_the_seat_is_passed_over_and_stays_in_line() {
    let mut coop =
        Coop::new().shift("thu 9h +2", "Hugo* Camille:caisse Léa").shift("sat 9h +2", "Solène* _ _").skilled("Camille", "caisse");
    coop = coop.skilled("Nour", "caisse");
    coop.waits("Karim", "thu 9h +2").expect("Léa's seat asks for nothing");
    coop.waits("Nour", "thu 9h +2").expect("it is full");
    let moved = coop.moves("Camille", "thu 9h +2", "sat 9h +2").expect("in time");
    coop.serves(&moved);
    assert!(coop.turn_of("Nour", "thu 9h +2"));
    assert_eq!(coop.board.waiting[&shift("thu 9h +2")], [member("Karim"), member("Nour")]);
}

#[test]
fn one_waits_for_what_one_could_hold_and_cannot_have() {
    let mut coop = full();
    let when = |coop: &Coop, on| coop.board.when(shift(on)).unwrap();
    assert_eq!(coop.waits("Karim", "sat 9h +2").unwrap_err(), Reason::SeatFree { when: when(&coop, "sat 9h +2") });
    assert_eq!(coop.waits("Léa", "thu 9h +2").unwrap_err(), Reason::AlreadyOnShift { when: when(&coop, "thu 9h +2") });
    coop.waits("Karim", "thu 9h +2").expect("it is full");
    assert_eq!(coop.waits("Karim", "thu 9h +2").unwrap_err(), Reason::AlreadyWaiting);
    assert_eq!(coop.does("Nour", Command::LeaveWaitingList { shift: shift("thu 9h +2") }).unwrap_err(), Reason::NotWaiting);
    let mut late = full().before("thu 9h +2", Duration::zero());
    late.later(Duration::milliseconds(1));
    assert!(matches!(late.waits("Karim", "thu 9h +2"), Err(Reason::TooLate { .. })));
    let mut away = full().who("Karim", |who| who.active = false);
    assert_eq!(away.waits("Karim", "thu 9h +2").unwrap_err(), Reason::NotActive);
}

#[test]
fn a_turn_lasts_a_quarter_of_the_time_left_at_most_half_a_day_and_no_less_than_an_hour() {
    let noon = paris_instant(monday(), clock(12, 0));
    let lasts = |ahead: i64| kept_until(noon + Duration::minutes(ahead), noon, 12).map(|until| (until - noon).num_minutes());
    assert_eq!(lasts(14 * 24 * 60), Some(720));
    assert_eq!(lasts(48 * 60), Some(720));
    assert_eq!(lasts(24 * 60), Some(360));
    assert_eq!(lasts(240), Some(60));
    assert_eq!(lasts(239), None);
}

#[test]
fn a_turn_that_comes_at_night_lasts_from_the_morning_on() {
    let mut coop = full();
    coop.now = paris_instant(monday(), clock(23, 0));
    coop.waits("Karim", "thu 9h +2").expect("it is full");
    let moved = coop.moves("Camille", "thu 9h +2", "sat 9h +2").expect("in time");
    coop.serves(&moved);
    let until = coop.board.kept.values().next().unwrap().until;
    assert_eq!(until, paris_instant(plus_days(monday(), 1), clock(19, 30)));
}

#[test]
fn just_before_the_start_all_who_wait_hear_of_it_and_the_first_has_it() {
    let mut coop = full().rules(|rules| rules.move_notice_h = 0).before("thu 9h +2", Duration::hours(2));
    for name in ["Karim", "Nour"] {
        coop.waits(name, "thu 9h +2").expect("it is full");
    }
    let moved = coop.moves("Camille", "thu 9h +2", "sat 9h +2").expect("in time");
    coop.serves(&moved);
    let opened = |notice: &Notice| *notice == Notice::SeatOpened { shift: shift("thu 9h +2") };
    assert!(coop.was_told("Karim", opened) && coop.was_told("Nour", opened));
    let seat = coop.free("thu 9h +2");
    coop.does("Nour", Command::TakeSeat { seat }).expect("the first tap");
}

fn thursdays() -> Watched {
    Watched { pattern: Some(Pattern { weekday: Some(Weekday::Thu), ..Pattern::default() }), ..Watched::default() }
}

#[test]
fn one_watches_for_something_once_and_not_for_everything() {
    let mut coop = full();
    assert_eq!(coop.watches("Karim", Watched::default()).unwrap_err(), Reason::NothingWatched);
    let all = Watched { pattern: Some(Pattern::default()), ..Watched::default() };
    assert_eq!(coop.watches("Karim", all).unwrap_err(), Reason::NothingWatched);
    coop.watches("Karim", thursdays()).expect("a day");
    assert_eq!(coop.watches("Karim", thursdays()).unwrap_err(), Reason::AlreadyWatched);
    let unknown = Watched { shift: Some(shift("fri 9h")), ..Watched::default() };
    assert_eq!(coop.watches("Karim", unknown).unwrap_err(), Reason::UnknownShift);
    for n in 1..WATCH_CAP {
        let skill = Skill::parse(&format!("skill-{n}"));
        coop.watches("Karim", Watched { skill, ..Watched::default() }).expect("within the cap");
    }
    let more = Watched { skill: Skill::parse("more"), ..Watched::default() };
    assert_eq!(coop.watches("Karim", more).unwrap_err(), Reason::TooManyWatches { cap: 10 });
    let watch = *coop.board.watches.keys().next().unwrap();
    coop.does("Karim", Command::StopWatching { watch }).expect("it is his");
    assert_eq!(coop.does("Karim", Command::StopWatching { watch }).unwrap_err(), Reason::UnknownWatch);
}

/// Karim listens since an hour ago; a seat of « sat 9h +2 » has just opened.
fn listening(coop: &Coop, what: Watched) -> (Vec<Listening>, Vec<Opening>) {
    let since = coop.now - Duration::hours(1);
    (vec![Listening { member: member("Karim"), what, since }], vec![Opening { seat: coop.free("sat 9h +2"), at: coop.now }])
}

fn saturdays() -> Watched {
    Watched { pattern: Some(Pattern { weekday: Some(Weekday::Sat), ..Pattern::default() }), ..Watched::default() }
}

#[test]
fn who_watches_hears_of_what_fits_and_can_be_had_by_them() {
    let coop = full();
    let told = |coop: &Coop, what: Watched| {
        let (listening, openings) = listening(coop, what);
        to_tell(&coop.board, &listening, &openings, &[], coop.now)
    };
    let heard = vec![(member("Karim"), shift("sat 9h +2"))];
    assert_eq!(told(&coop, saturdays()), heard);
    assert_eq!(told(&coop, Watched { shift: Some(shift("sat 9h +2")), ..Watched::default() }), heard);
    assert_eq!(told(&coop, thursdays()), []);
    assert_eq!(told(&coop, Watched { skill: Skill::parse("caisse"), ..Watched::default() }), []);
    let away = full().who("Karim", |who| who.active = false);
    assert_eq!(told(&away, saturdays()), []);
    // Somebody else has taken it meanwhile.
    let mut gone = full();
    let (listening, openings) = listening(&gone, saturdays());
    gone.takes("Nour", "sat 9h +2").expect("free");
    assert_eq!(to_tell(&gone.board, &listening, &openings, &[], gone.now), []);
}

#[test]
fn a_seat_that_is_kept_is_news_to_nobody_else_and_to_its_next_in_line_only_once() {
    let mut coop = full();
    coop.waits("Karim", "thu 9h +2").expect("it is full");
    let moved = coop.moves("Camille", "thu 9h +2", "sat 9h +2").expect("in time");
    coop.serves(&moved);
    let openings = [Opening { seat: coop.free("thu 9h +2"), at: coop.now }];
    let listens = |name: &str| Listening { member: member(name), what: thursdays(), since: coop.now - Duration::hours(1) };
    assert_eq!(to_tell(&coop.board, &[listens("Karim"), listens("Nour")], &openings, &[], coop.now), []);
    let over = coop.now + Duration::hours(13);
    assert_eq!(to_tell(&coop.board, &[listens("Nour")], &openings, &[], over).len(), 1, "his turn is over");
}

#[test]
fn a_seat_that_somebody_gives_to_anybody_opens_and_one_given_by_name_does_not() {
    for (audience, heard) in [(Audience::Anyone, 1), (Audience::Named { members: vec![member("Nour")] }, 0)] {
        let mut coop = full();
        let seat = coop.seat("Camille", "thu 9h +2");
        coop.gives_to("Camille", "thu 9h +2", audience).expect("hers");
        let (listening, _) = listening(&coop, thursdays());
        let openings = [Opening { seat, at: coop.now }];
        assert_eq!(to_tell(&coop.board, &listening, &openings, &[], coop.now).len(), heard);
    }
}

#[test]
fn a_habit_is_told_seldom_and_the_same_opening_once() {
    let coop = full();
    let (listening_to, openings) = listening(&coop, saturdays());
    let told_at = |at| [ToldOf { member: member("Karim"), shift: shift("thu 9h +2"), at }];
    let heard = |told: &[ToldOf]| to_tell(&coop.board, &listening_to, &openings, told, coop.now).len();
    assert_eq!(heard(&told_at(coop.now - Duration::minutes(179))), 0, "not again within three hours");
    assert_eq!(heard(&told_at(coop.now - Duration::hours(3))), 1);
    let this_one = [ToldOf { member: member("Karim"), shift: shift("sat 9h +2"), at: coop.now }];
    assert_eq!(heard(&this_one), 0);
    // One shift is watched closely: what was told of another does not count.
    let (one, openings) = listening(&coop, Watched { shift: Some(shift("sat 9h +2")), ..Watched::default() });
    assert_eq!(to_tell(&coop.board, &one, &openings, &told_at(coop.now), coop.now).len(), 1);
    assert_eq!(to_tell(&coop.board, &one, &openings, &this_one, coop.now).len(), 0);
    assert_eq!(paris_clock(coop.now), clock(9, 0));
}
