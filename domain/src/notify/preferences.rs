//! What a member chose: channels by topic, and when to be reminded.

use serde::{Deserialize, Serialize};

use super::{CATALOGUE, Channel, Entry, Mails, Topic};

/// How long before a shift a reminder comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ahead {
    /// That many days of Paris before, at the hour at which the shift starts.
    Days(u8),
    /// That many hours before.
    Hours(u8),
}

/// The most reminders one may ask for.
pub const AHEAD_CAP: usize = 6;

/// One choice that differs from the catalogue's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Switch {
    pub topic: Topic,
    pub channel: Channel,
    pub on: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub switches: Vec<Switch>,
    /// Longest first.
    pub reminders: Vec<Ahead>,
}

impl Default for Preferences {
    fn default() -> Preferences {
        Preferences { switches: Vec::new(), reminders: vec![Ahead::Days(7), Ahead::Days(2), Ahead::Hours(3)] }
    }
}

impl Preferences {
    /// What was chosen, if something was.
    pub fn wants(&self, topic: Topic, channel: Channel) -> Option<bool> {
        self.switches.iter().rev().find(|switch| switch.topic == topic && switch.channel == channel).map(|switch| switch.on)
    }

    /// Whether what this line of the catalogue is about goes by this channel: as was chosen, or as the
    /// line says. What may not be switched off goes whatever was chosen.
    pub fn says(&self, line: Entry, channel: Channel, has_device: bool) -> bool {
        let shown = line.push && has_device;
        let (can, otherwise) = match channel {
            Channel::Push => (shown, true),
            Channel::Mail => (line.mails != Mails::Never, line.mails == Mails::Always || !shown),
        };
        let chosen = if line.fixed { None } else { self.wants(line.topic, channel) };
        can && chosen.unwrap_or(otherwise)
    }

    /// How a topic's switch stands: on where anything of it goes by this channel.
    pub fn is_on(&self, topic: Topic, channel: Channel, has_device: bool) -> bool {
        // The switch of pushes says what a device shows, the first one too once it is there.
        let has_device = has_device || channel == Channel::Push;
        CATALOGUE.iter().filter(|line| line.topic == topic).any(|line| self.says(*line, channel, has_device))
    }

    /// Whether the Monday brief comes by mail: unless it was switched off.
    pub fn brief_by_mail(&self) -> bool {
        self.wants(Topic::BriefMail, Channel::Mail).unwrap_or(true)
    }

    /// One switch set, the others as they were.
    pub fn with(mut self, set: Switch) -> Preferences {
        self.switches.retain(|switch| (switch.topic, switch.channel) != (set.topic, set.channel));
        self.switches.push(set);
        self
    }

    /// What a person may have written: each reminder once, within its limits, longest first.
    /// `None` when there are too many, or one is out of reach (1 to 14 days, 1 to 23 hours).
    pub fn reminders(mut asked: Vec<Ahead>) -> Option<Vec<Ahead>> {
        let fits = |ahead: &Ahead| match ahead {
            Ahead::Days(days) => (1..=14).contains(days),
            Ahead::Hours(hours) => (1..=23).contains(hours),
        };
        asked.sort_by_key(|ahead| match ahead {
            Ahead::Days(days) => (0, u8::MAX - days),
            Ahead::Hours(hours) => (1, u8::MAX - hours),
        });
        asked.dedup();
        (asked.len() <= AHEAD_CAP && asked.iter().all(fits)).then_some(asked)
    }
}
