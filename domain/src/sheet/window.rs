//! When a day sheet is open, and to whom it shows what.

use chrono::{Duration, NaiveTime};

use crate::shifts::Shift;
use crate::time::{Instant, minus_days, paris_instant, plus_days};

/// A sheet that nobody closed closes by itself so long after the shift's end. Hours.
pub const CLOSES_AFTER_H: i64 = 48;

/// When a sheet opens, the day before.
pub const EVENING: NaiveTime = match NaiveTime::from_hms_opt(18, 0, 0) {
    Some(clock) => clock,
    None => NaiveTime::MIN,
};

/// From 18 h the day before until the end of the day after, on Paris clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub from: Instant,
    /// The end of the shift's day: until then the alarm procedure shows to the lead.
    pub day_ends: Instant,
    /// Exclusive.
    pub until: Instant,
}

impl Window {
    pub fn of(shift: &Shift) -> Window {
        Window {
            from: paris_instant(minus_days(shift.on, 1), EVENING),
            day_ends: paris_instant(plus_days(shift.on, 1), NaiveTime::MIN),
            until: paris_instant(plus_days(shift.on, 2), NaiveTime::MIN),
        }
    }

    pub fn is_open(&self, now: Instant) -> bool {
        self.from <= now && now < self.until
    }

    /// The next moment at which something of it begins or ends.
    pub fn next(&self, now: Instant) -> Option<Instant> {
        [self.from, self.day_ends, self.until].into_iter().find(|at| *at > now)
    }
}

/// When the sheet closes by itself.
pub fn closes_at(shift: &Shift) -> Instant {
    shift.ends_at + Duration::hours(CLOSES_AFTER_H)
}
