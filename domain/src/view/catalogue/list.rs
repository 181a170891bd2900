//! What I like, and what is to be bought.

use std::collections::BTreeMap;

use super::{ProductRow, Shop, alphabetical, row};
use crate::catalogue::{Cents, ListItem, Listed, Product, SoldBy};
use crate::id::{ListItemId, PictureId, ProductId};
use crate::members::ShortName;
use crate::time::{Instant, paris_day};
use crate::view::Seen;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListView {
    pub as_of: Instant,
    pub now: Instant,
    pub name: ShortName,
    pub lists: MyLists,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MyLists {
    /// By name.
    pub favourites: Vec<ProductRow>,
    /// In the order in which they were put there.
    pub lines: Vec<Line>,
    pub ticked: Vec<ListItemId>,
    /// What is still to be bought costs so much, as far as it is sold by the piece.
    pub total: Cents,
    /// Nothing of what is still to be bought is left out of it.
    pub total_is_whole: bool,
    /// Every shelf is here: a product that is on none is not sold any more.
    pub whole: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub id: ListItemId,
    pub what: Listed,
    /// The product, where it is here.
    pub product: Option<ProductRow>,
    pub quantity: u16,
    pub done: bool,
}

pub fn list(seen: Seen<'_>, shop: &Shop<'_>) -> ListView {
    ListView {
        as_of: shop.catalogue.as_of.min(seen.me.as_of),
        now: seen.now,
        name: seen.me.profile.name(),
        lists: my_lists(seen, shop),
    }
}

pub fn my_lists(seen: Seen<'_>, shop: &Shop<'_>) -> MyLists {
    let today = paris_day(seen.now);
    let lists = &shop.me.lists;
    let products = all_of(shop);
    let known = |id: &ProductId| products.get(id).map(|product| row(shop, product, today));
    let mut liked: Vec<ProductRow> = lists.favourites.iter().filter_map(known).collect();
    crate::order::by_key(&mut liked, |product| alphabetical(&product.name));
    let mut mine =
        MyLists { favourites: liked, ticked: lists.ticked(), total_is_whole: true, whole: shop.is_whole(), ..MyLists::default() };
    for item in &lists.shopping {
        let product = of(item).and_then(|id| known(&id));
        if !item.done {
            let costs = product.as_ref().filter(|product| product.sold_by == SoldBy::Piece);
            let sum = costs.and_then(|product| mine.total.checked_add(product.price.checked_mul(i64::from(item.quantity))?));
            match sum {
                Some(sum) => mine.total = sum,
                None => mine.total_is_whole = false,
            }
        }
        mine.lines.push(Line { id: item.id, what: item.what.clone(), product, quantity: item.quantity, done: item.done });
    }
    mine
}

/// The small photos of both lists, those of favourites first: a device has them before anybody looks at them.
pub fn my_thumbnails(shop: &Shop<'_>) -> Vec<PictureId> {
    let products = all_of(shop);
    let mine = shop.me.lists.products();
    mine.iter().filter_map(|id| products.get(id)).filter_map(|product| product.small_photo()).collect()
}

fn of(item: &ListItem) -> Option<ProductId> {
    match item.what {
        Listed::Product(id) => Some(id),
        Listed::Text(_) => None,
    }
}

/// The products of both lists: the shop is gone through once for all of them.
fn all_of<'a>(shop: &Shop<'a>) -> BTreeMap<ProductId, &'a Product> {
    let lists = &shop.me.lists;
    let listed = crate::order::set(lists.shopping.iter().filter_map(of));
    if lists.favourites.is_empty() && listed.is_empty() {
        return BTreeMap::new();
    }
    let mine = shop.products().filter(|product| lists.favourites.contains(&product.id) || listed.contains(&product.id));
    crate::order::map(mine.map(|product| (product.id, product)))
}
