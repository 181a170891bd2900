//! Gammes de produits on a screen: the ranges, a shelf, a product, who brings it, what I like and buy, what members would like.

mod list;
mod product;
mod ranges;
mod row;
mod scan;
mod shelf;
mod supplier;
mod wishes;

use crate::catalogue::{Catalogue, Missing, PartOf, Product, Range, Shelf, Stories, Supplier};
use crate::id::{ProductId, RangeId, SupplierId};
use crate::me::Me;

pub use list::{Line, ListView, MyLists, list, my_lists, my_thumbnails};
pub use product::{AroundProduct, KnownProduct, Presented, ProductView, around, product};
pub use ranges::{Browse, RangesView, Tile, ranges};
pub use row::{Found, ProductRow, found, row};
pub use scan::{Label, Read, ScanView, scan};
pub use shelf::{Filter, Order, ShelfView, Which, shelf};
pub use supplier::{KnownSupplier, SupplierView, supplier};
pub use wishes::{Wish, Wishes, WishesView, wishes, wishes_of};

/// The shop as a page looks at it: on a device, as far as its shelves are there.
#[derive(Clone)]
pub struct Shop<'a> {
    pub catalogue: &'a Catalogue,
    /// In the order of their ranges; each as it was last seen.
    pub shelves: Vec<&'a Shelf>,
    /// None where they are not here.
    pub stories: Option<&'a Stories>,
    /// What I like, what is to be bought, what I would like, too.
    pub me: &'a Me,
}

impl<'a> Shop<'a> {
    pub fn products(&self) -> impl Iterator<Item = &'a Product> + use<'a> {
        let shelves = self.shelves.clone();
        shelves.into_iter().flat_map(|shelf| &shelf.products)
    }

    pub fn product(&self, id: ProductId) -> Option<&'a Product> {
        self.shelves.iter().copied().flat_map(|shelf| &shelf.products).find(|product| product.id == id)
    }

    /// The product that an index found at this place of these shelves; elsewhere, where they have changed since.
    pub fn product_at(&self, id: ProductId, at: usize) -> Option<&'a Product> {
        let mut left = at;
        for shelf in self.shelves.iter().copied() {
            match shelf.products.get(left) {
                Some(product) if product.id == id => return Some(product),
                Some(_) => break,
                None => left -= shelf.products.len(),
            }
        }
        self.product(id)
    }

    pub fn part(&self, range: RangeId) -> Option<&'a PartOf> {
        self.catalogue.parts.iter().find(|part| part.range.id == range)
    }

    pub fn range(&self, range: RangeId) -> Option<&'a Range> {
        self.part(range).map(|part| &part.range)
    }

    pub fn supplier(&self, id: SupplierId) -> Option<&'a Supplier> {
        self.catalogue.suppliers.iter().find(|supplier| supplier.id == id)
    }

    /// What a supplier tells of themselves, as safe HTML; empty where that is nothing, or not here.
    pub fn story(&self, id: SupplierId) -> &'a str {
        let stories = self.stories.filter(|_| !self.catalogue.stories.is_empty());
        stories.and_then(|stories| stories.of.get(&id)).map_or("", String::as_str)
    }

    /// What is on a range, on however many shelves it stands.
    pub fn on(&self, range: RangeId) -> impl Iterator<Item = &'a Product> {
        self.shelves.iter().copied().filter(move |shelf| shelf.range == range).flat_map(|shelf| &shelf.products)
    }

    /// Every shelf of a range is there.
    pub fn is_here(&self, range: RangeId) -> bool {
        let named = self.catalogue.parts.iter().filter(|part| part.range.id == range && part.products > 0).count();
        self.shelves.iter().filter(|shelf| shelf.range == range).count() >= named
    }

    /// What members found missing of it.
    pub fn missing(&self, id: ProductId) -> Option<Missing> {
        let missing = self.catalogue.missing.iter().find(|missing| missing.product == id)?;
        Some(Missing { since: missing.since, last: missing.last, reports: usize::from(missing.reports) })
    }

    /// All of them by their names, as somebody would look for them.
    pub fn by_name(products: impl IntoIterator<Item = &'a Product>) -> Vec<&'a Product> {
        let mut named: Vec<(String, &'a Product)> = Vec::new();
        for product in products {
            named.push((alphabetical(&product.name), product));
        }
        crate::order::by(&mut named, |a, b| a.0.cmp(&b.0));
        named.into_iter().map(|(_, product)| product).collect()
    }

    /// Every shelf is there.
    pub fn is_whole(&self) -> bool {
        self.catalogue.parts.iter().all(|part| self.is_here(part.range.id))
    }
}

/// What a name is sorted by: neither accents nor capitals move it, and « œufs » stands with the O.
fn alphabetical(name: &str) -> String {
    name.chars().flat_map(char::to_lowercase).flat_map(crate::words::folded).collect()
}
