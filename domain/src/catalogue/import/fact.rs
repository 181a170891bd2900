//! What an import may say of a product, and a change of it.

use serde::{Deserialize, Serialize};

use crate::catalogue::{Availability, Barcode, Cents, Margin, Net, Rate, SoldBy, composed};
use crate::id::{RangeId, SupplierId};

/// What a column of the till may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The till's own number of a product.
    TillId,
    Barcode,
    Name,
    Brand,
    Range,
    Supplier,
    SoldBy,
    Net,
    /// Without VAT.
    Purchase,
    Margin,
    Vat,
    Deposit,
    /// The till's own price: ours is computed, and only compared with it.
    Price,
    Availability,
    Origin,
}

impl Field {
    /// In the order in which they are shown.
    pub const ALL: [Field; 15] = [
        Field::TillId,
        Field::Barcode,
        Field::Name,
        Field::Brand,
        Field::Range,
        Field::Supplier,
        Field::SoldBy,
        Field::Net,
        Field::Purchase,
        Field::Margin,
        Field::Vat,
        Field::Deposit,
        Field::Price,
        Field::Availability,
        Field::Origin,
    ];
}

/// All of them for one product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    pub till_id: Option<String>,
    pub barcodes: Vec<Barcode>,
    pub name: String,
    pub brand: String,
    pub range: RangeId,
    pub supplier: Option<SupplierId>,
    pub sold_by: SoldBy,
    pub net: Option<Net>,
    pub purchase: Cents,
    pub margin: Margin,
    pub vat: Rate,
    pub deposit: Cents,
    pub availability: Availability,
    pub origin: String,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    TillId(Option<String>),
    Barcodes(Vec<Barcode>),
    Name(String),
    Brand(String),
    Range(RangeId),
    Supplier(Option<SupplierId>),
    SoldBy(SoldBy),
    Net(Option<Net>),
    Purchase(Cents),
    Margin(Margin),
    Vat(Rate),
    Deposit(Cents),
    Availability(Availability),
    Origin(String),
}

/// Both are of the same field, and differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub old: Fact,
    pub new: Fact,
}

impl Fact {
    pub fn field(&self) -> Field {
        match self {
            Fact::TillId(_) => Field::TillId,
            Fact::Barcodes(_) => Field::Barcode,
            Fact::Name(_) => Field::Name,
            Fact::Brand(_) => Field::Brand,
            Fact::Range(_) => Field::Range,
            Fact::Supplier(_) => Field::Supplier,
            Fact::SoldBy(_) => Field::SoldBy,
            Fact::Net(_) => Field::Net,
            Fact::Purchase(_) => Field::Purchase,
            Fact::Margin(_) => Field::Margin,
            Fact::Vat(_) => Field::Vat,
            Fact::Deposit(_) => Field::Deposit,
            Fact::Availability(_) => Field::Availability,
            Fact::Origin(_) => Field::Origin,
        }
    }
}

impl Change {
    pub fn field(&self) -> Field {
        self.new.field()
    }

    pub fn inverse(&self) -> Change {
        Change { old: self.new.clone(), new: self.old.clone() }
    }
}

impl Facts {
    /// None for the price, which follows from others.
    pub fn of(&self, field: Field) -> Option<Fact> {
        Some(match field {
            Field::TillId => Fact::TillId(self.till_id.clone()),
            Field::Barcode => Fact::Barcodes(self.barcodes.clone()),
            Field::Name => Fact::Name(self.name.clone()),
            Field::Brand => Fact::Brand(self.brand.clone()),
            Field::Range => Fact::Range(self.range),
            Field::Supplier => Fact::Supplier(self.supplier),
            Field::SoldBy => Fact::SoldBy(self.sold_by),
            Field::Net => Fact::Net(self.net),
            Field::Purchase => Fact::Purchase(self.purchase),
            Field::Margin => Fact::Margin(self.margin),
            Field::Vat => Fact::Vat(self.vat),
            Field::Deposit => Fact::Deposit(self.deposit),
            Field::Availability => Fact::Availability(self.availability.clone()),
            Field::Origin => Fact::Origin(self.origin.clone()),
            Field::Price => return None,
        })
    }

    pub fn set(&mut self, fact: Fact) {
        match fact {
            Fact::TillId(till_id) => self.till_id = till_id,
            Fact::Barcodes(barcodes) => self.barcodes = barcodes,
            Fact::Name(name) => self.name = name,
            Fact::Brand(brand) => self.brand = brand,
            Fact::Range(range) => self.range = range,
            Fact::Supplier(supplier) => self.supplier = supplier,
            Fact::SoldBy(sold_by) => self.sold_by = sold_by,
            Fact::Net(net) => self.net = net,
            Fact::Purchase(purchase) => self.purchase = purchase,
            Fact::Margin(margin) => self.margin = margin,
            Fact::Vat(vat) => self.vat = vat,
            Fact::Deposit(deposit) => self.deposit = deposit,
            Fact::Availability(availability) => self.availability = availability,
            Fact::Origin(origin) => self.origin = origin,
        }
    }

    /// Only a piece has a net quantity: what is sold by weight or volume is weighed.
    pub(super) fn settled(mut self) -> Facts {
        self.net = self.net.filter(|_| self.sold_by == SoldBy::Piece);
        self
    }

    /// What one of it costs, or a kilogram, or a litre; the deposit comes beside.
    pub fn price(&self) -> Cents {
        composed(self.purchase, self.margin.rate(), self.vat).price
    }

    /// What differs, field by field.
    pub(super) fn until(&self, after: &Facts) -> Vec<Change> {
        let change = |field| {
            let (old, new) = (self.of(field)?, after.of(field)?);
            (old != new).then_some(Change { old, new })
        };
        Field::ALL.into_iter().filter_map(change).collect()
    }
}
