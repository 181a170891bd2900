//! The standing, from the entries.

use chrono::NaiveDate;
use domain::ledger::{Ahead, Alarm, Credit, Entry, EntryKind, Exact, Level, Policy, Standing, standing};
use domain::rules::Rules;
use domain::time::{Days, paris_instant};

use super::{always, on, shifts};
use crate::coop::{clock, cycle, day};

fn entry(kind: EntryKind, on: NaiveDate, credit: i32) -> Entry {
    Entry::new(kind, on, Credit::shifts(credit))
}

fn due(month: u32, on: u32) -> Entry {
    entry(EntryKind::CycleDue, day(2026, month, on), -1)
}

fn done(month: u32, on: u32) -> Entry {
    entry(EntryKind::Done, day(2026, month, on), 1)
}

/// On 1 December, in the cycle from 23 November to 20 December.
fn on_the_first(entries: &[Entry]) -> Standing {
    standing(entries, &Rules::on(cycle()), paris_instant(day(2026, 12, 1), clock(10, 0)))
}

#[test]
fn the_standing_is_told_by_what_is_due_done_and_left_over() {
    let missed = entry(EntryKind::Missed, day(2026, 11, 10), -1);
    // The story, the entries, and then: the level, to do, ahead, overdue.
    let cases = [
        ("a new member", vec![], Level::UpToDate, 0, 0, 0),
        ("this cycle's shift is to do until its end", vec![due(11, 23)], Level::UpToDate, 1, 0, 0),
        ("it is done", vec![due(11, 23), done(11, 28)], Level::UpToDate, 0, 0, 0),
        ("one more is ahead", vec![due(11, 23), done(11, 25), done(11, 28)], Level::UpToDate, 0, 1, 0),
        ("done before it was due", vec![done(11, 3), due(11, 23)], Level::UpToDate, 0, 0, 0),
        ("one left from the last cycle", vec![due(10, 26), due(11, 23)], Level::Alert, 2, 0, 1),
        ("caught up since", vec![due(10, 26), done(11, 28), due(11, 23)], Level::UpToDate, 1, 0, 0),
        ("two left", vec![due(10, 26), missed, due(11, 23)], Level::Late, 3, 0, 2),
        (
            "excused and corrected",
            vec![
                due(10, 26),
                entry(EntryKind::Excused, day(2026, 10, 30), 1),
                due(11, 23),
                entry(EntryKind::Correction, day(2026, 11, 24), 1),
            ],
            Level::UpToDate,
            0,
            0,
            0,
        ),
    ];
    let cycle = Days { from: day(2026, 11, 23), to: day(2026, 12, 20) };
    for (story, entries, level, to_do, ahead, overdue) in cases {
        let exact = |shifts: u16| Credit::shifts(i32::from(shifts));
        let exact = Exact { to_do: exact(to_do), ahead: exact(ahead), overdue: exact(overdue), ..Exact::default() };
        let is = on_the_first(&entries);
        let figures =
            Standing { level, to_do, ahead, overdue, exact, since: is.since, late_on: is.late_on, ..Standing::clear(cycle) };
        assert_eq!(is, figures, "{story}");
    }
}

#[test]
fn the_next_cycles_duty_does_not_count_yet() {
    assert_eq!(on_the_first(&[due(12, 21)]).to_do, 0);
}

#[test]
fn the_last_day_of_the_cycle_is_the_last_on_which_nothing_is_overdue() {
    let rules = Rules::on(cycle());
    let entries = [due(11, 23)];
    let at = |on, hour| standing(&entries, &rules, paris_instant(on, clock(hour, 59))).overdue;
    assert_eq!(at(day(2026, 12, 20), 23), 0);
    assert_eq!(at(day(2026, 12, 21), 0), 1);
}

#[test]
fn the_order_of_the_entries_changes_nothing() {
    let mut entries = vec![due(10, 26), done(11, 1), due(11, 23), done(11, 25), done(11, 26)];
    let forwards = on_the_first(&entries);
    entries.reverse();
    assert_eq!(on_the_first(&entries), forwards);
}

#[test]
fn half_a_vacation_is_still_to_be_done_and_is_no_advance() {
    let half = |kind, on, halves: i32| Entry::new(kind, on, Credit(90 * halves));
    let owes = on_the_first(&[half(EntryKind::CycleDue, day(2026, 11, 23), -1)]);
    assert_eq!((owes.to_do, owes.exact.to_do), (1, Credit(90)));
    let ahead = on_the_first(&[half(EntryKind::CycleDue, day(2026, 11, 23), -1), done(11, 24)]);
    assert_eq!((ahead.to_do, ahead.ahead, ahead.exact.ahead), (0, 0, Credit(90)));
}

#[test]
fn an_alert_waits_then_lasts_then_is_a_delay_but_for_the_days_that_were_granted() {
    let alarm = Alarm { delay_d: 3, alert_d: Some(28), grace_d: 10, ..Alarm::default() };
    let rules = always(Policy { alarm, ..Policy::default() });
    let mut entries = vec![due(10, 26)];
    let level = |entries: &[Entry], month, day_of| on(entries, &rules, day(2026, month, day_of)).level;
    assert_eq!(level(&entries, 11, 22), Level::UpToDate, "the cycle is not over");
    assert_eq!(level(&entries, 11, 25), Level::UpToDate, "nothing is said yet");
    assert_eq!(level(&entries, 11, 26), Level::Alert);
    assert_eq!(level(&entries, 12, 23), Level::Alert, "the 28th day");
    assert_eq!(level(&entries, 12, 24), Level::Late);
    let late = on(&entries, &rules, day(2026, 12, 1));
    assert_eq!((late.since, late.late_on), (Some(day(2026, 11, 23)), Some(day(2026, 12, 24))));
    entries.push(Entry::new(EntryKind::Grace, day(2026, 12, 26), Credit::NONE));
    assert_eq!(level(&entries, 12, 26), Level::Alert);
    assert_eq!(level(&entries, 12, 31), Level::Alert);
    assert_eq!(on(&entries, &rules, day(2027, 1, 5)).level, Level::Alert, "the tenth day after");
    assert_eq!(on(&entries, &rules, day(2027, 1, 6)).level, Level::Late);
    entries.push(Entry::new(EntryKind::Grace, day(2027, 1, 6), Credit::NONE));
    assert_eq!(on(&entries, &rules, day(2027, 1, 6)).level, Level::Late, "once only");
    entries.push(done(12, 30));
    assert_eq!(on(&entries, &rules, day(2027, 1, 6)).level, Level::UpToDate);
}

#[test]
fn what_is_done_beyond_the_cap_is_saved_or_lapses_at_the_cycles_end() {
    let kept = |saved| always(Policy { ahead: Ahead { cap: Some(shifts(1.0)), saved }, ..Policy::default() });
    let entries = [due(10, 26), done(10, 27), done(10, 28), done(10, 29), done(10, 30)];
    let before = on(&entries, &kept(true), day(2026, 11, 22));
    assert_eq!((before.ahead, before.exact.saved), (3, Credit::NONE), "until its end it is all there");
    let saved = on(&entries, &kept(true), day(2026, 11, 23)).exact;
    assert_eq!((saved.ahead, saved.saved, saved.lapsed), (shifts(1.0), shifts(2.0), Credit::NONE));
    let lapsed = on(&entries, &kept(false), day(2026, 11, 23)).exact;
    assert_eq!((lapsed.ahead, lapsed.saved, lapsed.lapsed), (shifts(1.0), Credit::NONE, shifts(2.0)));
}

#[test]
fn savings_fill_a_cycle_that_had_no_absence() {
    let rules = always(Policy { ahead: Ahead { cap: Some(Credit::NONE), saved: true }, ..Policy::default() });
    let mut entries = vec![due(10, 26), done(10, 27), done(10, 28), due(11, 23)];
    let filled = on(&entries, &rules, day(2026, 12, 21));
    assert_eq!((filled.level, filled.exact.saved), (Level::UpToDate, Credit::NONE));
    entries.push(entry(EntryKind::Missed, day(2026, 12, 2), 0));
    let missed = on(&entries, &rules, day(2026, 12, 21));
    assert_eq!((missed.level, missed.exact.saved), (Level::Alert, shifts(1.0)));
}

#[test]
fn a_debt_grows_no_further_than_the_policy_lets_it() {
    let rules = always(Policy { owed_cap: Some(shifts(2.0)), ..Policy::default() });
    let entries = [due(8, 3), due(8, 31), due(9, 28), due(10, 26)];
    let behind = on(&entries, &rules, day(2026, 11, 23));
    assert_eq!((behind.overdue, behind.exact.forgiven), (2, shifts(2.0)));
}

#[test]
fn a_shift_of_next_week_that_is_excused_counts_already() {
    assert_eq!(on_the_first(&[due(11, 23), entry(EntryKind::Excused, day(2026, 12, 10), 1)]).to_do, 0);
    assert_eq!(on_the_first(&[due(11, 23), entry(EntryKind::Excused, day(2026, 12, 24), 1)]).to_do, 1);
}
