//! What those who keep the catalogue write of a product, a supplier, a rayon; and how they see it.

use chrono::{NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::import::{Archived, Facts, TILL_ID_CAP};
use super::{
    Allergens, Barcode, Cents, NAME_CAP, PRICE_CAP, Product, RATE_CAP, Range, Rate, STORY_CAP, SoldBy, Supplier, VAT_RATES,
};
use crate::brief::{ALT_CAP, PIXEL_CAP, Picture};
use crate::cell::one_line;
use crate::id::{ImportId, MemberId, PictureId, ProductId, RangeId, SupplierId};
use crate::line::{line, lines};
use crate::time::Instant;

/// The most barcodes of a product.
pub const BARCODES_CAP: usize = 20;
/// The most labels of a product.
pub const LABELS_CAP: usize = 10;
/// The furthest supplier, by road. Kilometres.
pub const DISTANCE_CAP: u16 = 20_000;

/// What no import writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByHand {
    #[serde(default)]
    pub labels: Vec<String>,
    pub allergens: Allergens,
    /// Markdown.
    #[serde(default)]
    pub story: String,
    #[serde(default)]
    pub photo: Option<Picture>,
}

impl Default for ByHand {
    fn default() -> Self {
        ByHand { labels: Vec::new(), allergens: Allergens::Unknown, story: String::new(), photo: None }
    }
}

/// All that is written of a product, by the till or by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    pub facts: Facts,
    pub by_hand: ByHand,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenSupplier {
    pub name: String,
    /// Markdown: who they are, and what they bring.
    #[serde(default)]
    pub story: String,
    #[serde(default)]
    pub place: String,
    #[serde(default)]
    pub distance_km: Option<u16>,
    #[serde(default)]
    pub delivers: Vec<Weekday>,
    #[serde(default)]
    pub photo: Option<Picture>,
}

/// A product as those who keep it see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductInHand {
    pub id: ProductId,
    pub revision: i32,
    pub written: Written,
    pub archived: Archived,
    pub price_since: NaiveDate,
    pub changed_on: NaiveDate,
}

/// One of a list of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductLine {
    pub id: ProductId,
    pub name: String,
    pub brand: String,
    pub range: RangeId,
    pub supplier: Option<SupplierId>,
    pub price: Cents,
    pub archived: Archived,
    pub has_photo: bool,
    /// Its photo, where there is a small one of it.
    pub thumbnail: Option<PictureId>,
    pub allergens_said: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RangeInHand {
    pub range: Range,
    /// Archived ones too.
    pub products: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplierInHand {
    pub id: SupplierId,
    pub revision: i32,
    pub written: WrittenSupplier,
    /// Their photo, where there is a small one of it.
    pub thumbnail: Option<PictureId>,
    /// Archived ones too.
    pub products: u32,
}

/// What a product cost from a moment on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceVersion {
    pub at: Instant,
    pub purchase: Cents,
    pub margin: Rate,
    pub vat: Rate,
    pub price: Cents,
    pub sold_by: SoldBy,
    pub by: MemberId,
    /// Where a file brought it.
    #[serde(default)]
    pub import: Option<ImportId>,
}

/// What is wrong with what was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mistake {
    NameMissing,
    NameTooLong {
        cap: usize,
    },
    /// Another one is called that, however it is spelt.
    NameTaken,
    BrandTooLong {
        cap: usize,
    },
    OriginTooLong {
        cap: usize,
    },
    UnknownRange,
    UnknownSupplier,
    TillIdTooLong {
        cap: usize,
    },
    TillIdTaken {
        by: String,
    },
    TooManyBarcodes {
        cap: usize,
    },
    BarcodeTaken {
        barcode: Barcode,
        by: String,
    },
    /// Nothing, or less.
    PurchaseMissing,
    TooDear {
        cap: Cents,
    },
    RateTooHigh {
        cap: Rate,
    },
    NotARateOfVat,
    LabelTooLong {
        cap: usize,
    },
    TooManyLabels {
        cap: usize,
    },
    /// They are of a day to come.
    AllergensToCome,
    StoryTooLong {
        cap: usize,
        long: usize,
    },
    AltMissing,
    AltTooLong {
        cap: usize,
    },
    PictureTooLarge {
        cap: u16,
    },
    PlaceTooLong {
        cap: usize,
    },
    TooFar {
        cap: u16,
    },
    /// How scales are set does not read so on that line, or says a prefix twice.
    Scales {
        line: u32,
    },
    /// So many words of a file would be a new rayon or supplier each.
    TooManyNew {
        words: usize,
    },
    /// So many products stand there, or come from them.
    InUse {
        products: u32,
    },
    /// Somebody changed it in the meantime: as it is now.
    Stale {
        revision: i32,
    },
}

impl Written {
    /// As it is kept, or everything that is wrong with it.
    pub fn checked(self, today: NaiveDate) -> Result<Written, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let Written { mut facts, mut by_hand } = self;
        // As a file of the till has them: our own, read again, changes nothing.
        facts.name = range_name(&one_line(&facts.name)).unwrap_or_else(|mistake| {
            mistakes.push(mistake);
            String::new()
        });
        facts.brand = short(&said(&facts.brand), |cap| Mistake::BrandTooLong { cap }, &mut mistakes);
        facts.origin = short(&said(&facts.origin), |cap| Mistake::OriginTooLong { cap }, &mut mistakes);
        facts.till_id = facts.till_id.map(|till_id| said(&till_id)).filter(|till_id| !till_id.is_empty());
        if facts.till_id.as_ref().is_some_and(|till_id| till_id.chars().count() > TILL_ID_CAP) {
            mistakes.push(Mistake::TillIdTooLong { cap: TILL_ID_CAP });
        }
        once_each(&mut facts.barcodes);
        if facts.barcodes.len() > BARCODES_CAP {
            mistakes.push(Mistake::TooManyBarcodes { cap: BARCODES_CAP });
        }
        // Only a piece has a net quantity: what is sold by weight or volume is weighed.
        facts.net = facts.net.filter(|net| facts.sold_by == SoldBy::Piece && net.amount > 0);
        if facts.purchase <= Cents::ZERO {
            mistakes.push(Mistake::PurchaseMissing);
        }
        if facts.purchase > PRICE_CAP || facts.deposit > PRICE_CAP || facts.deposit < Cents::ZERO {
            mistakes.push(Mistake::TooDear { cap: PRICE_CAP });
        }
        if facts.margin.rate() > RATE_CAP {
            mistakes.push(Mistake::RateTooHigh { cap: RATE_CAP });
        }
        if !VAT_RATES.contains(&facts.vat) {
            mistakes.push(Mistake::NotARateOfVat);
        }
        by_hand.labels = by_hand.labels.iter().map(|label| line(label)).filter(|label| !label.is_empty()).collect();
        once_each(&mut by_hand.labels);
        if by_hand.labels.iter().any(|label| label.chars().count() > NAME_CAP) {
            mistakes.push(Mistake::LabelTooLong { cap: NAME_CAP });
        }
        if by_hand.labels.len() > LABELS_CAP {
            mistakes.push(Mistake::TooManyLabels { cap: LABELS_CAP });
        }
        if by_hand.allergens.said_on().is_some_and(|on| on > today) {
            mistakes.push(Mistake::AllergensToCome);
        }
        by_hand.story = story(&by_hand.story, &mut mistakes);
        by_hand.photo = by_hand.photo.map(|photo| picture(photo, &mut mistakes));
        if mistakes.is_empty() { Ok(Written { facts, by_hand }) } else { Err(mistakes) }
    }
}

impl WrittenSupplier {
    /// As it is kept, or everything that is wrong with it.
    pub fn checked(self) -> Result<WrittenSupplier, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let name = range_name(&self.name).unwrap_or_else(|mistake| {
            mistakes.push(mistake);
            String::new()
        });
        let place = short(&self.place, |cap| Mistake::PlaceTooLong { cap }, &mut mistakes);
        if self.distance_km.is_some_and(|km| km > DISTANCE_CAP) {
            mistakes.push(Mistake::TooFar { cap: DISTANCE_CAP });
        }
        let mut delivers = self.delivers;
        once_each(&mut delivers);
        let story = story(&self.story, &mut mistakes);
        let photo = self.photo.map(|photo| picture(photo, &mut mistakes));
        let written = WrittenSupplier { name, story, place, distance_km: self.distance_km, delivers, photo };
        if mistakes.is_empty() { Ok(written) } else { Err(mistakes) }
    }

    /// As members see them, but for whether there is a small one of their photo; `html`: the story, rendered.
    pub fn shown(self, id: SupplierId, html: String) -> Supplier {
        let WrittenSupplier { name, place, distance_km, delivers, photo, .. } = self;
        Supplier { id, name, story: html, place, distance_km, delivers, photo, thumbnail: false }
    }
}

impl ProductInHand {
    /// As members see it, but for whether there is a small one of its photo; `html`: its story, rendered.
    pub fn shown(self, html: String) -> Product {
        let Written { facts, by_hand } = self.written;
        Product {
            id: self.id,
            range: facts.range,
            supplier: facts.supplier,
            name: facts.name,
            brand: facts.brand,
            origin: facts.origin,
            labels: by_hand.labels,
            sold_by: facts.sold_by,
            net: facts.net,
            purchase: facts.purchase,
            margin: facts.margin.rate(),
            vat: facts.vat,
            deposit: facts.deposit,
            price_since: self.price_since,
            allergens: by_hand.allergens,
            availability: facts.availability,
            barcodes: facts.barcodes,
            photo: by_hand.photo,
            thumbnail: false,
            story: html,
            changed_on: self.changed_on,
        }
    }
}

/// The name of a rayon, on one line.
pub fn range_name(typed: &str) -> Result<String, Mistake> {
    let name = line(typed);
    if !name.chars().any(char::is_alphanumeric) {
        Err(Mistake::NameMissing)
    } else if name.chars().count() > NAME_CAP {
        Err(Mistake::NameTooLong { cap: NAME_CAP })
    } else {
        Ok(name)
    }
}

/// On one line; « - » and « ? » say nothing, in a form as in a file.
fn said(typed: &str) -> String {
    let line = one_line(typed);
    if line.chars().any(char::is_alphanumeric) { line } else { String::new() }
}

fn short(typed: &str, too_long: fn(usize) -> Mistake, mistakes: &mut Vec<Mistake>) -> String {
    let line = line(typed);
    if line.chars().count() > NAME_CAP {
        mistakes.push(too_long(NAME_CAP));
    }
    line
}

fn story(typed: &str, mistakes: &mut Vec<Mistake>) -> String {
    let story = lines(typed);
    let long = story.chars().count();
    if long > STORY_CAP {
        mistakes.push(Mistake::StoryTooLong { cap: STORY_CAP, long });
    }
    story
}

fn picture(photo: Picture, mistakes: &mut Vec<Mistake>) -> Picture {
    let alt = line(&photo.alt);
    if !alt.chars().any(char::is_alphanumeric) {
        mistakes.push(Mistake::AltMissing);
    } else if alt.chars().count() > ALT_CAP {
        mistakes.push(Mistake::AltTooLong { cap: ALT_CAP });
    }
    if !(1..=PIXEL_CAP).contains(&photo.width) || !(1..=PIXEL_CAP).contains(&photo.height) {
        mistakes.push(Mistake::PictureTooLarge { cap: PIXEL_CAP });
    }
    Picture { alt, ..photo }
}

/// The first of each that is the same.
fn once_each<T: PartialEq + Clone>(things: &mut Vec<T>) {
    let mut once: Vec<T> = Vec::with_capacity(things.len());
    for thing in things.iter() {
        if !once.contains(thing) {
            once.push(thing.clone());
        }
    }
    *things = once;
}
