//! « Mon engagement », told.

use domain::ledger::{Absence, Alarm, CountsAs, Credit, EntryKind, Level, Policy, Story, ToDo, Told, story};
use domain::time::{Days, paris_instant};

use super::{always, entry, shifts};
use crate::coop::{clock, day};

fn october() -> Days {
    Days { from: day(2026, 10, 26), to: day(2026, 11, 22) }
}

fn november() -> Days {
    Days { from: day(2026, 11, 23), to: day(2026, 12, 20) }
}

fn told(story: &Story) -> Vec<(String, Told, f32)> {
    let line = |line: &domain::ledger::Line| (line.on.format("%d/%m").to_string(), line.told, line.left.0 as f32 / 180.0);
    story.lines.iter().map(line).collect()
}

#[test]
fn an_absence_that_costs_two_is_told_until_it_is_made_up() {
    let absence = Absence { owed: 2, lead_may_reduce: true, excused_owed: 1 };
    let alarm = Alarm { alert_d: Some(28), ..Alarm::default() };
    let rules = always(Policy { absence, alarm, ..Policy::default() });
    let entries = [
        entry(EntryKind::CycleDue, day(2026, 10, 26), -1.0),
        entry(EntryKind::Missed, day(2026, 11, 12), -1.0).because("absence non prévenue"),
        entry(EntryKind::CycleDue, day(2026, 11, 23), -1.0),
        entry(EntryKind::Done, day(2026, 11, 28), 1.0),
        entry(EntryKind::Done, day(2026, 11, 30), 1.0),
        entry(EntryKind::Done, day(2026, 12, 2), 1.0),
        entry(EntryKind::Done, day(2026, 12, 3), 1.0),
    ];
    let whole = story(&entries, &rules, paris_instant(day(2026, 12, 4), clock(12, 0)));
    let worked = |counts_as| Told::Worked { shift: None, credit: Credit::SHIFT, counts_as };
    let line = |on: &str, told, left| (on.to_owned(), told, left);
    assert_eq!(
        told(&whole),
        [
            line("26/10", Told::CycleBegins { cycle: october(), owed: shifts(1.0) }, -1.0),
            line("12/11", Told::Missed { shift: None, owed: shifts(1.0) }, -2.0),
            line("12/11", Told::Became { level: Level::Alert }, -2.0),
            line("22/11", Told::CycleLeft { cycle: october(), owed: shifts(2.0) }, -2.0),
            line("23/11", Told::CycleBegins { cycle: november(), owed: shifts(1.0) }, -3.0),
            line("23/11", Told::Became { level: Level::Late }, -3.0),
            line("28/11", worked(CountsAs::MakeUp), -2.0),
            line("28/11", Told::Became { level: Level::Alert }, -2.0),
            line("30/11", worked(CountsAs::MakeUp), -1.0),
            line("30/11", Told::Became { level: Level::UpToDate }, -1.0),
            line("02/12", worked(CountsAs::Cycle), 0.0),
            line("03/12", worked(CountsAs::Advance), 1.0),
        ]
    );
    assert_eq!(whole.lines[1].why, "absence non prévenue");
    assert_eq!(whole.to_do, []);
}

#[test]
fn what_is_to_do_says_by_when() {
    let alarm = Alarm { alert_d: Some(28), ..Alarm::default() };
    let rules = always(Policy { alarm, ..Policy::default() });
    let entries = [entry(EntryKind::CycleDue, day(2026, 10, 26), -1.0), entry(EntryKind::CycleDue, day(2026, 11, 23), -1.0)];
    let on = |today| story(&entries, &rules, paris_instant(today, clock(12, 0))).to_do;
    let part = |by, counts_as| ToDo { credit: shifts(1.0), by, counts_as };
    let cycle = part(Some(day(2026, 12, 20)), CountsAs::Cycle);
    assert_eq!(on(day(2026, 12, 1)), [part(Some(day(2026, 12, 20)), CountsAs::MakeUp), cycle]);
    let late = on(day(2026, 12, 21));
    assert_eq!(late[0], ToDo { credit: shifts(2.0), by: None, counts_as: CountsAs::MakeUp });
}

#[test]
fn a_free_cycle_is_one_sentence() {
    let entries = [
        entry(EntryKind::Leave, day(2026, 11, 23), 1.0).because("congé parental"),
        entry(EntryKind::CycleDue, day(2026, 11, 23), -1.0),
    ];
    let whole = story(&entries, &always(Policy::default()), paris_instant(day(2026, 12, 1), clock(12, 0)));
    assert_eq!(whole.lines.len(), 1);
    assert_eq!(whole.lines[0].told, Told::CycleFree { cycle: november(), kind: EntryKind::Leave });
    assert_eq!((whole.lines[0].why.as_str(), whole.lines[0].left), ("congé parental", Credit::NONE));
}

#[test]
fn a_correction_never_rewrites_what_was_told() {
    let mut entries = vec![
        entry(EntryKind::CycleDue, day(2026, 9, 28), -1.0),
        entry(EntryKind::CycleDue, day(2026, 10, 26), -1.0),
        entry(EntryKind::CycleDue, day(2026, 11, 23), -1.0),
    ];
    let now = paris_instant(day(2026, 12, 1), clock(12, 0));
    let before = story(&entries, &always(Policy::default()), now);
    entries.push(entry(EntryKind::Correction, day(2026, 12, 1), 2.0).because("deux vacations au marché de Noël"));
    let after = story(&entries, &always(Policy::default()), now);
    assert_eq!(after.lines[..before.lines.len()], before.lines);
    assert_eq!(after.lines[before.lines.len()].told, Told::Corrected { credit: shifts(2.0) });
}
