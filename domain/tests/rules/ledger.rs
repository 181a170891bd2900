//! The standing, from the entries.

use chrono::NaiveDate;
use domain::ledger::{Entry, EntryKind, Level, Standing, standing};
use domain::rules::Rules;
use domain::time::{Days, paris_instant};

use crate::coop::{clock, cycle, day};

fn entry(kind: EntryKind, on: NaiveDate, shifts: i16) -> Entry {
    Entry { kind, on, shifts, why: String::new() }
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
        assert_eq!(on_the_first(&entries), Standing { level, to_do, ahead, overdue, cycle }, "{story}");
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
