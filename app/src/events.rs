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

pub use event_page::EventPage;
pub use events_page::EventsPage;
pub use next_event::NextEvent;
