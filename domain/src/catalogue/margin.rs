//! The margin: the co-op's, which every product has that has none of its own, and what another one would change.

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

/// Whose margin a product has, and how high that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Kept", into = "Kept")]
pub enum Margin {
    /// The co-op's, as high as it was when this was written: it goes where that one goes.
    OfTheCoop(Rate),
    /// Its own: it stays, though it may be as high as the co-op's.
    Own(Rate),
}

/// As it is kept. A number alone is of before margins said whose they are, too: see [`Margin::follows`].
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(untagged)]
enum Kept {
    OfTheCoop(Rate),
    Own { own: Rate },
}

impl From<Kept> for Margin {
    fn from(kept: Kept) -> Margin {
        match kept {
            Kept::OfTheCoop(rate) => Margin::OfTheCoop(rate),
            Kept::Own { own } => Margin::Own(own),
        }
    }
}

impl From<Margin> for Kept {
    fn from(margin: Margin) -> Kept {
        match margin {
            Margin::OfTheCoop(rate) => Kept::OfTheCoop(rate),
            Margin::Own(own) => Kept::Own { own },
        }
    }
}

impl Margin {
    pub fn rate(self) -> Rate {
        match self {
            Margin::OfTheCoop(rate) | Margin::Own(rate) => rate,
        }
    }

    /// Whether it goes where the co-op's goes, which is `coop` now. One that is said to be the co-op's and is not as high is of
    /// before margins said whose they are: it was somebody's own then.
    pub fn follows(self, coop: Rate) -> bool {
        self == Margin::OfTheCoop(coop)
    }

    /// As it is once the co-op's is `is` and no more `was`.
    pub(super) fn after(self, was: Rate, is: Rate) -> Margin {
        if self.follows(was) { Margin::OfTheCoop(is) } else { Margin::Own(self.rate()) }
    }

    /// As somebody has just written it: the co-op's is as high as that is, whatever the form knew.
    pub fn settled(self, coop: Rate) -> Margin {
        match self {
            Margin::OfTheCoop(_) => Margin::OfTheCoop(coop),
            Margin::Own(rate) => Margin::Own(rate),
        }
    }

    /// As the till says it. It says how high a margin is and never whose: as high as it was, it is whose it was.
    pub(super) fn told(self, rate: Rate, coop: Rate) -> Margin {
        if rate == self.rate() {
            self
        } else if rate == coop {
            Margin::OfTheCoop(coop)
        } else {
            Margin::Own(rate)
        }
    }
}

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
    /// So many products have a margin of their own, and keep it, though it may be as high.
    pub own: u32,
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

/// The shop, once the co-op's margin is `is` and no more `was`.
pub fn with_margin(shop: &Shop, was: Rate, is: Rate) -> Shop {
    let mut after = shop.clone();
    for kept in after.values_mut() {
        kept.facts.margin = kept.facts.margin.after(was, is);
    }
    after
}

/// What that changes.
pub fn margin_preview(shop: &Shop, was: Rate, is: Rate) -> MarginPreview {
    let (mut own, mut moved) = (0_u32, Vec::new());
    for kept in shop.values().filter(|kept| kept.archived == Archived::No) {
        if !kept.facts.margin.follows(was) {
            own += 1;
            continue;
        }
        let mut facts = kept.facts.clone();
        facts.margin = Margin::OfTheCoop(is);
        let (before, after) = (kept.facts.price(), facts.price());
        if before != after {
            moved.push(MovedPrice { name: facts.name, was: before, is: after });
        }
    }
    let prices = u32::try_from(moved.len()).unwrap_or(u32::MAX);
    let by = |moved: &MovedPrice| (moved.is.0 - moved.was.0).abs();
    crate::order::by(&mut moved, |a, b| by(b).cmp(&by(a)).then_with(|| a.name.cmp(&b.name)));
    moved.truncate(EXAMPLES);
    MarginPreview { is, prices, own, examples: moved }
}
