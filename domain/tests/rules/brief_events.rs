//! « Prochaines sorties » in the brief: what is listed, what became of it since, and what of it is for the public.

use std::collections::BTreeSet;

use domain::brief::{Briefs, Published, Shown, Source, Sourced, first_pieces, id_of, next_events};
use domain::event::{Attendee, Event, Events, ForWhom, Mine, Party, Standing, State};
use domain::id::{BlockId, EventId, SeriesId};
use domain::outcome::Marks;
use domain::time::Instant;
use domain::view::Seen;
use domain::view::brief::{EventSince, Listed, brief, public_since};
use domain::view::events::{Which, events};
use serde_json::{from_value, json};
use uuid::Uuid;

use super::event::supper;
use super::overlay::snapshots;
use crate::coop::*;

/// A supper so many days after the fourth of December.
fn later(n: u128, days: i64) -> Event {
    let mut event = supper(Some(10));
    event.id = EventId(Uuid::from_u128(500 + n));
    event.terms.details.title = format!("Sortie {n}");
    let times = &mut event.terms.times;
    for at in [&mut times.starts_at, &mut times.ends_at, &mut times.closes_at] {
        *at += hours(24 * days);
    }
    event
}

fn titles(lines: &[Sourced]) -> Vec<&str> {
    let mut titles = Vec::new();
    for line in lines {
        let Sourced::Event { title, .. } = line else { panic!("{line:?}") };
        titles.push(title.as_str());
    }
    titles
}

/// Before any of them.
fn now() -> Instant {
    supper(None).terms.times.starts_at - hours(100)
}

#[test]
fn what_takes_place_is_listed_in_order_of_start_and_of_a_series_the_next_one_alone() {
    let weekly = SeriesId(Uuid::from_u128(9));
    let supper_of = |n, days| Event { series: Some(weekly), ..later(n, days) };
    let with = |state: State, event: Event| Event { state, ..event };
    let known: Vec<(Event, u16)> = vec![
        (later(1, 9), 3),
        (supper_of(2, 7), 0),
        (supper_of(3, 0), 10),
        (with(State::Draft, later(4, 1)), 0),
        (with(State::Cancelled { at: now(), word: "Neige".into() }, later(5, 1)), 0),
        (later(6, -10), 0),
        (supper_of(7, 14), 0),
    ];
    let lines = next_events(&known, now());
    assert_eq!(titles(&lines), ["Sortie 3", "Sortie 1"]);
    let Sourced::Event { event, starts_at, place, public, full, .. } = &lines[0] else { panic!("{lines:?}") };
    assert_eq!((*event, *starts_at, place.as_str()), (known[2].0.id, known[2].0.terms.times.starts_at, "À la coop"));
    assert!(!public && *full, "ten seats, ten people");
    let endless = Event { terms: domain::event::Terms { capacity: None, ..later(8, 0).terms }, ..later(8, 0) };
    let endless = next_events(&[(endless, 900)], now());
    let Sourced::Event { full, .. } = &endless[0] else { panic!("{endless:?}") };
    assert!(!full, "there is no end to its seats");
    assert!(next_events(&known, now() + hours(24 * 60)).is_empty());
}

#[test]
fn an_issue_begins_with_every_source_and_each_is_named_by_its_word() {
    assert_eq!(first_pieces().len(), Source::ALL.len());
    for source in Source::ALL {
        assert_eq!(Source::parse(source.as_str()), Some(source));
    }
}

fn issue(at: Instant, lines: Vec<Sourced>) -> Briefs {
    let monday = day(2026, 11, 30);
    let pieces = vec![Shown::Live { source: Source::Events, intro: String::new(), lines }];
    let issue = Published { id: id_of(monday), monday, at, late: false, automatic: false, pieces, corrected: Vec::new() };
    Briefs { schema: 1, marks: Marks::new(), as_of: at, valid_until: at, briefs: vec![issue], collecting: None }
}

fn announced(as_of: Instant, known: &[(Event, u16)]) -> Events {
    let shown = |(event, seats): &(Event, u16)| -> domain::event::Shown {
        from_value(json!({ "event": event, "seats": seats, "waiting": 0, "maybe": 0, "children": 0 })).unwrap()
    };
    let events = known.iter().map(shown).collect();
    Events { schema: 1, marks: Marks::new(), as_of, valid_until: as_of, people: Default::default(), events }
}

#[test]
fn a_line_says_what_became_of_its_event_since() {
    let coop = Coop::new();
    let (calendar, mut me) = snapshots(&coop, "Camille");
    let (first, second) = (later(1, 0), later(2, 5));
    let lines = next_events(&[(first.clone(), 3), (second.clone(), 3)], now());
    let briefs = issue(now(), lines);
    let since = |me: &domain::me::Me, known: &[(Event, u16)], as_of: Instant| {
        let seen = Seen { calendar: &calendar, me, now: now() };
        brief(seen, &briefs, Some(&announced(as_of, known)), None).events
    };
    let as_it_was = since(&me, &[(first.clone(), 3), (second.clone(), 3)], now());
    assert_eq!(as_it_was[&first.id], EventSince { open: true, ..EventSince::default() });

    let mut moved = second.clone();
    moved.terms.times.starts_at += hours(1);
    let becomes = since(&me, &[(first.clone(), 10), (moved.clone(), 3)], now() + hours(1));
    assert!(becomes[&first.id].full && becomes[&first.id].open, "the line is open");
    assert_eq!(becomes[&second.id].moved, Some(moved.terms.times.starts_at));
    assert_eq!(becomes[&second.id].place, None);
    moved.terms.details.place.name = "Au parc".into();
    let becomes = since(&me, &[(first.clone(), 3), (moved.clone(), 3)], now() + hours(1));
    assert_eq!(becomes[&second.id].place.as_deref(), Some("Au parc"));

    let off = Event { state: State::Cancelled { at: now(), word: String::new() }, ..moved };
    let becomes = since(&me, &[(off, 10)], now() + hours(1));
    assert_eq!(becomes[&second.id], EventSince { cancelled: true, ..EventSince::default() }, "nothing else matters");
    assert_eq!(becomes[&first.id], EventSince { cancelled: true, ..EventSince::default() }, "it is no longer announced");
    assert!(since(&me, &[], now() - hours(1)).is_empty(), "what is older than the issue cannot tell");

    let party = Party {
        who: Attendee::Member(me.id()),
        standing: Standing::Maybe,
        guests: 0,
        children: 0,
        note: String::new(),
        diet: String::new(),
        hidden: false,
        answered_at: now(),
    };
    me.answers.push(Mine { event: first.id, party, at: None, claims: Vec::new(), arrived: false });
    assert!(!since(&me, &[(first.clone(), 3)], now())[&first.id].open, "she answered");
}

#[test]
fn the_public_reads_what_became_of_public_events_and_nothing_of_one_that_is_not() {
    let at = |n, days| {
        let mut event = later(n, days);
        event.terms.details.for_whom = ForWhom::Public;
        event
    };
    let (same, moved, off, closed) = (at(1, 0), at(2, 1), at(3, 2), at(4, 3));
    let known: Vec<(Event, u16)> = [&same, &moved, &off, &closed].map(|event| (event.clone(), 3)).into();
    let briefs = issue(now(), next_events(&known, now()));
    let shown = &briefs.briefs[0];
    let mut elsewhere = moved.clone();
    elsewhere.terms.times.starts_at += hours(1);
    elsewhere.terms.details.place.name = "Au parc".into();
    let cancelled = Event { state: State::Cancelled { at: now(), word: "Neige".into() }, ..off.clone() };
    let announced = [(&same, Some(0)), (&elsewhere, None), (&cancelled, Some(4))];
    let since = public_since(shown, &announced, now());
    assert_eq!(since[&same.id], EventSince { full: true, ..EventSince::default() });
    let (begins, place) = (elsewhere.terms.times.starts_at, elsewhere.terms.details.place.name.clone());
    assert_eq!(since[&moved.id], EventSince { moved: Some(begins), place: Some(place), ..EventSince::default() });
    assert_eq!(since[&off.id], EventSince { cancelled: true, ..EventSince::default() });
    assert_eq!(since[&closed.id], EventSince { listed: Listed::NoLonger, ..EventSince::default() });
    let past = public_since(shown, &[], closed.terms.times.ends_at);
    assert!(past.len() == 4 && past.values().all(|since| since.listed == Listed::Over), "{past:?}");
}

#[test]
fn the_public_reads_public_events_alone_and_no_word_that_was_for_members() {
    let mut open = later(1, 1);
    open.terms.details.for_whom = ForWhom::Public;
    let lines = next_events(&[(later(2, 0), 0), (open, 0)], now());
    let live = |lines: Vec<Sourced>| Shown::Live { source: Source::Events, intro: "Entre nous".into(), lines };
    let none = BTreeSet::new();
    let Some(Shown::Live { intro, lines: read, .. }) = live(lines.clone()).for_public(&none) else { panic!("{lines:?}") };
    assert_eq!((intro.as_str(), titles(&read)), ("", vec!["Sortie 1"]));
    assert_eq!(live(lines[..1].to_vec()).for_public(&none), None);
    let joined = vec![Sourced::Anniversary { name: "Camille M.".into(), years: 5 }];
    assert_eq!(Shown::Live { source: Source::Anniversaries, intro: String::new(), lines: joined }.for_public(&none), None);
    let (id, other) = (BlockId(Uuid::from_u128(1)), BlockId(Uuid::from_u128(2)));
    let block = |id| Shown::Block {
        id,
        group: "Vie sociale".into(),
        title: "Soupe".into(),
        html: String::new(),
        picture: None,
        link: None,
    };
    assert_eq!(block(id).for_public(&[id].into()), Some(block(id)));
    assert_eq!(block(other).for_public(&[id].into()), None);
}

#[test]
fn the_programme_is_what_comes_in_a_year_for_every_member() {
    let coop = Coop::new();
    let (calendar, mut me) = snapshots(&coop, "Camille");
    let known: Vec<(Event, u16)> =
        [(1, -10), (2, 0), (3, 300), (4, 400)].into_iter().map(|(n, days)| (later(n, days), 0)).collect();
    let programme =
        |me: &domain::me::Me| events(Seen { calendar: &calendar, me, now: now() }, &announced(now(), &known), Which::Year);
    let year = programme(&me);
    assert_eq!(year.cards.iter().map(|card| card.title.as_str()).collect::<Vec<_>>(), ["Sortie 2", "Sortie 3"]);
    assert!(!year.organises);
    me.organises.push(supper(None).group);
    assert!(programme(&me).organises, "whoever makes events is shown the way there");
}
