//! What a price is made of: purchase, margin, VAT, to the cent; and what it is for a kilogram or a litre.

use std::cmp::Reverse;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::money::scaled;
use super::search::is_small;
use super::{Cents, Measure, Net, Product, Rate, SoldBy};
use crate::order;
use crate::words::words;

/// The most that is proposed instead of a product.
const CHEAPER_CAP: usize = 3;

/// A price and its parts, each to the cent: `purchase` + `margin` is `before_vat`, and with `vat` it is `price`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Composed {
    pub purchase: Cents,
    pub margin: Cents,
    pub before_vat: Cents,
    pub vat: Cents,
    /// What is paid.
    pub price: Cents,
}

/// The price that follows. Each part is rounded once, half a cent up, and only then added: what is shown sums up.
pub fn composed(purchase: Cents, margin: Rate, vat: Rate) -> Composed {
    let margin = margin.of(purchase);
    let before_vat = purchase.plus(margin);
    let vat = vat.of(before_vat);
    Composed { purchase, margin, before_vat, vat, price: before_vat.plus(vat) }
}

/// What something costs for a kilogram (of grams) or a litre (of millilitres).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PerMeasure {
    pub price: Cents,
    pub of: Measure,
}

/// « Prix à l'unité de mesure »: the final price, VAT included and without a deposit, for a kilogram or a litre, as the « arrêté du
/// 16 novembre 1999 relatif à la publicité, à l'égard du consommateur, des prix de vente à l'unité de mesure de certains produits
/// préemballés » wants it (directive 98/6/CE, article 2 b), to the cent, half a cent up. The net quantity of what lies in a liquid
/// is its drained one. What is sold by weight or volume has its price for that already; a piece without a quantity has none.
pub fn per_measure(price: Cents, sold_by: SoldBy, net: Option<Net>) -> Option<PerMeasure> {
    match (sold_by, net) {
        (SoldBy::Weight, _) => Some(PerMeasure { price, of: Measure::Gram }),
        (SoldBy::Volume, _) => Some(PerMeasure { price, of: Measure::Millilitre }),
        (SoldBy::Piece, Some(Net { amount, of })) if amount > 0 => {
            Some(PerMeasure { price: Cents(scaled(price.0, 1_000, i64::from(amount))), of })
        }
        (SoldBy::Piece, _) => None,
    }
}

impl PerMeasure {
    /// What so many grams, or millilitres, cost: to the cent, half a cent up.
    pub fn for_amount(self, amount: u32) -> Cents {
        Cents(scaled(self.price.0, i64::from(amount), 1_000))
    }
}

impl Product {
    pub fn composed(&self) -> Composed {
        composed(self.purchase, self.margin, self.vat)
    }

    /// What is paid for one piece, a kilogram or a litre; a deposit comes beside it.
    pub fn price(&self) -> Cents {
        self.composed().price
    }

    pub fn per_measure(&self) -> Option<PerMeasure> {
        per_measure(self.price(), self.sold_by, self.net)
    }
}

/// What costs less for a kilogram or a litre on the same shelf, and is there today, three at most: what is called alike first, since
/// flour is cheaper than any biscuit, then the cheapest.
pub fn cheaper_in<'a>(products: impl IntoIterator<Item = &'a Product>, of: &Product, today: NaiveDate) -> Vec<&'a Product> {
    let Some(mine) = of.per_measure() else { return Vec::new() };
    let called = telling(&of.name);
    let mut cheaper: Vec<(Reverse<usize>, Cents, &'a Product)> = Vec::new();
    for product in products {
        let beside = product.range == of.range && product.id != of.id && product.availability.on(today).is_there();
        if let Some(theirs) = product.per_measure().filter(|theirs| beside && theirs.of == mine.of && theirs.price < mine.price) {
            let alike = telling(&product.name).iter().filter(|word| called.contains(word)).count();
            cheaper.push((Reverse(alike), theirs.price, product));
        }
    }
    order::by(&mut cheaper, |a, b| (a.0, a.1, &a.2.name, a.2.id).cmp(&(b.0, b.1, &b.2.name, b.2.id)));
    cheaper.into_iter().take(CHEAPER_CAP).map(|(.., product)| product).collect()
}

/// The words of a name that say what it is.
fn telling(name: &str) -> Vec<String> {
    words(name).into_iter().filter(|word| word.len() > 2 && !is_small(word)).collect()
}
