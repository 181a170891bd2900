//! Who makes or brings it, and all that they bring.

use super::shelf::ROWS;
use super::{ProductRow, Shop, row};
use crate::catalogue::Supplier;
use crate::id::SupplierId;
use crate::time::{Instant, paris_day};
use crate::view::Seen;
use crate::view::leaf::Leaf;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupplierView {
    pub as_of: Instant,
    pub now: Instant,
    pub known: Option<KnownSupplier>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownSupplier {
    pub supplier: Supplier,
    /// Those of the leaf.
    pub rows: Vec<ProductRow>,
    pub leaf: Leaf,
}

/// `page`: which leaf of what they bring is asked for, from 1.
pub fn supplier(seen: Seen<'_>, shop: &Shop<'_>, id: SupplierId, page: usize) -> SupplierView {
    let today = paris_day(seen.now);
    let known = shop.supplier(id).map(|supplier| {
        let brings = Shop::by_name(shop.products().filter(|product| product.supplier == Some(id)));
        let leaf = Leaf::of(page, ROWS, brings.len());
        KnownSupplier {
            supplier: Supplier { story: shop.story(id).to_owned(), ..supplier.clone() },
            rows: leaf.cut(brings).map(|product| row(shop, product, today)).collect(),
            leaf,
        }
    });
    SupplierView { as_of: shop.catalogue.as_of.min(seen.me.as_of), now: seen.now, known }
}
