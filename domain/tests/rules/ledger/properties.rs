//! What is true of every ledger.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::ledger::{
    Absence, Ahead, Alarm, Change, Counting, CountsAs, Credit, DutyFacts, DutyPeriod, Entry, EntryKind, Exact, Leave, LeaveKind,
    Ledger, Light, Noted, Policies, Policy, Presence, Share, Version, due_entries, entries_for_presence, looked_at, simulate,
    standing, story,
};
use domain::rules::Rules;
use domain::shifts::Shift;
use domain::time::{Cycle, Days, Instant, paris_instant};
use proptest::prelude::*;

use super::{later, shift_of};
use crate::coop::{clock, cycle, day};

fn noon(on: NaiveDate) -> Instant {
    paris_instant(on, clock(12, 0))
}

fn start() -> NaiveDate {
    day(2020, 1, 1)
}

const KINDS: [EntryKind; 12] = [
    EntryKind::CycleDue,
    EntryKind::Leave,
    EntryKind::Exemption,
    EntryKind::Done,
    EntryKind::Excused,
    EntryKind::Missed,
    EntryKind::MakeUp,
    EntryKind::Advance,
    EntryKind::Correction,
    EntryKind::SolidarityGift,
    EntryKind::SolidarityDraw,
    EntryKind::Grace,
];

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let entry = (0..KINDS.len(), 0u64..300, -8i32..8);
    let entry = entry.prop_map(|(kind, on, credit)| Entry::new(KINDS[kind], later(start(), on), Credit(45 * credit)));
    prop::collection::vec(entry, 0..40)
}

fn some<T: std::fmt::Debug + Clone>(of: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    prop::option::of(of)
}

fn policy() -> impl Strategy<Value = Policy> {
    let counted = (1i32..4, 0u8..3, any::<bool>(), 0u8..2, prop_oneof![Just(180u16), Just(165), Just(120)]);
    let alarm = (0u16..10, some(0u16..40), 0u16..15, 1i32..4);
    let kept = (some(0i32..5), any::<bool>(), some(1i32..5));
    let light = some((0u64..260, 1u64..80, 0i32..3));
    (counted, alarm, kept, light).prop_map(|((due, owed, by_shift, excused, minutes), alarm, kept, light)| Policy {
        due: Credit(90 * due),
        light: light
            .map(|(from, days, due)| Light {
                days: Days { from: later(start(), from), to: later(start(), from + days) },
                due: Credit(90 * due),
                owed: Some(1),
                why: String::new(),
            })
            .into_iter()
            .collect(),
        counting: if by_shift { Counting::Shift } else { Counting::Minutes { a_shift: minutes } },
        absence: Absence { owed, lead_may_reduce: true, excused_owed: excused },
        alarm: Alarm {
            delay_d: alarm.0,
            alert_d: alarm.1,
            grace_d: alarm.2,
            late_from: Credit(180 * alarm.3),
            ..Alarm::default()
        },
        ahead: Ahead { cap: kept.0.map(|cap| Credit(90 * cap)), saved: kept.1 },
        owed_cap: kept.2.map(|cap| Credit(90 * cap)),
        ..Policy::default()
    })
}

/// Versions that begin on different days, the first of all before anything.
fn rules() -> impl Strategy<Value = Rules> {
    (policy(), prop::collection::vec((1u64..300, policy()), 0..4)).prop_map(|(first, versions)| {
        let versions = versions.into_iter().map(|(on, policy)| Version { valid_from: later(start(), on), policy });
        let all = Policies::new(vec![Version { valid_from: day(2019, 1, 1), policy: first }]);
        Rules { policies: versions.fold(all, |all, version| all.with(version)), ..Rules::on(cycle()) }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_ledgers_sum_is_the_standings_figures_for_any_order_of_arrival(
        (entries, shuffled) in entries().prop_flat_map(|entries| (Just(entries.clone()), Just(entries).prop_shuffle())),
        rules in rules(),
        today in 0u64..340,
    ) {
        let now = noon(later(start(), today));
        let is = standing(&entries, &rules, now);
        prop_assert_eq!(&standing(&shuffled, &rules, now), &is);
        prop_assert_eq!(story(&shuffled, &rules, now), story(&entries, &rules, now));
        let counted: Credit = entries.iter().filter(|entry| entry.on <= is.cycle.to).map(|entry| entry.credit).sum();
        let exact = is.exact;
        prop_assert_eq!(counted, exact.ahead - exact.to_do + exact.saved + exact.lapsed - exact.forgiven);
        prop_assert!([exact.ahead, exact.to_do, exact.overdue, exact.saved, exact.lapsed, exact.forgiven].iter().all(|figure| *figure >= Credit::NONE));
        prop_assert!(exact.ahead.is_none() || exact.to_do.is_none());
        let told = story(&entries, &rules, now);
        let left = told.lines.last().map_or(Credit::NONE, |line| line.left);
        prop_assert_eq!(left, exact.ahead - exact.to_do, "the story ends where the standing is");
        let to_do: Credit = told.to_do.iter().map(|part| part.credit).sum();
        prop_assert_eq!(to_do, exact.to_do);
    }

    #[test]
    fn a_correction_never_rewrites_history(
        entries in entries(),
        rules in rules(),
        corrected in 0u64..300,
        credit in -8i32..8,
        after in 0u64..60,
    ) {
        let corrected = later(start(), corrected);
        let mut more = entries.clone();
        more.push(Entry::new(EntryKind::Correction, corrected, Credit(45 * credit)));
        let now = noon(later(corrected, after));
        let before = |entries: &[Entry]| {
            let lines = story(entries, &rules, now).lines;
            lines.into_iter().filter(|line| line.on < corrected).collect::<Vec<_>>()
        };
        prop_assert_eq!(before(&more), before(&entries));
        // Every cycle that was over by then ended as it did.
        let mut on = cycle().around(start());
        while on.to < corrected {
            let end = noon(on.to);
            prop_assert_eq!(standing(&more, &rules, end), standing(&entries, &rules, end));
            on = cycle().around(later(on.to, 1));
        }
    }

    #[test]
    fn simulation_before_an_act_equals_the_ledger_after_it(
        rules in rules(),
        planned in prop::collection::btree_map(0u64..80, 30i64..300, 0..5),
        done in prop::collection::vec(0u64..60, 0..4),
        extra in (0u64..80, 30i64..300),
        act in 0usize..4,
        missed in 0u8..3,
        leave in some((0u64..80, 1u64..60)),
    ) {
        let joined = day(2019, 11, 1);
        let today = later(start(), 60);
        let leaves = leave.map(|(from, days)| Leave {
            days: Days { from: later(today, from), to: later(today, from + days) },
            kind: LeaveKind::Pause,
        });
        let facts = DutyFacts { leaves: leaves.into_iter().collect(), ..DutyFacts::since(joined) };
        let mut ledger = BTreeMap::new();
        run(&mut ledger, &facts, &rules, today);
        for on in &done {
            ledger.extend(sheet(&rules, &shift_of(later(start(), *on), 180), Presence::Present.into()));
        }
        let planned: Vec<Shift> = planned.iter().map(|(on, minutes)| shift_of(later(today, 1 + *on), *minutes)).collect();
        let extra = shift_of(later(today, 1 + extra.0), extra.1 + 1000);
        prop_assume!(planned.iter().all(|shift| shift.on != extra.on));
        let own = planned.first();
        let noted = Noted { presence: Presence::Absent, owed: Some(missed) };
        let change = match (act, own) {
            (1, Some(gives)) => Change::Give(gives),
            (2, Some(gives)) => Change::Swap { gives, takes: &extra },
            (3, Some(shift)) => Change::Miss { shift, noted },
            _ => Change::Take(&extra),
        };
        let entries: Vec<Entry> = ledger.values().cloned().collect();
        let simulated = simulate(
            &Ledger { entries: &entries, facts: &facts, rules: &rules, today, planned: planned.iter().collect() },
            change,
        );

        // What then really happens: each night's work, and each sheet when its shift is over.
        let mut worked: Vec<(&Shift, Noted)> = planned.iter().map(|shift| (shift, Presence::Present.into())).collect();
        match change {
            Change::Take(takes) => worked.push((takes, Presence::Present.into())),
            Change::Give(gives) => worked.retain(|(shift, _)| shift.id != gives.id),
            Change::Swap { gives, takes } => {
                worked.retain(|(shift, _)| shift.id != gives.id);
                worked.push((takes, Presence::Present.into()));
            }
            Change::Miss { shift: missed, noted } => {
                worked.iter_mut().filter(|(shift, _)| shift.id == missed.id).for_each(|(_, was)| *was = noted);
            }
        }
        let mut on = today;
        while on < simulated.cycle.to {
            on = later(on, 1);
            run(&mut ledger, &facts, &rules, on);
            for (shift, noted) in worked.iter().filter(|(shift, _)| shift.on == on) {
                ledger.extend(sheet(&rules, shift, *noted));
            }
        }
        let after: Vec<Entry> = ledger.values().cloned().collect();
        prop_assert_eq!(&simulated.after, &standing(&after, &rules, noon(simulated.cycle.to)));
        let counts_as = |owed: &Exact| {
            if !owed.overdue.is_none() {
                CountsAs::MakeUp
            } else if owed.to_do.is_none() {
                CountsAs::Advance
            } else {
                CountsAs::Cycle
            }
        };
        if matches!(change, Change::Take(_)) {
            prop_assert_eq!(simulated.counts_as, Some(counts_as(&simulated.before.exact)));
        }
    }
}

/// A night's work: what is not there by its key is written.
fn run(ledger: &mut BTreeMap<String, Entry>, facts: &DutyFacts, rules: &Rules, today: NaiveDate) {
    for entry in due_entries(facts, rules, looked_at(today)) {
        ledger.entry(entry.key.clone()).or_insert(entry);
    }
}

fn sheet(rules: &Rules, shift: &Shift, noted: Noted) -> Vec<(String, Entry)> {
    let entries = entries_for_presence(&rules.policy_on(shift.on), shift, noted);
    entries.into_iter().map(|entry| (shift.id.to_string(), entry)).collect()
}

/// Something decided on a day, from when it is known.
type Known<T> = (NaiveDate, T);

/// Days of twenty years.
fn of_twenty_years() -> std::ops::Range<u64> {
    0..7670
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_cycle_is_due_exactly_once_per_person_per_28_days_from_2020_to_2040(
        joined in 0u64..400,
        left in some(400u64..9000),
        leaves in prop::collection::vec((of_twenty_years(), 1u64..200, 0u64..300), 0..6),
        duty in prop::collection::vec((of_twenty_years(), 0u64..300, some(1u64..900), 0u8..3), 0..5),
        policies in prop::collection::vec((of_twenty_years(), 1u64..400, policy()), 0..6),
        first in policy(),
        nights in prop::collection::vec(1u64..90, 40),
    ) {
        let on = |days: u64| later(start(), days);
        // Leaves and exemptions may be granted late, up to 300 days; the rest is decided before it begins.
        let leaves: Vec<Known<Leave>> = leaves
            .into_iter()
            .map(|(from, days, late)| (on(from + late), Leave { days: Days { from: on(from), to: on(from + days) }, kind: LeaveKind::Illness }))
            .collect();
        let duty: Vec<Known<DutyPeriod>> = duty
            .into_iter()
            .map(|(decided, days, length, share)| {
                let (known, from, share) = match share {
                    0 => (on(decided + days), on(decided), Share::Exempt),
                    1 => (on(decided), on(decided + days + 1), Share::Half),
                    _ => (on(decided), on(decided + days + 1), Share::Whole),
                };
                (known, DutyPeriod { from, to: length.map(|length| later(from, length)), share })
            })
            .collect();
        let versions: Vec<Known<Version>> = policies
            .into_iter()
            .map(|(decided, ahead, policy)| (on(decided), Version { valid_from: on(decided + ahead), policy }))
            .collect();
        let seen_on = |today: NaiveDate| {
            fn known<T: Clone>(all: &[Known<T>], today: NaiveDate) -> Vec<T> {
                let mut known: Vec<&Known<T>> = all.iter().filter(|(since, _)| *since <= today).collect();
                known.sort_by_key(|(since, _)| *since);
                known.into_iter().map(|(_, fact)| fact.clone()).collect()
            }
            let facts = DutyFacts {
                joined_on: on(joined),
                left_on: left.map(on),
                duty: known(&duty, today),
                leaves: known(&leaves, today),
            };
            let all = Policies::new(vec![Version { valid_from: start(), policy: first.clone() }]);
            let policies = known(&versions, today).into_iter().fold(all, |all, version| all.with(version));
            (facts, Rules { policies, ..Rules::on(cycle()) })
        };

        let end = day(2040, 12, 31);
        let mut ledger = BTreeMap::new();
        let (mut today, mut gaps) = (start(), nights.iter().cycle());
        while today < end {
            let (facts, rules) = seen_on(today);
            // Two processes do the same night's work.
            for _ in 0..2 {
                run(&mut ledger, &facts, &rules, today);
            }
            today = later(today, *gaps.next().unwrap_or(&1)).min(end);
        }
        let (facts, rules) = seen_on(end);
        run(&mut ledger, &facts, &rules, end);

        let mut windows = cycle().around(start());
        while windows.to <= end {
            let within = |kinds: &[EntryKind]| -> Vec<&Entry> {
                ledger.values().filter(|entry| windows.contains(entry.on) && kinds.contains(&entry.kind)).collect()
            };
            let (due, relief) = (within(&[EntryKind::CycleDue]), within(&[EntryKind::Leave, EntryKind::Exemption]));
            let is_member = windows.from >= start() && facts.joined_on <= windows.from
                && facts.left_on.is_none_or(|left| windows.from < left);
            prop_assert_eq!(due.len(), usize::from(is_member), "the cycle of {}", windows.from);
            prop_assert!(relief.len() <= 1);
            for entry in relief {
                prop_assert_eq!(entry.credit, -due[0].credit, "all of it is taken back, on {}", windows.from);
            }
            let next = later(windows.from, Cycle::DAYS);
            prop_assert_eq!(cycle().around(next).from, next, "28 days, whatever year has 53 weeks");
            windows = cycle().around(next);
        }
        prop_assert!(ledger.values().all(|entry| !entry.key.is_empty()));
    }
}
