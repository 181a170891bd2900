//! What one owes and has done. Append-only entries; the standing is computed, never stored.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::rules::Rules;
use crate::time::{Days, Instant, paris_day};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// A cycle's duty falls due: −1 for each shift owed.
    CycleDue,
    /// A shift worked: +1.
    Done,
    /// A shift closed by the co-op and excused: +1.
    Excused,
    /// An absence: what the policy says is owed.
    Missed,
    /// By the office, with a reason.
    Correction,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub kind: EntryKind,
    /// The day in Paris it counts for.
    pub on: NaiveDate,
    /// Shifts: negative owed, positive done.
    pub shifts: i16,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// « à jour », « en alerte », « en retard ».
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    UpToDate,
    Alert,
    Late,
}

/// Where one is, from the entries.
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
}

/// The standing at `now`. The running cycle's duty counts as to do until its last day; what is
/// left from earlier cycles is overdue: one shift is an alert, more is late.
pub fn standing(entries: &[Entry], rules: &Rules, now: Instant) -> Standing {
    let today = paris_day(now);
    let cycle = rules.cycle.around(today);
    let sum = |keep: &dyn Fn(&&Entry) -> bool| -> i32 { entries.iter().filter(keep).map(|entry| i32::from(entry.shifts)).sum() };
    let total = sum(&|entry| entry.on <= cycle.to);
    let due_now = sum(&|entry| entry.kind == EntryKind::CycleDue && cycle.contains(entry.on));
    let before = total - due_now;
    let overdue = count(-before);
    Standing {
        level: match overdue {
            0 => Level::UpToDate,
            1 => Level::Alert,
            _ => Level::Late,
        },
        to_do: count(-total),
        ahead: count(total),
        overdue,
        cycle,
    }
}

fn count(shifts: i32) -> u16 {
    u16::try_from(shifts.max(0)).unwrap_or(u16::MAX)
}
