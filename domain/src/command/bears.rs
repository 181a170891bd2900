//! How much of a household's duty is whose.

use serde::{Deserialize, Serialize};

/// How much of the duty somebody bears, as the office says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bears {
    Whole,
    Half,
    /// A household's one duty, on somebody's ledger.
    With,
}
