//! Pages of the slice ledger: « Mon engagement », and the hours of a year on paper.

mod certificate_page;
mod commitment_page;
mod pot;
mod requests;
mod story;
mod what_if;

pub use certificate_page::CertificatePage;
pub use commitment_page::CommitmentPage;
pub use story::StoryList;
