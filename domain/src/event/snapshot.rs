//! The `Events` snapshot: what is announced and who comes, the same bytes for every member.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{BringItem, Carpool, Comment, Event, HelperPost, Photo};
use crate::id::{EventId, MemberId};
use crate::members::ShortName;
use crate::outcome::Marks;
use crate::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Events {
    pub schema: u16,
    pub marks: Marks,
    pub as_of: Instant,
    pub valid_until: Instant,
    /// Everybody who is named below.
    pub people: BTreeMap<MemberId, ShortName>,
    /// In order of start: those of the last weeks, and all that are to come.
    pub events: Vec<Shown>,
}

/// An event as members see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Without the Markdown of its description.
    pub event: Event,
    /// Its description, safe to show as it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub html: String,
    /// Seats that are taken.
    pub seats: u16,
    /// Parties in line.
    pub waiting: u16,
    /// « Peut-être »
    pub maybe: u16,
    /// Children among those who have a seat.
    pub children: u16,
    /// Members who have a seat and do not mind being named, in the order of their answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coming: Vec<MemberId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<BringItem>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carpools: Vec<Carpool>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub posts: Vec<HelperPost>,
    /// Oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<Comment>,
    /// Oldest first; without those of which somebody asked the removal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<Photo>,
    /// A word of the organisers, once it is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thanks: Option<String>,
    /// Somebody was ticked at the door: whoever was not was not there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ticked: bool,
}

impl Events {
    pub fn find(&self, id: EventId) -> Option<&Shown> {
        self.events.iter().find(|shown| shown.event.id == id)
    }

    pub fn name(&self, member: MemberId) -> ShortName {
        self.people.get(&member).cloned().unwrap_or_else(|| ShortName::new("Quelqu’un", ""))
    }
}
