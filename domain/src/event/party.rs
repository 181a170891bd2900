//! What somebody answered, for themselves and whoever comes along.

use serde::{Deserialize, Serialize};

use crate::id::{MemberId, VisitorId};
use crate::time::Instant;

/// The most people that anybody may bring along to anything.
pub const GUESTS_CAP: u8 = 10;
/// The longest word about what somebody eats, in characters.
pub const DIET_CAP: usize = 140;

/// Who answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attendee {
    Member(MemberId),
    /// Without an account, at a public event.
    Visitor(VisitorId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Yes,
    Maybe,
    No,
}

/// What an answer came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// « Oui », and there is a seat for everybody of the party.
    Seated,
    /// « Oui », in line: the lower ticket comes first. No two parties of an event have the same.
    Waiting {
        ticket: u32,
    },
    Maybe,
    No,
}

impl Standing {
    pub fn answer(self) -> Answer {
        match self {
            Standing::Seated | Standing::Waiting { .. } => Answer::Yes,
            Standing::Maybe => Answer::Maybe,
            Standing::No => Answer::No,
        }
    }

    pub fn ticket(self) -> Option<u32> {
        match self {
            Standing::Waiting { ticket } => Some(ticket),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    pub who: Attendee,
    pub standing: Standing,
    /// How many come along; children among them.
    #[serde(default)]
    pub guests: u8,
    #[serde(default)]
    pub children: u8,
    /// For the organisers alone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What they eat and do not eat; for the organisers alone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub diet: String,
    /// Not named among those who come.
    #[serde(default)]
    pub hidden: bool,
    pub answered_at: Instant,
}

impl Party {
    /// What it takes, where it comes: one, and whoever comes along.
    pub fn seats(&self) -> u16 {
        1 + u16::from(self.guests)
    }

    pub fn is_seated(&self) -> bool {
        self.standing == Standing::Seated
    }

    /// Whether they want to hear of the event.
    pub fn cares(&self) -> bool {
        self.standing != Standing::No
    }
}

/// Where an answer stands, for whoever gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Placed {
    Seated {
        seats: u16,
    },
    /// In line, from 1; `free` seats are for whoever of the line takes them first: none where this party does not fit.
    Waiting {
        at: u16,
        #[serde(default)]
        free: u16,
    },
    Maybe,
    No,
}
