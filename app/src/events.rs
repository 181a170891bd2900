//! Sorties: what is announced, who comes, who brings what, what is said under it, who is there, and its photos.

mod answer_form;
mod answering;
mod arrivals;
mod cars;
mod clash;
mod comments;
mod company;
mod event_card;
mod event_page;
mod events_page;
mod facts;
mod next_event;
mod photos;
mod things;

use domain::time::Instant;
use domain::view::Seen;
use domain::view::event::{EventView, Moving, event};
use domain::view::events::{EventsView, events};
use leptos::prelude::*;

use self::event_page::EventPage;
use self::events_page::EventsPage;
use crate::chapters::{Contents, PageName};
use crate::selection::{Others, Query, Selected, View, selected};

pub use next_event::NextEvent;

pub static CHAPTER: Contents = Contents { show, select };

selected!(EventsView);

impl Selected for EventView {
    fn clocks(&mut self) -> (&mut Instant, Option<&mut Instant>) {
        (&mut self.as_of, Some(&mut self.now))
    }

    /// What is being typed stays: the page follows what moves by itself.
    fn rest(&mut self) {
        if let Some(known) = &mut self.known {
            known.moving = Moving::default();
        }
    }

    fn lacks_its_subject(&self, _: &Query) -> bool {
        self.known.is_none()
    }
}

fn show(page: PageName) -> AnyView {
    match page {
        PageName::Events => view! { <EventsPage/> }.into_any(),
        PageName::Event => view! { <EventPage/> }.into_any(),
        _ => ().into_any(),
    }
}

fn select(query: &Query, seen: Seen<'_>, others: Others<'_>) -> Option<View> {
    Some(match query {
        Query::Events { which } => View::of(events(seen, others.events?, *which)),
        Query::Event(id) => View::of(event(seen, others.events?, others.groups, *id)),
        _ => return None,
    })
}
