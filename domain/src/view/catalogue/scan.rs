//! What a barcode is here: a product, a label of the scales with what it says, or nothing that is known.

use super::{ProductRow, Shop, row};
use crate::catalogue::{Barcode, BarcodeMistake, Carried, Cents, PerMeasure, Product, Scanned, SoldBy};
use crate::time::{Instant, paris_day};
use crate::view::Seen;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanView {
    pub as_of: Instant,
    pub now: Instant,
    /// None where nothing is asked.
    pub read: Option<Read>,
    /// As it was typed.
    pub typed: String,
    /// Every shelf is here: what is not on one is nowhere.
    pub whole: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    Mistake(BarcodeMistake),
    Known {
        row: Box<ProductRow>,
        label: Option<Label>,
    },
    Unknown {
        barcode: Barcode,
        /// What its label says, where it is one of the scales'.
        carried: Option<Carried>,
    },
}

/// What the scales printed, and what follows from it and the price of today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    Weight {
        grams: u32,
        /// None where it is not sold by weight.
        costs: Option<Cents>,
    },
    Price {
        price: Cents,
        /// About so many grams, to the gram.
        weighs: Option<u32>,
    },
}

pub fn scan(seen: Seen<'_>, shop: &Shop<'_>, typed: &str) -> ScanView {
    let typed = typed.trim();
    let read = (!typed.is_empty()).then(|| match Scanned::read(typed, &shop.catalogue.scales) {
        Ok(scanned) => looked_up(seen, shop, &scanned),
        Err(mistake) => Read::Mistake(mistake),
    });
    ScanView {
        as_of: shop.catalogue.as_of.min(seen.me.as_of),
        now: seen.now,
        read,
        typed: typed.chars().take(30).collect(),
        whole: shop.is_whole(),
    }
}

fn looked_up(seen: Seen<'_>, shop: &Shop<'_>, scanned: &Scanned) -> Read {
    let carried = match scanned {
        Scanned::Product(_) => None,
        Scanned::Weighed { carried, .. } => Some(*carried),
    };
    let first = |is: &dyn Fn(&Product) -> bool| shop.products().find(|product| is(product));
    let exactly = first(&|product| product.barcodes.contains(scanned.barcode()));
    let article = exactly.or_else(|| first(&|product| scanned.is_of(product, &shop.catalogue.scales)));
    match article.or_else(|| first(&|product| scanned.may_be_of(product))) {
        Some(product) => Read::Known {
            row: Box::new(row(shop, product, paris_day(seen.now))),
            label: carried.map(|carried| label(carried, product)),
        },
        None => Read::Unknown { barcode: scanned.barcode().clone(), carried },
    }
}

fn label(carried: Carried, product: &Product) -> Label {
    let per = product.per_measure().filter(|_| product.sold_by == SoldBy::Weight);
    match carried {
        Carried::Weight(grams) => Label::Weight { grams, costs: per.map(|per| per.for_amount(grams)) },
        Carried::Price(price) => Label::Price { price, weighs: per.and_then(|per| grams_for(price, per)) },
    }
}

/// How much of it one gets for that, to the gram, half a gram up.
fn grams_for(price: Cents, per: PerMeasure) -> Option<u32> {
    if per.price.0 <= 0 {
        return None;
    }
    u32::try_from((price.0 * 1_000 + per.price.0 / 2) / per.price.0).ok()
}
