//! The margin of the co-op: the one of every product that has none of its own, and what another one would change.

use serde::{Deserialize, Serialize};

use super::import::{Archived, Shop};
use super::{Cents, Rate};
use crate::id::MemberId;
use crate::line::line;
use crate::time::Instant;

/// The longest word on why it changes, in characters.
pub const MARGIN_WHY_CAP: usize = 200;
/// So many of the prices that would change are shown.
const EXAMPLES: usize = 8;

/// As those who keep the catalogue see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarginInHand {
    pub margin: Rate,
    /// The newest first.
    pub versions: Vec<MarginVersion>,
    /// Of the one that is asked for, where that is another.
    pub preview: Option<MarginPreview>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarginVersion {
    pub was: Rate,
    pub is: Rate,
    pub why: String,
    /// So many prices changed with it.
    pub prices: u32,
    pub by: MemberId,
    pub at: Instant,
}

/// What another margin would change of what members see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarginPreview {
    pub is: Rate,
    pub prices: u32,
    /// So many products have a margin of their own, and keep it.
    pub own: u32,
    /// So many have it already for themselves: it is the co-op's from then on, and they follow it.
    #[serde(default)]
    pub join: u32,
    /// Those that change most.
    pub examples: Vec<MovedPrice>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedPrice {
    pub name: String,
    pub was: Cents,
    pub is: Cents,
}

/// Why it changes, as it is kept: on one line, and cut where it is too long.
pub fn margin_why(typed: &str) -> String {
    line(typed).chars().take(MARGIN_WHY_CAP).collect()
}

/// The shop, where what had the margin `was` has another.
pub fn with_margin(shop: &Shop, was: Rate, is: Rate) -> Shop {
    let mut after = shop.clone();
    for kept in after.values_mut().filter(|kept| kept.facts.margin == was) {
        kept.facts.margin = is;
    }
    after
}

/// What that changes.
pub fn margin_preview(shop: &Shop, was: Rate, is: Rate) -> MarginPreview {
    let (mut own, mut join, mut moved) = (0_u32, 0_u32, Vec::new());
    for kept in shop.values().filter(|kept| kept.archived == Archived::No) {
        if kept.facts.margin != was {
            let counted = if kept.facts.margin == is { &mut join } else { &mut own };
            *counted += 1;
            continue;
        }
        let mut facts = kept.facts.clone();
        facts.margin = is;
        let (before, after) = (kept.facts.price(), facts.price());
        if before != after {
            moved.push(MovedPrice { name: facts.name, was: before, is: after });
        }
    }
    let prices = u32::try_from(moved.len()).unwrap_or(u32::MAX);
    let by = |moved: &MovedPrice| (moved.is.0 - moved.was.0).abs();
    crate::order::by(&mut moved, |a, b| by(b).cmp(&by(a)).then_with(|| a.name.cmp(&b.name)));
    moved.truncate(EXAMPLES);
    MarginPreview { is, prices, own, join, examples: moved }
}
