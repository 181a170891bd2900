//! Which cycles are due for whom.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::credit::Credit;
use super::entry::{Entry, EntryKind};
use super::policy::{Policy, shared};
use crate::id::MemberId;
use crate::rules::Rules;
use crate::time::{Cycle, Days, minus_days, plus_days};

/// How much of the duty somebody bears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Share {
    Whole,
    Half,
    /// « dispense »
    Exempt,
    /// A household's one duty, on the ledger of this member.
    With(MemberId),
}

/// From a day on, to a day or until the next. But for exemptions, it begins after the day on which
/// it is decided: what is due already stays so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyPeriod {
    pub from: NaiveDate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    pub share: Share,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeaveKind {
    Pause,
    Parental,
    Illness,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leave {
    pub days: Days,
    pub kind: LeaveKind,
}

/// What decides what somebody owes each cycle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyFacts {
    pub joined_on: NaiveDate,
    /// The first day on which they are no longer a member.
    #[serde(default)]
    pub left_on: Option<NaiveDate>,
    /// The latest decision last: it holds where two speak of the same day.
    #[serde(default)]
    pub duty: Vec<DutyPeriod>,
    #[serde(default)]
    pub leaves: Vec<Leave>,
}

impl DutyFacts {
    pub fn since(joined_on: NaiveDate) -> DutyFacts {
        DutyFacts { joined_on, left_on: None, duty: Vec::new(), leaves: Vec::new() }
    }

    pub fn share_on(&self, day: NaiveDate) -> Share {
        let holds = |period: &&DutyPeriod| period.from <= day && period.to.is_none_or(|to| day <= to);
        self.duty.iter().rev().find(holds).map_or(Share::Whole, |period| period.share)
    }

    /// The share apart from exemptions: one that is granted late takes back what was due.
    fn borne_on(&self, day: NaiveDate) -> Share {
        let holds =
            |period: &&DutyPeriod| period.share != Share::Exempt && period.from <= day && period.to.is_none_or(|to| day <= to);
        self.duty.iter().rev().find(holds).map_or(Share::Whole, |period| period.share)
    }

    fn is_member(&self, day: NaiveDate) -> bool {
        self.joined_on <= day && self.left_on.is_none_or(|left| day < left)
    }

    /// Days of a cycle on leave; days that two leaves share count once.
    fn days_on_leave(&self, cycle: Days) -> usize {
        cycle
            .from
            .iter_days()
            .take_while(|day| *day <= cycle.to)
            .filter(|day| self.leaves.iter().any(|leave| leave.days.contains(*day)))
            .count()
    }

    /// Why nothing is asked of them in a cycle, if it is so.
    fn relief(&self, policy: &Policy, cycle: Days) -> Option<EntryKind> {
        if self.share_on(cycle.from) == Share::Exempt {
            return Some(EntryKind::Exemption);
        }
        let on_leave = self.leaves.iter().any(|leave| shared(leave.days, cycle) > 0)
            && self.days_on_leave(cycle) >= usize::from(policy.leave_min_d);
        on_leave.then_some(EntryKind::Leave)
    }
}

/// What one owes for a cycle, leave and exemption apart; none where a household's duty is another's.
pub fn due_in(facts: &DutyFacts, policy: &Policy, cycle: Days) -> Option<Credit> {
    let whole = policy.due_in(cycle);
    match facts.borne_on(cycle.from) {
        Share::Whole | Share::Exempt => Some(whole),
        Share::Half => Some(Credit(whole.0 / 2)),
        Share::With(_) => None,
    }
}

/// The entries of the cycles that begin in `days`: each one's duty once, for whoever is a member on
/// its first day, and, where nothing is asked of them, the same taken back. Keys make each unique
/// whatever runs again: a leave that is granted later only adds what takes back.
pub fn due_entries(facts: &DutyFacts, rules: &Rules, days: Days) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut cycle = rules.cycle.around(days.from);
    while cycle.from <= days.to {
        let in_force = rules.policies.on(cycle.from).filter(|_| cycle.from >= days.from && facts.is_member(cycle.from));
        if let Some((policy, due)) = in_force.and_then(|policy| Some((policy, due_in(facts, policy, cycle)?))) {
            let first = cycle.from;
            entries.push(Entry::new(EntryKind::CycleDue, first, -due).keyed(format!("cycle/{first}")));
            if let Some(kind) = facts.relief(policy, cycle) {
                entries.push(Entry::new(kind, first, due).keyed(format!("relief/{first}")));
            }
        }
        cycle = rules.cycle.around(plus_days(cycle.from, Cycle::DAYS));
    }
    entries
}

/// The days whose cycles are looked at on `today`: those of a year back, so that a leave granted
/// late is still taken into account, and the running one.
pub fn looked_at(today: NaiveDate) -> Days {
    Days { from: minus_days(today, 13 * Cycle::DAYS), to: today }
}
