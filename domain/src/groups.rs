//! The `Groups` snapshot: the working groups, their referents, the committee.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::{GroupId, MemberId};
use crate::members::ShortName;
use crate::outcome::Marks;
use crate::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingGroup {
    pub id: GroupId,
    pub slug: String,
    pub name: String,
    /// What it is for, in the co-op's words.
    pub role: String,
    /// Two at most.
    pub referents: Vec<MemberId>,
    pub members: Vec<MemberId>,
}

/// A seat on the committee, with its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    pub member: MemberId,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// A way to reach somebody who opted in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Groups {
    pub schema: u16,
    pub marks: Marks,
    pub as_of: Instant,
    pub valid_until: Instant,
    pub people: BTreeMap<MemberId, ShortName>,
    pub groups: Vec<WorkingGroup>,
    pub committee: Vec<Mandate>,
    pub contacts: BTreeMap<MemberId, Contact>,
}
