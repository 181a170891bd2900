//! Telling people: what, whom, by which channel, when, and whether it is still true.
//!
//! A [`Notice`](crate::notice::Notice) is what somebody is told; this is how it reaches them
//! outside the app. Everything is decided here, on plain data; sending is the server's.

mod acts;
mod catalogue;
mod concerns;
mod escalation;
mod preferences;
mod timing;
mod truth;

use serde::{Deserialize, Serialize};

pub use acts::{Act, Choice, LINK_LIFE_D, Mailed};
pub use catalogue::{CATALOGUE, Entry, Kind, Mails, entry, kind};
pub use concerns::{Ties, concerns};
pub use escalation::{LEAD_MISSING_H, Step, step_at, unseen_too_long};
pub use preferences::{AHEAD_CAP, Ahead, Preferences, Switch};
pub use timing::{due_at, goes_out_at, remind_at};
pub use truth::is_still_true;

/// Why what was to be carried is not: whoever it was for switched it off, or left, in between.
pub const SWITCHED_OFF: &str = "switched off since";

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
    /// « Mon engagement »: what the office answers.
    Commitment,
    /// « La brève »: it is out, it is being made, and what becomes of what I wrote for it.
    Brief,
    /// « La brève par mail », whole, each Monday. No notice is of it: [`Preferences::brief_by_mail`].
    BriefMail,
    /// « Sorties »: what becomes of the events to which I answered, and when they are.
    Events,
    /// « Rayons »: what Approvisionnement answers.
    Shop,
    /// « Groupes »: who wants to join those that I run, what becomes of what I asked, the committee's and the coordination's dates.
    Groups,
}

impl Topic {
    pub const ALL: [Topic; 12] = [
        Topic::MyShifts,
        Topic::Exchanges,
        Topic::Reminders,
        Topic::Lacking,
        Topic::Team,
        Topic::Office,
        Topic::Commitment,
        Topic::Brief,
        Topic::BriefMail,
        Topic::Events,
        Topic::Shop,
        Topic::Groups,
    ];

    /// Whether anything of it may go by this channel.
    pub fn goes_by(self, channel: Channel) -> bool {
        let may = |line: &Entry| match channel {
            Channel::Push => line.push,
            Channel::Mail => line.mails != Mails::Never,
        };
        CATALOGUE.iter().any(|line| line.topic == self && may(line))
    }
}

/// The channels by which a notice of this kind goes to somebody.
pub fn channels(kind: Kind, preferences: &Preferences, has_device: bool) -> Vec<Channel> {
    Channel::ALL.into_iter().filter(|channel| preferences.says(entry(kind), *channel, has_device)).collect()
}
