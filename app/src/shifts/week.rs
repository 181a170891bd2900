//! The parts of the week's page.

pub mod address;
pub mod grid;
pub mod tools;

pub use address::WeekAddress;
pub use grid::Grid;
pub use tools::Tools;
