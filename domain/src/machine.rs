//! How the machine does: what it could not deliver, what waits too long, and its periodic work.

use chrono::Duration;
use serde::{Deserialize, Serialize};

use crate::notify::Channel;
use crate::time::Instant;

/// Periodic work, as it went last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    pub name: String,
    pub last_started_at: Instant,
    #[serde(default)]
    pub last_ok_at: Option<Instant>,
    /// In a row.
    pub failures: i32,
    #[serde(default)]
    pub failing_since: Option<Instant>,
    #[serde(default)]
    pub why: Option<String>,
}

/// What is the matter with a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// It keeps failing.
    Failing,
    /// It should have run since.
    Late,
}

/// What left and did not arrive, by the reason that the other side gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undelivered {
    pub channel: Channel,
    pub why: String,
    pub count: i64,
    pub since: Instant,
    pub last: Instant,
    /// It is still being tried; otherwise it has failed for good.
    pub still_tried: bool,
}

/// Things that wait, and the oldest of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    pub count: i64,
    #[serde(default)]
    pub since: Option<Instant>,
}

/// What the office sees of the machine.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    pub now: Instant,
    /// Of the last seven days, the last that failed first.
    pub undelivered: Vec<Undelivered>,
    /// What should have left long ago.
    pub overdue: Waiting,
    /// Codes for signing in that do not leave: their members wait at the door.
    pub codes: Waiting,
    /// Work that fell due and nobody does.
    pub undone: Waiting,
    pub jobs: Vec<Job>,
}

/// A failure may be chance; so many in a row are not.
const KEEPS_FAILING: i32 = 3;
/// A failed delivery is news for so long. Hours.
const NEWS_H: i64 = 24;
/// The nightly work may be so late. Hours.
const NIGHTLY_H: i64 = 26;
/// What looks around all the time may be so late. Minutes.
const ROUNDS_MIN: i64 = 15;

impl Job {
    pub fn trouble(&self, now: Instant) -> Option<Trouble> {
        if self.failures >= KEEPS_FAILING {
            return Some(Trouble::Failing);
        }
        let every = every(&self.name)?;
        let last = self.last_ok_at.unwrap_or(self.last_started_at);
        (now - last > every).then_some(Trouble::Late)
    }
}

/// How often a job runs at the least; nothing for what runs when there is something to do.
fn every(name: &str) -> Option<Duration> {
    match name {
        "generate" | "match" | "purge" => Some(Duration::hours(NIGHTLY_H)),
        "due" | "push" | "mail" => Some(Duration::minutes(ROUNDS_MIN)),
        _ => None,
    }
}

impl Machine {
    /// How many things somebody should look at.
    pub fn troubles(&self) -> usize {
        let news = |known: &&Undelivered| known.still_tried || self.now - known.last <= Duration::hours(NEWS_H);
        let waiting = [self.overdue, self.codes, self.undone].into_iter().filter(|waiting| waiting.count > 0);
        self.undelivered.iter().filter(news).count()
            + waiting.count()
            + self.jobs.iter().filter(|job| job.trouble(self.now).is_some()).count()
    }
}
