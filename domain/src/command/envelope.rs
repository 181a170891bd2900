//! What travels around a command.

use serde::{Deserialize, Serialize};

use super::Command;
use crate::id::{CommandId, MemberId};

/// The payload's version that this build writes.
pub const SCHEMA: u16 = 1;
/// How many versions of the payload a build reads: its own and those just before, so that what an
/// old app had waiting is still taken.
pub const SCHEMAS_READ: u16 = 3;

/// Whether this build reads a payload of that version.
pub fn understands(schema: u64) -> bool {
    schema >= 1 && schema <= u64::from(SCHEMA) && schema + u64::from(SCHEMAS_READ) > u64::from(SCHEMA)
}

/// A command with what the wire needs to run it at most once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    pub id: CommandId,
    pub schema: u16,
    /// Commands that this one rests on: refused if one of them was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub depends_on: Vec<CommandId>,
    /// The office for anybody, a lead for their own shift, may act for somebody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<MemberId>,
    #[serde(flatten)]
    pub command: Command,
}
