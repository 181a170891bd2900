//! Sorties on a screen: those to come, those that were, mine, the year's; the next one on Accueil.

use chrono::Months;
use serde::{Deserialize, Serialize};

use super::Seen;
use crate::brief::Picture;
use crate::event::{Answer, Events, ForWhom, Mine, Party, Placed, Price, Shown, Standing, State, Times, clashes};
use crate::id::EventId;
use crate::members::ShortName;
use crate::reason::When;
use crate::time::{Instant, paris_day};

/// Which of them a list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    #[default]
    Coming,
    Past,
    /// To which I said yes or perhaps.
    Mine,
    /// What comes in twelve months, as a programme.
    Year,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventsView {
    pub as_of: Instant,
    pub now: Instant,
    pub name: ShortName,
    pub which: Which,
    /// I make events: the way there is shown.
    pub organises: bool,
    /// In order of start; those that were, the last one first.
    pub cards: Vec<EventCard>,
}

/// An event in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventCard {
    pub id: EventId,
    pub title: String,
    pub times: Times,
    pub place: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<Picture>,
    pub price: Price,
    /// People without an account may come, too.
    pub public: bool,
    /// Why it does not take place, where it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled: Option<String>,
    /// People who come.
    pub seats: u16,
    /// Seats that are free, where there is an end to them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free: Option<u16>,
    /// Parties in line.
    pub waiting: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mine: Option<MyAnswer>,
    /// Answers may be given, and changed.
    pub open: bool,
    pub over: bool,
    /// My shifts that it runs into, unless I said no.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clash: Vec<When>,
}

/// What I answered, and where that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyAnswer {
    pub party: Party,
    pub placed: Placed,
}

impl MyAnswer {
    pub fn answer(&self) -> Answer {
        self.party.standing.answer()
    }
}

pub fn events(seen: Seen<'_>, events: &Events, which: Which) -> EventsView {
    let cares = |shown: &Shown| mine(seen, shown.event.id).is_some_and(|mine| mine.party.cares());
    let over = |shown: &Shown| shown.event.terms.times.ends_at <= seen.now;
    let within = paris_day(seen.now).checked_add_months(Months::new(12));
    let of_the_year = |shown: &Shown| within.is_none_or(|last| paris_day(shown.event.terms.times.starts_at) <= last);
    let shows = |shown: &&Shown| match which {
        Which::Coming => !over(shown),
        Which::Past => over(shown),
        Which::Mine => !over(shown) && cares(shown),
        Which::Year => !over(shown) && of_the_year(shown),
    };
    let mut cards: Vec<EventCard> = events.events.iter().filter(shows).map(|shown| event_card(seen, shown)).collect();
    if which == Which::Past {
        cards.reverse();
    }
    EventsView {
        as_of: events.as_of.min(seen.me.as_of),
        now: seen.now,
        name: seen.me.profile.name(),
        which,
        organises: seen.me.makes_events(),
        cards,
    }
}

/// The next one that takes place and has not begun, for Accueil.
pub fn next_event(seen: Seen<'_>, events: &Events) -> Option<EventCard> {
    let next = |shown: &&Shown| shown.event.state.is_published() && shown.event.terms.times.starts_at > seen.now;
    events.events.iter().find(next).map(|shown| event_card(seen, shown))
}

pub fn event_card(seen: Seen<'_>, shown: &Shown) -> EventCard {
    let (terms, id) = (&shown.event.terms, shown.event.id);
    let cancelled = match &shown.event.state {
        State::Cancelled { word, .. } => Some(word.clone()),
        _ => None,
    };
    EventCard {
        id,
        title: terms.details.title.clone(),
        times: terms.times,
        place: terms.details.place.name.clone(),
        cover: terms.details.cover.clone(),
        price: terms.details.price,
        public: terms.details.for_whom == ForWhom::Public,
        cancelled,
        seats: shown.seats,
        free: free(shown),
        waiting: shown.waiting,
        mine: my_answer(seen, shown),
        open: is_open(seen, shown),
        over: terms.times.ends_at <= seen.now,
        clash: clash(seen, shown),
    }
}

/// Seats that are free; none says that there is no end to them.
pub(super) fn free(shown: &Shown) -> Option<u16> {
    shown.event.terms.capacity.map(|capacity| capacity.saturating_sub(shown.seats))
}

/// Answers may be given, and changed.
pub(super) fn is_open(seen: Seen<'_>, shown: &Shown) -> bool {
    let times = &shown.event.terms.times;
    shown.event.state.is_published() && seen.now <= times.closes_at && seen.now < times.ends_at
}

/// My shifts that it runs into, unless I said no or it is over.
pub(super) fn clash(seen: Seen<'_>, shown: &Shown) -> Vec<When> {
    let times = &shown.event.terms.times;
    let comes = mine(seen, shown.event.id).is_none_or(|mine| mine.party.cares());
    if !shown.event.state.is_published() || times.ends_at <= seen.now || !comes {
        return Vec::new();
    }
    clashes(times, &seen.calendar.shifts, seen.me.id(), seen.calendar.rules.overlap_tolerance_min)
}

pub(super) fn my_answer(seen: Seen<'_>, shown: &Shown) -> Option<MyAnswer> {
    let mine = mine(seen, shown.event.id)?;
    let placed = match mine.party.standing {
        Standing::Seated => Placed::Seated { seats: mine.party.seats() },
        Standing::Waiting { .. } => {
            let free = free(shown).filter(|free| mine.party.seats() <= *free).unwrap_or(0);
            Placed::Waiting { at: mine.at.unwrap_or_else(|| shown.waiting.max(1)), free }
        }
        Standing::Maybe => Placed::Maybe,
        Standing::No => Placed::No,
    };
    Some(MyAnswer { party: mine.party.clone(), placed })
}

fn mine<'a>(seen: Seen<'a>, event: EventId) -> Option<&'a Mine> {
    seen.me.answers.iter().find(|mine| mine.event == event)
}
