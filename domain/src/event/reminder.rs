//! When those who come are reminded, at hours that are of use.

use chrono::{Duration, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::time::{Instant, minus_days, paris_clock, paris_day, paris_instant};

/// A reminder that could not be written in time is still written for so long. Hours.
pub const LATE_H: i64 = 1;

/// What begins before then is a morning event: on Paris clocks.
const NOON: NaiveTime = clock(12);
/// Whoever gets up for it hears the evening before.
const EVENING: NaiveTime = clock(18);
const MORNING: NaiveTime = clock(8);
/// Nobody is woken for what begins in an hour.
const EARLIEST: NaiveTime = clock(7);

const fn clock(hour: u32) -> NaiveTime {
    match NaiveTime::from_hms_opt(hour, 0, 0) {
        Some(clock) => clock,
        None => NaiveTime::MIN,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reminded {
    /// At six in the evening, for the next morning.
    DayBefore,
    /// At eight in the morning.
    SameDay,
    /// An hour before.
    HourBefore,
}

impl Reminded {
    pub fn as_str(self) -> &'static str {
        match self {
            Reminded::DayBefore => "day_before",
            Reminded::SameDay => "same_day",
            Reminded::HourBefore => "hour_before",
        }
    }
}

/// When those who come to what starts then are reminded, first to last.
pub fn reminders(starts_at: Instant) -> Vec<(Instant, Reminded)> {
    let day = paris_day(starts_at);
    let first = if paris_clock(starts_at) < NOON {
        (paris_instant(minus_days(day, 1), EVENING), Reminded::DayBefore)
    } else {
        (paris_instant(day, MORNING), Reminded::SameDay)
    };
    let hour_before = starts_at - Duration::hours(1);
    let last = (paris_clock(hour_before) >= EARLIEST).then_some((hour_before, Reminded::HourBefore));
    [Some(first), last].into_iter().flatten().collect()
}
