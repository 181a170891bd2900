//! Which cycles are due for whom.

use domain::ledger::{
    DutyFacts, DutyPeriod, Entry, EntryKind, Leave, LeaveKind, Light, Policies, Policy, Share, Version, due_entries, standing,
};
use domain::rules::Rules;
use domain::time::{Days, paris_instant};

use super::{always, shifts};
use crate::coop::{clock, day};

fn autumn() -> Days {
    // The cycles of 28 September, 26 October and 23 November.
    Days { from: day(2026, 9, 28), to: day(2026, 12, 20) }
}

fn told(entries: &[Entry]) -> Vec<(EntryKind, String, i32)> {
    entries.iter().map(|entry| (entry.kind, entry.on.format("%d/%m").to_string(), entry.credit.0)).collect()
}

fn due(facts: &DutyFacts, policy: Policy) -> Vec<(EntryKind, String, i32)> {
    told(&due_entries(facts, &always(policy), autumn()))
}

fn since() -> DutyFacts {
    DutyFacts::since(day(2020, 1, 1))
}

fn cycle_due(on: &str, credit: i32) -> (EntryKind, String, i32) {
    (EntryKind::CycleDue, on.to_owned(), credit)
}

#[test]
fn each_cycle_is_due_on_its_monday() {
    let wanted = [cycle_due("28/09", -180), cycle_due("26/10", -180), cycle_due("23/11", -180)];
    assert_eq!(due(&since(), Policy::default()), wanted);
}

#[test]
fn the_cycle_in_which_one_joins_or_after_one_left_asks_for_nothing() {
    let facts = DutyFacts { joined_on: day(2026, 9, 29), left_on: Some(day(2026, 11, 23)), ..since() };
    assert_eq!(due(&facts, Policy::default()), [cycle_due("26/10", -180)]);
}

#[test]
fn half_a_duty_and_a_households_one_duty() {
    let from = day(2026, 10, 20);
    let borne = |share| DutyFacts { duty: vec![DutyPeriod { from, to: None, share }], ..since() };
    let half = [cycle_due("28/09", -180), cycle_due("26/10", -90), cycle_due("23/11", -90)];
    assert_eq!(due(&borne(Share::Half), Policy::default()), half);
    let with = Share::With(crate::coop::member("Karim"));
    assert_eq!(due(&borne(with), Policy::default()), [cycle_due("28/09", -180)], "the other one's ledger has it");
}

#[test]
fn a_leave_takes_back_the_cycles_that_it_mostly_covers() {
    let leave = |from, to| Leave { days: Days { from, to }, kind: LeaveKind::Parental };
    // 13 days of October's cycle, 14 of November's, two of them twice.
    let leaves = vec![leave(day(2026, 11, 10), day(2026, 12, 4)), leave(day(2026, 12, 3), day(2026, 12, 6))];
    let relieved = (EntryKind::Leave, "23/11".to_owned(), 180);
    let wanted = [cycle_due("28/09", -180), cycle_due("26/10", -180), cycle_due("23/11", -180), relieved];
    assert_eq!(due(&DutyFacts { leaves, ..since() }, Policy::default()), wanted);
}

#[test]
fn an_exemption_that_is_granted_late_takes_back_what_was_due() {
    let half = DutyPeriod { from: day(2026, 9, 1), to: None, share: Share::Half };
    let before = DutyFacts { duty: vec![half], ..since() };
    let exempt = DutyPeriod { from: day(2026, 10, 1), to: Some(day(2026, 11, 22)), share: Share::Exempt };
    let after = DutyFacts { duty: vec![half, exempt], ..since() };
    let (was, is) = (due(&before, Policy::default()), due(&after, Policy::default()));
    let added: Vec<_> = is.iter().filter(|entry| !was.contains(entry)).collect();
    assert_eq!(added, [&(EntryKind::Exemption, "26/10".to_owned(), 90)]);
    assert!(was.iter().all(|entry| is.contains(entry)), "what was written stays");
}

#[test]
fn summer_asks_for_less() {
    let light =
        Light { days: Days { from: day(2026, 10, 1), to: day(2026, 11, 8) }, due: shifts(0.5), owed: None, why: String::new() };
    let policy = Policy { light: vec![light], ..Policy::default() };
    // 25 days of September's cycle and 14 of October's lie in it.
    assert_eq!(due(&since(), policy), [cycle_due("28/09", -90), cycle_due("26/10", -90), cycle_due("23/11", -180)]);
}

#[test]
fn nothing_is_due_before_the_first_policy_and_each_cycle_follows_the_one_of_its_monday() {
    let double = Policy { due: shifts(2.0), ..Policy::default() };
    let policies = Policies::new(vec![
        Version { valid_from: day(2026, 11, 23), policy: double },
        Version { valid_from: day(2026, 9, 29), policy: Policy::default() },
    ]);
    let rules = Rules { policies, ..always(Policy::default()) };
    assert_eq!(told(&due_entries(&since(), &rules, autumn())), [cycle_due("26/10", -180), cycle_due("23/11", -360)]);
}

#[test]
fn a_leave_frees_only_its_own_cycle_and_not_what_is_behind() {
    let leave = Leave { days: Days { from: day(2026, 11, 23), to: day(2026, 12, 20) }, kind: LeaveKind::Pause };
    let rules = always(Policy::default());
    let entries =
        due_entries(&DutyFacts { leaves: vec![leave], ..since() }, &rules, Days { from: day(2026, 10, 26), ..autumn() });
    let standing = standing(&entries, &rules, paris_instant(day(2026, 12, 1), clock(12, 0)));
    assert_eq!((standing.to_do, standing.overdue), (1, 1));
}
