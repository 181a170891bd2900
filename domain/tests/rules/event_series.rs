//! What comes back: which days, at which hour, and what an edit of one time does to the others.

use chrono::{NaiveDate, Timelike};
use domain::event::{
    Field, Hours, Planned, Rhythm, Rule, RuleEdit, RuleMistake, RuleTyped, State, Terms, Times, Wanted, WantedList, carried,
    differing, id_of, likewise, local, planned,
};
use domain::id::SeriesId;
use domain::time::{paris_clock, paris_instant, plus_days};
use proptest::prelude::*;
use uuid::Uuid;

use super::event::supper;
use crate::coop::*;

fn rule(rhythm: &str, every: &str, until: &str) -> Result<Rule, RuleMistake> {
    Rule::read(RuleTyped { rhythm, every, until }, day(2026, 12, 4))
}

#[test]
fn a_rule_has_an_end_and_stays_within_bounds() {
    let weekly = rule("weekly", "", "2027-01-29").unwrap();
    assert_eq!(weekly.rhythm, Rhythm::Weekly { every: 1 });
    assert_eq!(weekly.recurrence(), "FREQ=WEEKLY;INTERVAL=1;BYDAY=FR");
    assert_eq!(rule("monthly", "2", "2027-06-30").unwrap().recurrence(), "FREQ=MONTHLY;INTERVAL=2;BYDAY=1FR");
    assert_eq!(rule("weekly", "", ""), Err(RuleMistake::Endless));
    assert_eq!(rule("weekly", "", "jamais"), Err(RuleMistake::UntilUnreadable));
    assert_eq!(rule("weekly", "", "2026-12-03"), Err(RuleMistake::UntilBeforeFirst));
    assert_eq!(rule("weekly", "", "2029-01-01"), Err(RuleMistake::TooFar { days: 740 }));
    assert_eq!(rule("weekly", "0", "2027-01-29"), Err(RuleMistake::EveryUnreadable { cap: 12 }));
    assert_eq!(rule("yearly", "", "2027-01-29"), Err(RuleMistake::RhythmUnknown));
    // The first Friday is not the last.
    assert_eq!(rule("monthly_last", "", "2027-01-29"), Err(RuleMistake::RhythmUnknown));
    let last = Rule::read(RuleTyped { rhythm: "monthly_last", every: "", until: "2027-06-30" }, day(2026, 11, 27)).unwrap();
    assert_eq!(last.recurrence(), "FREQ=MONTHLY;INTERVAL=1;BYDAY=-1FR");
    // A fifth one is the last one: most months have no fifth.
    let fifth = Rule::read(RuleTyped { rhythm: "monthly", every: "", until: "2027-06-30" }, day(2026, 10, 30)).unwrap();
    assert_eq!(fifth.rhythm, Rhythm::Monthly { every: 1, nth: -1 });
}

#[test]
fn what_is_not_said_of_a_rule_stays_and_what_is_said_is_of_the_day_in_the_series() {
    let said = |rhythm, every, until| RuleEdit::read(RuleTyped { rhythm, every, until });
    assert_eq!(said("", "", " "), Ok(None));
    assert_eq!(said("", "13", ""), Err(RuleMistake::EveryUnreadable { cap: 12 }));
    assert_eq!(said("", "", "plus tard"), Err(RuleMistake::UntilUnreadable));
    // The second Friday of each month.
    let first = day(2026, 12, 11);
    let before = Rule::read(RuleTyped { rhythm: "monthly", every: "", until: "2027-03-31" }, first).unwrap();
    let then = |edit: Result<Option<RuleEdit>, RuleMistake>, on| edit.unwrap().unwrap().of(&before, on, first);
    let later = Rule { until: day(2027, 6, 30), ..before };
    assert_eq!(then(said("", "", "2027-06-30"), first), Ok(later));
    assert_eq!(then(said("monthly", "", "2027-06-30"), day(2027, 1, 8)), Ok(later));
    assert_eq!(then(said("", "2", ""), first), Ok(Rule { rhythm: Rhythm::Monthly { every: 2, nth: 2 }, ..before }));
    assert_eq!(then(said("monthly_last", "", "2027-06-30"), first), Err(RuleMistake::RhythmUnknown));
    assert_eq!(then(said("", "", "2026-12-01"), first), Err(RuleMistake::UntilBeforeFirst));
    // « Comme maintenant » is what each says of its own: how often, and until when.
    let second = Rule { rhythm: Rhythm::Monthly { every: 2, nth: 2 }, ..before };
    let on_second = |edit: Result<Option<RuleEdit>, RuleMistake>| edit.unwrap().unwrap().of(&second, first, first);
    assert_eq!(on_second(said("monthly", "", "")), Ok(second));
    assert_eq!(on_second(said("weekly", "", "")), Ok(Rule { rhythm: Rhythm::Weekly { every: 1 }, ..second }));
    // What is begun has no rhythm to keep.
    assert_eq!(rule("", "", "2027-06-30"), Err(RuleMistake::WithoutRhythm));
}

#[test]
fn every_so_many_weeks_otherwise_is_counted_from_the_one_it_is_said_of() {
    let before = rule("weekly", "", "2027-01-29").unwrap();
    let then = |every, until, on| {
        RuleEdit::read(RuleTyped { rhythm: "weekly", every, until }).unwrap().unwrap().of(&before, on, before.first).unwrap()
    };
    let every = |every, first| Rule { first, rhythm: Rhythm::Weekly { every }, ..before };
    assert_eq!(then("2", "", day(2026, 12, 11)), every(2, day(2026, 12, 11)));
    assert_eq!(then("2", "", day(2026, 12, 18)), every(2, before.first));
    assert_eq!(then("3", "", day(2027, 1, 1)), every(3, day(2026, 12, 11)));
    assert_eq!(then("", "2027-01-29", day(2026, 12, 11)), before, "nothing is otherwise");
}

#[test]
fn a_start_a_length_and_a_closing_are_changed_each_by_itself() {
    let hours =
        |days_after, hour, lasts_min, closes_before_min| Hours { days_after, from: clock(hour, 0), lasts_min, closes_before_min };
    let (was, is) = (hours(0, 19, 180, 0), hours(0, 20, 180, 60));
    // Said from one that is a day later, and shorter: the others stay on their day, and as long.
    assert_eq!(was.changed(hours(1, 19, 120, 0), hours(1, 20, 120, 60)), is);
    assert_eq!(was.carried(was, is), is);
    assert_eq!(hours(0, 19, 180, 300).carried(was, is), hours(0, 20, 180, 300));
    assert_eq!(hours(0, 18, 180, 0).carried(was, is), hours(0, 18, 180, 60));
    assert_eq!(hours(1, 19, 90, 0).carried(was, is), hours(1, 19, 90, 60));
}

#[test]
fn a_list_is_that_of_another_time_too_and_what_is_its_own_stays() {
    let line = |id: Option<u8>, label: &str, of| Wanted { id, label: label.into(), of };
    let was = [line(Some(1), "Pains", 2), line(Some(2), "Fromages", 3)];
    let is = [line(Some(1), "Gros pains", 4), line(None, "Soupe", 1)];
    let other = [line(Some(7), "Fromages", 3), line(Some(8), "Pains", 2), line(Some(9), "Soupe", 2), line(Some(10), "Bûche", 1)];
    let then = [line(Some(8), "Gros pains", 4), line(Some(9), "Soupe", 2), line(Some(10), "Bûche", 1)];
    assert_eq!(likewise(&other, &was, &is), then);
    assert_eq!(likewise(&[], &was, &is), [line(None, "Soupe", 1)], "what it has not does not come by itself");
    // Nobody touched these: they are as the other has them.
    let other = [line(Some(7), "Pains", 5), line(Some(8), "Bûche", 1)];
    assert_eq!(likewise(&other, &was, &was), other);
    // A name alone, or a number where it has its own.
    let renamed = [line(Some(1), "Gros pains", 2), line(Some(2), "Fromages", 3)];
    assert_eq!(likewise(&other, &was, &renamed), [line(Some(7), "Gros pains", 5), line(Some(8), "Bûche", 1)]);
    let more = [line(Some(1), "Pains", 9), line(Some(2), "Fromages", 3)];
    assert_eq!(likewise(&other, &was, &more), other);
    // Taken off and written again.
    let again = [line(None, "Pains", 9)];
    assert_eq!(likewise(&[line(Some(7), "Pains", 2)], &was, &again), [line(Some(7), "Pains", 9)]);
}

#[test]
fn two_lines_of_one_name_are_two_lines() {
    let line = |id: Option<u8>, of| Wanted { id, label: "Pains".into(), of };
    let was = [line(Some(1), 2), line(Some(2), 3)];
    let other = [line(Some(8), 3), line(Some(7), 2)];
    assert_eq!(likewise(&other, &was, &[line(Some(1), 2), line(Some(2), 4)]), [line(Some(7), 2), line(Some(8), 4)]);
    assert_eq!(likewise(&other, &was, &[line(Some(2), 3)]), [line(Some(8), 3)]);
    assert_eq!(likewise(&other[..1], &was[..1], &[line(Some(1), 2), line(None, 5)]), [line(Some(8), 3), line(None, 5)]);
}

#[test]
fn what_was_added_while_a_list_was_open_stays_and_a_line_that_comes_twice_is_two() {
    let line = |id: Option<u8>, label: &str, of| Wanted { id, label: label.into(), of };
    let known = [line(Some(1), "Pains", 2), line(Some(2), "Fromages", 3), line(Some(3), "Soupe", 1)];
    // The second was emptied; the third came since.
    let list = WantedList { lines: vec![line(Some(1), "Gros pains", 2), line(None, "Tartes", 1)], shown: vec![1, 2] };
    let then = [line(Some(1), "Gros pains", 2), line(None, "Tartes", 1), line(Some(3), "Soupe", 1)];
    assert_eq!(list.over(&known), then);
    // The fourth is of another event, or gone.
    let lines = vec![line(Some(1), "Pains", 2), line(Some(1), "Tartes", 4), line(Some(4), "Noix", 1)];
    let twice = WantedList { lines, shown: vec![1, 4] };
    let then = [line(Some(1), "Pains", 2), line(None, "Tartes", 4), line(None, "Noix", 1)];
    assert_eq!(twice.over(&known), [&then[..], &known[1..]].concat());
}

#[test]
fn a_rule_brings_back_what_a_rule_left_out() {
    let at = paris_instant(monday(), clock(12, 0));
    let off = |word: &str| State::Cancelled { at, word: word.into() };
    assert!(State::Removed { at, by_rule: true }.comes_back() && off("").comes_back());
    assert!(!State::Removed { at, by_rule: false }.comes_back() && !off("Travaux").comes_back());
}

#[test]
fn nineteen_hours_stay_nineteen_hours_when_the_clocks_change() {
    let hours = Hours::of(day(2026, 12, 4), &supper(None).terms.times);
    assert_eq!((hours.days_after, hours.lasts_min, hours.closes_before_min), (0, 180, 420));
    for weeks in 0..60 {
        let on = plus_days(day(2026, 12, 4), 7 * weeks);
        let times = hours.on(on);
        assert_eq!((local(times.starts_at), local(times.ends_at)), (on.and_time(clock(19, 0)), on.and_time(clock(22, 0))));
        assert_eq!(paris_clock(times.closes_at).hour(), 12);
        assert_eq!(Hours::of(on, &times), hours);
    }
    // In UTC that is 18 h in winter and 17 h in summer: before and after each change.
    for (month, date, utc) in [(3, 26, 18), (4, 2, 17), (10, 29, 17), (11, 5, 18)] {
        let times = hours.on(day(2027, month, date));
        assert_eq!((times.starts_at.hour(), times.ends_at.hour()), (utc, utc + 3), "{date}/{month}");
        assert_eq!(times.starts_at.date_naive(), day(2027, month, date));
    }
}

#[test]
fn a_supper_on_the_night_of_the_change_lasts_what_the_clocks_say() {
    // Sunday 28 March and Sunday 31 October 2027, at two and three in the morning: from 22 h to 4 h on the clocks.
    let at = |date, hour| paris_instant(day(2026, 12, date), clock(hour, 0));
    let times = Times { starts_at: at(5, 22), ends_at: at(6, 4), closes_at: at(5, 12) };
    let hours = Hours::of(day(2026, 12, 5), &times);
    for (on, lasts_h) in [(day(2027, 3, 27), 5), (day(2027, 10, 30), 7), (day(2027, 6, 5), 6)] {
        let times = hours.on(on);
        let ends = plus_days(on, 1).and_time(clock(4, 0));
        assert_eq!((local(times.starts_at), local(times.ends_at)), (on.and_time(clock(22, 0)), ends));
        assert_eq!((times.ends_at - times.starts_at).num_hours(), lasts_h, "{on}");
    }
}

#[test]
fn a_night_with_a_missing_hour_still_ends_after_it_begins() {
    let at = |date, hour, minute| paris_instant(day(2027, 3, date), clock(hour, minute));
    let times = Times { starts_at: at(21, 2, 15), ends_at: at(21, 2, 45), closes_at: at(21, 2, 15) };
    let spring = Hours::of(day(2027, 3, 21), &times).on(day(2027, 3, 28));
    assert!(spring.starts_at < spring.ends_at && spring.closes_at <= spring.starts_at);
}

#[test]
fn an_occurrence_is_known_by_its_day() {
    let (one, other) = (SeriesId(Uuid::from_u128(1)), SeriesId(Uuid::from_u128(2)));
    assert_eq!(id_of(one, monday()), id_of(one, monday()));
    assert_ne!(id_of(one, monday()), id_of(other, monday()));
    assert_ne!(id_of(one, monday()), id_of(one, plus_days(monday(), 7)));
}

fn terms(title: &str, capacity: Option<u16>) -> Terms {
    let mut terms = supper(capacity).terms;
    terms.details.title = title.into();
    terms
}

#[test]
fn what_one_time_has_of_its_own_stays_when_all_are_changed() {
    let series = terms("Soupe", Some(12));
    let own = Terms { capacity: Some(20), ..series.clone() };
    let is = terms("Soupe et crêpes", Some(15));
    let fields = differing(&series, &is);
    assert_eq!(fields, [Field::Title, Field::Capacity]);
    assert_eq!(carried(&series, &series, &is, &fields), is);
    let kept = carried(&own, &series, &is, &fields);
    assert_eq!((kept.details.title.as_str(), kept.capacity), ("Soupe et crêpes", Some(20)));
    // What nobody changed is left alone.
    let elsewhere = {
        let mut terms = series.clone();
        terms.details.place.name = "Au parc".into();
        terms
    };
    assert_eq!(carried(&elsewhere, &series, &is, &fields).details.place.name, "Au parc");
}

#[test]
fn a_changed_rule_makes_leaves_out_and_brings_back() {
    let on = |weeks: u64| plus_days(monday(), 7 * weeks);
    let known = [(on(0), false), (on(1), true), (on(2), false)];
    let Planned { make, back, gone } = planned(&known, &[on(0), on(1), on(3)]);
    assert_eq!((make, back, gone), (vec![on(3)], vec![on(1)], vec![on(2)]));
    assert_eq!(planned(&known, &[on(0), on(2)]), Planned::default());
}

fn days() -> impl Strategy<Value = Vec<NaiveDate>> {
    proptest::collection::btree_set(0u64..20, 0..12)
        .prop_map(|weeks| weeks.into_iter().map(|week| plus_days(monday(), 7 * week)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_rule_follows_the_days_are_those_of_the_last(rules in proptest::collection::vec(days(), 1..6)) {
        let mut known: Vec<(NaiveDate, bool)> = Vec::new();
        for wanted in &rules {
            let Planned { make, back, gone } = planned(&known, wanted);
            known.extend(make.into_iter().map(|day| (day, false)));
            for (day, left_out) in &mut known {
                *left_out = (*left_out || gone.contains(day)) && !back.contains(day);
            }
        }
        let mut on: Vec<NaiveDate> = known.iter().filter(|(_, left_out)| !left_out).map(|(day, _)| *day).collect();
        on.sort();
        prop_assert_eq!(&on, rules.last().unwrap());
        let mut all: Vec<NaiveDate> = known.iter().map(|(day, _)| *day).collect();
        all.sort();
        let count = all.len();
        all.dedup();
        prop_assert_eq!(all.len(), count, "no day is there twice");
    }
}
