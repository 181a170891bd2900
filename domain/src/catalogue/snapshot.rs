//! The `Catalogue` snapshot: an index of shelves, each of which is fetched by the hash of what it holds. A price that changes costs
//! one shelf, and a range of many products stands on several. What suppliers tell of themselves is fetched likewise.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::weighed::usual_scales;
use super::{Answered, Product, Range, Suggestion, Supplier, WeighedRule};
use crate::id::{MemberId, ProductId, RangeId, SuggestionId, SupplierId};
use crate::me::Me;
use crate::members::ShortName;
use crate::outcome::Marks;
use crate::time::Instant;

/// `GET /api/v1/catalogue`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalogue {
    pub schema: u16,
    pub marks: Marks,
    pub as_of: Instant,
    pub valid_until: Instant,
    /// Without their stories.
    pub suppliers: Vec<Supplier>,
    /// What their [`Stories`] are called, as a shelf is; empty where nobody has one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub stories: String,
    /// In the order of their ranges.
    pub parts: Vec<PartOf>,
    /// Who suggested or answered.
    #[serde(default)]
    pub people: BTreeMap<MemberId, ShortName>,
    /// Those that wait for an answer, and those that got one in the last months; the newest first.
    #[serde(default)]
    pub suggestions: Vec<Suggested>,
    /// « Plus en rayon »
    #[serde(default)]
    pub missing: Vec<MissingOf>,
    /// What the labels of the shop's scales say.
    #[serde(default = "usual_scales")]
    pub scales: Vec<WeighedRule>,
}

/// A suggestion as everybody sees it: who supports it is a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggested {
    pub id: SuggestionId,
    pub text: String,
    pub by: MemberId,
    pub at: Instant,
    /// How many would like it, whoever made it among them.
    pub wanted_by: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answered>,
}

/// A product that members did not find.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingOf {
    pub product: ProductId,
    pub since: NaiveDate,
    pub last: NaiveDate,
    pub reports: u16,
}

impl Suggested {
    pub fn of(suggestion: &Suggestion) -> Suggested {
        Suggested {
            id: suggestion.id,
            text: suggestion.text.clone(),
            by: suggestion.by,
            at: suggestion.at,
            wanted_by: u16::try_from(suggestion.wanted_by()).unwrap_or(u16::MAX),
            answer: suggestion.answer.clone(),
        }
    }
}

impl Catalogue {
    /// What the device of `me` knows of what is suggested.
    pub(crate) fn known_to(&self, me: &Me) -> Vec<Suggestion> {
        let known = |shown: &Suggested| {
            let mine = me.supports.contains(&shown.id).then(|| me.id());
            Suggestion {
                id: shown.id,
                text: shown.text.clone(),
                by: shown.by,
                at: shown.at,
                supporters: mine.into_iter().collect::<BTreeSet<MemberId>>(),
                answer: shown.answer.clone(),
            }
        };
        self.suggestions.iter().map(known).collect()
    }
}

/// `GET /api/v1/catalogue/fournisseurs/{hash}`: what suppliers tell of themselves, as safe HTML; never another under the same address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stories {
    pub of: BTreeMap<SupplierId, String>,
}

/// Which shelf it is: of which range, and which piece of it.
pub type ShelfOf = (RangeId, u16);

/// The piece that is all of a range.
pub const WHOLE_RANGE: u16 = 1;

/// A range or a piece of it, and what its shelf is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartOf {
    pub range: Range,
    /// [`WHOLE_RANGE`], or a piece: where `n` would hold too much, `2n` and `2n + 1` stand instead of it.
    pub piece: u16,
    pub products: u16,
    /// SHA-256 of the shelf's bytes, the first 16 bytes in hexadecimal.
    pub hash: String,
}

/// `GET /api/v1/catalogue/{range}/{piece}/{hash}`: never another under the same address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shelf {
    pub range: RangeId,
    pub piece: u16,
    /// By name.
    pub products: Vec<Product>,
}

impl PartOf {
    pub fn shelf(&self) -> ShelfOf {
        (self.range.id, self.piece)
    }
}

impl Shelf {
    pub fn of(&self) -> ShelfOf {
        (self.range, self.piece)
    }
}
