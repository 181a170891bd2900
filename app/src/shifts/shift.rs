//! The parts of one shift's page.

mod acts;
mod history;
mod team;

pub use acts::ShiftActs;
pub use history::History;
pub use team::Team;
