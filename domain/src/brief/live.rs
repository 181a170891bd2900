//! Blocks that fill themselves from the data.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::catalogue::import::Facts;
use crate::catalogue::{Availability, Cents, SoldBy};
use crate::event::{Event, ForWhom};
use crate::id::{EventId, ProductId, SeatId, SeriesId, ShiftId};
use crate::order;
use crate::reason::When;
use crate::time::Instant;

/// Where a live block takes its lines from. A source whose slice is not there yet is not offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// « Places à prendre », the most urgent first.
    Seats,
    /// « Prochaines sorties », the next one first.
    Events,
    /// « Nouveautés en rayon », the newest first.
    Products,
    /// « Anniversaires de la coop »: who joined so many years ago this week.
    Anniversaries,
}

impl Source {
    pub const ALL: [Source; 4] = [Source::Seats, Source::Events, Source::Products, Source::Anniversaries];

    pub fn as_str(self) -> &'static str {
        match self {
            Source::Seats => "seats",
            Source::Events => "events",
            Source::Products => "products",
            Source::Anniversaries => "anniversaries",
        }
    }

    pub fn parse(text: &str) -> Option<Source> {
        Source::ALL.into_iter().find(|source| source.as_str() == text)
    }
}

/// One line of a live block, as it stood when the brief was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sourced {
    /// A shift with empty seats: the app says what became of them since.
    Shift { shift: ShiftId, when: When, seats: Vec<SeatId> },
    /// Something to come to: the app says whether it is full, moved or cancelled since.
    Event {
        event: EventId,
        title: String,
        starts_at: Instant,
        place: String,
        /// People without an account may come, too.
        public: bool,
        /// Whoever said yes then came into the line.
        full: bool,
    },
    /// Something new in the shop, and what it cost then: for a kilogram or a litre, where it is sold by that.
    Product {
        product: ProductId,
        name: String,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        brand: String,
        price: Cents,
        sold_by: SoldBy,
    },
    /// « Camille M., 5 ans ».
    Anniversary { name: String, years: u16 },
}

impl Sourced {
    /// Whether people of the public may read it: what is about members is theirs.
    pub fn is_public(&self) -> bool {
        matches!(self, Sourced::Event { public: true, .. })
    }
}

/// The lines of « Prochaines sorties », of events each with how many of its seats are taken: what takes place and has not begun
/// at `at`, in order of start. Of a series the next one alone: a supper that comes back every week leaves room for the others.
pub fn next_events(events: &[(Event, u16)], at: Instant) -> Vec<Sourced> {
    let mut next: Vec<&(Event, u16)> =
        events.iter().filter(|(event, _)| event.state.is_published() && event.terms.times.starts_at > at).collect();
    order::by_key(&mut next, |(event, _)| (event.terms.times.starts_at, event.id));
    let mut told: BTreeSet<SeriesId> = BTreeSet::new();
    next.retain(|(event, _)| event.series.is_none_or(|series| told.insert(series)));
    next.into_iter().map(|(event, seats)| line(event, *seats)).collect()
}

fn line(event: &Event, seats: u16) -> Sourced {
    let (details, times) = (&event.terms.details, &event.terms.times);
    Sourced::Event {
        event: event.id,
        title: details.title.clone(),
        starts_at: times.starts_at,
        place: details.place.name.clone(),
        public: details.for_whom == ForWhom::Public,
        full: event.terms.capacity.is_some_and(|capacity| seats >= capacity),
    }
}

/// The lines of « Nouveautés en rayon », of products each with since when the shop has it: what is new on the Monday, the
/// newest first; without those of which an issue before it `told`.
pub fn new_products(known: &[(ProductId, Facts, Instant)], told: &BTreeSet<ProductId>, monday: NaiveDate) -> Vec<Sourced> {
    let is_new = |facts: &Facts| matches!(facts.availability, Availability::New { until } if monday <= until);
    let mut new: Vec<&(ProductId, Facts, Instant)> =
        known.iter().filter(|(id, facts, _)| is_new(facts) && !told.contains(id)).collect();
    order::by(&mut new, |(_, a, a_since), (_, b, b_since)| b_since.cmp(a_since).then_with(|| a.name.cmp(&b.name)));
    let line = |(product, facts, _): &(ProductId, Facts, Instant)| Sourced::Product {
        product: *product,
        name: facts.name.clone(),
        brand: facts.brand.clone(),
        price: facts.price(),
        sold_by: facts.sold_by,
    };
    new.into_iter().map(line).collect()
}
