//! Shifts from templates; Paris days, weeks and cycles.

use std::collections::BTreeSet;

use chrono::{Datelike, Duration, NaiveDate, Weekday};
use domain::id::{ClosureId, TemplateId};
use domain::shifts::{Closure, ShiftTemplate, closed_on, day_of, generate, shift_id, shift_on};
use domain::time::{Cycle, CycleWeek, Days, monday_of, paris_clock, paris_day, paris_instant, paris_minute, plus_days};
use proptest::prelude::*;
use uuid::Uuid;

use crate::coop::{clock, cycle, day, hours};

/// The shop's real week: 19 shifts, in each of the four weeks.
fn real_week() -> Vec<ShiftTemplate> {
    let long = [(9, 12), (12, 15), (15, 18), (18, 21)];
    let week = [
        (Weekday::Mon, &long[..]),
        (Weekday::Tue, &long[..1]),
        (Weekday::Wed, &long[..]),
        (Weekday::Thu, &long[..]),
        (Weekday::Fri, &long[..]),
        (Weekday::Sat, &long[..2]),
    ];
    let mut templates = Vec::new();
    for cycle_week in CycleWeek::ALL {
        for (weekday, times) in week {
            for (from, to) in times {
                let id = TemplateId(Uuid::from_u128(templates.len() as u128 + 1));
                templates.push(template(id, cycle_week, weekday, *from, *to));
            }
        }
    }
    templates
}

fn template(id: TemplateId, week: CycleWeek, weekday: Weekday, from: u32, to: u32) -> ShiftTemplate {
    let (from, to) = (clock(from, 0), clock(to, 0));
    ShiftTemplate { id, week, weekday, from, to, minimum: 3, tasks: Vec::new(), seats: Vec::new() }
}

/// A template for each day of each week, at this hour.
fn daily(from: u32, to: u32) -> Vec<ShiftTemplate> {
    let days = CycleWeek::ALL.into_iter().flat_map(|week| (0..7).map(move |weekday| (week, weekday)));
    days.enumerate()
        .map(|(n, (week, weekday))| {
            let weekday = Weekday::try_from(weekday).unwrap();
            template(TemplateId(Uuid::from_u128(n as u128)), week, weekday, from, to)
        })
        .collect()
}

fn days(from: NaiveDate, to: NaiveDate) -> Days {
    Days { from, to }
}

#[test]
fn no_week_is_doubled_or_lost_from_2020_to_2040() {
    let templates = real_week();
    let all = days(day(2020, 1, 6), day(2040, 12, 30));
    let shifts = generate(&templates, all, cycle(), &[]);
    let weeks = ((all.to - all.from).num_days() + 1) / 7;
    assert_eq!(shifts.len() as i64, 19 * weeks);
    let ids: BTreeSet<_> = shifts.iter().map(|shift| shift.id).collect();
    assert_eq!(ids.len(), shifts.len(), "no id twice");
    for (n, week) in shifts.chunks(19).enumerate() {
        let monday = plus_days(all.from, 7 * n as u64);
        assert!(week.iter().all(|shift| monday_of(shift.on) == monday), "{monday}: 19 shifts of its own");
        assert_eq!(week.iter().map(|shift| shift.template).collect::<BTreeSet<_>>().len(), 19);
        assert!(week.iter().all(|shift| shift.ends_at - shift.starts_at == hours(3)));
    }
}

#[test]
fn the_weeks_follow_each_other_across_years_of_53_weeks() {
    let cycle = cycle();
    for year in 2020..=2040 {
        let mut monday = monday_of(day(year, 12, 20));
        for _ in 0..4 {
            let next = plus_days(monday, 7);
            let expected = CycleWeek::from_index((cycle.week_of(monday).index() + 1) % 4).unwrap();
            assert_eq!(cycle.week_of(next), expected, "after {monday}");
            monday = next;
        }
    }
    let year_end = [day(2026, 12, 28), day(2027, 1, 4)].map(|monday| monday.iso_week().week() % 4);
    assert_eq!(year_end, [1, 1], "by ISO numbers both would be the same week");
    assert_ne!(cycle.week_of(day(2026, 12, 28)), cycle.week_of(day(2027, 1, 4)));
}

#[test]
fn a_cycle_begins_on_a_monday_only() {
    assert!(Cycle::anchored_on(day(2026, 11, 23)).is_ok());
    for offset in 1..7 {
        assert!(Cycle::anchored_on(plus_days(day(2026, 11, 23), offset)).is_err());
    }
}

#[test]
fn a_cycle_is_four_weeks_from_its_monday_before_the_anchor_too() {
    let cycle = cycle();
    assert_eq!(cycle.around(day(2026, 11, 23)), days(day(2026, 11, 23), day(2026, 12, 20)));
    assert_eq!(cycle.around(day(2026, 12, 20)), days(day(2026, 11, 23), day(2026, 12, 20)));
    assert_eq!(cycle.around(day(2026, 12, 21)), days(day(2026, 12, 21), day(2027, 1, 17)));
    assert_eq!(cycle.around(day(2026, 11, 22)), days(day(2026, 10, 26), day(2026, 11, 22)));
    assert_eq!(cycle.week_of(day(2026, 11, 22)), CycleWeek::D);
    assert_eq!(CycleWeek::ALL.map(CycleWeek::letter), ['A', 'B', 'C', 'D']);
}

#[test]
fn a_wall_clock_in_paris_is_one_hour_ahead_in_winter_and_two_in_summer() {
    assert_eq!(paris_instant(day(2026, 1, 15), clock(9, 0)).to_rfc3339(), "2026-01-15T08:00:00+00:00");
    assert_eq!(paris_instant(day(2026, 7, 15), clock(9, 0)).to_rfc3339(), "2026-07-15T07:00:00+00:00");
    let night = paris_instant(day(2026, 7, 15), clock(0, 30));
    assert_eq!(night.date_naive(), day(2026, 7, 14), "still the day before in UTC");
    assert_eq!(paris_day(night), day(2026, 7, 15));
    assert_eq!(paris_minute(night), 30);
}

#[test]
fn on_the_spring_night_the_hour_that_does_not_exist_is_taken_an_hour_later() {
    let night = day(2027, 3, 28);
    assert_eq!(paris_instant(night, clock(1, 59)).to_rfc3339(), "2027-03-28T00:59:00+00:00");
    assert_eq!(paris_instant(night, clock(2, 30)).to_rfc3339(), "2027-03-28T01:30:00+00:00");
    assert_eq!(paris_clock(paris_instant(night, clock(2, 30))), clock(3, 30));
    assert_eq!(paris_instant(night, clock(3, 0)).to_rfc3339(), "2027-03-28T01:00:00+00:00");
}

#[test]
fn on_the_autumn_night_the_hour_that_comes_twice_is_taken_the_first_time() {
    let night = day(2026, 10, 25);
    assert_eq!(paris_instant(night, clock(2, 30)).to_rfc3339(), "2026-10-25T00:30:00+00:00");
    assert_eq!(paris_instant(night, clock(3, 0)).to_rfc3339(), "2026-10-25T02:00:00+00:00");
}

#[test]
fn both_nights_give_each_day_its_shift() {
    for (sunday, night_h) in [(day(2027, 3, 28), 2), (day(2026, 10, 25), 4)] {
        let around = days(plus_days(sunday, 0).pred_opt().unwrap(), plus_days(sunday, 1));
        let mornings = generate(&daily(9, 12), around, cycle(), &[]);
        assert_eq!(mornings.iter().map(|shift| shift.on).collect::<Vec<_>>(), [around.from, sunday, around.to]);
        assert!(mornings.iter().all(|shift| paris_clock(shift.starts_at) == clock(9, 0)));
        let nights = generate(&daily(23, 2), around, cycle(), &[]);
        assert_eq!(nights.len(), 3);
        assert_eq!(nights[0].ends_at - nights[0].starts_at, hours(3), "it ends before the clocks change");
        let over = generate(&daily(0, 3), days(sunday, sunday), cycle(), &[]);
        assert_eq!(over[0].ends_at - over[0].starts_at, hours(night_h), "in elapsed hours");
    }
}

#[test]
fn a_shift_over_midnight_belongs_to_the_day_on_which_it_starts() {
    let shifts = generate(&daily(22, 1), days(day(2026, 12, 31), day(2026, 12, 31)), cycle(), &[]);
    assert_eq!(shifts.len(), 1);
    assert_eq!(day_of(&shifts[0]), day(2026, 12, 31));
    assert_eq!(paris_day(shifts[0].ends_at), day(2027, 1, 1));
}

#[test]
fn the_29th_of_february_has_its_shifts() {
    for leap in [2024, 2028, 2032, 2036] {
        let around = days(day(leap, 2, 28), day(leap, 3, 1));
        let shifts = generate(&daily(9, 12), around, cycle(), &[]);
        assert_eq!(shifts.iter().map(|shift| shift.on).collect::<Vec<_>>(), [around.from, day(leap, 2, 29), around.to]);
    }
}

#[test]
fn closed_days_have_no_shift_ends_included() {
    let closure = Closure { id: ClosureId(Uuid::nil()), days: days(day(2026, 12, 25), day(2026, 12, 26)), why: "Noël".into() };
    let shifts = generate(&daily(9, 12), days(day(2026, 12, 24), day(2026, 12, 27)), cycle(), std::slice::from_ref(&closure));
    assert_eq!(shifts.iter().map(|shift| shift.on).collect::<Vec<_>>(), [day(2026, 12, 24), day(2026, 12, 27)]);
    let closures = [closure];
    assert_eq!(closed_on(&closures, day(2026, 12, 26)).map(|closure| closure.why.as_str()), Some("Noël"));
    assert_eq!(closed_on(&closures, day(2026, 12, 27)), None);
}

#[test]
fn a_shift_has_the_seats_of_its_template_with_their_regulars() {
    use domain::members::Skill;
    use domain::shifts::SeatTemplate;
    let mut template = template(TemplateId(Uuid::nil()), CycleWeek::A, Weekday::Mon, 9, 12);
    let regular = Some(crate::coop::member("Camille"));
    template.seats = vec![
        SeatTemplate { lead: true, skill: Some(Skill::lead()), regular },
        SeatTemplate { lead: false, skill: None, regular: None },
    ];
    let shift = shift_on(&template, day(2026, 11, 23), cycle()).expect("a Monday of week A");
    assert_eq!(shift.seats.iter().map(|seat| seat.holder).collect::<Vec<_>>(), [regular, None]);
    assert_eq!(shift.lead(), regular);
    assert_eq!((shift.minimum, shift.free_seats()), (3, 1));
    assert_eq!(shift_on(&template, day(2026, 11, 30), cycle()), None, "week B");
    assert_eq!(shift_on(&template, day(2026, 11, 24), cycle()), None, "a Tuesday");
}

#[test]
fn a_shifts_id_is_of_its_template_and_its_day_alone() {
    let one = TemplateId(Uuid::from_u128(1));
    let id = shift_id(one, day(2026, 11, 23));
    assert_eq!(id, shift_id(one, day(2026, 11, 23)));
    assert_ne!(id, shift_id(one, day(2026, 12, 21)));
    assert_ne!(id, shift_id(TemplateId(Uuid::from_u128(2)), day(2026, 11, 23)));
    assert_eq!(id.0.get_version_num(), 5);
    assert_eq!(id.to_string(), "d84804e1-c49b-5ca7-989d-ff6a33515c55", "ids are in databases and on devices");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generating_in_pieces_gives_the_same_shifts(start in 0u64..7000, first in 1u64..60, second in 1u64..60) {
        let templates = real_week();
        let from = plus_days(day(2020, 1, 1), start);
        let (middle, to) = (plus_days(from, first), plus_days(from, first + second));
        let whole = generate(&templates, days(from, to), cycle(), &[]);
        let mut pieces = generate(&templates, days(from, middle), cycle(), &[]);
        pieces.extend(generate(&templates, days(plus_days(middle, 1), to), cycle(), &[]));
        prop_assert_eq!(&whole, &pieces);
        let again = generate(&templates, days(from, to), cycle(), &[]);
        prop_assert_eq!(whole, again);
    }

    #[test]
    fn a_day_is_in_its_own_cycle_and_each_cycle_has_28_days(offset in 0u64..8000, anchor in 0u64..600) {
        let cycle = Cycle::anchored_on(plus_days(day(2020, 1, 6), 7 * anchor)).unwrap();
        let day = plus_days(day(2020, 1, 1), offset);
        let around = cycle.around(day);
        prop_assert!(around.contains(day));
        prop_assert_eq!((around.to - around.from).num_days(), 27);
        prop_assert_eq!(cycle.week_of(around.from), CycleWeek::A);
        prop_assert_eq!(cycle.around(plus_days(around.to, 1)).from, plus_days(around.to, 1));
    }

    #[test]
    fn an_instant_shows_the_clock_it_was_made_from(offset in 0u64..8000, hour in 0u32..24, minute in 0u32..60) {
        let day = plus_days(day(2020, 1, 1), offset);
        let at = paris_instant(day, clock(hour, minute));
        prop_assert_eq!(paris_day(at), day);
        let shown = paris_clock(at);
        prop_assert!(shown == clock(hour, minute) || (hour == 2 && shown - clock(hour, minute) == Duration::hours(1)));
    }
}
