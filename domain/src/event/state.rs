//! How far an event is.

use serde::{Deserialize, Serialize};

use crate::reason::Reason;
use crate::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Its organisers alone see it.
    Draft,
    /// It comes out by itself then.
    Scheduled {
        at: Instant,
    },
    Published {
        at: Instant,
    },
    /// It does not take place; shown until the day after it would have.
    Cancelled {
        at: Instant,
        word: String,
    },
    /// It is shown to nobody: a change of its series left it out and nobody had answered, or somebody threw the draft away.
    Removed {
        at: Instant,
        /// A change of its series did it: the next one may bring it back.
        #[serde(default)]
        by_rule: bool,
    },
}

/// Whether people know of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Announced {
    /// It is to take place.
    On,
    Off,
    NotYet,
}

impl State {
    pub fn is_published(&self) -> bool {
        matches!(self, State::Published { .. })
    }

    pub fn is_draft(&self) -> bool {
        matches!(self, State::Draft | State::Scheduled { .. })
    }

    /// Whether a rule that wants its day again brings it back. What a person took off stays off.
    pub fn comes_back(&self) -> bool {
        match self {
            State::Removed { by_rule, .. } => *by_rule,
            // A person says why.
            State::Cancelled { word, .. } => word.is_empty(),
            State::Draft | State::Scheduled { .. } | State::Published { .. } => false,
        }
    }

    pub fn announced(&self) -> Announced {
        match self {
            State::Draft | State::Scheduled { .. } => Announced::NotYet,
            State::Published { .. } => Announced::On,
            State::Cancelled { .. } | State::Removed { .. } => Announced::Off,
        }
    }

    /// Whether people may act on it, whatever the time.
    pub fn is_open(&self) -> Result<(), Reason> {
        match self {
            State::Published { .. } => Ok(()),
            State::Draft | State::Scheduled { .. } => Err(Reason::EventNotOut),
            State::Cancelled { at, word } => Err(Reason::EventCancelled { since: *at, word: word.clone() }),
            State::Removed { at, .. } => Err(Reason::EventRemoved { since: *at }),
        }
    }
}
