//! Every range, and the other ways through the shop.

use std::collections::BTreeMap;

use super::shelf::Which;
use super::wishes::is_open;
use super::{Found, Shop, alphabetical};
use crate::id::{RangeId, SupplierId};
use crate::members::ShortName;
use crate::time::{Instant, paris_day};
use crate::view::Seen;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RangesView {
    pub as_of: Instant,
    pub now: Instant,
    pub name: ShortName,
    pub tiles: Vec<Tile>,
    pub browse: Browse,
    /// I keep the catalogue: the way there is shown.
    pub keeps: bool,
    /// Lines of my list that are still to be bought.
    pub to_buy: usize,
    /// Suggestions that wait for an answer.
    pub wishes: usize,
    /// What answers to what the address asks for, where a server looked.
    pub found: Option<Found>,
}

/// A range, and how many products it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    pub id: RangeId,
    pub name: String,
    pub products: u16,
}

/// Through all ranges: by who brings it, by label, by what is special about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Browse {
    pub suppliers: Vec<(SupplierId, String, usize)>,
    /// The one that stands on most products first.
    pub labels: Vec<(String, usize)>,
    pub which: Vec<(Which, usize)>,
}

pub fn ranges(seen: Seen<'_>, shop: &Shop<'_>) -> RangesView {
    let mut tiles: Vec<Tile> = Vec::new();
    for part in shop.catalogue.parts.iter().filter(|part| part.products > 0) {
        // A range may stand on several shelves, one after the other.
        match tiles.last_mut().filter(|tile| tile.id == part.range.id) {
            Some(tile) => tile.products = tile.products.saturating_add(part.products),
            None => tiles.push(Tile { id: part.range.id, name: part.range.name.clone(), products: part.products }),
        }
    }
    RangesView {
        as_of: shop.catalogue.as_of.min(seen.me.as_of),
        now: seen.now,
        name: seen.me.profile.name(),
        tiles,
        browse: browse(seen, shop),
        keeps: seen.me.keeps_catalogue(),
        to_buy: shop.me.lists.shopping.iter().filter(|line| !line.done).count(),
        wishes: shop.catalogue.suggestions.iter().filter(|suggested| is_open(suggested)).count(),
        found: None,
    }
}

fn browse(seen: Seen<'_>, shop: &Shop<'_>) -> Browse {
    let today = paris_day(seen.now);
    let mut of_suppliers: BTreeMap<SupplierId, usize> = BTreeMap::new();
    let mut of_labels: BTreeMap<&str, usize> = BTreeMap::new();
    let mut of_which = [0_usize; Which::ALL.len()];
    for product in shop.products() {
        if let Some(supplier) = product.supplier {
            *of_suppliers.entry(supplier).or_default() += 1;
        }
        for label in &product.labels {
            *of_labels.entry(label).or_default() += 1;
        }
        for (which, count) in Which::ALL.iter().zip(&mut of_which) {
            *count += usize::from(which.is(product, today));
        }
    }
    let mut suppliers: Vec<(SupplierId, String, usize)> = Vec::new();
    for supplier in &shop.catalogue.suppliers {
        if let Some(count) = of_suppliers.get(&supplier.id) {
            suppliers.push((supplier.id, supplier.name.clone(), *count));
        }
    }
    crate::order::by_key(&mut suppliers, |supplier| alphabetical(&supplier.1));
    Browse {
        suppliers,
        labels: by_count(of_labels),
        which: Which::ALL.into_iter().zip(of_which).filter(|(_, count)| *count > 0).collect(),
    }
}

/// The one that stands most often first.
pub(super) fn by_count(counts: BTreeMap<&str, usize>) -> Vec<(String, usize)> {
    let mut labels: Vec<(String, usize)> = counts.into_iter().map(|(label, count)| (label.to_owned(), count)).collect();
    crate::order::by(&mut labels, |a, b| b.1.cmp(&a.1));
    labels
}
