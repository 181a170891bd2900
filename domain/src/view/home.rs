//! Accueil: where I am, what I have, who is missing, is it open?

use chrono::{Datelike, NaiveTime};
use serde::{Deserialize, Serialize};

use super::Seen;
use super::exchanges::{LoopCard, ProposalCard, loop_cards, proposal_cards_to_me};
use super::seats::{ShiftCard, shift_card};
use crate::calendar::OpeningHours;
use crate::ledger::{Standing, standing};
use crate::members::ShortName;
use crate::notice::InboxRow;
use crate::shifts::{Closure, closed_on};
use crate::time::{Instant, monday_of, paris_clock, paris_day, plus_days};

/// Whether one may shop today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpenToday {
    /// « Ouvert aujourd'hui jusqu'à 19 h »; clocks of Paris.
    Open { until: NaiveTime },
    /// « Ouvre à 10 h »
    Opens { from: NaiveTime, until: NaiveTime },
    /// Over for today, or not a day of opening.
    Closed { why: Option<String> },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeView {
    pub as_of: Instant,
    pub now: Instant,
    pub me: crate::id::MemberId,
    pub first_name: String,
    pub name: ShortName,
    pub standing: Standing,
    pub open: OpenToday,
    /// My next shift that is not over.
    pub next: Option<ShiftCard>,
    pub loops: Vec<LoopCard>,
    pub proposals: Vec<ProposalCard>,
    /// Seats offered to me by name.
    pub offered_to_me: Vec<ShiftCard>,
    /// What I was told and have not marked « Vu », newest first.
    pub inbox: Vec<InboxRow>,
    /// The shifts and people that the inbox speaks of.
    pub spoken_of: SpokenOf,
    /// The shifts of the next seven days that lack somebody, soonest first.
    pub lacking: Vec<ShiftCard>,
    /// The day sheet that I keep now, as one of its team.
    #[serde(default)]
    pub day_sheet: Option<crate::id::ShiftId>,
    /// How many more than are shown.
    pub more_lacking: usize,
    /// The Monday brief in short, where one is out.
    #[serde(default)]
    pub brief: Option<super::brief::Newest>,
    /// The next event, where one is announced.
    #[serde(default)]
    pub event: Option<super::events::EventCard>,
    /// How far I am on my way in.
    #[serde(default)]
    pub arriving: Option<crate::register::Arriving>,
}

/// Dates and names for the sentences of notices.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpokenOf {
    pub shifts: std::collections::BTreeMap<crate::id::ShiftId, crate::reason::When>,
    pub people: std::collections::BTreeMap<crate::id::MemberId, ShortName>,
}

const SHOWN: usize = 5;

pub fn home(seen: Seen<'_>) -> HomeView {
    let me = seen.me;
    let mut lacking: Vec<&crate::shifts::Shift> = seen
        .calendar
        .shifts
        .iter()
        .filter(|shift| shift.starts_at > seen.now && shift.starts_at <= seen.now + chrono::Duration::days(7))
        .filter(|shift| shift.is_planned() && shift.seat_of(me.id()).is_none())
        .collect();
    crate::order::by_key(&mut lacking, |shift| shift.starts_at);
    let lacking: Vec<ShiftCard> =
        lacking.into_iter().map(|shift| shift_card(seen, shift)).filter(ShiftCard::is_lacking).collect();
    let more_lacking = lacking.len().saturating_sub(SHOWN);
    let inbox: Vec<InboxRow> = me.inbox.iter().filter(|row| row.seen_at.is_none()).take(10).cloned().collect();
    let spoken_of = spoken_of(seen, &inbox);
    HomeView {
        as_of: seen.calendar.as_of.min(me.as_of),
        now: seen.now,
        me: me.id(),
        first_name: me.profile.first_name.clone(),
        name: me.profile.name(),
        standing: standing_now(seen),
        open: open_today(seen),
        next: next_shift(seen),
        loops: loop_cards(seen),
        proposals: proposal_cards_to_me(seen),
        offered_to_me: offered_to_me(seen),
        inbox,
        spoken_of,
        day_sheet: super::day_sheet::mine_to_keep(seen),
        lacking: lacking.into_iter().take(SHOWN).collect(),
        more_lacking,
        brief: None,
        event: None,
        arriving: me.arriving.clone(),
    }
}

/// The standing as of now: a snapshot of another day is counted anew, since an alert ages.
pub fn standing_now(seen: Seen<'_>) -> Standing {
    if paris_day(seen.me.as_of) == paris_day(seen.now) {
        seen.me.standing.clone()
    } else {
        standing(&seen.me.ledger, &seen.calendar.rules, seen.now)
    }
}

pub fn next_shift(seen: Seen<'_>) -> Option<ShiftCard> {
    seen.calendar
        .shifts
        .iter()
        .filter(|shift| shift.ends_at > seen.now && shift.is_planned() && shift.seat_of(seen.me.id()).is_some())
        .min_by_key(|shift| shift.starts_at)
        .map(|shift| shift_card(seen, shift))
}

fn offered_to_me(seen: Seen<'_>) -> Vec<ShiftCard> {
    seen.me
        .offered_to_me
        .iter()
        .filter(|offer| offer.is_open())
        .filter_map(|offer| seen.calendar.shift(offer.seat.shift))
        .filter(|shift| shift.starts_at >= seen.now)
        .map(|shift| shift_card(seen, shift))
        .collect()
}

pub fn open_today(seen: Seen<'_>) -> OpenToday {
    open_at(&seen.calendar.opening, &seen.calendar.closures, seen.now)
}

/// Whether one may shop at an instant.
pub fn open_at(opening: &[OpeningHours], closures: &[Closure], now: Instant) -> OpenToday {
    let today = paris_day(now);
    if let Some(closure) = closed_on(closures, today) {
        return OpenToday::Closed { why: Some(closure.why.clone()) };
    }
    let clock = paris_clock(now);
    let weekday = u8::try_from(today.weekday().num_days_from_monday()).unwrap_or(0);
    let mut today: Vec<_> = opening.iter().filter(|hours| hours.weekday == weekday).collect();
    crate::order::by_key(&mut today, |hours| hours.from);
    match today.into_iter().find(|hours| clock < hours.to) {
        Some(hours) if clock < hours.from => OpenToday::Opens { from: hours.from, until: hours.to },
        Some(hours) => OpenToday::Open { until: hours.to },
        None => OpenToday::Closed { why: None },
    }
}

/// Looks up what notices name; what the calendar no longer holds is left out.
pub fn spoken_of(seen: Seen<'_>, inbox: &[InboxRow]) -> SpokenOf {
    let when = |id| seen.calendar.shift(id).map(|shift| (id, crate::board::when(shift)));
    SpokenOf {
        shifts: crate::order::map(inbox.iter().flat_map(|row| row.notice.shifts()).filter_map(when)),
        people: crate::order::map(inbox.iter().flat_map(|row| row.notice.people()).map(|id| (id, seen.calendar.name(id)))),
    }
}

/// The Monday of the week one looks at first: today's, or next week's from Sunday on.
pub fn first_week(now: Instant) -> chrono::NaiveDate {
    let today = paris_day(now);
    if today.weekday() == chrono::Weekday::Sun { plus_days(today, 1) } else { monday_of(today) }
}
