//! La brève on a screen: an issue, what became of its lines since, and the newest one in short.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Seen;
use super::events::{free, is_open, my_answer};
use crate::brief::{Briefs, Published, Shown, Sourced};
use crate::event::{Event, Events};
use crate::id::{EventId, SeatId, ShiftId};
use crate::order;
use crate::time::Instant;

/// An issue, and where it stands among those that a device keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BriefView {
    pub as_of: Instant,
    pub now: Instant,
    /// `None` where none is out yet, or the Monday that was asked for is not among the last twelve.
    pub brief: Option<Published>,
    /// Of the shifts that its live lines name: those that the calendar still holds.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub since: BTreeMap<ShiftId, Since>,
    /// Of the events that its live lines name, as far as they are known here.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub events: BTreeMap<EventId, EventSince>,
    pub newer: Option<NaiveDate>,
    pub older: Option<NaiveDate>,
    /// Whether any issue is out.
    pub any: bool,
    pub read: bool,
    /// When contributions to the next one close.
    pub closes_at: Option<Instant>,
}

/// What became of the empty seats of a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Since {
    /// So many have a holder by now.
    pub taken: usize,
    /// One that may still be taken, by me too.
    pub free: Option<SeatId>,
}

/// What became of an event of a line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventSince {
    /// It does not take place.
    pub cancelled: bool,
    /// When it begins, where that is otherwise by now.
    pub moved: Option<Instant>,
    /// Where it is, where that is otherwise by now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    pub full: bool,
    /// Answers may be given, and I gave none.
    pub open: bool,
    #[serde(default)]
    pub listed: Listed,
}

/// Whether those who read the line find its event where events are announced to them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Listed {
    #[default]
    Still,
    /// It is past.
    Over,
    /// It is to come, for others.
    NoLonger,
}

impl EventSince {
    /// Of an event that a line told of, which is known; `full`: no seat is free.
    fn of(event: &Event, starts_at: Instant, place: &str, full: bool) -> EventSince {
        let (on, terms) = (event.state.is_published(), &event.terms);
        let (begins, is) = (terms.times.starts_at, &terms.details.place.name);
        EventSince {
            cancelled: !on,
            moved: (on && begins != starts_at).then_some(begins),
            place: (on && is != place).then(|| is.clone()),
            full: on && full,
            ..EventSince::default()
        }
    }
}

/// The issue of a Monday, or the newest; what became of its events is said where these are known.
pub fn brief(seen: Seen<'_>, briefs: &Briefs, events: Option<&Events>, monday: Option<NaiveDate>) -> BriefView {
    let at = match monday {
        Some(monday) => briefs.briefs.iter().position(|known| known.monday == monday),
        None => (!briefs.briefs.is_empty()).then_some(0),
    };
    let beside = |at: Option<usize>| at.and_then(|at| briefs.briefs.get(at)).map(|known| known.monday);
    let shown = at.and_then(|at| briefs.briefs.get(at));
    BriefView {
        as_of: briefs.as_of.min(seen.me.as_of),
        now: seen.now,
        since: shown.map(|shown| since(seen, shown)).unwrap_or_default(),
        events: shown.zip(events).map(|(shown, events)| events_since(seen, shown, events)).unwrap_or_default(),
        newer: beside(at.and_then(|at| at.checked_sub(1))),
        older: beside(at.map(|at| at + 1)),
        any: !briefs.briefs.is_empty(),
        read: shown.is_some_and(|shown| seen.me.read_briefs.contains(&shown.id)),
        closes_at: briefs.collecting.as_ref().map(|collecting| collecting.closes_at),
        brief: shown.cloned(),
    }
}

/// All that fills itself in it.
fn lines(shown: &Published) -> impl Iterator<Item = &Sourced> {
    shown.pieces.iter().flat_map(|piece| match piece {
        Shown::Live { lines, .. } => lines.as_slice(),
        Shown::Block { .. } => &[],
    })
}

fn since(seen: Seen<'_>, shown: &Published) -> BTreeMap<ShiftId, Since> {
    order::map(lines(shown).filter_map(|line| {
        let Sourced::Shift { shift, seats, .. } = line else { return None };
        let known = seen.calendar.shift(*shift)?;
        let holder = |seat: &SeatId| known.seat(*seat).and_then(|seat| seat.holder);
        let open = known.is_planned() && known.starts_at > seen.now && known.seat_of(seen.me.id()).is_none();
        let free = |seat: &&SeatId| holder(seat).is_none() && !seen.is_kept_for_other(**seat);
        let taken = seats.iter().filter(|seat| holder(seat).is_some()).count();
        Some((*shift, Since { taken, free: seats.iter().filter(|_| open).find(free).copied() }))
    }))
}

fn events_since(seen: Seen<'_>, shown: &Published, events: &Events) -> BTreeMap<EventId, EventSince> {
    order::map(lines(shown).filter_map(|line| {
        let Sourced::Event { event, starts_at, place, .. } = line else { return None };
        let Some(known) = events.find(*event) else {
            // All that are to come are known: one that is not among them no longer is. What is older than the issue cannot tell.
            let gone = *starts_at > seen.now && events.as_of >= shown.at;
            return gone.then(|| (*event, EventSince { cancelled: true, ..EventSince::default() }));
        };
        let since = EventSince::of(&known.event, *starts_at, place, free(known) == Some(0));
        let open = is_open(seen, known) && my_answer(seen, known).is_none();
        Some((*event, EventSince { open, ..since }))
    }))
}

/// What people of the public read of it: `announced` are the events that are for them and not over, cancelled ones too, each
/// with the seats that are left. Nothing is said of what an event has become for members alone.
pub fn public_since(shown: &Published, announced: &[(&Event, Option<u16>)], now: Instant) -> BTreeMap<EventId, EventSince> {
    order::map(lines(shown).filter_map(|line| {
        let Sourced::Event { event, starts_at, place, .. } = line else { return None };
        let since = match announced.iter().find(|(known, _)| known.id == *event) {
            Some((known, left)) => EventSince::of(known, *starts_at, place, *left == Some(0)),
            None => {
                let listed = if *starts_at > now { Listed::NoLonger } else { Listed::Over };
                EventSince { listed, ..EventSince::default() }
            }
        };
        Some((*event, since))
    }))
}

/// The newest issue in short, for Accueil.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Newest {
    pub monday: NaiveDate,
    /// The titles of its first blocks; none where the live blocks went out alone.
    pub titles: Vec<String>,
    pub read: bool,
}

const TITLES: usize = 3;

pub fn newest(seen: Seen<'_>, briefs: &Briefs) -> Option<Newest> {
    let newest = briefs.briefs.first()?;
    let titles = newest.pieces.iter().filter_map(|piece| match piece {
        Shown::Block { title, .. } => Some(title.clone()),
        Shown::Live { .. } => None,
    });
    Some(Newest { monday: newest.monday, titles: titles.take(TITLES).collect(), read: seen.me.read_briefs.contains(&newest.id) })
}
