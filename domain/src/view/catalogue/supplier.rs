//! Who makes or brings it, and all that they bring.

use super::{ProductRow, Shop, row};
use crate::catalogue::Supplier;
use crate::id::SupplierId;
use crate::time::{Instant, paris_day};
use crate::view::Seen;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupplierView {
    pub as_of: Instant,
    pub now: Instant,
    pub known: Option<KnownSupplier>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownSupplier {
    pub supplier: Supplier,
    /// As many as are asked for.
    pub rows: Vec<ProductRow>,
    pub total: usize,
}

pub fn supplier(seen: Seen<'_>, shop: &Shop<'_>, id: SupplierId, shown: usize) -> SupplierView {
    let today = paris_day(seen.now);
    let known = shop.supplier(id).map(|supplier| {
        let brings = Shop::by_name(shop.products().filter(|product| product.supplier == Some(id)));
        KnownSupplier {
            supplier: Supplier { story: shop.story(id).to_owned(), ..supplier.clone() },
            total: brings.len(),
            rows: brings.into_iter().take(shown).map(|product| row(shop, product, today)).collect(),
        }
    });
    SupplierView { as_of: shop.catalogue.as_of.min(seen.me.as_of), now: seen.now, known }
}
