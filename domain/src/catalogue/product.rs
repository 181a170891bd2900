//! Something that the shop has.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Allergens, Availability, Barcode, Cents, Net, Rate, SoldBy};
use crate::brief::Picture;
use crate::id::{ProductId, RangeId, SupplierId};

/// The longest name of a product, of its brand, its origin or a label, in characters.
pub const NAME_CAP: usize = 120;
/// The longest story, in characters of Markdown.
pub const STORY_CAP: usize = 4000;

/// As members see it. Prices are for one piece, a kilogram or a litre (`sold_by`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    pub id: ProductId,
    pub range: RangeId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplier: Option<SupplierId>,
    pub name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub brand: String,
    /// « Haute-Savoie », « Espagne ».
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub origin: String,
    /// « AB », « Demeter ».
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    pub sold_by: SoldBy,
    /// Of a piece; what is sold by weight or volume has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub net: Option<Net>,
    /// Without VAT.
    pub purchase: Cents,
    pub margin: Rate,
    pub vat: Rate,
    /// Given back with the empty bottle; beside the price.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub deposit: Cents,
    /// Since when it costs that.
    pub price_since: NaiveDate,
    pub allergens: Allergens,
    pub availability: Availability,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub barcodes: Vec<Barcode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<Picture>,
    /// There is a small one of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub thumbnail: bool,
    /// Safe HTML, of our own renderer.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub story: String,
    pub changed_on: NaiveDate,
}

fn is_nothing(cents: &Cents) -> bool {
    cents.0 == 0
}
