//! How it went, week by week.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::AHEAD_W;
use crate::time::{minus_days, monday_of, plus_days};

/// How far back the plot goes. Weeks.
pub const BACK_W: u64 = 26;

/// A shift in figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    pub on: NaiveDate,
    /// Its start in Paris, minutes since midnight.
    pub minute: u16,
    pub seats: u16,
    /// Seats held: at its start, or now where it is still to come.
    pub held: u16,
    /// Of these, how many were there, replaced ones included; none while no sheet says so.
    pub came: Option<u16>,
    /// Seats of it that passed from hand to hand.
    pub swaps: u16,
}

/// A week's sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Week {
    pub monday: NaiveDate,
    pub seats: u32,
    pub held: u32,
    /// Held on shifts whose sheet is closed.
    pub expected: u32,
    pub came: u32,
    pub swaps: u32,
}

impl Week {
    /// Seats held, of all; none in a week without shifts. Percent.
    pub fn coverage(&self) -> Option<u32> {
        percent(self.held, self.seats)
    }

    /// Who came, of those who were expected; none while no sheet is closed. Percent.
    pub fn presence(&self) -> Option<u32> {
        percent(self.came, self.expected)
    }
}

fn percent(part: u32, whole: u32) -> Option<u32> {
    (whole > 0).then(|| (part.min(whole) * 100 + whole / 2) / whole)
}

/// The last 26 weeks, this one, and the next four, in order.
pub fn weeks(shifts: &[Counted], today: NaiveDate) -> Vec<Week> {
    let first = minus_days(monday_of(today), 7 * BACK_W);
    let sum = |at: u64| {
        let monday = plus_days(first, 7 * at);
        let mut week = Week { monday, seats: 0, held: 0, expected: 0, came: 0, swaps: 0 };
        for shift in shifts.iter().filter(|shift| monday_of(shift.on) == monday) {
            let held = shift.held.min(shift.seats);
            week.seats += u32::from(shift.seats);
            week.held += u32::from(held);
            week.swaps += u32::from(shift.swaps);
            if let Some(came) = shift.came {
                week.expected += u32::from(held);
                week.came += u32::from(came.min(held));
            }
        }
        week
    };
    (0..=BACK_W + AHEAD_W).map(sum).collect()
}
