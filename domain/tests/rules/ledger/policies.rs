//! The policies of four real co-ops, as settings, on cases from the study of food co-ops
//! (`research/foodcoops.md`): the section beside each is where the rule comes from.

use chrono::NaiveDate;
use domain::ledger::Presence::{Absent, Excused, Present};
use domain::ledger::{
    DutyFacts, EntryKind, Level, Noted, Policy, Presence, Standing, due_entries, entries_for_presence, lead_may_owe,
};
use domain::time::Days;
use serde_json::{Value, json};

use super::{on, policy_from, shift_of, shifts};
use crate::coop::day;

/// « Le Troglo »: a single make-up; two behind is suspended, and nobody is more than two behind.
pub(super) fn troglo() -> Value {
    json!({ "absence": { "owed": 1 }, "alarm": { "alert_from": 1, "late_from": 360 }, "owed_cap": 360 })
}

/// « La Louve »: two owed, within 28 days; the coordinator may leave it at one.
pub(super) fn la_louve() -> Value {
    json!({
        "absence": { "owed": 2, "lead_may_reduce": true },
        "alarm": { "late_from": 720, "alert_d": 28, "out_from": 540 },
    })
}

/// BEES: double, an alert of 28 days, then 10 days of grace if asked for; out at four behind.
pub(super) fn bees() -> Value {
    json!({
        "absence": { "owed": 2, "lead_may_reduce": true },
        "alarm": { "late_from": 900, "alert_d": 28, "grace_d": 10, "out_from": 720 },
    })
}

/// gestion-compte (L'Éléfàn): 180 minutes in 28 days, no penalty, savings, late below −9 h.
pub(super) fn gestion_compte() -> Value {
    json!({
        "counting": { "minutes": { "a_shift": 180 } },
        "alarm": { "alert_from": 541, "late_from": 541 },
        "ahead": { "cap": 0, "saved": true },
    })
}

pub(super) fn policy(settings: Value) -> Policy {
    let policy: Policy = serde_json::from_value(settings).expect("settings are read");
    assert_eq!(policy.mistake(), None);
    policy
}

/// From the cycle of 26 October on; the next ones begin on 23 November, 21 December and 18 January.
fn first() -> NaiveDate {
    day(2026, 10, 26)
}

/// A shift's day, its minutes and how its sheet was closed.
type Sheet = (NaiveDate, i64, Noted);

fn sheet(month: u32, on: u32, noted: impl Into<Noted>) -> Sheet {
    let year = if month >= 10 { 2026 } else { 2027 };
    (day(year, month, on), 180, noted.into())
}

fn owing(owed: u8) -> Noted {
    Noted { presence: Absent, owed: Some(owed) }
}

fn played(settings: Value, sheets: &[Sheet], granted: Option<NaiveDate>, today: NaiveDate) -> Standing {
    let policy = policy(settings);
    let rules = policy_from(first(), policy.clone());
    let mut entries = due_entries(&DutyFacts::since(day(2020, 1, 1)), &rules, Days { from: first(), to: today });
    for (on, minutes, noted) in sheets.iter().filter(|(on, ..)| *on <= today) {
        entries.extend(entries_for_presence(&policy, &shift_of(*on, *minutes), *noted));
    }
    let grace = granted.filter(|on| *on <= today);
    entries.extend(grace.map(|on| domain::ledger::Entry::new(EntryKind::Grace, on, shifts(0.0))));
    on(&entries, &rules, today)
}

#[test]
fn four_policies_count_as_their_co_ops_do() {
    use Level::{Alert, Late, UpToDate};
    let present = |month, on| sheet(month, on, Present);
    let absent = |month, on| sheet(month, on, Absent);
    let nov = |on| day(2026, 11, on);
    let dec = |on| day(2026, 12, on);
    let jan = |on| day(2027, 1, on);
    // The section, what happened, the policy, the sheets, the day; and then: level, to do, overdue, out.
    #[rustfmt::skip]
    type Case<'a> = (&'a str, &'a str, Value, Vec<Sheet>, NaiveDate, (Level, u16, u16, bool));
    let cases: Vec<Case<'_>> = vec![
        ("§6.4 duty", "one a cycle, done", troglo(), vec![present(11, 5)], nov(22), (UpToDate, 0, 0, false)),
        ("§6.4 Troglo", "absent: single, until the cycle's end", troglo(), vec![absent(11, 5)], nov(22), (UpToDate, 1, 0, false)),
        ("§6.4 Troglo", "one behind at the cycle's end: alerte", troglo(), vec![absent(11, 5)], nov(23), (Alert, 2, 1, false)),
        ("§6.4 Troglo", "made up like any slot", troglo(), vec![absent(11, 5), present(11, 25)], dec(1), (UpToDate, 1, 0, false)),
        ("§6.4 Troglo", "two behind: suspendu", troglo(), vec![absent(11, 5), absent(12, 3)], dec(21), (Late, 3, 2, false)),
        (
            "§6.4 Troglo",
            "max two behind",
            troglo(),
            vec![absent(11, 5), absent(12, 3), absent(12, 30)],
            jan(18),
            (Late, 3, 2, false),
        ),
        ("§6.4 La Louve", "missed = 2, at once an alert", la_louve(), vec![absent(11, 5)], nov(5), (Alert, 2, 1, false)),
        (
            "§6.4 La Louve",
            "the service and a compensatory one",
            la_louve(),
            vec![absent(11, 5), present(11, 10), present(11, 20)],
            nov(20),
            (UpToDate, 0, 0, false),
        ),
        ("§6.4 La Louve", "within 28 d: the 28th day", la_louve(), vec![absent(11, 5)], dec(2), (Alert, 3, 2, false)),
        ("§6.4 La Louve", "then suspendu", la_louve(), vec![absent(11, 5)], dec(3), (Late, 3, 2, false)),
        (
            "§6.4 La Louve",
            "coordinator may reduce to 1",
            la_louve(),
            vec![sheet(11, 5, owing(1))],
            nov(22),
            (UpToDate, 1, 0, false),
        ),
        (
            "§6.4 La Louve",
            "0 for a close relative's death",
            la_louve(),
            vec![sheet(11, 5, owing(0))],
            nov(23),
            (UpToDate, 1, 0, false),
        ),
        (
            "§6.4 La Louve",
            "second unrecovered absence: désinscrit",
            la_louve(),
            vec![absent(11, 5), absent(12, 3)],
            dec(3),
            (Late, 4, 3, true),
        ),
        (
            "§6.4 La Louve",
            "services anticipés before a long absence",
            la_louve(),
            vec![present(11, 3), present(11, 5), present(11, 7)],
            jan(17),
            (UpToDate, 0, 0, false),
        ),
        ("§6.4 BEES", "double", bees(), vec![absent(11, 5)], nov(5), (Alert, 2, 1, false)),
        ("§6.4 BEES", "team lead may waive", bees(), vec![sheet(11, 5, owing(1))], nov(5), (UpToDate, 1, 0, false)),
        ("§6.4 BEES", "alert 28 d", bees(), vec![absent(11, 5)], dec(2), (Alert, 3, 2, false)),
        ("§6.4 BEES", "then suspended", bees(), vec![absent(11, 5)], dec(3), (Late, 3, 2, false)),
        ("§6.4 BEES", "unsubscribed at −4", bees(), vec![absent(11, 5), absent(12, 3)], dec(21), (Late, 5, 4, true)),
        ("§2.4", "absent_1, excused: still to be worked", bees(), vec![sheet(11, 5, Excused)], nov(22), (UpToDate, 1, 0, false)),
        ("§6.4 Éléfàn", "no penalty for an absence", gestion_compte(), vec![absent(11, 5)], nov(23), (UpToDate, 2, 1, false)),
        ("§6.4 Éléfàn", "−9 h is not late yet", gestion_compte(), vec![], jan(18), (UpToDate, 4, 3, false)),
        ("§6.4 Éléfàn", "late below −9 h", gestion_compte(), vec![], day(2027, 2, 15), (Late, 5, 4, false)),
        (
            "§2.1",
            "a surplus is saved and fills the next cycle",
            gestion_compte(),
            vec![present(11, 5), present(11, 12)],
            dec(21),
            (UpToDate, 1, 0, false),
        ),
        (
            "§2.1",
            "not where a shift was missed",
            gestion_compte(),
            vec![present(11, 5), present(11, 12), absent(12, 3)],
            dec(21),
            (UpToDate, 2, 1, false),
        ),
    ];
    for (section, story, settings, sheets, today, wanted) in cases {
        let is = played(settings, &sheets, None, today);
        assert_eq!((is.level, is.to_do, is.overdue, is.out), wanted, "{section}: {story}");
    }
}

/// §6.4 BEES: « grace 10 d », asked for once suspended.
#[test]
fn ten_days_of_grace_at_bees() {
    let granted = day(2026, 12, 4);
    let level = |on| played(bees(), &[sheet(11, 5, Absent)], Some(granted), day(2026, 12, on)).level;
    assert_eq!((level(3), level(4), level(14), level(15)), (Level::Late, Level::Alert, Level::Alert, Level::Late));
}

/// §6.4 Éléfàn, §2.1: a ledger in minutes, where two hours are two hours.
#[test]
fn minutes_at_gestion_compte() {
    let two_hours = (day(2026, 11, 5), 120, Noted::from(Present));
    let before = played(gestion_compte(), &[two_hours], None, day(2026, 11, 22));
    assert_eq!((before.exact.to_do.0, before.to_do), (60, 1));
    let five_hours = (day(2026, 11, 12), 300, Noted::from(Present));
    let after = played(gestion_compte(), &[two_hours, five_hours], None, day(2026, 11, 23));
    assert_eq!((after.exact.saved.0, after.exact.to_do.0), (240, 180));
    // The next cycle ends 180 short: savings fill it, and 60 minutes of them are left.
    let filled = played(gestion_compte(), &[two_hours, five_hours], None, day(2026, 12, 21));
    assert_eq!((filled.exact.saved.0, filled.exact.overdue.0), (60, 0));
}

/// §6.4: who may lower an absence, and to what.
#[test]
fn who_may_lower_an_absence() {
    let may = |settings| lead_may_owe(&policy(settings), first());
    assert_eq!(may(troglo()), [1]);
    assert_eq!(may(la_louve()), [2, 1]);
    assert_eq!(may(bees()), [2, 1]);
    assert_eq!(may(gestion_compte()), [1]);
    assert_eq!(Noted::from(Presence::Absent).owed, None);
}
