//! Nothing is to name somebody any more: asked of Administratif, and answered by it.

use serde::{Deserialize, Serialize};

use super::Status;
use crate::catalogue::Cents;
use crate::id::{ErasureId, MemberId};
use crate::time::Instant;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErasureState {
    Pending,
    Withdrawn,
    Refused,
    Done,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    pub id: ErasureId,
    pub member: MemberId,
    /// For the office.
    #[serde(default)]
    pub word: String,
    pub asked_at: Instant,
    pub state: ErasureState,
    /// What the office answered.
    #[serde(default)]
    pub answer: String,
    #[serde(default)]
    pub ended_at: Option<Instant>,
}

/// As the office sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureInHand {
    pub erasure: Erasure,
    pub number: i32,
    pub first_name: String,
    pub last_name: String,
    pub status: Status,
    /// What was paid of a share and is not given back.
    pub paid: Cents,
    /// It is the reader's own: another one answers.
    pub own: bool,
}
