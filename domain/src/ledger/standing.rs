//! Where one is, from the entries.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::account::walk;
use super::credit::Credit;
use super::entry::Entry;
use crate::rules::Rules;
use crate::time::{Days, Instant, paris_day};

/// « à jour », « en alerte », « en retard ».
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    UpToDate,
    Alert,
    Late,
}

/// Where one is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    pub level: Level,
    /// Shifts: what remains to be done this cycle and before, advance deducted; never negative.
    pub to_do: u16,
    /// Shifts done ahead.
    pub ahead: u16,
    /// Shifts owed from cycles that are over.
    pub overdue: u16,
    /// The running cycle; what is to do is due by its last day.
    pub cycle: Days,
    #[serde(default)]
    pub exact: Exact,
    /// Behind since this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<NaiveDate>,
    /// The first day of a delay, if nothing is done before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_on: Option<NaiveDate>,
    /// The last of the days that were granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace_to: Option<NaiveDate>,
    /// So far behind that the office is to speak with them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub out: bool,
}

/// The same figures to the minute; none is negative. What all entries sum to is
/// `ahead − to_do + saved + lapsed − forgiven`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Exact {
    pub to_do: Credit,
    pub ahead: Credit,
    pub overdue: Credit,
    /// Put aside, for a cycle that lacks something.
    pub saved: Credit,
    /// Done beyond what the rules keep.
    pub lapsed: Credit,
    /// Owed beyond what the rules ask.
    pub forgiven: Credit,
}

impl Standing {
    /// With nothing done and nothing owed.
    pub fn clear(cycle: Days) -> Standing {
        Standing {
            level: Level::UpToDate,
            to_do: 0,
            ahead: 0,
            overdue: 0,
            cycle,
            exact: Exact::default(),
            since: None,
            late_on: None,
            grace_to: None,
            out: false,
        }
    }
}

/// The standing at `now`. The running cycle's duty counts as to do until its last day; what is left
/// from earlier cycles, and absences, are overdue.
pub fn standing(entries: &[Entry], rules: &Rules, now: Instant) -> Standing {
    standing_on(entries, rules, paris_day(now))
}

/// The same at the end of a day in Paris.
pub(super) fn standing_on(entries: &[Entry], rules: &Rules, today: NaiveDate) -> Standing {
    let account = walk(entries, rules, today, &mut |_, _| {});
    let policy = rules.policy_on(today);
    let exact = Exact {
        to_do: account.total().below(),
        ahead: account.total().above(),
        overdue: account.overdue(),
        saved: account.saved,
        lapsed: account.lapsed,
        forgiven: account.forgiven,
    };
    Standing {
        level: account.level(today, &policy.alarm),
        to_do: exact.to_do.to_work(),
        ahead: u16::try_from(exact.ahead.whole()).unwrap_or(0),
        overdue: exact.overdue.to_work(),
        cycle: rules.cycle.around(today),
        exact,
        since: account.since,
        late_on: account.late_on(&policy.alarm),
        grace_to: account.grace_to(&policy.alarm),
        out: policy.alarm.out_from.is_some_and(|from| account.overdue() >= from),
    }
}
