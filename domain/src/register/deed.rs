//! What was done to an account: readable by whom it concerns, and never changed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::catalogue::Cents;
use crate::members::ShortName;
use crate::time::Instant;

/// What of a card was changed. What it was before is told nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Name,
    Email,
    Phone,
    Address,
    Rhythm,
    JoinedOn,
    Skills,
    /// What the others see of it.
    Shown,
    Photo,
    Number,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    Added,
    /// By a file of that name.
    Imported {
        file: String,
    },
    /// The file that changed it is taken back.
    ImportUndone {
        file: String,
    },
    Edited {
        parts: Vec<Part>,
    },
    /// A recurring seat, or none from here on.
    RegularSeat {
        given: bool,
    },
    Presented,
    /// A marraine or parrain is named.
    Sponsored,
    Arrived,
    Invited,
    ShareSubscribed {
        cents: Cents,
    },
    SharePaid {
        cents: Cents,
    },
    PaymentCancelled {
        cents: Cents,
    },
    ShareRefunded {
        cents: Cents,
    },
    Insured {
        year: i32,
    },
    InsuranceTakenBack {
        year: i32,
    },
    Leaving {
        on: NaiveDate,
    },
    /// They stay after all.
    Staying,
    Left,
    /// Registered twice: what the other card had is here now.
    Joined {
        number: i32,
    },
    /// Likewise, seen from that other card.
    MergedInto {
        number: i32,
    },
    DataTaken,
    ErasureAsked,
    ErasureWithdrawn,
    ErasureRefused,
    Erased,
    /// An act in their name, by whoever may: the command's kind.
    DoneForThem {
        act: String,
    },
}

/// One line of « ce qui a été fait sur mon compte ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailLine {
    pub deed: Deed,
    /// Nobody: the night's work.
    pub by: Option<ShortName>,
    /// By themselves.
    pub own: bool,
    pub at: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trail {
    pub now: Instant,
    /// The newest first.
    pub lines: Vec<TrailLine>,
}
