//! Objectives: what the committee sets for the employee, and how it goes, month by month. Still pages, which any member reads.

mod api;
pub mod form;
mod list_page;
mod objective_page;
mod plot;
mod written;

pub use api::{objective_course, objective_courses};
pub use list_page::ObjectivesPage;
pub use objective_page::ObjectivePage;
