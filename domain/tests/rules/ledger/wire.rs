//! Entries as they were, and as they are written now.

use domain::ledger::{Credit, Entry, EntryKind, Policy, Standing};
use serde_json::json;

use super::{entry, shifts};
use crate::coop::day;

#[test]
fn an_entry_of_an_older_build_is_still_read() {
    let read: Entry = serde_json::from_value(json!({ "kind": "done", "on": "2026-11-28", "shifts": 1 })).unwrap();
    assert_eq!(read, entry(EntryKind::Done, day(2026, 11, 28), 1.0));
    let standing = json!({ "level": "alert", "to_do": 2, "ahead": 0, "overdue": 1,
        "cycle": { "from": "2026-11-23", "to": "2026-12-20" } });
    let read: Standing = serde_json::from_value(standing).unwrap();
    assert_eq!((read.to_do, read.exact.to_do, read.since), (2, Credit::NONE, None));
}

#[test]
fn an_older_build_reads_whole_shifts() {
    let written = |credit| serde_json::to_value(entry(EntryKind::CycleDue, day(2026, 11, 23), credit)).unwrap();
    assert_eq!(written(-1.0), json!({ "kind": "cycle_due", "on": "2026-11-23", "shifts": -1 }));
    assert_eq!(written(-0.5), json!({ "kind": "cycle_due", "on": "2026-11-23", "shifts": -1, "credit": -90 }));
    for credit in [-1.5, -0.25, 0.0, 0.5, 3.0] {
        let read: Entry = serde_json::from_value(written(credit)).unwrap();
        assert_eq!(read.credit, shifts(credit));
    }
}

#[test]
fn a_policy_says_only_what_it_changes() {
    let read: Policy = serde_json::from_value(json!({ "absence": { "owed": 2 } })).unwrap();
    assert_eq!((read.absence.owed, read.absence.excused_owed, read.due), (2, 1, shifts(1.0)));
    let whole = serde_json::to_value(&read).unwrap();
    assert_eq!(serde_json::from_value::<Policy>(whole).unwrap(), read);
    let told = json!({ "due": 90, "counting": { "minutes": { "a_shift": 165 } }, "owed_cap": 360 });
    let in_the_browser: Policy = domain::json::read(&told).unwrap();
    assert_eq!(in_the_browser, serde_json::from_value(told).unwrap());
}

#[test]
fn a_policy_that_cannot_be_meant_names_the_field() {
    let wrong = |value| serde_json::from_value::<Policy>(value).unwrap().mistake();
    assert_eq!(Policy::default().mistake(), None);
    assert_eq!(wrong(json!({ "due": -1 })), Some("due"));
    assert_eq!(wrong(json!({ "counting": { "minutes": { "a_shift": 0 } } })), Some("counting"));
    assert_eq!(wrong(json!({ "absence": { "owed": 9 } })), Some("absence"));
    assert_eq!(wrong(json!({ "alarm": { "alert_from": 360, "late_from": 180 } })), Some("alarm"));
}
