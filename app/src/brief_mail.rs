//! The brief by mail: how it goes, for its editors; leaving it; and the brief for people of the public. The server alone
//! renders all of it: the browser's app has no such pages.

mod api;
pub mod leaving_page;
pub mod public_page;
mod sending_page;
pub mod yes_page;

pub use api::brief_sending;
pub use sending_page::BriefSendingPage;
