//! A rayon.

use serde::{Deserialize, Serialize};

use crate::id::RangeId;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    pub id: RangeId,
    pub name: String,
    /// Its place among the others.
    pub rank: u16,
}
