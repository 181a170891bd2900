//! A product: what it costs and why, what is in it, where it comes from, and what is cheaper beside it.

use chrono::NaiveDate;

use super::{ProductRow, Shop, row};
use crate::brief::{Briefs, Published, Shown, Sourced};
use crate::catalogue::{Composed, ListItem, Missing, Product, Range, Stock, Supplier, cheaper_in, item_of};
use crate::id::ProductId;
use crate::time::{Instant, paris_day};
use crate::view::Seen;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductView {
    pub as_of: Instant,
    pub now: Instant,
    /// None where the shop has no such thing, or its shelf is not here.
    pub known: Option<KnownProduct>,
    /// Every shelf is here: what is not on one is nowhere.
    pub whole: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownProduct {
    pub product: Product,
    pub composed: Composed,
    pub stock: Stock,
    pub range: Option<Range>,
    pub supplier: Option<Supplier>,
    pub cheaper: Vec<ProductRow>,
    /// The brief that presented it, where this device keeps it.
    pub presented: Option<Presented>,
    pub around: AroundProduct,
}

/// The newest brief that leads to it, or else the one that told that it is new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presented {
    pub monday: NaiveDate,
    /// The title of what was written of it; none where it stood among what was new.
    pub title: Option<String>,
}

/// What changes under an open page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AroundProduct {
    pub favourite: bool,
    /// Its line of my list.
    pub listed: Option<ListItem>,
    pub missing: Option<Missing>,
    /// I said so today.
    pub reported: bool,
}

pub fn product(seen: Seen<'_>, shop: &Shop<'_>, briefs: Option<&Briefs>, id: ProductId) -> ProductView {
    let today = paris_day(seen.now);
    let known = shop.product(id).map(|product| KnownProduct {
        composed: product.composed(),
        stock: product.availability.on(today),
        range: shop.range(product.range).cloned(),
        supplier: product.supplier.and_then(|id| shop.supplier(id)).cloned(),
        cheaper: cheaper_in(shop.on(product.range), product, today).into_iter().map(|other| row(shop, other, today)).collect(),
        presented: briefs.and_then(|briefs| presented(briefs, id)),
        around: around(seen, shop, id),
        product: product.clone(),
    });
    ProductView { as_of: shop.catalogue.as_of.min(seen.me.as_of), now: seen.now, known, whole: shop.is_whole() }
}

pub fn around(seen: Seen<'_>, shop: &Shop<'_>, id: ProductId) -> AroundProduct {
    let (item, today) = (item_of(id), paris_day(seen.now));
    AroundProduct {
        favourite: shop.me.lists.favourites.contains(&id),
        listed: shop.me.lists.shopping.iter().find(|line| line.id == item).cloned(),
        missing: shop.missing(id),
        reported: shop.me.reported.iter().any(|report| report.product == id && report.on == today),
    }
}

fn presented(briefs: &Briefs, id: ProductId) -> Option<Presented> {
    let address = format!("/produit/{id}");
    let written = |brief: &Published| {
        brief.pieces.iter().find_map(|piece| match piece {
            Shown::Block { title, html, link, .. } => {
                let leads = html.contains(&address) || link.as_ref().is_some_and(|link| link.href.contains(&address));
                leads.then(|| Presented { monday: brief.monday, title: Some(title.clone()) })
            }
            Shown::Live { .. } => None,
        })
    };
    let listed = |brief: &Published| {
        let is_it = |line: &Sourced| matches!(line, Sourced::Product { product, .. } if *product == id);
        let there = brief.pieces.iter().any(|piece| matches!(piece, Shown::Live { lines, .. } if lines.iter().any(is_it)));
        there.then_some(Presented { monday: brief.monday, title: None })
    };
    briefs.briefs.iter().find_map(written).or_else(|| briefs.briefs.iter().find_map(listed))
}
