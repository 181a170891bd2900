//! « Membres et parts »: what the office sees and does of members, what each sees of their own account, and the co-op's capital.
//! Still pages: the server alone has them.

mod api;
mod arrivals_page;
mod arriving_page;
mod capital_page;
mod capital_plot;
mod card_forms;
mod card_page;
mod data_page;
mod desk_page;
mod duplicates_page;
mod erasures_page;
mod export;
mod file_page;
mod filled;
mod for_them_page;
pub mod form;
mod imports_page;
mod invitations_page;
mod leaving_page;
mod new_page;
mod photo_page;
mod questions;
mod share_forms;
mod stages;
mod trail_page;

pub use api::{
    ArrivalsInHand, CardInHand, Departing, Duplicates, FileInHand, ForThem, ImportsInHand, Inviting, NewMember, PhotoInHand,
    TrailOf, register_alikes, register_arrivals, register_card, register_desk, register_erasures, register_file,
    register_finances, register_for_them, register_imports, register_invitations, register_leaving, register_new,
    register_own_arrival, register_photo, register_trail,
};
pub use arrivals_page::ArrivalsPage;
pub use arriving_page::ArrivingPage;
pub use capital_page::CapitalPage;
pub use card_page::MemberCardPage;
pub use data_page::OwnDataPage;
pub use desk_page::MembersPage;
pub use duplicates_page::DuplicatesPage;
pub use erasures_page::ErasuresPage;
pub use export::own_data_document;
pub use file_page::MemberFilePage;
pub use for_them_page::ForThemPage;
pub use imports_page::MemberImportsPage;
pub use invitations_page::InvitationsPage;
pub use leaving_page::MemberLeavingPage;
pub use new_page::NewMemberPage;
pub use photo_page::PhotoPage;
pub use stages::stages;
pub use trail_page::{MemberTrailPage, TrailPage};
