//! The till's file becomes what we know of the shop, in steps that are each a function of what they are given:
//!
//! bytes → [`Table`] (the backend) → [`Mapping::columns`] → [`read`] → [`diff`] → [`Diff::plan`] → [`Plan::applied`], and back by
//! [`Plan::undo`]. Until the last, nothing is written; each one says everything that is wrong, not the first thing only.

mod columns;
mod diff;
mod export;
mod fact;
mod fault;
mod mapping;
mod matching;
mod own_code;
mod owner;
mod plan;
mod quantity;
mod row;
mod shop;
mod spelling;
mod step;
mod undo;

pub use crate::import::{COLUMN_CAP, FAULTS_CAP, LINE_CAP, NotUndone, ROW_CAP, Refused, SIZE_CAP, Table, key, told_apart};
pub use columns::{Columns, Problem};
pub use diff::{Changed, Diff, Given, Gone, Mapped, New, Proposal, Shrunk, Unmapped, Warning, diff, shrunk};
pub use export::table;
pub use fact::{Change, Fact, Facts, Field};
pub use fault::{Fault, Reason};
pub use mapping::Mapping;
pub use owner::{Owner, Part, owner};
pub use plan::{Open, Plan, Stale, Write};
pub(super) use quantity::net_typed;
pub use row::{Incoming, TILL_ID_CAP, read};
pub use shop::{Answers, Archived, Kept, Shop, Words};
pub(super) use spelling::YEARS;
pub use step::{
    Counts, ImportLine, Importing, NEW_RANGES_CAP, NEW_SUPPLIERS_CAP, NotApproved, Said, SaidRange, SaidSupplier, Step,
};
pub use undo::{Now, Since, Undo};
