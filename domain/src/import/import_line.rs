//! A file that was approved, and whether it may be taken back.

use serde::{Deserialize, Serialize};

use crate::id::MemberId;
use crate::time::Instant;

/// `counts`: what it came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportLine<I, C> {
    pub id: I,
    pub file: String,
    pub by: MemberId,
    pub approved_at: Instant,
    pub counts: C,
    #[serde(default)]
    pub undone_at: Option<Instant>,
    /// Nothing was brought in since, and it was not taken back.
    pub may_be_undone: bool,
}

/// Why an import is not taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotUndone {
    /// Another one came after it.
    NotTheLast,
    Already,
}

/// Only the last one is, once.
pub fn may_undo(is_undone: bool, is_last: bool) -> Result<(), NotUndone> {
    match (is_undone, is_last) {
        (true, _) => Err(NotUndone::Already),
        (false, false) => Err(NotUndone::NotTheLast),
        (false, true) => Ok(()),
    }
}
