//! The list at the door: who is expected, who came, and who came unannounced.

use chrono::{Duration, NaiveTime};
use serde::{Deserialize, Serialize};

use super::{Attendee, Times};
use crate::id::{EventId, WalkInId};
use crate::sheet::Said;
use crate::time::{Instant, paris_day, paris_instant, plus_days};

/// The most people who came unannounced in one line.
pub const PEOPLE_CAP: u8 = 20;
/// The list opens so long before. Hours.
const OPENS_H: i64 = 24;

/// Somebody who was expected came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    pub who: Attendee,
    pub said: Said,
}

/// Somebody came without having answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalkedIn {
    pub id: WalkInId,
    pub name: String,
    pub people: u8,
    pub said: Said,
}

/// A party that is expected, as its organisers see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    pub who: Attendee,
    /// « Léa G. », or as a visitor wrote it.
    pub name: String,
    pub seats: u16,
    #[serde(default)]
    pub children: u8,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub diet: String,
}

/// An event that one keeps the door of, around its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArrivalList {
    pub event: EventId,
    pub title: String,
    pub starts_at: Instant,
    /// By name.
    pub expected: Vec<Expected>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arrivals: Vec<Arrival>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub walk_ins: Vec<WalkedIn>,
}

/// When the list may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArrivalWindow {
    pub from: Instant,
    /// The end of the day after; exclusive.
    pub until: Instant,
}

impl ArrivalWindow {
    pub fn of(times: &Times) -> ArrivalWindow {
        let after = plus_days(paris_day(times.ends_at), 2);
        ArrivalWindow { from: times.starts_at - Duration::hours(OPENS_H), until: paris_instant(after, NaiveTime::MIN) }
    }

    pub fn is_open(&self, now: Instant) -> bool {
        self.from <= now && now < self.until
    }
}
