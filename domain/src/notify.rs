//! Telling people: what, whom, by which channel, when, and whether it is still true.
//!
//! A [`Notice`](crate::notice::Notice) is what somebody is told; this is how it reaches them
//! outside the app. Everything is decided here, on plain data; sending is the server's.

mod catalogue;
mod concerns;
mod preferences;
mod timing;
mod truth;

use serde::{Deserialize, Serialize};

pub use catalogue::{CATALOGUE, Entry, Kind, Mails, entry, kind};
pub use concerns::{Ties, concerns};
pub use preferences::{AHEAD_CAP, Ahead, Preferences, Switch};
pub use timing::{due_at, remind_at};
pub use truth::is_still_true;

/// A way out of the app to somebody. The inbox is not one: every notice is there anyway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Web push, to each device that asked for it.
    Push,
    Mail,
}

impl Channel {
    pub const ALL: [Channel; 2] = [Channel::Push, Channel::Mail];

    pub fn as_str(self) -> &'static str {
        match self {
            Channel::Push => "push",
            Channel::Mail => "mail",
        }
    }

    pub fn parse(text: &str) -> Option<Channel> {
        Channel::ALL.into_iter().find(|channel| channel.as_str() == text)
    }
}

/// What members switch on and off together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// « Mes vacations bougent »: what I must know to be there, or not. Cannot be switched off.
    MyShifts,
    /// « Échanges »: what is proposed to me, and what becomes of what I asked.
    Exchanges,
    /// « Rappels » before my shifts.
    Reminders,
    /// « Il manque du monde »: urgent calls, and the seats I watch for.
    Lacking,
    /// « Mon équipe », for whoever leads a shift.
    Team,
    /// « À traiter », for the office.
    Office,
}

impl Topic {
    pub const ALL: [Topic; 6] = [Topic::MyShifts, Topic::Exchanges, Topic::Reminders, Topic::Lacking, Topic::Team, Topic::Office];
}

/// The channels by which a notice of this kind goes to somebody: what they chose, or what the
/// catalogue says. What cannot be switched off reaches them some way as long as there is one.
pub fn channels(kind: Kind, preferences: &Preferences, has_device: bool) -> Vec<Channel> {
    let entry = entry(kind);
    let wanted = |channel: Channel, otherwise: bool| {
        if entry.fixed { otherwise } else { preferences.wants(entry.topic, channel).unwrap_or(otherwise) }
    };
    let push = has_device && entry.push && wanted(Channel::Push, true);
    let mail = match entry.mails {
        Mails::Always => wanted(Channel::Mail, true),
        Mails::WithoutDevice => wanted(Channel::Mail, !push),
        Mails::Never => false,
    };
    let all = [(Channel::Push, push), (Channel::Mail, mail)];
    all.into_iter().filter_map(|(channel, on)| on.then_some(channel)).collect()
}
