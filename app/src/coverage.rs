//! « Qui manque où »: the coverage board, how it went, and whom to call.

mod apart;
mod board_page;
mod calling_page;
mod gap_card;
mod plot;

pub use board_page::CoveragePage;
pub use calling_page::CallingPage;
