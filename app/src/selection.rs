//! What a page asks for, and where it comes from: on the server once, while rendering; in the
//! browser always from the snapshot store, through either door.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};
use domain::brief::Briefs;
use domain::event::Events;
use domain::groups::Groups;
use domain::id::{EventId, ShiftId};
use domain::time::{Instant, paris_day, paris_instant};
use domain::view::Seen;
use domain::view::brief::{BriefView, brief, newest};
use domain::view::commitment::{CommitmentView, commitment};
use domain::view::coverage::{CoverageView, coverage};
use domain::view::day_sheet::{DaySheetView, day_sheet};
use domain::view::event::{EventView, Moving, event};
use domain::view::events::{EventsView, Which, events, next_event};
use domain::view::exchanges::{ExchangesView, exchanges};
use domain::view::home::{HomeView, first_week, home};
use domain::view::mine::{MineView, mine};
use domain::view::profile::{ProfileView, profile};
use domain::view::proposing::{Mine as Contributions, ProposingView, proposing};
use domain::view::shift::{Sheet, ShiftView, shift};
use domain::view::telling::{TellingView, telling};
use domain::view::week::{Filter, WeekView, week};
use domain::view::what_if::WhatIf;
use leptos::prelude::*;

use crate::asked::Asked;
use crate::offline::store::Store;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    Home,
    Week {
        monday: Option<NaiveDate>,
        filter: Filter,
    },
    Shift {
        id: ShiftId,
        sheet: Option<Sheet>,
    },
    Exchanges,
    Mine,
    Profile,
    Telling,
    Groups,
    DaySheet(ShiftId),
    Coverage,
    Commitment {
        asked: Option<WhatIf>,
    },
    /// The issue of a Monday, or the newest.
    Brief {
        monday: Option<NaiveDate>,
    },
    Proposing,
    Events {
        which: Which,
    },
    Event(EventId),
}

impl Query {
    /// It needs a slice that comes after the others.
    pub fn waits_for_more(&self) -> bool {
        matches!(self, Query::Groups | Query::Brief { .. } | Query::Proposing | Query::Events { .. } | Query::Event(_))
    }
}

/// The slices that come after the calendar and what is mine, as far as they are there.
#[derive(Clone, Copy, Default)]
pub struct Others<'a> {
    pub groups: Option<&'a Groups>,
    pub briefs: Option<&'a Briefs>,
    pub events: Option<&'a Events>,
}

/// A selection: what a page shows.
#[derive(Debug, Clone, PartialEq)]
pub enum View {
    Home(Box<HomeView>),
    Week(Box<WeekView>),
    Shift(Box<ShiftView>),
    Exchanges(Box<ExchangesView>),
    Mine(Box<MineView>),
    Profile(Box<ProfileView>),
    Telling(Box<TellingView>),
    Groups(Box<Groups>),
    DaySheet(Box<DaySheetView>),
    Coverage(Box<CoverageView>),
    Commitment(Box<CommitmentView>),
    Brief(Box<BriefView>),
    Proposing(Box<ProposingView>),
    Events(Box<EventsView>),
    Event(Box<EventView>),
}

/// The same selection on both sides; `None` when there is no such thing.
pub fn select(query: &Query, seen: Seen<'_>, others: Others<'_>) -> Option<View> {
    Some(match query {
        Query::Home => {
            let mut view = home(seen);
            view.brief = others.briefs.and_then(|briefs| newest(seen, briefs));
            view.event = others.events.and_then(|events| next_event(seen, events));
            View::Home(Box::new(view))
        }
        Query::Week { monday, filter } => {
            View::Week(Box::new(week(seen, monday.unwrap_or_else(|| first_week(seen.now)), filter)))
        }
        Query::Shift { id, sheet } => View::Shift(Box::new(shift(seen, *id, *sheet)?)),
        Query::Exchanges => View::Exchanges(Box::new(exchanges(seen))),
        Query::Mine => View::Mine(Box::new(mine(seen))),
        Query::Profile => View::Profile(Box::new(profile(seen))),
        Query::Telling => View::Telling(Box::new(telling(seen))),
        Query::Groups => View::Groups(Box::new(others.groups?.clone())),
        Query::DaySheet(id) => View::DaySheet(Box::new(day_sheet(seen, *id)?)),
        Query::Coverage => View::Coverage(Box::new(coverage(seen))),
        Query::Commitment { asked } => View::Commitment(Box::new(commitment(seen, *asked))),
        Query::Brief { monday } => View::Brief(Box::new(brief(seen, others.briefs?, others.events, *monday))),
        Query::Proposing => View::Proposing(Box::new(proposing(seen, others.groups?, others.briefs))),
        Query::Events { which } => View::Events(Box::new(events(seen, others.events?, *which))),
        Query::Event(id) => View::Event(Box::new(event(seen, others.events?, others.groups, *id))),
    })
}

/// A selection on its way.
pub type Selecting = Pin<Box<dyn Future<Output = Option<View>> + Send>>;

/// How the server makes a page's selection while rendering. It is given in the context and not a
/// server function: the browser, which reads from its own snapshots, would download its client.
#[derive(Clone)]
pub struct Selects(pub Arc<dyn Fn(Query) -> Selecting + Send + Sync>);

/// How far a page's data is.
#[derive(Debug, Clone, PartialEq)]
pub enum Page {
    Loading,
    /// There is no such thing, or it is not in what this device keeps.
    Absent,
    Ready(View),
}

/// The data of a page, following its query and every change of the snapshots.
pub fn page(query: Signal<Query>) -> (Signal<Page>, Asked<Option<View>>) {
    let store = Store::expect();
    // Only while rendering on the server: in the browser this resolves to nothing, and the
    // snapshot store answers instead.
    let selects = use_context::<Selects>();
    let ask = move |query| {
        let selecting = selects.as_ref().map(|selects| (selects.0)(query));
        async move {
            match selecting {
                Some(selecting) => selecting.await,
                None => None,
            }
        }
    };
    let rendered = Asked::new_blocking(move || query.get(), ask);
    let found = move || {
        if store.is_live() {
            return store.select(&query.get()).map_or(Page::Absent, Page::Ready);
        }
        match rendered.get() {
            Some(Some(view)) => Page::Ready(view),
            Some(None) if leptos::leptos_dom::helpers::is_server() => Page::Absent,
            _ => Page::Loading,
        }
    };
    let page = Memo::new_with_compare(
        move |_| found(),
        |before, after| match (before, after) {
            (Some(before), Some(after)) => !before.shows_the_same(after),
            _ => true,
        },
    );
    (page.into(), rendered)
}

impl Page {
    /// What lies under an open sheet: it stays as it is while sheets come and go.
    pub fn under_sheet(mut self) -> Page {
        if let Page::Ready(View::Shift(view)) = &mut self {
            view.sheet = None;
        }
        self
    }

    /// Time alone, within a day, changes nothing on a page: what is typed and looked at stays.
    pub fn shows_the_same(&self, other: &Page) -> bool {
        match (self, other) {
            (Page::Ready(a), Page::Ready(b)) => a.clone().at_rest() == b.clone().at_rest(),
            (a, b) => a == b,
        }
    }
}

impl View {
    /// What was asked for is not there, though its page is.
    pub fn lacks_its_subject(&self, query: &Query) -> bool {
        match (self, query) {
            (View::Brief(view), Query::Brief { monday: Some(_) }) => view.brief.is_none(),
            (View::Event(view), _) => view.known.is_none(),
            _ => false,
        }
    }

    /// Whether what the address asks for over the page can be shown.
    pub fn has_sheet(&self) -> bool {
        matches!(self, View::Shift(view) if view.sheet.is_some())
    }

    /// The same view with its clock stopped at the day's beginning.
    fn at_rest(mut self) -> View {
        let (as_of, now) = match &mut self {
            View::Home(view) => (&mut view.as_of, Some(&mut view.now)),
            View::Week(view) => (&mut view.as_of, Some(&mut view.now)),
            View::Shift(view) => (&mut view.as_of, Some(&mut view.now)),
            View::Exchanges(view) => (&mut view.as_of, Some(&mut view.now)),
            View::Mine(view) => (&mut view.as_of, Some(&mut view.now)),
            View::Profile(view) => (&mut view.as_of, Some(&mut view.now)),
            View::Telling(view) => (&mut view.as_of, Some(&mut view.now)),
            View::Groups(groups) => (&mut groups.as_of, None),
            View::DaySheet(view) => (&mut view.as_of, Some(&mut view.now)),
            View::Coverage(view) => (&mut view.as_of, Some(&mut view.now)),
            View::Commitment(view) => (&mut view.as_of, Some(&mut view.now)),
            View::Brief(view) => (&mut view.as_of, Some(&mut view.now)),
            View::Proposing(view) => {
                // What is being written stays: the page follows its contributions by itself.
                view.mine = Contributions::default();
                view.collecting = None;
                (&mut view.as_of, Some(&mut view.now))
            }
            View::Events(view) => (&mut view.as_of, Some(&mut view.now)),
            View::Event(view) => {
                // What is being typed stays: the page follows what moves by itself.
                if let Some(known) = &mut view.known {
                    known.moving = Moving::default();
                }
                (&mut view.as_of, Some(&mut view.now))
            }
        };
        *as_of = Instant::default();
        if let Some(now) = now {
            *now = paris_instant(paris_day(*now), NaiveTime::MIN);
        }
        self
    }
}
