//! « Préviens-moi »: what I am told outside the app, and how.

use serde::{Deserialize, Serialize};

use super::Seen;
use crate::members::ShortName;
use crate::notify::{Preferences, Topic};
use crate::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellingView {
    pub as_of: Instant,
    pub now: Instant,
    pub name: ShortName,
    pub email: String,
    /// What can be said to somebody of my rights.
    pub topics: Vec<Topic>,
    pub preferences: Preferences,
}

pub fn telling(seen: Seen<'_>) -> TellingView {
    let me = seen.me;
    let concerns = |topic: &Topic| match topic {
        Topic::Team => me.rights.lead,
        Topic::Office => me.rights.office,
        _ => true,
    };
    TellingView {
        as_of: me.as_of,
        now: seen.now,
        name: me.profile.name(),
        email: me.profile.email.clone(),
        topics: Topic::ALL.into_iter().filter(concerns).collect(),
        preferences: me.preferences.clone(),
    }
}
