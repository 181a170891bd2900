//! The day sheet of a shift, for whoever leads it: one hand, one tap for each exception.

pub mod closing;
pub mod cold;
pub mod day_sheet_page;
pub mod deliveries;
pub mod incidents;
pub mod people;
pub mod relay;
pub mod tasks;
pub mod walk_ins;

pub use day_sheet_page::DaySheetPage;
