//! Pages of the slice groups.

mod coop_page;

pub use coop_page::CoopPage;
