//! « À traiter »: what waits for the office, gathered from the slices; who stands in for the employee; what was dealt with.

mod away;
mod facts;
mod handled;
mod parting;
mod queue;
mod sources;

pub use away::{Desked, end_absence, plan_absence};
pub use handled::handle;
pub(crate) use parting::{forget_person, leaves_coop, moved};
pub use queue::queue;
