//! « Nouveautés en rayon » in the brief, and the brief on a product's page.

use std::collections::{BTreeMap, BTreeSet};

use domain::brief::{Briefs, Published, Shown, Source, Sourced, id_of, new_products};
use domain::catalogue::import::Facts;
use domain::catalogue::{Availability, Catalogue, Cents, PartOf, Product, Range, Shelf, SoldBy, WHOLE_RANGE};
use domain::id::{BlockId, ProductId};
use domain::outcome::Marks;
use domain::time::{minus_days, paris_instant};
use domain::view::Seen;
use domain::view::catalogue::{Presented, Shop, product as page};
use uuid::Uuid;

use super::catalogue_asks::facts;
use super::catalogue_price::product;
use crate::coop::*;
use crate::overlay::snapshots;

fn id(number: u128) -> ProductId {
    ProductId(Uuid::from_u128(number))
}

fn names(lines: &[Sourced]) -> Vec<&str> {
    let mut names = Vec::new();
    for line in lines {
        let Sourced::Product { name, .. } = line else { panic!("{line:?}") };
        names.push(name.as_str());
    }
    names
}

/// Which of these briefs the page of a product of the shop names.
fn presented(briefs: &Briefs, id: ProductId) -> Option<Presented> {
    let coop = Coop::new();
    let (calendar, me) = snapshots(&coop, "Camille");
    let honey = Product { id, ..product("Miel") };
    let range = Range { id: honey.range, name: "Épicerie".into(), rank: 0 };
    let shelf = Shelf { range: range.id, piece: WHOLE_RANGE, products: vec![honey] };
    let catalogue = Catalogue {
        schema: 1,
        marks: Marks::new(),
        as_of: coop.now,
        valid_until: coop.now,
        suppliers: Vec::new(),
        stories: String::new(),
        parts: vec![PartOf { range, piece: WHOLE_RANGE, products: 1, hash: String::new() }],
        people: BTreeMap::new(),
        suggestions: Vec::new(),
        missing: Vec::new(),
        scales: domain::catalogue::USUAL_SCALES.to_vec(),
    };
    let shop = Shop { catalogue: &catalogue, shelves: vec![&shelf], stories: None, me: &me };
    let seen = Seen { calendar: &calendar, me: &me, now: coop.now };
    page(seen, &shop, Some(briefs), id).known.and_then(|known| known.presented)
}

#[test]
fn what_is_new_is_told_once_the_newest_first() {
    let monday = day(2026, 11, 30);
    let since = |days| paris_instant(minus_days(monday, days), clock(9, 0));
    let new = |name: &str, until| Facts { availability: Availability::New { until }, ..facts(name) };
    let known = [
        (id(1), new("Miel", day(2026, 12, 15)), since(9)),
        (id(2), new("Tempeh", monday), since(2)),
        (id(3), new("Seitan", day(2026, 11, 29)), since(1)),
        (id(4), facts("Farine"), since(1)),
        (id(5), new("Beurre", day(2026, 12, 15)), since(2)),
    ];
    let lines = new_products(&known, &BTreeSet::new(), monday);
    assert_eq!(names(&lines), ["Beurre", "Tempeh", "Miel"]);
    let price = facts("Miel").price();
    let honey = Sourced::Product { product: id(1), name: "Miel".into(), brand: String::new(), price, sold_by: SoldBy::Piece };
    assert_eq!(lines[2], honey);
    assert!(!honey.is_public(), "the shop is the members'");
    assert_eq!(names(&new_products(&known, &[id(5), id(1)].into(), monday)), ["Tempeh"]);
}

#[test]
fn a_product_names_the_newest_brief_that_was_written_of_it_or_else_the_one_that_told_of_it() {
    let now = Coop::new().now;
    let line = |product| {
        let (name, brand) = ("Miel".to_owned(), String::new());
        Sourced::Product { product, name, brand, price: Cents(320), sold_by: SoldBy::Piece }
    };
    let told = Shown::Live { source: Source::Products, intro: String::new(), lines: vec![line(id(1)), line(id(2))] };
    let written = Shown::Block {
        id: BlockId(Uuid::from_u128(9)),
        group: "Approvisionnement".into(),
        title: "Le miel est là".into(),
        html: format!("<p><a href=\"/produit/{}\">Goûte</a></p>", id(1)),
        picture: None,
        link: None,
    };
    let issue = |monday, piece: &Shown| {
        let pieces = vec![piece.clone()];
        Published { id: id_of(monday), monday, at: now, late: false, automatic: false, pieces, corrected: Vec::new() }
    };
    let (newer, older) = (day(2026, 11, 30), day(2026, 11, 23));
    let briefs = vec![issue(newer, &told), issue(older, &written)];
    let briefs = Briefs { schema: 1, marks: Marks::new(), as_of: now, valid_until: now, briefs, collecting: None };
    let of = |number| presented(&briefs, id(number)).map(|presented| (presented.monday, presented.title));
    assert_eq!(of(1), Some((older, Some("Le miel est là".to_owned()))));
    assert_eq!(of(2), Some((newer, None)));
    assert_eq!(of(3), None);
}
