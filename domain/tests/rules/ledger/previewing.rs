//! What a policy would change, before it is saved.

use domain::ledger::{
    Absence, Alarm, DutyFacts, Entry, EntryKind, Level, Noted, Policy, Presence, due_entries, entries_for_presence, preview,
    tried_since,
};
use domain::rules::Rules;
use domain::time::Days;

use super::{always, later, shift_of, shifts};
use crate::coop::day;

fn facts() -> DutyFacts {
    DutyFacts::since(day(2020, 1, 1))
}

/// On 22 December: one shift a cycle since 28 September, all worked but as `noted` in November.
fn november(policy: &Policy, noted: impl Into<Noted>) -> (Rules, Vec<Entry>) {
    let rules = always(policy.clone());
    let today = day(2026, 12, 22);
    let mut entries = due_entries(&facts(), &rules, Days { from: day(2026, 9, 28), to: today });
    for on in [day(2026, 10, 1), day(2026, 10, 29)] {
        entries.extend(entries_for_presence(policy, &shift_of(on, 180), Presence::Present.into()));
    }
    entries.extend(entries_for_presence(policy, &shift_of(day(2026, 11, 26), 180), noted.into()));
    entries.extend(entries_for_presence(policy, &shift_of(day(2026, 12, 3), 180), Presence::Present.into()));
    (rules, entries)
}

fn double() -> Policy {
    Policy { absence: Absence { owed: 2, lead_may_reduce: true, excused_owed: 1 }, ..Policy::default() }
}

fn levels(policy: &Policy, noted: impl Into<Noted>, candidate: &Policy) -> (Level, Level) {
    let (rules, entries) = november(policy, noted);
    preview(&entries, &facts(), &rules, candidate, day(2026, 12, 22))
}

#[test]
fn a_double_compensation_would_put_on_alert_whoever_was_absent() {
    let single = Policy::default();
    assert_eq!(levels(&single, Presence::Absent, &double()), (Level::UpToDate, Level::Alert));
    assert_eq!(levels(&single, Presence::Present, &double()), (Level::UpToDate, Level::UpToDate));
    assert_eq!(levels(&double(), Presence::Absent, &single), (Level::Alert, Level::UpToDate));
}

#[test]
fn an_absence_that_was_made_cheaper_stays_so() {
    let reduced = Noted { presence: Presence::Absent, owed: Some(1) };
    let triple = Policy { absence: Absence { owed: 3, ..double().absence }, ..double() };
    assert_eq!(levels(&double(), reduced, &triple).1, Level::UpToDate);
    assert_eq!(levels(&double(), Presence::Absent, &triple).1, Level::Late);
}

#[test]
fn more_to_do_in_a_cycle_is_counted_from_the_first_cycle_that_is_tried() {
    let two = Policy { due: shifts(2.0), ..Policy::default() };
    // Three cycles are over, each one short; the running one is not.
    assert_eq!(levels(&Policy::default(), Presence::Present, &two), (Level::UpToDate, Level::Late));
    let none = Policy { due: shifts(0.0), ..Policy::default() };
    assert_eq!(levels(&Policy::default(), Presence::Absent, &none), (Level::UpToDate, Level::UpToDate));
}

#[test]
fn what_lies_further_back_is_not_tried() {
    let (rules, mut entries) = november(&Policy::default(), Presence::Present);
    entries.retain(|entry| entry.on != day(2026, 12, 3));
    let today = day(2026, 12, 22);
    let since = tried_since(&rules, today);
    assert_eq!(since, day(2026, 9, 28));
    entries.push(Entry::new(EntryKind::Missed, domain::time::minus_days(since, 1), shifts(0.0)));
    assert_eq!(preview(&entries, &facts(), &rules, &double(), today).1, Level::UpToDate);
    entries.push(Entry::new(EntryKind::Missed, later(since, 1), shifts(0.0)));
    assert_eq!(preview(&entries, &facts(), &rules, &double(), today).1, Level::Alert);
}

#[test]
fn a_shorter_alert_is_a_delay_sooner() {
    let (rules, mut entries) = november(&Policy::default(), Presence::Absent);
    entries.retain(|entry| entry.on != day(2026, 12, 3));
    let lasting = |alert_d| Policy { alarm: Alarm { alert_d, ..Alarm::default() }, ..Policy::default() };
    let today = day(2026, 12, 22);
    assert_eq!(preview(&entries, &facts(), &rules, &lasting(Some(28)), today), (Level::Alert, Level::Alert));
    assert_eq!(preview(&entries, &facts(), &rules, &lasting(Some(1)), today), (Level::Alert, Level::Late));
}
