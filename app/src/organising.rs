//! What organisers see and do: their drafts and events, the form, who answered. Still pages: the server alone has them.

mod after;
mod api;
mod door;
mod event_page;
pub mod fields;
pub mod form;
mod list_page;
mod new_page;
mod people;
pub mod public_page;
mod repeating;
mod steps;
mod wanted;
pub mod yes_page;

pub use api::{EventInHand, organised_event, organised_programme};
pub use door::OrganisingDoor;
pub use event_page::OrganisedEventPage;
pub use list_page::OrganisingPage;
pub use new_page::NewEventPage;
