//! La brève: read it, search it, contribute to it; and all those that are out.

mod api;
mod archive_page;
mod archived_page;
mod contribution;
mod crossing;
mod draft;
mod finding;
mod form;
mod issue_page;
mod newest;
mod pieces;
mod proposing_page;
mod reading;
mod share;
mod taken_up;
mod texts;

pub use archive_page::ArchivePage;
pub use archived_page::ArchivedPage;
pub use draft::count as drafts;
pub use issue_page::{IssuePage, NewestPage};
pub use newest::NewestBrief;
pub use pieces::Pieces;
pub use proposing_page::{MyBlockPage, ProposingPage};
pub use taken_up::TakenUp;
pub use texts::{count as texts, forget as forget_texts};
