//! « Préviens-moi »: what I am told outside the app, and how.

use serde::{Deserialize, Serialize};

use super::Seen;
use crate::members::ShortName;
use crate::notify::{Ahead, CATALOGUE, Channel, Topic};
use crate::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellingView {
    pub as_of: Instant,
    pub now: Instant,
    pub name: ShortName,
    pub email: String,
    /// What can be said to somebody of my rights.
    pub topics: Vec<TopicView>,
    pub reminders: Vec<Ahead>,
    /// Since when my calendar has a secret address.
    pub calendar_since: Option<Instant>,
}

/// A topic, and how its switches stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicView {
    pub topic: Topic,
    /// None for what must be heard.
    pub switches: Vec<(Channel, bool)>,
}

pub fn telling(seen: Seen<'_>) -> TellingView {
    let me = seen.me;
    let concerns = |topic: &Topic| match topic {
        Topic::Team => me.rights.lead,
        Topic::Office => me.rights.office,
        _ => true,
    };
    let is_said = |topic: &Topic| CATALOGUE.iter().any(|line| line.topic == *topic);
    let switches = |topic: Topic| match topic {
        Topic::MyShifts => Vec::new(),
        topic => Channel::ALL.map(|channel| (channel, me.preferences.is_on(topic, channel, me.has_device))).to_vec(),
    };
    TellingView {
        as_of: me.as_of,
        now: seen.now,
        name: me.profile.name(),
        email: me.profile.email.clone(),
        topics: Topic::ALL
            .into_iter()
            .filter(|topic| concerns(topic) && is_said(topic))
            .map(|topic| TopicView { topic, switches: switches(topic) })
            .collect(),
        reminders: me.preferences.reminders.clone(),
        calendar_since: me.calendar_since,
    }
}
