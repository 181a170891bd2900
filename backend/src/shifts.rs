//! Shifts: generated ahead from the templates, closed by the office.

mod generation;

pub use generation::{Absences, HORIZON_WEEKS, Standby, generate, planned};

pub(crate) use generation::{holiday_closures, insert};
