//! How something is sold, and how much of it there is.

use serde::{Deserialize, Serialize};

/// What the price is for: one of it, a kilogram, a litre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SoldBy {
    Piece,
    Weight,
    Volume,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    Gram,
    Millilitre,
}

/// The net quantity of a piece; never 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Net {
    pub amount: u32,
    pub of: Measure,
}
