//! What Distribution keeps: the checklists, fridges, deliveries and keys; and the records for an inspection.

mod apart;
mod api;
mod door;
pub mod form;
mod fridges;
mod list_page;
mod lists;
mod procedures_page;
mod records_page;
mod shop;

pub use api::{kept_procedures, kept_records};
pub use door::ProcedureDoors;
pub use list_page::ListPage;
pub use procedures_page::ProceduresPage;
pub use records_page::RecordsPage;
