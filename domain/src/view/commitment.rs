//! « Mon engagement »: the count as a story, what to do by when, and the rules that it follows.

use serde::{Deserialize, Serialize};

use super::Seen;
use super::home::standing_now;
use crate::ledger::{Policy, Standing, Story, Version, story};
use crate::members::ShortName;
use crate::time::{Instant, paris_day};

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
}

pub fn commitment(seen: Seen<'_>) -> CommitmentView {
    let (rules, today) = (&seen.calendar.rules, paris_day(seen.now));
    let coming = rules.policies.versions().iter().filter(|version| version.valid_from > today);
    CommitmentView {
        as_of: seen.calendar.as_of.min(seen.me.as_of),
        now: seen.now,
        name: seen.me.profile.name(),
        standing: standing_now(seen),
        story: story(&seen.me.ledger, rules, seen.now),
        policy: rules.policy_on(today).into_owned(),
        coming: coming.cloned().collect(),
    }
}
