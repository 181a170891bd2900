//! The briefs being made, and the one for which something is written now.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Settings, Stage, closes_at};
use crate::time::{Instant, monday_of, paris_day, plus_days};

/// How far a brief of the weeks to come is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    pub stage: Stage,
    /// How many contributions it has.
    pub blocks: usize,
}

/// The briefs of the weeks to come, by Monday; a device knows none of them, and takes them to be open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Making {
    pub settings: Settings,
    pub briefs: BTreeMap<NaiveDate, Made>,
}

impl Making {
    /// Since when contributors change nothing of the brief of `monday`, if they no longer do: its hour, or an approval before.
    pub fn closed_since(&self, monday: NaiveDate, now: Instant) -> Option<Instant> {
        let hour = closes_at(monday, &self.settings);
        let since = self.approved_at(monday).map_or(hour, |approved| approved.min(hour));
        (since <= now).then_some(since)
    }

    /// The first Monday whose brief still takes contributions.
    pub fn open_monday(&self, now: Instant) -> NaiveDate {
        let first = plus_days(monday_of(paris_day(now)), 7);
        let open = |monday: &NaiveDate| self.closed_since(*monday, now).is_none();
        (0..WEEKS).map(|week| plus_days(first, 7 * week)).find(open).unwrap_or(plus_days(first, 7 * WEEKS))
    }

    /// Since when nobody at all changes it: it was approved, or is out.
    pub fn approved_at(&self, monday: NaiveDate) -> Option<Instant> {
        match &self.briefs.get(&monday)?.stage {
            Stage::Collecting | Stage::Review { .. } | Stage::Missed { .. } => None,
            Stage::Scheduled { approved, .. } => Some(approved.at),
            Stage::Published { at, .. } => Some(*at),
        }
    }
}

/// So many weeks ahead are looked at. Two are made; the rest is open.
const WEEKS: u64 = 8;
