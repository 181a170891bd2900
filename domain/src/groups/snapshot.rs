//! The `Groups` snapshot: the working groups, the committee, what they met for and decided. The same bytes for everybody.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::assembly::Assembly;
use crate::desk::Away;
use crate::governance::{Consultation, Decision, Mandate, Meeting, Point};
use crate::id::{EventId, GroupId, MemberId, MinutesId, PictureId};
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
    /// What it is about these days, as its referents write it: safe HTML.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub page: String,
    /// « On cherche… »
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<Call>,
    /// The newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub minutes: Vec<Minutes>,
}

/// A group calls for help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    pub text: String,
    pub at: Instant,
}

/// What was said at a meeting of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Minutes {
    pub id: MinutesId,
    /// The meeting, where it was announced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<EventId>,
    pub on: NaiveDate,
    pub title: String,
    /// Safe HTML.
    pub html: String,
}

/// Somebody who works for the co-op.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Employed {
    pub member: MemberId,
    /// Until when they are away, and who stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub away: Option<Away>,
}

/// A way to reach somebody who opted in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Their photo, where they have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<PictureId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Groups {
    pub schema: u16,
    pub marks: Marks,
    pub as_of: Instant,
    pub valid_until: Instant,
    pub people: BTreeMap<MemberId, ShortName>,
    pub groups: Vec<WorkingGroup>,
    /// Mandates in force, and those that are to begin.
    pub committee: Vec<Mandate>,
    pub contacts: BTreeMap<MemberId, Contact>,
    /// Mandates that are over, the newest first.
    #[serde(default)]
    pub past: Vec<Mandate>,
    /// Coordination: those to come, in order, and those of the last year.
    #[serde(default)]
    pub meetings: Vec<Meeting>,
    /// What is to be spoken of at those, and what waits for one that is planned; in order.
    #[serde(default)]
    pub points: Vec<Point>,
    /// The newest first.
    #[serde(default)]
    pub decisions: Vec<Decision>,
    /// Those that are open, and those of the last months; the newest first.
    #[serde(default)]
    pub consultations: Vec<Consultation>,
    #[serde(default)]
    pub employees: Vec<Employed>,
    /// Those to which members are called, and those of the last months; the last one first.
    #[serde(default)]
    pub assemblies: Vec<Assembly>,
}

impl Groups {
    pub fn name(&self, member: MemberId) -> ShortName {
        self.people.get(&member).cloned().unwrap_or_else(|| ShortName::new("Quelqu’un", ""))
    }

    pub fn group(&self, id: GroupId) -> Option<&WorkingGroup> {
        self.groups.iter().find(|group| group.id == id)
    }
}
