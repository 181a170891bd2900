//! What a member asks of the office about their duty: a leave, an exemption. Its reason and the word
//! that answers it are for the two of them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::{MemberId, RequestId};
use crate::ledger::LeaveKind;
use crate::time::{Days, Instant};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    Pause,
    Parental,
    Illness,
    /// « dispense »
    Exemption,
}

impl Asked {
    pub const ALL: [Asked; 4] = [Asked::Pause, Asked::Parental, Asked::Illness, Asked::Exemption];

    /// The leave that it becomes; none where it is a duty that is taken away.
    pub fn leave(self) -> Option<LeaveKind> {
        match self {
            Asked::Pause => Some(LeaveKind::Pause),
            Asked::Parental => Some(LeaveKind::Parental),
            Asked::Illness => Some(LeaveKind::Illness),
            Asked::Exemption => None,
        }
    }
}

/// It is answered once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum RequestState {
    Pending,
    Granted {
        at: Instant,
        by: MemberId,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        word: String,
    },
    Refused {
        at: Instant,
        by: MemberId,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        word: String,
    },
    Withdrawn {
        at: Instant,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaveRequest {
    pub id: RequestId,
    pub member: MemberId,
    pub what: Asked,
    pub days: Days,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    pub asked_at: Instant,
    pub state: RequestState,
}

impl LeaveRequest {
    pub fn is_pending(&self) -> bool {
        self.state == RequestState::Pending
    }

    /// Whether the office has answered, one way or the other.
    pub fn is_answered(&self) -> bool {
        matches!(self.state, RequestState::Granted { .. } | RequestState::Refused { .. })
    }

    pub fn overlaps(&self, days: Days) -> bool {
        self.days.from <= days.to && days.from <= self.days.to
    }
}

/// How far back a leave may begin. Days.
pub const BACK_D: u64 = 60;
/// The longest leave. Days: two years.
pub const LONGEST_D: u64 = 731;
/// The longest reason, and the longest word that answers it, in characters.
pub const WHY_CAP: usize = 500;

/// The first day on which a leave asked for on `today` may begin.
pub fn earliest(today: NaiveDate) -> NaiveDate {
    crate::time::minus_days(today, BACK_D)
}
