//! What is wrong with a cell of a file, and where it stands.

use serde::{Deserialize, Serialize};

/// Whoever has so many has one that comes back on every line: what comes after is not read.
pub const FAULTS_CAP: usize = 10_000;

/// One thing to correct in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault<R> {
    /// As a person counts them in the file.
    pub line: u32,
    /// As the header says it; none where it is about the whole row.
    pub column: Option<String>,
    /// The beginning of what stands there.
    pub said: String,
    pub reason: R,
}

/// What may be wrong with a row of any file, among what may be wrong with one of this kind.
pub trait Reason: Sized {
    const MISSING: Self;

    /// More or fewer cells than the header has: they have slipped, and none of them is read.
    fn cells(found: usize, wanted: usize) -> Self;
}
