//! What became otherwise, for those who answered; and when they are told, once for a burst of edits.

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::{Announced, Event};
use crate::time::Instant;

/// An organiser who changes one thing often changes another: people are told once nothing has changed for so long. Minutes.
pub const QUIET_MIN: i64 = 10;
/// What is this near is told at once. Hours.
const NEAR_H: i64 = 3;

/// What people plan by: kept as they were last told it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    pub title: String,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub place: String,
    /// Why it does not take place, where it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled: Option<String>,
}

impl Facts {
    pub fn of(event: &Event) -> Facts {
        let cancelled = match (&event.state, event.state.announced()) {
            (super::State::Cancelled { word, .. }, _) => Some(word.clone()),
            (_, Announced::Off) => Some(String::new()),
            _ => None,
        };
        let (details, times) = (&event.terms.details, &event.terms.times);
        Facts {
            title: details.title.clone(),
            starts_at: times.starts_at,
            ends_at: times.ends_at,
            place: details.place.name.clone(),
            cancelled,
        }
    }
}

/// One thing that is otherwise, with what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Changed {
    Title {
        was: String,
        is: String,
    },
    Start {
        was: Instant,
        is: Instant,
    },
    End {
        was: Instant,
        is: Instant,
    },
    Place {
        was: String,
        is: String,
    },
    /// It does not take place.
    Cancelled {
        word: String,
    },
    /// It takes place after all.
    Back,
}

/// What somebody who was told `was` does not know yet.
pub fn what_changed(was: &Facts, is: &Facts) -> Vec<Changed> {
    let mut changed = Vec::new();
    match (&was.cancelled, &is.cancelled) {
        (None, Some(word)) => changed.push(Changed::Cancelled { word: word.clone() }),
        (Some(_), None) => changed.push(Changed::Back),
        // What is off is off, whatever else is written about it.
        (Some(_), Some(_)) => return changed,
        (None, None) => {}
    }
    if was.title != is.title {
        changed.push(Changed::Title { was: was.title.clone(), is: is.title.clone() });
    }
    if was.starts_at != is.starts_at {
        changed.push(Changed::Start { was: was.starts_at, is: is.starts_at });
    }
    // An end that moves with its start is no news.
    if was.ends_at != is.ends_at && was.ends_at - was.starts_at != is.ends_at - is.starts_at {
        changed.push(Changed::End { was: was.ends_at, is: is.ends_at });
    }
    if was.place != is.place {
        changed.push(Changed::Place { was: was.place.clone(), is: is.place.clone() });
    }
    changed
}

/// When people are told what was changed last at `edited_at`: after a quiet while, or at once where it is near by the old
/// clock or by the new one.
pub fn tell_at(edited_at: Instant, was: &Facts, is: &Facts) -> Instant {
    let starts_at = was.starts_at.min(is.starts_at);
    if starts_at - edited_at < Duration::hours(NEAR_H) { edited_at } else { edited_at + Duration::minutes(QUIET_MIN) }
}
