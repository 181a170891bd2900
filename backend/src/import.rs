//! A file that waits: what somebody brought in, kept as it came until it is approved, and made anew each time that it is looked at.
//!
//! What a row is about, what it is compared with and what applying it does is each kind's own; so is its table.

mod read;

use chrono::Duration;
use domain::import::Table;
use domain::time::Instant;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::error::Error;

pub(crate) use read::read;

/// A file that nobody approves is kept for so long. Days.
const UNAPPROVED_D: i64 = 2;
/// How many rows are shown as they stand in the file.
const SAMPLE: usize = 5;
/// The longest name of a file that is kept, in characters.
const FILE_CAP: usize = 120;

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
