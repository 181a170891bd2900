//! The products of a shelf, or of the whole shop, as far as a filter lets them through.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::ranges::by_count;
use super::{ProductRow, Shop, alphabetical, row};
use crate::catalogue::{Allergen, Availability, Cents, Measure, Presence, Product, Range, SoldBy, Stock};
use crate::id::{RangeId, SupplierId};
use crate::time::{Instant, paris_day};
use crate::view::Seen;
use crate::view::leaf::Leaf;

/// So many rows stand on a leaf.
pub(super) const ROWS: usize = 60;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which {
    New,
    /// Its season is now.
    Seasonal,
    Ending,
    /// Sold by weight or volume.
    Bulk,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    Name,
    /// The cheapest for a kilogram first, then the cheapest for a litre.
    PerMeasure,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub label: Option<String>,
    pub supplier: Option<SupplierId>,
    /// Only what is said to have none of these, not even traces.
    pub without: Vec<Allergen>,
    pub which: Option<Which>,
    pub order: Order,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShelfView {
    pub as_of: Instant,
    pub now: Instant,
    /// None for the whole shop.
    pub range: Option<Range>,
    /// There is such a range.
    pub known: bool,
    /// All its products are here.
    pub here: bool,
    pub filter: Filter,
    /// Those of the leaf.
    pub rows: Vec<ProductRow>,
    /// Of all that the filter lets through.
    pub leaf: Leaf,
    /// Of how many others nobody knows whether they have what must not be in them.
    pub unknown: usize,
    pub labels: Vec<(String, usize)>,
    pub suppliers: Vec<(SupplierId, String, usize)>,
    pub which: Vec<Which>,
}

impl Which {
    pub const ALL: [Which; 4] = [Which::New, Which::Seasonal, Which::Ending, Which::Bulk];

    pub fn is(self, product: &Product, today: NaiveDate) -> bool {
        match self {
            Which::New => matches!(product.availability.on(today), Stock::New { .. }),
            Which::Seasonal => matches!(product.availability.on(today), Stock::InSeason { .. }),
            Which::Ending => product.availability == Availability::Ending,
            Which::Bulk => product.sold_by != SoldBy::Piece,
        }
    }
}

impl Filter {
    /// Whether anything is left out.
    pub fn is_on(&self) -> bool {
        *self != Filter { order: self.order, ..Filter::default() }
    }

    /// But for what must not be in it.
    fn lets_through(&self, product: &Product, today: NaiveDate) -> bool {
        self.label.as_ref().is_none_or(|label| product.labels.contains(label))
            && self.supplier.is_none_or(|supplier| product.supplier == Some(supplier))
            && self.which.is_none_or(|which| which.is(product, today))
    }

    /// Somebody said that it has none of these. What nobody knows is never without.
    fn is_without(&self, product: &Product) -> bool {
        self.without.iter().all(|allergen| product.allergens.is_without(*allergen))
    }

    /// It may be without, but nobody knows.
    fn is_unknown(&self, product: &Product) -> bool {
        let mut unknown = false;
        for allergen in &self.without {
            match product.allergens.of(*allergen) {
                Some(Presence::Unknown) => unknown = true,
                Some(Presence::Contains | Presence::Traces) => return false,
                None => {}
            }
        }
        unknown
    }
}

/// `page`: which leaf is asked for, from 1.
pub fn shelf(seen: Seen<'_>, shop: &Shop<'_>, range: Option<RangeId>, filter: &Filter, page: usize) -> ShelfView {
    let today = paris_day(seen.now);
    let products: Vec<&Product> = match range {
        Some(range) => shop.on(range).collect(),
        None => shop.products().collect(),
    };
    let named = range.and_then(|range| shop.part(range));
    let (mut labels, mut suppliers): (BTreeMap<&str, usize>, BTreeMap<SupplierId, usize>) = Default::default();
    let mut which = [false; Which::ALL.len()];
    for product in &products {
        product.labels.iter().for_each(|label| *labels.entry(label).or_default() += 1);
        product.supplier.iter().for_each(|supplier| *suppliers.entry(*supplier).or_default() += 1);
        Which::ALL.iter().zip(&mut which).for_each(|(kind, some)| *some |= kind.is(product, today));
    }
    let others: Vec<&Product> = products.into_iter().filter(|product| filter.lets_through(product, today)).collect();
    let unknown = others.iter().filter(|product| filter.is_unknown(product)).count();
    let mut through = Shop::by_name(others.into_iter().filter(|product| filter.is_without(product)));
    if filter.order == Order::PerMeasure {
        crate::order::by_key(&mut through, |product| cheapness(product));
    }
    let leaf = Leaf::of(page, ROWS, through.len());
    let mut named_suppliers: Vec<(SupplierId, String, usize)> =
        suppliers.into_iter().filter_map(|(id, count)| Some((id, shop.supplier(id)?.name.clone(), count))).collect();
    crate::order::by_key(&mut named_suppliers, |supplier| alphabetical(&supplier.1));
    ShelfView {
        as_of: shop.catalogue.as_of.min(seen.me.as_of),
        now: seen.now,
        known: range.is_none() || named.is_some(),
        here: match named {
            Some(part) => shop.is_here(part.range.id),
            None => shop.is_whole(),
        },
        range: named.map(|part| part.range.clone()),
        filter: filter.clone(),
        rows: leaf.cut(through).map(|product| row(shop, product, today)).collect(),
        leaf,
        unknown,
        labels: by_count(labels),
        suppliers: named_suppliers,
        which: Which::ALL.into_iter().zip(which).filter(|(_, some)| *some).map(|(kind, _)| kind).collect(),
    }
}

/// What has no price for a measure comes last.
fn cheapness(product: &Product) -> (bool, Option<Measure>, Cents) {
    match product.per_measure() {
        Some(per) => (false, Some(per.of), per.price),
        None => (true, None, product.price()),
    }
}
