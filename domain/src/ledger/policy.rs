//! What the co-op asks of its members. Settings with versions: what was counted under one stays as
//! it was counted.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::credit::Credit;
use crate::id::TemplateId;
use crate::time::{Days, plus_days};

/// The rules of the commitment. Whatever a version does not say is as in `default()`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Policy {
    /// Whole duty of one cycle.
    pub due: Credit,
    /// Times of the year that ask for less.
    pub light: Vec<Light>,
    /// A leave of at least so many days of a cycle takes that cycle's duty away.
    pub leave_min_d: u16,
    pub counting: Counting,
    /// Shifts that count otherwise.
    pub credits: Vec<TemplateCredit>,
    pub absence: Absence,
    pub alarm: Alarm,
    pub ahead: Ahead,
    /// What is owed from cycles that are over never grows beyond this.
    pub owed_cap: Option<Credit>,
    pub pot: Pot,
}

/// Cycles of which at least half lies in these days ask for so much: summer, the end of the year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Light {
    pub days: Days,
    /// Of a whole duty.
    pub due: Credit,
    /// What an absence costs meanwhile, where it is less than usual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owed: Option<u8>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// What a shift worked counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// One vacation, however long it was.
    Shift,
    /// By the clock: so many minutes are one vacation.
    Minutes { a_shift: u16 },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateCredit {
    pub template: TemplateId,
    pub credit: Credit,
}

/// What an absence costs. Shifts: 1 is the shift itself, 2 the shift and another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Absence {
    pub owed: u8,
    /// The day's lead may leave it at 1.
    pub lead_may_reduce: bool,
    /// Of one who is excused: 1, still to be worked, or 0.
    pub excused_owed: u8,
}

/// When somebody who owes from before is told so. What is owed becomes an alert, an alert a delay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Alarm {
    /// From so much overdue: « en alerte ».
    pub alert_from: Credit,
    /// From so much overdue, at once: « en retard ».
    pub late_from: Credit,
    /// So many days after it fell overdue nothing is said yet.
    pub delay_d: u16,
    /// An alert lasts so many days, in which it may be made up; then « en retard ». None: for ever.
    pub alert_d: Option<u16>,
    /// What the office may grant on top, once. Days.
    pub grace_d: u16,
    /// From so much overdue the co-op asks itself whether this is still a member.
    pub out_from: Option<Credit>,
}

/// What becomes of an advance at a cycle's end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ahead {
    /// So much of it goes into the next cycle; none: all.
    pub cap: Option<Credit>,
    /// The rest is saved, for a cycle at whose end something lacks and that had no absence; else it lapses.
    pub saved: bool,
}

/// The solidarity pot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pot {
    pub open: bool,
    /// So often in a year may one draw.
    pub draws_a_year: u8,
    /// A draw leaves at least this much in it.
    pub floor: Credit,
}

impl Default for Policy {
    fn default() -> Policy {
        Policy {
            due: Credit::SHIFT,
            light: Vec::new(),
            leave_min_d: 14,
            counting: Counting::Shift,
            credits: Vec::new(),
            absence: Absence::default(),
            alarm: Alarm::default(),
            ahead: Ahead::default(),
            owed_cap: None,
            pot: Pot::default(),
        }
    }
}

impl Default for Absence {
    fn default() -> Absence {
        Absence { owed: 1, lead_may_reduce: false, excused_owed: 1 }
    }
}

impl Default for Alarm {
    fn default() -> Alarm {
        Alarm { alert_from: Credit(1), late_from: Credit::shifts(2), delay_d: 0, alert_d: None, grace_d: 0, out_from: None }
    }
}

impl Default for Pot {
    fn default() -> Pot {
        Pot { open: false, draws_a_year: 2, floor: Credit::NONE }
    }
}

/// Days that `days` and `others` share.
pub(super) fn shared(days: Days, others: Days) -> i64 {
    ((days.to.min(others.to) - days.from.max(others.from)).num_days() + 1).max(0)
}

impl Policy {
    /// The light time that a cycle falls into, if it does.
    pub fn light_in(&self, cycle: Days) -> Option<&Light> {
        let half = shared(cycle, cycle) / 2;
        self.light.iter().find(|light| shared(cycle, light.days) >= half)
    }

    /// Whole duty of a cycle.
    pub fn due_in(&self, cycle: Days) -> Credit {
        self.light_in(cycle).map_or(self.due, |light| light.due)
    }

    /// What an absence costs on a day. Shifts.
    pub fn owed_on(&self, day: NaiveDate) -> u8 {
        let light = self.light.iter().find(|light| light.days.contains(day));
        light.and_then(|light| light.owed).map_or(self.absence.owed, |owed| owed.min(self.absence.owed))
    }

    /// What cannot be meant, by the field's name.
    pub fn mistake(&self) -> Option<&'static str> {
        let minutes = match self.counting {
            Counting::Shift => 1,
            Counting::Minutes { a_shift } => a_shift,
        };
        let mistakes = [
            (self.due < Credit::NONE || self.due > Credit::shifts(8), "due"),
            (self.light.iter().any(|light| light.days.to < light.days.from || light.due < Credit::NONE), "light"),
            (self.leave_min_d == 0, "leave_min_d"),
            (minutes == 0, "counting"),
            (self.credits.iter().any(|kind| kind.credit < Credit::NONE), "credits"),
            (self.absence.owed > 4 || self.absence.excused_owed > 1, "absence"),
            (self.alarm.alert_from < Credit(1) || self.alarm.late_from < self.alarm.alert_from, "alarm"),
            (self.ahead.cap.is_some_and(|cap| cap < Credit::NONE), "ahead"),
            (self.owed_cap.is_some_and(|cap| cap < Credit(1)), "owed_cap"),
            (self.pot.floor < Credit::NONE, "pot"),
        ];
        mistakes.into_iter().find(|(wrong, _)| *wrong).map(|(_, field)| field)
    }
}

/// A policy and the first day on which it is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    pub valid_from: NaiveDate,
    pub policy: Policy,
}

/// Every version, by its first day; each is in force until the next.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Policies(Vec<Version>);

impl Policies {
    pub fn new(mut versions: Vec<Version>) -> Policies {
        crate::order::by_key(&mut versions, |version| version.valid_from);
        Policies(versions)
    }

    /// With one more; it takes the place of one that would begin on the same day.
    #[must_use]
    pub fn with(&self, version: Version) -> Policies {
        let mut versions: Vec<Version> = self.0.iter().filter(|known| known.valid_from != version.valid_from).cloned().collect();
        versions.push(version);
        Policies::new(versions)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn versions(&self) -> &[Version] {
        &self.0
    }

    /// The policy in force on a day; none before the first.
    pub fn on(&self, day: NaiveDate) -> Option<&Policy> {
        self.0.iter().rev().find(|version| version.valid_from <= day).map(|version| &version.policy)
    }
}

/// Why a version cannot be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotSet {
    /// Members read why.
    WhyMissing,
    /// What is counted already stays: the first day that can be changed.
    TooEarly { from: NaiveDate },
    /// A field that cannot be meant.
    Mistake { field: &'static str },
}

/// Whether a version may be set on `today`: from tomorrow on, so that nothing due or noted changes.
pub fn may_set(version: &Version, why: &str, today: NaiveDate) -> Result<(), NotSet> {
    let from = plus_days(today, 1);
    if why.trim().is_empty() {
        Err(NotSet::WhyMissing)
    } else if version.valid_from < from {
        Err(NotSet::TooEarly { from })
    } else {
        version.policy.mistake().map_or(Ok(()), |field| Err(NotSet::Mistake { field }))
    }
}
