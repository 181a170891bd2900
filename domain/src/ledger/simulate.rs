//! What an act does to the count, before it is done.

use chrono::NaiveDate;

use super::account::walk;
use super::cycles::{DutyFacts, due_entries};
use super::entry::Entry;
use super::presence::{Noted, Presence, entries_for_presence};
use super::standing::{Standing, standing_on};
use super::story::CountsAs;
use crate::rules::Rules;
use crate::shifts::Shift;
use crate::time::{Days, plus_days};

/// Somebody's ledger today, and what they have planned.
#[derive(Debug, Clone)]
pub struct Ledger<'a> {
    pub entries: &'a [Entry],
    pub facts: &'a DutyFacts,
    pub rules: &'a Rules,
    pub today: NaiveDate,
    /// The shifts they hold that are not in the ledger yet.
    pub planned: Vec<&'a Shift>,
}

#[derive(Debug, Clone, Copy)]
pub enum Change<'a> {
    Take(&'a Shift),
    Give(&'a Shift),
    Swap {
        gives: &'a Shift,
        takes: &'a Shift,
    },
    /// Not come to a shift that was planned, as it will be noted.
    Miss {
        shift: &'a Shift,
        noted: Noted,
    },
}

impl Change<'_> {
    /// The last day that it touches.
    fn on(&self) -> NaiveDate {
        match self {
            Change::Take(shift) | Change::Give(shift) | Change::Miss { shift, .. } => shift.on,
            Change::Swap { gives, takes } => gives.on.max(takes.on),
        }
    }
}

/// The standing on the last day of the cycle that an act touches, if all that is planned is worked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Simulation {
    pub cycle: Days,
    pub before: Standing,
    pub after: Standing,
    /// What the shift that is taken counts as, beside all that is planned.
    pub counts_as: Option<CountsAs>,
}

type Plan<'a> = Vec<(&'a Shift, Noted)>;

impl<'a> Ledger<'a> {
    fn plan(&self) -> Plan<'a> {
        self.planned.iter().map(|shift| (*shift, Noted::from(Presence::Present))).collect()
    }

    /// The entries as they will be on a day, if the plan is what happens.
    fn with(&self, plan: &Plan<'_>, until: NaiveDate) -> Vec<Entry> {
        let mut entries = self.entries.to_vec();
        entries.extend(due_entries(self.facts, &self.rules.counted(), Days { from: plus_days(self.today, 1), to: until }));
        for (shift, noted) in plan.iter().filter(|(shift, _)| shift.on <= until) {
            entries.extend(entries_for_presence(&self.rules.policy_on(shift.on), shift, *noted));
        }
        entries
    }
}

/// The standing at the end of a day to come, if all that is planned is worked.
pub fn foreseen(ledger: &Ledger<'_>, until: NaiveDate) -> Standing {
    standing_on(&ledger.with(&ledger.plan(), until), ledger.rules, until)
}

pub fn simulate<'a>(ledger: &Ledger<'a>, change: Change<'a>) -> Simulation {
    let cycle = ledger.rules.cycle.around(change.on().max(ledger.today));
    let (mut plan, until) = (ledger.plan(), cycle.to);
    let before = ledger.with(&plan, until);
    let drop = |plan: &mut Plan<'a>, shift: &Shift| plan.retain(|(known, _)| known.id != shift.id);
    let takes = match change {
        Change::Give(shift) => {
            drop(&mut plan, shift);
            None
        }
        Change::Miss { shift, noted } => {
            drop(&mut plan, shift);
            plan.push((shift, noted));
            None
        }
        Change::Swap { gives, takes } => {
            drop(&mut plan, gives);
            Some(takes)
        }
        Change::Take(takes) => Some(takes),
    };
    let counts_as = takes.map(|takes| {
        let without = walk(&ledger.with(&plan, until), ledger.rules, until, &mut |_, _| {});
        plan.push((takes, Noted::from(Presence::Present)));
        CountsAs::next(&without)
    });
    Simulation {
        cycle,
        before: standing_on(&before, ledger.rules, until),
        after: standing_on(&ledger.with(&plan, until), ledger.rules, until),
        counts_as,
    }
}
