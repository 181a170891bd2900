//! What a barcode turns out to be on the device.

use std::collections::BTreeMap;

use domain::catalogue::{Barcode, BarcodeMistake, Carried, Catalogue, Cents, PartOf, Product, Range, Shelf, SoldBy, WHOLE_RANGE};
use domain::view::Seen;
use domain::view::catalogue::{Label, Read, ScanView, Shop, scan};

use super::catalogue_price::product;
use crate::coop::*;
use crate::overlay::snapshots;

fn jar(name: &str, code: &str) -> Product {
    Product { barcodes: vec![code.parse().unwrap()], purchase: Cents(1_000), ..product(name) }
}

/// 12,66 € a kilogram.
fn loose(name: &str, code: &str) -> Product {
    Product { sold_by: SoldBy::Weight, net: None, ..jar(name, code) }
}

/// What a code is where the shop has five products, and the device their shelf, or not.
fn read(typed: &str, here: bool) -> ScanView {
    let coop = Coop::new();
    let (calendar, me) = snapshots(&coop, "Camille");
    let products = vec![
        jar("Miel", "3760012345670"),
        loose("Lentilles", "2112345000008"),
        // Its till keeps one of its labels.
        loose("Comté", "0254321007495"),
        jar("Panier", "2133333000008"),
        // Of scales that are set in some way.
        loose("Noix", Barcode::closing("255432100000").unwrap().as_str()),
    ];
    let range = Range { id: products[0].range, name: "Épicerie".into(), rank: 0 };
    let shelf = Shelf { range: range.id, piece: WHOLE_RANGE, products };
    let catalogue = Catalogue {
        schema: 1,
        marks: calendar.marks.clone(),
        as_of: coop.now,
        valid_until: coop.now,
        suppliers: Vec::new(),
        stories: String::new(),
        parts: vec![PartOf { range, piece: WHOLE_RANGE, products: 5, hash: String::new() }],
        people: BTreeMap::new(),
        suggestions: Vec::new(),
        missing: Vec::new(),
        scales: domain::catalogue::USUAL_SCALES.to_vec(),
    };
    let shop = Shop { catalogue: &catalogue, shelves: if here { vec![&shelf] } else { Vec::new() }, stories: None, me: &me };
    scan(Seen { calendar: &calendar, me: &me, now: coop.now }, &shop, typed)
}

#[track_caller]
fn is(typed: &str, name: &str, wanted: Option<Label>) {
    match read(typed, true).read {
        Some(Read::Known { row, label }) => assert_eq!((row.name.as_str(), label), (name, wanted), "{typed}"),
        other => panic!("{typed} is {other:?}"),
    }
}

#[test]
fn a_product_is_found_as_it_is_printed_or_typed() {
    is("3760012345670", "Miel", None);
    is(" 3 760012 345670 ", "Miel", None);
}

#[test]
fn a_label_of_the_scales_is_its_article_with_what_follows_from_the_price_of_today() {
    is("2112345003429", "Lentilles", Some(Label::Weight { grams: 342, costs: Some(Cents(433)) }));
    is("0254321007495", "Comté", Some(Label::Price { price: Cents(749), weighs: Some(592) }));
    is("2112345000008", "Lentilles", None);
    // Sold by the piece: what it weighs says nothing of what it costs.
    is("2133333012506", "Panier", Some(Label::Weight { grams: 1_250, costs: None }));
}

#[test]
fn a_label_of_scales_that_no_rule_knows_is_its_article_without_what_it_says() {
    is(Barcode::closing("255432100342").unwrap().as_str(), "Noix", None);
}

#[test]
fn what_nobody_knows_says_so_and_what_its_label_carries() {
    let ScanView { read: found, whole, .. } = read("5901234123457", true);
    assert_eq!(found, Some(Read::Unknown { barcode: "5901234123457".parse().unwrap(), carried: None }));
    assert!(whole);
    let ScanView { read: found, .. } = read("2199999003425", true);
    assert!(matches!(found, Some(Read::Unknown { carried: Some(Carried::Weight(342)), .. })), "{found:?}");
    // The device does not keep everything: it may be there all the same.
    assert!(!read("3760012345670", false).whole);
}

#[test]
fn what_is_no_code_is_said_and_nothing_asks_nothing() {
    assert_eq!(read("3760012345671", true).read, Some(Read::Mistake(BarcodeMistake::CheckDigit)));
    assert_eq!(read("pain", true).read, Some(Read::Mistake(BarcodeMistake::NotDigits)));
    assert_eq!(read("  ", true).read, None);
    assert_eq!(read(&"9".repeat(1_000), true).typed.len(), 30);
}
