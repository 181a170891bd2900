//! What is allowed, told by the people of a co-op.

#[path = "../coop/mod.rs"]
mod coop;

mod bearings;
mod brief;
mod brief_events;
mod closing;
mod concerns;
mod coverage;
mod eligibility;
mod event;
mod event_after;
mod event_bounds;
mod event_seats;
mod event_series;
mod event_telling;
mod exchanging;
mod generation;
mod giving;
mod holidays;
mod ledger;
mod mailing;
mod moving;
mod outbox;
mod overlay;
mod procedures;
mod proposing;
mod random_acts;
mod reach;
mod reading;
mod requests;
mod searching;
mod sheet;
mod telling;
mod waiting;
mod wire;
mod workshop;
