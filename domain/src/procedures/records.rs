//! What an inspection asks for: what was read, cleaned and received in a period.

use chrono::{Datelike, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::Fields;
use crate::members::ShortName;
use crate::sheet::Arrival;
use crate::time::{Instant, minus_days};

/// Without a period: so many days back.
const BACK_D: u64 = 91;
/// The longest period. Days.
const LONGEST_D: u64 = 366;
/// Nothing was kept before this year, and a table of days has an end too.
const FIRST_YEAR: i32 = 2000;

/// A temperature that was read, beside the limits of then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    pub at: Instant,
    pub fridge: String,
    pub tenths: i16,
    pub low: i16,
    pub high: i16,
    pub by: ShortName,
    /// What was done.
    pub note: String,
}

impl Read {
    pub fn is_within(&self) -> bool {
        (self.low..=self.high).contains(&self.tenths)
    }
}

/// A checklist of a shift: what was done of it, by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    pub on: NaiveDate,
    pub from: NaiveTime,
    pub to: NaiveTime,
    pub name: String,
    pub version: i16,
    pub done: Vec<String>,
    pub missing: Vec<String>,
    pub by: Vec<ShortName>,
}

/// A delivery, as the last word about it says it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CameIn {
    pub on: NaiveDate,
    pub supplier: String,
    pub what: String,
    pub state: Arrival,
    pub remarks: String,
    pub at: Instant,
    pub by: ShortName,
}

/// All of a period, oldest first; ends included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Records {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub readings: Vec<Read>,
    pub lists: Vec<Listed>,
    pub deliveries: Vec<CameIn>,
}

/// The period that `du` and `au` say, up to `today`: what cannot be read is the last three months,
/// what is too long is its last year.
pub fn period(fields: &Fields, today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let day = |name: &str| fields.one(name).parse::<NaiveDate>().ok().filter(|day| day.year() >= FIRST_YEAR);
    let to = day("au").unwrap_or(today).min(today);
    let from = day("du").filter(|from| *from <= to).unwrap_or_else(|| minus_days(to, BACK_D));
    (from.max(minus_days(to, LONGEST_D)), to)
}
