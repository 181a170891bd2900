//! What Distribution keeps for the shop: checklists by slot of the day, fridges, deliveries to
//! come, keys. What is in force, or was, is never edited: a change is a new version from a day on.

mod records;
mod typed;

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::id::{DeliveryId, FridgeId, MemberId};
use crate::members::ShortName;
use crate::time::{Instant, paris_day, paris_instant, plus_days};

pub use records::{CameIn, Listed, Read, Records, period};
pub use typed::{
    ALARM_CAP, Expected, Fields, FridgeDraft, LINE_CAP, LINES_CAP, ListDraft, Mistake, NAME_CAP, alarm_of, key_of, slug_of,
};

/// Who did something, and when; neither is known of what came with the co-op.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    #[serde(default)]
    pub by: Option<ShortName>,
    #[serde(default)]
    pub at: Option<Instant>,
}

/// A checklist as it was written once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    pub version: i16,
    /// In force from this day on.
    pub from: NaiveDate,
    pub name: String,
    /// From Monday, 0 to 6.
    pub weekdays: Vec<i16>,
    /// When the shifts begin that it is for, in Paris.
    pub clocks: Vec<NaiveTime>,
    /// Without lines it is on no sheet.
    pub lines: Vec<String>,
    pub signed: Signed,
}

/// A checklist with its versions, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    pub slug: String,
    pub versions: Vec<Version>,
}

impl List {
    /// The version that a day's sheets show: the last written of those that have begun.
    pub fn on(&self, day: NaiveDate) -> Option<&Version> {
        self.versions.iter().find(|version| version.from <= day)
    }

    /// Written, and not yet in force.
    pub fn coming(&self, today: NaiveDate) -> Option<&Version> {
        self.versions.first().filter(|version| version.from > today)
    }
}

/// A fridge with limits that held from a day on, or to one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    pub id: FridgeId,
    pub name: String,
    pub low: i16,
    pub high: i16,
    pub advice: String,
    #[serde(default)]
    pub from: Option<NaiveDate>,
    /// Exclusive.
    #[serde(default)]
    pub until: Option<NaiveDate>,
    pub signed: Signed,
}

/// A delivery to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coming {
    pub id: DeliveryId,
    pub on: NaiveDate,
    pub supplier: String,
    pub what: String,
}

/// Who has a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    pub id: uuid::Uuid,
    pub label: String,
    pub holder: MemberId,
    pub name: ShortName,
    pub signed: Signed,
}

/// All that Distribution keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedures {
    #[serde(rename = "as_of")]
    pub now: Instant,
    pub lists: Vec<List>,
    pub fridges: Vec<Limits>,
    pub deliveries: Vec<Coming>,
    pub keys: Vec<Held>,
    /// The hours at which shifts begin.
    pub clocks: Vec<NaiveTime>,
    /// Who may be given a key: those who open, and the employee.
    pub openers: Vec<(MemberId, ShortName)>,
    /// Whether something is written of the alarm, for the office alone. What it is, the day's lead alone reads.
    #[serde(default)]
    pub alarm: Option<bool>,
}

/// The first day that a change may be for: no device keeps that day's sheets yet.
pub fn first_day(now: Instant) -> NaiveDate {
    let today = paris_day(now);
    let evening = paris_instant(today, crate::sheet::EVENING);
    plus_days(today, if now < evening { 1 } else { 2 })
}
