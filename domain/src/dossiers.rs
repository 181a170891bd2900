//! The dossier board of a working group: what it has before it, who sees to it, by when, with which papers, and how far it is.
//! Partners, young volunteers, grants and the like are kinds of dossier, each with a few fields of its own.

mod change;
mod dossier;
mod matter;
mod typed;

pub use change::Change;
pub use dossier::{
    BACK_D, DAYS_AHEAD, Dossier, Hours, KEPT_D, MINUTES_CAP, NOTE_CAP, OPEN_CAP, Paper, REMIND_D, Stage, State, TEXT_CAP,
    TITLE_CAP, WORD_CAP, allowed_days,
};
pub use matter::{Contact, Kind, Matter};
pub use typed::{DossierInHand, LINE_CAP, Mistake, PAPERS_CAP, Part, Past, Said, papers_typed};
