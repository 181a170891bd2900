//! Leaving, at a date: what ends, and who is told of it, is said before.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Mistake, RegularSeat, Status};
use crate::catalogue::Cents;
use crate::members::ShortName;
use crate::reason::When;
use crate::time::{Instant, plus_days};

/// Somebody says so far ahead that they leave. Days.
pub const AHEAD_D: u64 = 366;
/// So long whoever left may read what was theirs. Days.
pub const EXPORT_D: i64 = 30;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Departure {
    /// The first day on which they are no longer a member.
    pub on: NaiveDate,
    /// For the office.
    #[serde(default)]
    pub why: String,
    pub by: ShortName,
    pub at: Instant,
    /// Roles ended, devices signed out.
    #[serde(default)]
    pub done_at: Option<Instant>,
    #[serde(default)]
    pub export_until: Option<Instant>,
}

/// A seat that comes free, and the lead who hears of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    pub when: When,
    #[serde(default)]
    pub lead: Option<ShortName>,
}

/// What leaving on that day would end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeavingPreview {
    pub on: NaiveDate,
    pub seats: Vec<Held>,
    pub regular: Option<RegularSeat>,
    /// Open offers, pending proposals, lines that they wait in, what they watch for.
    pub offers: u32,
    pub proposals: u32,
    pub waiting: u32,
    /// What events are called.
    pub answers: Vec<String>,
    pub groups: Vec<String>,
    pub mandate_until: Option<NaiveDate>,
    pub devices: u32,
    /// Of the shop, to be given back: what they are called.
    pub keys: Vec<String>,
    /// What was paid of a share, and is to be given back.
    pub paid: Option<Cents>,
    /// Nobody would be of the office any more.
    pub last_of_office: bool,
}

/// Whether somebody may leave on that day.
pub fn may_leave(status: Status, on: NaiveDate, today: NaiveDate) -> Result<(), Mistake> {
    let last = plus_days(today, AHEAD_D);
    match status {
        Status::Leaving { on } => Err(Mistake::AlreadyLeaving { on }),
        Status::Left { .. } | Status::Merged { .. } | Status::Erased => Err(Mistake::NotThere),
        Status::ToCome { .. } | Status::Active if on < today => Err(Mistake::DayTooEarly { first: today }),
        Status::ToCome { .. } | Status::Active if on > last => Err(Mistake::DayTooLate { last }),
        Status::ToCome { .. } | Status::Active => Ok(()),
    }
}
