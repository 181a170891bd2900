//! When an event is: typed on the clocks of Paris, kept as instants.

use chrono::{Duration, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::Mistake;
use crate::time::{Instant, paris_clock, paris_day, paris_instant};

/// The longest event. Days.
pub const LONGEST_D: i64 = 14;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Times {
    pub starts_at: Instant,
    pub ends_at: Instant,
    /// Until then answers may change, inclusive; at the start at the latest.
    pub closes_at: Instant,
}

impl Times {
    /// From what a field for a local time sends: `2026-12-04T19:00`. Without a closing time, answers close at the start.
    pub fn read(starts: &str, ends: &str, closes: &str) -> Result<Times, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let mut at = |typed: &str, missing: Mistake| {
            let read = typed_instant(typed);
            if read.is_none() {
                mistakes.push(missing);
            }
            read.unwrap_or_default()
        };
        let starts_at = at(starts, Mistake::StartUnreadable);
        let ends_at = at(ends, Mistake::EndUnreadable);
        let closes_at = if closes.trim().is_empty() { starts_at } else { at(closes, Mistake::ClosingUnreadable) };
        if mistakes.is_empty() {
            let times = Times { starts_at, ends_at, closes_at };
            times.mistakes().map_or(Ok(times), |mistake| Err(vec![mistake]))
        } else {
            Err(mistakes)
        }
    }

    fn mistakes(&self) -> Option<Mistake> {
        if self.ends_at <= self.starts_at {
            Some(Mistake::EndsBeforeStart)
        } else if self.ends_at - self.starts_at > Duration::days(LONGEST_D) {
            Some(Mistake::TooLong { days: LONGEST_D })
        } else if self.closes_at > self.starts_at {
            Some(Mistake::ClosesAfterStart)
        } else {
            None
        }
    }
}

/// The instant at which the clocks of Paris show what was typed. An hour that the spring leaves out is taken an hour later,
/// one that the autumn has twice, the first time.
pub fn typed_instant(typed: &str) -> Option<Instant> {
    let wall = NaiveDateTime::parse_from_str(typed.trim(), "%Y-%m-%dT%H:%M")
        .or_else(|_| NaiveDateTime::parse_from_str(typed.trim(), "%Y-%m-%dT%H:%M:%S"))
        .ok()?;
    let year = chrono::Datelike::year(&wall.date());
    (2000..2200).contains(&year).then(|| paris_instant(wall.date(), wall.time()))
}

/// What the clocks of Paris show then.
pub fn local(at: Instant) -> NaiveDateTime {
    paris_day(at).and_time(paris_clock(at))
}
