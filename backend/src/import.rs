//! A file that waits: what somebody brought in, kept as it came until it is approved, and made anew each time that it is looked at.
//!
//! What a row is about, what it is compared with and what applying it does is each kind's own; so is its table.

mod read;

use chrono::Duration;
use domain::id::MemberId;
use domain::import::{Fault, ImportLine, Mapping, Table};
use domain::time::Instant;
use serde::Serialize;
use sha2::{Digest, Sha256};
use sqlx::types::Json;

use crate::error::Error;

pub(crate) use read::read;

/// A file that nobody approves is kept for so long. Days.
const UNAPPROVED_D: i64 = 2;
/// So many of one member's wait at most, the newest ones.
pub(crate) const UNAPPROVED_OF_ONE: i64 = 10;
/// How many rows are shown as they stand in the file.
const SAMPLE: usize = 5;
/// The longest name of a file that is kept, in characters.
const FILE_CAP: usize = 120;

/// A file as it is kept: its columns are of `F`, `A` is what somebody answers about it, `C` what it came to.
#[derive(sqlx::FromRow)]
pub(crate) struct Known<F, A, C> {
    pub file: String,
    pub bytes: Option<Vec<u8>>,
    pub by_member: MemberId,
    pub at: Instant,
    pub mapping: Json<Mapping<F>>,
    pub answers: Json<A>,
    pub counts: Option<Json<C>>,
    pub approved_at: Option<Instant>,
    pub undone_at: Option<Instant>,
}

impl<F, A, C> Known<F, A, C> {
    pub fn table(&self) -> Result<Table, Error> {
        let bytes = self.bytes.as_deref().ok_or(Error::NotFound)?;
        read(bytes).map_err(|_| Error::Unreadable("a file that was read before"))
    }
}

/// What a file comes to: what is wrong with its columns (`P`), with its rows (`R`), or what it would change (`D`).
pub(crate) enum Compared<P, R, D, W> {
    Columns(Vec<P>),
    Faults(Vec<Fault<R>>),
    Diff {
        diff: Box<D>,
        /// What stands for it.
        seen: String,
        /// What it was compared with.
        with: W,
    },
}

/// A file that was approved.
#[derive(sqlx::FromRow)]
pub(crate) struct Line<I, C> {
    id: I,
    file: String,
    approved_by: MemberId,
    approved_at: Instant,
    counts: Json<C>,
    undone_at: Option<Instant>,
}

/// The newest come first; only that one may be undone.
pub(crate) fn lines<I, C>(newest_first: Vec<Line<I, C>>) -> Vec<ImportLine<I, C>> {
    let line = |(at, row): (usize, Line<I, C>)| ImportLine {
        id: row.id,
        file: row.file,
        by: row.approved_by,
        approved_at: row.approved_at,
        counts: row.counts.0,
        undone_at: row.undone_at,
        may_be_undone: at == 0 && row.undone_at.is_none(),
    };
    newest_first.into_iter().enumerate().map(line).collect()
}

/// What a file is called, as far as it is kept.
pub(crate) fn called(file: &str) -> String {
    file.chars().filter(|letter| !letter.is_control()).take(FILE_CAP).collect()
}

/// What came before that and is not approved is kept for nothing.
pub(crate) fn forgotten_before(now: Instant) -> Instant {
    now - Duration::days(UNAPPROVED_D)
}

/// The first rows.
pub(crate) fn sample(table: &Table) -> Vec<Vec<String>> {
    table.rows.iter().take(SAMPLE).map(|(_, cells)| cells.clone()).collect()
}

/// What stands for a diff when it is approved.
pub(crate) fn seen(diff: &impl Serialize) -> Result<String, Error> {
    let written = serde_json::to_vec(diff).map_err(|_| Error::Unreadable("a diff cannot be written"))?;
    Ok(hex::encode(Sha256::digest(written)))
}

/// When an import is approved. Only the last one can be taken back, and which one that is goes by this instant: two are never of
/// the same one, nor in another order than that in which they were applied, whatever the machine's clock says.
pub(crate) fn after(last: Option<Instant>, now: Instant) -> Instant {
    last.map_or(now, |last| now.max(last + Duration::milliseconds(1)))
}
