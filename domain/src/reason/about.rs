//! What a reason speaks of: a shift where it is in time, somebody by name.

use serde::{Deserialize, Serialize};

use crate::id::{MemberId, ShiftId};
use crate::members::ShortName;
use crate::time::Instant;

/// Where a shift is in time, for a sentence about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    pub shift: ShiftId,
    pub starts_at: Instant,
    pub ends_at: Instant,
}

/// Somebody, for a sentence about them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    pub member: MemberId,
    pub name: ShortName,
}
