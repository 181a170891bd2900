//! The words: every date, refusal, notice and effect in French, in one place.
//!
//! Pure functions without chrono's formatting machinery, which would weigh 31 kB in the browser.
//! « Tu » throughout, and no agreement that guesses somebody's gender.

pub mod assembly;
pub mod assembly_minutes;
pub mod assembly_mistakes;
pub mod bearing;
pub mod brief;
pub mod catalogue;
pub mod catalogue_import;
pub mod clock;
pub mod commitment;
pub mod coverage;
pub mod dates;
pub mod degrees;
pub mod desk;
pub mod dossiers;
pub mod events;
pub mod governance;
pub mod groups;
pub mod import;
pub mod intents;
pub mod machine;
pub mod mail_acts;
pub mod notices;
pub mod objectives;
pub mod organising;
pub mod own_data;
pub mod patterns;
pub mod policy;
pub mod policy_form;
pub mod policy_history;
pub mod policy_mistakes;
pub mod policy_preview;
pub mod public_pages;
pub mod reach;
pub mod reasons;
pub mod refusals;
pub mod register;
pub mod register_import;
pub mod shares;
pub mod spoken;
pub mod standing;
pub mod supply;
pub mod topics;
pub mod typography;

pub use typography::{capitalized, nb};
