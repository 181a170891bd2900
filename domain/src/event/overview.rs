//! What its organisers see of an event.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Answer, Event, Party, Photo, Rule};
use crate::id::{EventId, MemberId, VisitorId};
use crate::members::ShortName;
use crate::time::Instant;

/// An event with everybody who answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    pub as_of: Instant,
    /// With the Markdown of its description.
    pub event: Event,
    /// How it comes back, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Rule>,
    /// The other times of its series, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub series: Vec<(EventId, Instant)>,
    /// In the order of their answers.
    pub parties: Vec<Party>,
    pub names: BTreeMap<MemberId, ShortName>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub visitors: BTreeMap<VisitorId, String>,
    /// All of them, with who asked for the removal of one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<Photo>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thanks: Option<String>,
    /// Newest first: what, by whom, when.
    pub acts: Vec<Acted>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acted {
    pub what: String,
    pub by: MemberId,
    pub at: Instant,
}

/// How many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Seats that are taken; children among them.
    pub seated: u16,
    pub children: u16,
    /// Parties in line, and the people in them.
    pub waiting: u16,
    pub waiting_people: u16,
    pub maybe: u16,
    pub no: u16,
}

impl Overview {
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for party in &self.parties {
            match (party.standing.answer(), party.is_seated()) {
                (_, true) => {
                    counts.seated += party.seats();
                    counts.children += u16::from(party.children);
                }
                (Answer::Yes, false) => {
                    counts.waiting += 1;
                    counts.waiting_people += party.seats();
                }
                (Answer::Maybe, _) => counts.maybe += 1,
                (Answer::No, _) => counts.no += 1,
            }
        }
        counts
    }
}
