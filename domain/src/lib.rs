//! What things are and what is allowed.
//!
//! Pure functions on plain data: no I/O, no clock, no randomness. The same code runs on the
//! server, which decides, and in the browser, which foresees the decision.

pub mod assembly;
pub mod board;
pub mod brief;
pub mod calendar;
pub mod catalogue;
pub mod cell;
pub mod command;
pub mod coverage;
pub mod decide;
pub mod desk;
pub mod dossiers;
pub mod effect;
pub mod eligibility;
pub mod event;
pub mod governance;
pub mod groups;
pub mod holidays;
pub mod id;
pub mod import;
pub mod json;
pub mod ledger;
mod line;
pub mod machine;
#[cfg(feature = "matching")]
pub mod matching;
pub mod me;
pub mod members;
pub mod notice;
pub mod notify;
pub mod objectives;
pub mod office;
pub mod order;
pub mod outbox;
pub mod outcome;
pub mod overlay;
pub mod procedures;
pub mod public_page;
pub mod reach;
pub mod reason;
pub mod register;
pub mod requests;
pub mod rules;
pub mod share;
pub mod sheet;
pub mod shifts;
pub mod swaps;
mod tagged;
pub mod time;
pub mod view;
pub mod watches;
mod words;
