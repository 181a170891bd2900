//! A product in a list, and what is found by its words.

use chrono::NaiveDate;

use super::Shop;
use crate::catalogue::{Cents, Index, Missing, Net, PerMeasure, Product, SoldBy, Stock};
use crate::id::{PictureId, ProductId};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductRow {
    pub id: ProductId,
    pub name: String,
    pub brand: String,
    pub sold_by: SoldBy,
    pub net: Option<Net>,
    pub price: Cents,
    pub per: Option<PerMeasure>,
    pub stock: Stock,
    /// Of which day it is what is said of its allergens; none where nobody knows.
    pub said_on: Option<NaiveDate>,
    pub missing: Option<Missing>,
    pub favourite: bool,
    /// Its photo, where there is a small one of it.
    pub thumbnail: Option<PictureId>,
}

pub fn row(shop: &Shop<'_>, product: &Product, today: NaiveDate) -> ProductRow {
    ProductRow {
        id: product.id,
        name: product.name.clone(),
        brand: product.brand.clone(),
        sold_by: product.sold_by,
        net: product.net,
        price: product.price(),
        per: product.per_measure(),
        stock: product.availability.on(today),
        said_on: product.allergens.said_on(),
        missing: shop.missing(product.id),
        favourite: shop.me.lists.favourites.contains(&product.id),
        thumbnail: product.small_photo(),
    }
}

/// What answers to what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub typed: String,
    /// The nearest first.
    pub rows: Vec<ProductRow>,
    /// More answer than are here.
    pub more: bool,
    /// What to look for instead, where nothing answers.
    pub instead: Option<String>,
}

/// Nothing where nothing is looked for.
pub fn found(shop: &Shop<'_>, index: &Index, typed: &str, most: usize, today: NaiveDate) -> Option<Found> {
    if typed.trim().is_empty() {
        return None;
    }
    let mut hits = index.find(typed, most + 1);
    let more = hits.len() > most;
    hits.truncate(most);
    let rows: Vec<ProductRow> = hits
        .into_iter()
        .filter_map(|hit| shop.product_at(hit.product, hit.at))
        .map(|product| row(shop, product, today))
        .collect();
    let instead = if rows.is_empty() { index.suggest(typed) } else { None };
    Some(Found { typed: typed.trim().to_owned(), rows, more, instead })
}
