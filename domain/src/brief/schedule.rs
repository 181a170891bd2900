//! When a brief closes, is asked for, and goes out: always by the clocks of Paris.

use chrono::{Duration, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::{Settings, Stage};
use crate::time::{Instant, minus_days, monday_of, paris_instant, plus_days};

/// What is to be done with a brief now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    NotYet,
    /// It goes out; `late` where its hour has passed by more than a quarter.
    Publish {
        late: bool,
    },
    /// Nobody approved it, and the co-op wants no silence: the live blocks go out alone.
    Automatic {
        late: bool,
    },
    /// Too late for today: the editors are asked.
    Ask,
}

/// After its hour by more than this, it is late.
pub const LATE: Duration = Duration::minutes(15);

/// Monday at seven.
pub fn goes_out_at(monday: NaiveDate) -> Instant {
    paris_instant(monday, clock(7, 0))
}

/// Sunday, when contributions close.
pub fn closes_at(monday: NaiveDate, settings: &Settings) -> Instant {
    let (hour, minute) = (u32::from(settings.closes_minute / 60), u32::from(settings.closes_minute % 60));
    paris_instant(minus_days(monday, 1), clock(hour, minute))
}

/// Until when a brief that is late still goes out by itself: that evening at eight.
fn too_late_at(monday: NaiveDate) -> Instant {
    paris_instant(monday, clock(20, 0))
}

/// What a brief in this stage needs at `now`.
pub fn due(monday: NaiveDate, stage: &Stage, settings: &Settings, now: Instant) -> Due {
    let out = goes_out_at(monday);
    if now < out {
        return Due::NotYet;
    }
    match stage {
        Stage::Published { .. } | Stage::Missed { .. } => Due::NotYet,
        _ if now >= too_late_at(monday) => Due::Ask,
        Stage::Scheduled { .. } => Due::Publish { late: now - out > LATE },
        Stage::Collecting | Stage::Review { .. } if settings.automatic => Due::Automatic { late: now - out > LATE },
        Stage::Collecting | Stage::Review { .. } => Due::Ask,
    }
}

/// The Monday whose brief is being made on a day: that day's own until it is out, then the next one.
pub fn made_on(today: NaiveDate, today_is_out: bool) -> NaiveDate {
    let monday = monday_of(today);
    if monday == today && !today_is_out { today } else { plus_days(monday, 7) }
}

/// Whom a reminder is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reminded {
    /// Friday at nine: the groups, « c'est le moment d'écrire ».
    Contributors,
    /// Sunday, at the close and at nine in the evening: « qui relit ? »
    Editors,
    /// Monday at half past six, when nobody has approved it.
    LastCall,
}

/// When somebody is reminded of a brief that is not scheduled yet.
pub fn reminders(monday: NaiveDate, settings: &Settings) -> [(Instant, Reminded); 4] {
    [
        (paris_instant(minus_days(monday, 3), clock(9, 0)), Reminded::Contributors),
        (closes_at(monday, settings), Reminded::Editors),
        (paris_instant(minus_days(monday, 1), clock(21, 0)), Reminded::Editors),
        (paris_instant(monday, clock(6, 30)), Reminded::LastCall),
    ]
}

fn clock(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default()
}
