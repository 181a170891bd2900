//! The register: what the office keeps of members, how they arrive and leave, what was done to whose account.
//!
//! Whoever of the office writes it holds it ([`together::Keeping`]); what members change of their own card does not.

mod account;
mod arrivals;
mod card;
mod departing;
mod desk;
mod duplicates;
mod editing;
mod erasing;
mod founding;
pub mod import;
mod leaving;
mod merging;
mod own;
mod own_data;
mod pictures;
mod row;
mod seats;
mod settings;
pub(crate) mod together;
mod trail;
mod waves;

pub use account::purge;
pub(crate) use arrivals::stuck;
pub use arrivals::{arrivals, arrived, choose_rhythm, choose_seat, own_arrival, presented, sponsor};
pub use card::card;
pub use departing::{departures, every_night, left_behind};
pub use desk::{desk, people};
pub use duplicates::{alikes, settle_address};
pub use editing::{beginning, create, edit};
pub use erasing::{erase, erasures, refuse_erasure};
pub(crate) use founding::found;
pub use leaving::{leave, leaving_preview, stay};
pub use merging::{merge, merge_preview};
pub(crate) use own::{follow, lay_facts};
pub use own_data::{own_data, own_data_of};
pub use pictures::{Kept, keep_picture, photo_of, picture, set_photo};
pub(crate) use row::{ARRIVING_OF_ME, MINE};
pub use seats::{RegularPlace, give_regular_seat, open_seats};
pub use settings::{set_settings, settings};
pub use trail::trail;
pub use waves::{invitables, invite, plan_waves, send_welcomes, take_back_waves};
