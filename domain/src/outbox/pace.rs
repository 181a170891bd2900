//! How soon to try again, and how much at once.

use chrono::Duration;
use serde::{Deserialize, Serialize};

use crate::time::Instant;

/// Why a request came to nothing; its acts stay in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setback {
    /// No answer in time, or one that is not our server's: no network, a captive portal's page.
    NotReached,
    /// Too many at once: not again before so many seconds.
    TooMany { retry_after_s: u32 },
    /// Our server answered that it is unwell (5xx).
    Unwell,
    /// Our server does not take this request (another 4xx).
    Rejected,
}

/// An act that fails so often alone is paused.
pub const ALONE_CAP: u16 = 5;
/// From this many answers in a row that the server is unwell, acts are sent one by one: one of
/// them may be what makes it unwell.
const UNWELL_CAP: u16 = 3;
const FIRST_WAIT_MS: i64 = 1_000;
const LONGEST_WAIT_MS: i64 = 60_000;
/// The longest that a server may ask for. Seconds.
const LONGEST_ASKED_S: u32 = 600;

/// What the last requests came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// Requests in a row that came to nothing.
    pub setbacks: u16,
    /// Of those, the last ones in a row of which our server said that it is unwell.
    pub unwell: u16,
    /// One act a request, until one of them is answered or paused.
    pub singly: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Instant>,
}

impl Pace {
    /// Notes a setback of a request with `acts` acts; tells whether it counts against its only act.
    pub(super) fn set_back(&mut self, acts: usize, setback: Setback, now: Instant, jitter: f64) -> bool {
        self.setbacks = self.setbacks.saturating_add(1);
        let doublings = u32::from(self.setbacks - 1).min(10);
        let full = (FIRST_WAIT_MS << doublings).min(LONGEST_WAIT_MS);
        // Between half of it and all of it: devices that failed together do not return together.
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "at most a minute, in milliseconds")]
        let wait = (full as f64 * (0.5 + jitter.clamp(0.0, 1.0) / 2.0)) as i64;
        let asked = match setback {
            Setback::TooMany { retry_after_s } => i64::from(retry_after_s.min(LONGEST_ASKED_S)) * 1000,
            _ => 0,
        };
        self.not_before = Some(now + Duration::milliseconds(wait.max(asked)));
        match setback {
            Setback::Unwell => {
                let alone = self.singly && acts == 1;
                self.unwell = self.unwell.saturating_add(1);
                self.singly |= self.unwell >= UNWELL_CAP;
                alone
            }
            Setback::Rejected => {
                self.unwell = 0;
                self.singly = true;
                acts == 1
            }
            Setback::NotReached | Setback::TooMany { .. } => {
                self.unwell = 0;
                false
            }
        }
    }

    /// Whether it is too soon to try again. A wait longer than any is of a clock that has been put
    /// right since.
    pub(super) fn waits(&self, now: Instant) -> bool {
        let longest = Duration::seconds(i64::from(LONGEST_ASKED_S));
        self.not_before.is_some_and(|not_before| now < not_before && not_before - now <= longest)
    }

    /// Something was answered, or put out of the way: on as usual.
    pub(super) fn answered(&mut self) {
        *self = Pace::default();
    }

    /// The network may be back, or the member asks: no need to wait longer.
    pub fn wake(&mut self) {
        self.not_before = None;
    }
}
