//! Pages of the slice members: Moi, my acts, my card, my devices, what I am told.

mod actions_page;
mod calendar_door;
mod card_page;
mod devices_page;
mod leaving;
mod profile_page;
mod push_door;
mod telling_page;
mod theme;
mod watching;

pub use actions_page::ActionsPage;
pub use card_page::CardPage;
pub use devices_page::DevicesPage;
pub use profile_page::ProfilePage;
pub use telling_page::TellingPage;
