//! A file of members becomes what the register would be, in steps that are each a function of what they are given:
//!
//! bytes → [`Table`] (the backend) → [`headed`] → [`Mapping::columns`] → [`read`] → [`diff`] → [`Diff::plan`] →
//! [`Plan::applied`], and back by [`Plan::undo`]. Until the last, nothing is written; each one says everything that is wrong.
//!
//! Two systems' files are known by their own titles: gestion-compte's (l'Éléfàn), whose list of members has none at all, and
//! Odoo's with the cooperators of Coop IT Easy, by its fields' names and by their labels in English and in French. Any other
//! table is read once somebody said which column is which.

mod cells;
mod columns;
mod diff;
mod export;
mod fact;
mod fault;
mod headed;
mod mapping;
mod matching;
mod plan;
mod row;
mod step;
mod undo;

pub use crate::import::{FAULTS_CAP, NotUndone, Refused, SIZE_CAP, Table};
pub use columns::{Columns, Problem};
pub use diff::{Changed, Diff, Given, New, Question, Warning, diff};
pub use export::table;
pub use fact::{Change, Fact, Facts, Field, Kept, Register, ShareFact};
pub use fault::{Fault, Reason};
pub use headed::headed;
pub use mapping::Mapping;
pub use plan::{Plan, Stale, Write};
pub use row::{Incoming, read};
pub use step::{Answers, Counts, ImportLine, Importing, NotApproved, SharedAs, Step};
pub use undo::{Since, Undo};
