//! The shop as a file like the till's: read again, it changes nothing.
//!
//! Plain cells; what looks like a formula is guarded where bytes are written (`server::csv`), and read back without its guard.

use super::fact::{Facts, Field};
use super::own_code::own_code;
use super::shop::{Archived, Shop};
use super::spelling::{of_availability, of_money, of_net, of_rate, of_sold_by};
use crate::catalogue::{Range, Supplier};
use crate::id::ProductId;
use crate::import::Table;
use crate::order;

/// What is in the catalogue, by rayon, then by name.
pub fn table(shop: &Shop, ranges: &[Range], suppliers: &[Supplier]) -> Table {
    let rank = |facts: &Facts| ranges.iter().find(|range| range.id == facts.range).map_or(u16::MAX, |range| range.rank);
    let there = shop.iter().filter(|(_, kept)| kept.archived == Archived::No);
    let mut rows: Vec<(u16, &Facts, ProductId)> = there.map(|(id, kept)| (rank(&kept.facts), &kept.facts, *id)).collect();
    order::by(&mut rows, |a, b| (a.0, &a.1.name, &a.1.till_id).cmp(&(b.0, &b.1.name, &b.1.till_id)));
    let cells = |facts: &Facts, id: ProductId| {
        Field::ALL.into_iter().map(|field| cell((id, facts), field, ranges, suppliers)).collect::<Vec<String>>()
    };
    Table {
        header: Field::ALL.into_iter().map(|field| column(field).to_owned()).collect(),
        rows: (2..).zip(rows).map(|(line, (_, facts, id))| (line, cells(facts, id))).collect(),
    }
}

/// What nothing else names, our own code does.
fn till_id(id: ProductId, facts: &Facts) -> String {
    let nameless = facts.barcodes.is_empty().then(|| own_code(id));
    facts.till_id.clone().or(nameless).unwrap_or_default()
}

/// As a mapping guesses it.
fn column(field: Field) -> &'static str {
    match field {
        Field::TillId => "Code article",
        Field::Barcode => "Code-barres",
        Field::Name => "Désignation",
        Field::Brand => "Marque",
        Field::Range => "Rayon",
        Field::Supplier => "Fournisseur",
        Field::SoldBy => "Vendu par",
        Field::Net => "Contenu net",
        Field::Purchase => "Prix d’achat HT",
        Field::Margin => "Marge",
        Field::Vat => "TVA",
        Field::Deposit => "Consigne",
        Field::Price => "Prix de vente TTC",
        Field::Availability => "Disponibilité",
        Field::Origin => "Origine",
    }
}

fn cell((id, facts): (ProductId, &Facts), field: Field, ranges: &[Range], suppliers: &[Supplier]) -> String {
    match field {
        Field::TillId => till_id(id, facts),
        Field::Barcode => facts.barcodes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        Field::Name => facts.name.clone(),
        Field::Brand => facts.brand.clone(),
        Field::Range => ranges.iter().find(|range| range.id == facts.range).map(|range| range.name.clone()).unwrap_or_default(),
        Field::Supplier => {
            let supplier = suppliers.iter().find(|supplier| Some(supplier.id) == facts.supplier);
            supplier.map(|supplier| supplier.name.clone()).unwrap_or_default()
        }
        Field::SoldBy => of_sold_by(facts.sold_by).to_owned(),
        Field::Net => facts.net.map(of_net).unwrap_or_default(),
        Field::Purchase => of_money(facts.purchase),
        Field::Margin => of_rate(facts.margin.rate()),
        Field::Vat => of_rate(facts.vat),
        Field::Deposit => of_money(facts.deposit),
        Field::Price => of_money(facts.price()),
        Field::Availability => of_availability(&facts.availability),
        Field::Origin => facts.origin.clone(),
    }
}
