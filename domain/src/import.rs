//! A file that somebody brings in, and that waits until it is approved: what is the same whatever a row is about.
//!
//! A [`Table`] has titles; a [`Mapping`] says which [`Field`] each of them is, and is remembered; where each stands, [`Columns`] know.
//! Rows are read cell by cell, and every [`Fault`] of every row is told. What a row is about, what it would change and what taking
//! it back means is each kind's own: the till's file ([`crate::catalogue::import`]), a file of members ([`crate::register::import`]).

mod columns;
mod fault;
mod import_line;
mod key;
mod mapping;
mod row;
mod table;
mod title;

pub use columns::Columns;
pub use fault::{FAULTS_CAP, Fault, Reason};
pub use import_line::{ImportLine, NotUndone, may_undo};
pub use key::key;
pub use mapping::{Field, Mapping};
pub(crate) use row::Row;
pub use table::{COLUMN_CAP, LINE_CAP, ROW_CAP, Refused, SIZE_CAP, Table};
pub use title::told_apart;
pub(crate) use title::{title, title_with_unit};
