//! What became of a command.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{CommandId, SeatId};
use crate::reason::Reason;
use crate::swaps::Leg;

/// Stored by the server under the command's id, and answered again on a replay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Outcome {
    Applied {
        #[serde(default, skip_serializing_if = "Done::is_plain")]
        result: Done,
    },
    Refused {
        reason: Reason,
    },
}

impl Outcome {
    pub fn applied() -> Outcome {
        Outcome::Applied { result: Done::default() }
    }

    pub fn is_applied(&self) -> bool {
        matches!(self, Outcome::Applied { .. })
    }
}

/// What happened beyond what was asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// The loop that closed at once, with everybody in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closed_loop: Vec<Leg>,
    /// The seat that the actor got.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<SeatId>,
}

impl Done {
    pub fn is_plain(&self) -> bool {
        *self == Done::default()
    }
}

/// Change marks by slice (`calendar`, `groups`, `me`): they only grow.
pub type Marks = BTreeMap<String, i64>;

/// One answer on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub id: CommandId,
    #[serde(flatten)]
    pub outcome: Outcome,
    /// A snapshot at or beyond these marks shows the effect.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub marks: Marks,
}
