//! The parts of one shift's page.

mod acts;
mod history;
mod line;
mod team;

pub use acts::ShiftActs;
pub use history::History;
pub use line::WaitingLine;
pub use team::Team;
