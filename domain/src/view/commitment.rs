//! « Mon engagement »: the count as a story, what to do by when, the rules that it follows, what an
//! act would change, and what was asked of the office.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Seen;
use super::home::standing_now;
use super::what_if::{Tried, WhatIf, choices, tried};
use crate::board::when;
use crate::command::Command;
use crate::decide::{Decision, decide};
use crate::id::MemberId;
use crate::ledger::{Policy, Standing, Story, Version, story};
use crate::me::board;
use crate::members::ShortName;
use crate::reason::{Reason, When};
use crate::requests::{LeaveRequest, RequestState};
use crate::shifts::Shift;
use crate::time::{Days, Instant, paris_day};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitmentView {
    pub as_of: Instant,
    pub now: Instant,
    pub name: ShortName,
    pub standing: Standing,
    pub story: Story,
    /// What is asked today.
    pub policy: Policy,
    /// What will be asked, soonest first.
    pub coming: Vec<Version>,
    /// My shifts to come, and those that I could take, soonest first.
    pub what_ifs: Vec<(WhatIf, When)>,
    /// The one that was chosen, with what it would change.
    pub tried: Option<Tried>,
    /// The solidarity pot, where the co-op keeps one: why I cannot give to it, or draw from it.
    pub pot: Option<PotView>,
    /// What I asked of the office, newest first.
    pub requests: Vec<LeaveRequest>,
    /// Who answered.
    pub answered_by: BTreeMap<MemberId, ShortName>,
    /// My leaves, running or to come.
    pub leaves: Vec<Days>,
    /// The seats that I hold while on leave: to be given.
    pub held_in_leave: Vec<When>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PotView {
    pub give: Option<Reason>,
    pub draw: Option<Reason>,
}

pub fn commitment(seen: Seen<'_>, asked: Option<WhatIf>) -> CommitmentView {
    let (rules, today) = (&seen.calendar.rules, paris_day(seen.now));
    let coming = rules.policies.versions().iter().filter(|version| version.valid_from > today);
    let policy = rules.policy_on(today).into_owned();
    let answerers = seen.me.requests.iter().filter_map(|request| match &request.state {
        RequestState::Granted { by, .. } | RequestState::Refused { by, .. } => Some((*by, seen.calendar.name(*by))),
        _ => None,
    });
    let leaves = seen.me.aptitude.leaves.clone();
    CommitmentView {
        as_of: seen.calendar.as_of.min(seen.me.as_of),
        now: seen.now,
        name: seen.me.profile.name(),
        standing: standing_now(seen),
        story: story(&seen.me.ledger, rules, seen.now),
        coming: coming.cloned().collect(),
        what_ifs: choices(seen),
        tried: asked.and_then(|asked| tried(seen, asked)),
        pot: policy.pot.open.then(|| pot_view(seen)),
        policy,
        requests: seen.me.requests.clone(),
        answered_by: crate::order::map(answerers),
        held_in_leave: mine(seen).filter(|shift| leaves.iter().any(|days| days.contains(shift.on))).map(when).collect(),
        leaves,
    }
}

fn pot_view(seen: Seen<'_>) -> PotView {
    let facts = board(seen.calendar, seen.me);
    let why_not = |command: &Command| match decide(&facts, command, seen.me.id(), seen.now) {
        Decision::No(reason) => Some(reason),
        _ => None,
    };
    PotView { give: why_not(&Command::GiveSolidarity), draw: why_not(&Command::DrawSolidarity) }
}

/// My shifts to come, soonest first.
pub(super) fn mine<'a>(seen: Seen<'a>) -> impl Iterator<Item = &'a Shift> {
    let me = seen.me.id();
    let to_come = move |shift: &&Shift| shift.starts_at > seen.now && shift.is_planned();
    seen.calendar.shifts.iter().filter(to_come).filter(move |shift| shift.seat_of(me).is_some())
}
