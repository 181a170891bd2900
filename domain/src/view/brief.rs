//! La brève on a screen: an issue, what became of its lines since, and the newest one in short.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Seen;
use super::events::{free, is_open, my_answer};
use crate::brief::{Briefs, Published, Shown, Sourced};
use crate::event::Events;
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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventSince {
    /// It does not take place.
    pub cancelled: bool,
    /// When it begins, where that is otherwise by now.
    pub moved: Option<Instant>,
    pub full: bool,
    /// Answers may be given, and I gave none.
    pub open: bool,
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
        let Sourced::Event { event, starts_at, .. } = line else { return None };
        let Some(known) = events.find(*event) else {
            // All that are to come are known: one that is not among them no longer is. What is older than the issue cannot tell.
            let gone = *starts_at > seen.now && events.as_of >= shown.at;
            return gone.then(|| (*event, EventSince { cancelled: true, ..EventSince::default() }));
        };
        let (on, begins) = (known.event.state.is_published(), known.event.terms.times.starts_at);
        let since = EventSince {
            cancelled: !on,
            moved: (on && begins != *starts_at).then_some(begins),
            full: on && free(known) == Some(0),
            open: is_open(seen, known) && my_answer(seen, known).is_none(),
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
