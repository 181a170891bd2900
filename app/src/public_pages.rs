//! The pages that anybody reads, and what Communication does with them. The former need no session and no script, and have a
//! style sheet of their own; the latter are still pages.

mod amounts;
mod api;
mod article;
pub mod document;
mod edit_page;
mod fields;
pub mod form;
mod hours;
pub mod html;
pub mod ld;
mod list_page;
mod organisation;
pub mod page;
mod pieces;
mod place_form;
mod versions;

pub use api::{public_page_in_hand, public_pages};
pub use edit_page::PublicPageEditPage;
pub use list_page::PublicPagesPage;
