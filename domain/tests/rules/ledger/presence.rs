//! What a closed sheet leaves.

use domain::id::MemberId;
use domain::ledger::{
    Absence, Counting, Credit, EntryKind, Light, Noted, Policy, Presence, TemplateCredit, entries_for_changed_presence,
    entries_for_presence, key_on, lead_may_owe,
};
use domain::time::Days;

use super::{shift_of, shifts};
use crate::coop::day;

fn counted(policy: &Policy, noted: impl Into<Noted>) -> Option<(EntryKind, Credit)> {
    let entries = entries_for_presence(policy, &shift_of(day(2026, 11, 28), 180), noted.into());
    entries.first().map(|entry| (entry.kind, entry.credit))
}

fn owing(owed: u8, excused_owed: u8) -> Policy {
    Policy { absence: Absence { owed, lead_may_reduce: true, excused_owed }, ..Policy::default() }
}

#[test]
fn a_presence_counts_as_the_policy_says() {
    let left_at = |owed| Noted { presence: Presence::Absent, owed: Some(owed) };
    let (one, two) = (owing(1, 1), owing(2, 0));
    for policy in [&one, &two] {
        assert_eq!(counted(policy, Presence::Present), Some((EntryKind::Done, shifts(1.0))));
        assert_eq!(counted(policy, Presence::Late), Some((EntryKind::Done, shifts(1.0))));
        assert_eq!(counted(policy, Presence::Replaced), None, "whoever came has it");
        assert_eq!(counted(policy, left_at(1)), Some((EntryKind::Missed, shifts(0.0))));
        assert_eq!(counted(policy, left_at(0)), Some((EntryKind::Excused, shifts(1.0))));
    }
    assert_eq!(counted(&one, Presence::Absent), Some((EntryKind::Missed, shifts(0.0))), "the shift is still owed, no more");
    assert_eq!(counted(&two, Presence::Absent), Some((EntryKind::Missed, shifts(-1.0))), "and another one");
    assert_eq!(counted(&one, Presence::Excused), Some((EntryKind::Missed, shifts(0.0))), "still to be worked");
    assert_eq!(counted(&two, Presence::Excused), Some((EntryKind::Excused, shifts(1.0))), "as if done");
}

#[test]
fn a_shift_may_count_more_or_less_than_its_time() {
    let on = day(2026, 11, 28);
    let counts =
        |policy: &Policy, minutes| entries_for_presence(policy, &shift_of(on, minutes), Presence::Present.into())[0].credit;
    let by_the_clock = |a_shift| Policy { counting: Counting::Minutes { a_shift }, ..Policy::default() };
    assert_eq!(counts(&Policy::default(), 120), shifts(1.0));
    assert_eq!(counts(&by_the_clock(180), 120), Credit(120));
    assert_eq!(counts(&by_the_clock(165), 165), shifts(1.0));
    let double = TemplateCredit { template: shift_of(on, 180).template, credit: shifts(1.5) };
    assert_eq!(counts(&Policy { credits: vec![double], ..by_the_clock(180) }, 120), shifts(1.5));
}

#[test]
fn a_light_time_may_make_an_absence_cheaper() {
    let days = Days { from: day(2026, 11, 23), to: day(2026, 12, 6) };
    let light = Light { days, due: shifts(0.5), owed: Some(1), why: "fêtes".to_owned() };
    let policy = Policy { light: vec![light], ..owing(2, 1) };
    assert_eq!(counted(&policy, Presence::Absent), Some((EntryKind::Missed, shifts(0.0))));
    assert_eq!(policy.owed_on(day(2026, 12, 7)), 2);
}

#[test]
fn a_lead_may_reduce_where_there_is_something_to_reduce() {
    let on = day(2026, 11, 28);
    assert_eq!(lead_may_owe(&owing(2, 1), on), [2, 1]);
    assert_eq!(lead_may_owe(&owing(1, 1), on), [1]);
    let strict = Absence { owed: 2, lead_may_reduce: false, excused_owed: 1 };
    assert_eq!(lead_may_owe(&Policy { absence: strict, ..Policy::default() }, on), [2]);
}

#[test]
fn a_presence_noted_otherwise_is_a_new_entry_of_its_day() {
    let (policy, shift) = (owing(2, 1), shift_of(day(2026, 11, 28), 180));
    let first = entries_for_presence(&policy, &shift, Presence::Absent.into());
    let noted = day(2026, 12, 2);
    let change = |was: Presence, is: Option<Presence>| {
        entries_for_changed_presence(&policy, &shift, (was.into(), is.map(Noted::from)), noted, "elle était là")
    };
    let again = change(Presence::Absent, Some(Presence::Present));
    assert_eq!(again.len(), 1);
    assert_eq!((again[0].kind, again[0].on, again[0].credit), (EntryKind::Correction, noted, shifts(2.0)));
    assert_eq!((again[0].why.as_str(), again[0].key.as_str()), ("elle était là", ""), "and as often as it is corrected");
    assert_eq!(first[0].credit + again[0].credit, shifts(1.0), "together: done");
    assert_eq!(change(Presence::Absent, Some(Presence::Absent)), []);
    assert_eq!(change(Presence::Present, None)[0].credit, shifts(-1.0), "who was not there after all");
}

#[test]
fn the_same_sheet_closed_twice_gives_the_same_keys() {
    let shift = shift_of(day(2026, 11, 28), 180);
    let [one, other] = [1, 2].map(|n| MemberId(uuid::Uuid::from_u128(n)));
    assert_eq!(key_on(&shift, one), format!("shift/{}/{one}", shift.id));
    assert_ne!(key_on(&shift, one), key_on(&shift, other), "a couple on one shift counts twice on its one ledger");
}
