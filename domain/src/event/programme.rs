//! What somebody organises: the list that its organisers start from.

use serde::{Deserialize, Serialize};

use super::Event;
use crate::id::{GroupId, MemberId};
use crate::time::Instant;

/// Drafts and events of the groups whose events somebody makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Programme {
    pub as_of: Instant,
    /// Who asks.
    pub me: MemberId,
    /// Whose events they make, with their names.
    pub mine: Vec<(GroupId, String)>,
    /// Every working group: one may make an event with another.
    pub groups: Vec<(GroupId, String)>,
    /// In order of start: drafts, and what is announced or was lately.
    pub events: Vec<Organised>,
}

/// One of them, with how many answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organised {
    pub event: Event,
    /// Seats that are taken.
    pub seated: u16,
    /// Parties in line.
    pub waiting: u16,
}

impl Programme {
    /// The name of a group.
    pub fn group(&self, id: GroupId) -> String {
        self.groups.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone()).unwrap_or_default()
    }
}
