//! What a policy would change, before it is saved.

use chrono::NaiveDate;

use super::credit::Credit;
use super::cycles::{DutyFacts, due_in};
use super::entry::{Entry, EntryKind};
use super::policy::{Policies, Policy, Version};
use super::standing::{Level, standing_on};
use crate::rules::Rules;
use crate::time::{Cycle, minus_days};

/// How far back a policy is tried on what happened. Cycles that are over.
pub const TRIED_ON: u64 = 3;

/// The first day of what a preview of `today` counts anew.
pub fn tried_since(rules: &Rules, today: NaiveDate) -> NaiveDate {
    minus_days(rules.cycle.around(today).from, TRIED_ON * Cycle::DAYS)
}

/// The level today under the policies as they are, and as it would be had `candidate` been in force for
/// the last three cycles and this one. The ledger itself is never counted anew: this only shows what
/// the policy will do to people who go on as they do.
pub fn preview(entries: &[Entry], facts: &DutyFacts, rules: &Rules, candidate: &Policy, today: NaiveDate) -> (Level, Level) {
    let since = tried_since(rules, today);
    let is = standing_on(entries, rules, today).level;
    let anew: Vec<Entry> = entries
        .iter()
        .map(|entry| if entry.on < since { entry.clone() } else { counted_anew(entry, facts, rules, candidate) })
        .collect();
    let version = Version { valid_from: since, policy: candidate.clone() };
    // What came between is not in force in this trial.
    let before = rules.policies.versions().iter().filter(|known| known.valid_from < since).cloned().collect();
    let trial = Rules { policies: Policies::new(before).with(version), ..rules.clone() };
    (is, standing_on(&anew, &trial, today).level)
}

fn counted_anew(entry: &Entry, facts: &DutyFacts, rules: &Rules, candidate: &Policy) -> Entry {
    let was = rules.policy_on(entry.on);
    let cycle = rules.cycle.around(entry.on);
    let due = |policy: &Policy| due_in(facts, policy, cycle).unwrap_or_default();
    let credit = match entry.kind {
        EntryKind::CycleDue | EntryKind::Leave | EntryKind::Exemption => {
            // What was not written by the rules as they are is left alone.
            let scaled = due(candidate) - due(&was);
            if entry.kind == EntryKind::CycleDue { entry.credit - scaled } else { entry.credit + scaled }
        }
        EntryKind::Missed => {
            let full = i32::from(was.owed_on(entry.on)) - 1;
            let counted = entry.credit.below();
            let each = if full > 0 { Credit(counted.0 / full) } else { Credit::SHIFT };
            // An absence that somebody made cheaper stays so.
            let reduced = full > 0 && counted.is_none();
            let owed = if reduced { 0 } else { i32::from(candidate.owed_on(entry.on)).max(1) - 1 };
            Credit(-each.0.saturating_mul(owed))
        }
        _ => entry.credit,
    };
    Entry { credit, ..entry.clone() }
}
