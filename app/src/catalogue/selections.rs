//! What the pages of the shop show.

use domain::time::Instant;
use domain::view::Seen;
use domain::view::catalogue::{
    AroundProduct, ListView, MyLists, ProductView, RangesView, ScanView, ShelfView, SupplierView, Wishes, WishesView, list,
    product, ranges, scan, shelf, supplier, wishes,
};

use crate::selection::{Others, Query, Selected, View, selected};

selected!(RangesView, ScanView);

impl Selected for ShelfView {
    fn clocks(&mut self) -> (&mut Instant, Option<&mut Instant>) {
        (&mut self.as_of, Some(&mut self.now))
    }

    fn lacks_its_subject(&self, _: &Query) -> bool {
        !self.known
    }
}

impl Selected for ProductView {
    fn clocks(&mut self) -> (&mut Instant, Option<&mut Instant>) {
        (&mut self.as_of, Some(&mut self.now))
    }

    /// Its acts follow by themselves what they change.
    fn rest(&mut self) {
        if let Some(known) = &mut self.known {
            known.around = AroundProduct::default();
        }
    }

    fn lacks_its_subject(&self, _: &Query) -> bool {
        self.known.is_none()
    }
}

impl Selected for SupplierView {
    fn clocks(&mut self) -> (&mut Instant, Option<&mut Instant>) {
        (&mut self.as_of, Some(&mut self.now))
    }

    fn lacks_its_subject(&self, _: &Query) -> bool {
        self.known.is_none()
    }
}

impl Selected for ListView {
    fn clocks(&mut self) -> (&mut Instant, Option<&mut Instant>) {
        (&mut self.as_of, Some(&mut self.now))
    }

    /// What is being typed stays: both lists follow by themselves.
    fn rest(&mut self) {
        self.lists = MyLists::default();
    }
}

impl Selected for WishesView {
    fn clocks(&mut self) -> (&mut Instant, Option<&mut Instant>) {
        (&mut self.as_of, Some(&mut self.now))
    }

    fn rest(&mut self) {
        self.wishes = Wishes::default();
    }
}

pub fn select(query: &Query, seen: Seen<'_>, others: Others<'_>) -> Option<View> {
    let shop = others.shop?;
    Some(match query {
        Query::Ranges { .. } => View::of(ranges(seen, shop)),
        Query::Shelf { range, filter, page } => {
            let view = shelf(seen, shop, *range, filter, *page);
            // On a device, its products come after the ranges.
            View::of(Some(view).filter(|view| view.here || !view.known)?)
        }
        Query::Product(id) => {
            let view = product(seen, shop, others.briefs, *id);
            View::of(Some(view).filter(|view| view.known.is_some() || view.whole)?)
        }
        Query::Supplier { id, page } => View::of(supplier(seen, Some(shop).filter(|shop| shop.is_whole())?, *id, *page)),
        Query::List => View::of(list(seen, shop)),
        Query::Wishes => View::of(wishes(seen, shop)),
        Query::Scan { typed } => View::of(scan(seen, shop, typed)),
        _ => return None,
    })
}
