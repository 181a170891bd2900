//! « À traiter »: what waits for the office, by deadline, and who stands in for the employee. A still page.

mod absences;
mod api;
mod door;
pub mod form;
mod queue_page;
mod rows;

pub use api::office_queue;
pub use door::DeputyDoor;
pub use queue_page::QueuePage;
