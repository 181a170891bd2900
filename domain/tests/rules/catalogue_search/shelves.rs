//! The shelves of a co-op, from `shelves.txt`: « name; brand; supplier; origin; labels; quantity ». And a big shop made of them.

use std::collections::BTreeMap;

use domain::catalogue::{Allergens, Availability, Barcode, Cents, Index, Measure, Net, Product, Range, Rate, SoldBy, Supplier};
use domain::id::{ProductId, RangeId, SupplierId};
use uuid::Uuid;

use crate::coop::day;

pub struct Shop {
    pub ranges: Vec<Range>,
    pub suppliers: Vec<Supplier>,
    pub products: Vec<Product>,
}

impl Shop {
    pub fn index(&self) -> Index {
        Index::of(self.products.iter(), &self.suppliers, &self.ranges)
    }

    pub fn found(&self, index: &Index, typed: &str, most: usize) -> Vec<&str> {
        let hits = index.find(typed, most);
        hits.into_iter().map(|hit| self.named(hit.product)).collect()
    }

    fn named(&self, id: ProductId) -> &str {
        let product = self.products.iter().find(|product| product.id == id);
        &product.expect("a hit is a product of the shop").name
    }
}

/// Some three hundred products.
pub fn shop() -> Shop {
    let mut shop = Shop { ranges: vec![], suppliers: vec![], products: vec![] };
    let mut suppliers = BTreeMap::new();
    for line in include_str!("shelves.txt").lines() {
        if let Some(name) = line.strip_prefix("# ") {
            let rank = shop.ranges.len() as u16;
            let id = RangeId(Uuid::from_u128(1000 + u128::from(rank)));
            shop.ranges.push(Range { id, name: name.into(), rank });
            continue;
        }
        let [name, brand, supplier, origin, labels, quantity] =
            line.split(';').map(str::trim).collect::<Vec<_>>().try_into().expect("six columns");
        let number = suppliers.len() as u128;
        let supplier = *suppliers.entry(supplier).or_insert_with(|| {
            let id = SupplierId(Uuid::from_u128(2000 + number));
            shop.suppliers.push(supplied(id, supplier));
            id
        });
        let range = shop.ranges.last().expect("a range first").id;
        let at = shop.products.len();
        let product = Product { brand: brand.into(), origin: origin.into(), ..product(at, name, range, supplier, quantity) };
        let labels = labels.split(',').filter(|label| !label.is_empty()).map(str::to_owned).collect();
        shop.products.push(Product { labels, ..product });
    }
    shop
}

/// Six thousand: each of them twenty times, from other brands and places.
pub fn big_shop() -> Shop {
    let mut shop = shop();
    let few = shop.products.clone();
    const KINDS: [&str; 12] = [
        "",
        "artisanal",
        "de la ferme",
        "sans sel ajouté",
        "allégé",
        "grand format",
        "extra",
        "à l’ancienne",
        "équitable",
        "du pays",
        "fin",
        "cuvée spéciale",
    ];
    for at in few.len()..6000 {
        let like = &few[at % few.len()];
        let kind = KINDS[at / few.len() % KINDS.len()];
        let name = format!("{} {kind} {}", like.name, said(at / 3)).replace("  ", " ");
        let barcodes = vec![barcode(at)];
        let id = ProductId(Uuid::from_u128(at as u128));
        shop.products.push(Product { id, name, brand: said(at % 400), origin: said(at % 300 + 7000), barcodes, ..like.clone() });
    }
    shop
}

/// A name that sounds like one, another for each number.
fn said(number: usize) -> String {
    const SYLLABLES: [&str; 20] = [
        "Bel", "cor", "dan", "fou", "gri", "lam", "mon", "nel", "pou", "rou", "sar", "ter", "val", "vin", "zan", "chan", "brie",
        "plo", "tru", "mé",
    ];
    let syllable = |power: u32| SYLLABLES[(number * 7919 + 13) / 20_usize.pow(power) % 20];
    format!("{}{}{}", syllable(0), syllable(1), syllable(2))
}

fn supplied(id: SupplierId, name: &str) -> Supplier {
    let (story, place) = (String::new(), String::new());
    Supplier { id, name: name.into(), story, place, distance_km: None, delivers: vec![], photo: None, thumbnail: false }
}

fn product(at: usize, name: &str, range: RangeId, supplier: SupplierId, quantity: &str) -> Product {
    let (sold_by, net) = sold(quantity);
    Product {
        id: ProductId(Uuid::from_u128(at as u128)),
        range,
        supplier: Some(supplier),
        name: name.into(),
        brand: String::new(),
        origin: String::new(),
        labels: vec![],
        sold_by,
        net,
        purchase: Cents(250),
        margin: Rate(2000),
        vat: Rate(550),
        deposit: Cents(0),
        price_since: day(2026, 9, 1),
        allergens: Allergens::Unknown,
        availability: Availability::InRange,
        barcodes: vec![barcode(at)],
        photo: None,
        thumbnail: false,
        story: String::new(),
        changed_on: day(2026, 9, 1),
    }
}

fn sold(quantity: &str) -> (SoldBy, Option<Net>) {
    let net = |amount: &str, each: u32, of: Measure| Net { amount: amount.parse::<u32>().expect("a number") * each, of };
    match quantity.split_once(' ') {
        Some((amount, "g")) => {
            let (times, amount) = amount.split_once('x').unwrap_or(("1", amount));
            (SoldBy::Piece, Some(net(amount, times.parse().expect("a number"), Measure::Gram)))
        }
        Some((amount, "kg")) => (SoldBy::Piece, Some(net(amount, 1000, Measure::Gram))),
        Some((amount, "cl")) => (SoldBy::Piece, Some(net(amount, 10, Measure::Millilitre))),
        Some((amount, "ml")) => (SoldBy::Piece, Some(net(amount, 1, Measure::Millilitre))),
        Some((amount, "l")) => (SoldBy::Piece, Some(net(amount, 1000, Measure::Millilitre))),
        _ if quantity == "kg" => (SoldBy::Weight, None),
        _ if quantity == "litre" => (SoldBy::Volume, None),
        _ => (SoldBy::Piece, None),
    }
}

/// Another EAN-13 for each product.
pub fn barcode(at: usize) -> Barcode {
    Barcode::closing(&format!("3270190{:05}", at * 13 + 1278)).expect("twelve digits")
}
