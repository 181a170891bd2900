//! Communication's workshop: what the next brief is made of, one block with all that was written for it, and what will be
//! read. Still pages: the server alone has them.

mod api;
mod block_form;
mod block_page;
mod door;
pub mod form;
mod pieces;
mod preview_page;
mod settings;
mod stages;
mod versions;
mod waiting;
mod words;
mod workshop_page;

pub use api::{brief_workshop, workshop_block, workshop_preview};
pub use block_page::WorkshopBlockPage;
pub use door::WorkshopDoor;
pub use preview_page::WorkshopPreviewPage;
pub use workshop_page::{WorkshopPage, apart};
