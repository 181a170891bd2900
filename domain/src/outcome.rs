//! What became of a command.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::event::Placed;
use crate::id::{CommandId, SeatId};
use crate::json;
use crate::reason::{Reason, Who};
use crate::swaps::Leg;

/// Stored by the server under the command's id, and answered again on a replay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
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
    /// The Monday of the brief for which a contribution is meant: the next one, where the first was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monday: Option<NaiveDate>,
    /// Where the actor's answer to an event stands: « liste d'attente, n° 3 ».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<Placed>,
    /// Who votes for the actor at an assembly, and how many voices they carry by now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried: Option<Carried>,
}

/// Somebody carries the actor's voice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    pub by: Who,
    /// Beside their own, the actor's among them.
    pub voices: u8,
    /// So many at most.
    pub cap: u8,
}

impl Done {
    pub fn is_plain(&self) -> bool {
        *self == Done::default()
    }
}

/// Change marks by slice (`calendar`, `groups`, `me`): they only grow.
pub type Marks = BTreeMap<String, i64>;

/// One answer on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    pub id: CommandId,
    #[serde(flatten)]
    pub outcome: Outcome,
    /// A snapshot at or beyond these marks shows the effect.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub marks: Marks,
}

/// The same object is read twice: serde's `flatten` would compile the outcome's types once more.
impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Label {
            id: CommandId,
            #[serde(default)]
            marks: Marks,
        }
        let value = Value::deserialize(deserializer)?;
        let Label { id, marks } = json::read(&value).map_err(D::Error::custom)?;
        let outcome = json::read(&value).map_err(D::Error::custom)?;
        Ok(Answer { id, outcome, marks })
    }
}
