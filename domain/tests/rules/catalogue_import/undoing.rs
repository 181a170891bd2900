//! What is approved is done as a whole, and taken back exactly.

use std::collections::BTreeSet;

use domain::catalogue::import::{
    Answers, Archived, Fact, Facts, Field, Given, Incoming, Kept, Now, Plan, Shop, Since, Undo, diff,
};
use domain::catalogue::{Availability, Barcode, Cents, MARGIN, Margin, Rate, SoldBy};
use domain::id::{ProductId, RangeId, SupplierId};
use proptest::prelude::*;
use uuid::Uuid;

use super::{diff_of, ean, file, given, id, ids, lentils, plan_of, ranges, same_file, shelf, suppliers, with_lentils, words};

/// Taken back from there; `touched` has something of its own by now.
fn undo_with(plan: &Plan, shop: &Shop, touched: &[ProductId]) -> Undo {
    let ranges: BTreeSet<RangeId> = ranges().into_iter().map(|range| range.id).collect();
    let suppliers: BTreeSet<SupplierId> = suppliers().into_iter().map(|supplier| supplier.id).collect();
    let touched = touched.iter().copied().collect();
    plan.undo(Now { shop, touched: &touched, ranges: &ranges, suppliers: &suppliers, margin: MARGIN })
}

fn undo_of(plan: &Plan, shop: &Shop) -> Undo {
    undo_with(plan, shop, &[])
}

/// What one of few products or rows may say, so that they often meet.
#[derive(Debug, Clone)]
struct Drawn {
    till_id: Option<u8>,
    barcodes: Vec<u32>,
    name: u8,
    purchase: i64,
    origin: Option<u8>,
    range: bool,
    archived: u8,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let identity = (prop::option::of(0u8..8), prop::collection::vec(0u32..10, 0..3));
    let said = (0u8..4, 1i64..4, prop::option::of(0u8..3), any::<bool>(), 0u8..4);
    (identity, said).prop_map(|((till_id, barcodes), (name, purchase, origin, range, archived))| Drawn {
        till_id,
        barcodes,
        name,
        purchase,
        origin,
        range,
        archived,
    })
}

/// No two have a till id or a barcode in common.
fn apart(mut all: Vec<Drawn>) -> Vec<Drawn> {
    let (mut till_ids, mut barcodes) = (BTreeSet::new(), BTreeSet::new());
    for one in &mut all {
        one.till_id = one.till_id.filter(|till_id| till_ids.insert(*till_id));
        one.barcodes.retain(|barcode| barcodes.insert(*barcode));
    }
    all
}

fn range_of(drawn: &Drawn) -> &'static str {
    if drawn.range { "Épicerie" } else { "Crèmerie" }
}

fn shop_of(all: Vec<Drawn>) -> Shop {
    let facts = |drawn: &Drawn| Facts {
        till_id: drawn.till_id.map(|number| format!("T{number}")),
        barcodes: drawn.barcodes.iter().map(|number| ean(*number)).collect(),
        name: format!("Produit {}", drawn.name),
        brand: String::new(),
        range: RangeId(Uuid::from_u128(if drawn.range { 1 } else { 2 })),
        supplier: None,
        sold_by: SoldBy::Piece,
        net: None,
        purchase: Cents(drawn.purchase),
        margin: Margin::OfTheCoop(MARGIN),
        vat: Rate(550),
        deposit: Cents(0),
        availability: Availability::InRange,
        origin: drawn.origin.map(|number| format!("Vallée {number}")).unwrap_or_default(),
    };
    let archived = |drawn: &Drawn| match drawn.archived {
        0 => Archived::ByImport,
        1 => Archived::ByHand,
        _ => Archived::No,
    };
    let kept = |drawn: &Drawn| Kept { facts: facts(drawn), archived: archived(drawn) };
    (1..).zip(apart(all)).map(|(number, drawn)| (id(number), kept(&drawn))).collect()
}

fn rows_of(all: Vec<Drawn>) -> Vec<Incoming> {
    let row = |(line, drawn): (u32, Drawn)| Incoming {
        line,
        till_id: drawn.till_id.map(|number| format!("T{number}")),
        barcodes: drawn.barcodes.iter().map(|number| ean(*number)).collect(),
        name: format!("Produit {}", drawn.name),
        range: range_of(&drawn).to_owned(),
        supplier: None,
        purchase: Cents(drawn.purchase),
        vat: Rate(550),
        margin: None,
        rest: drawn.origin.map(|number| Fact::Origin(format!("Vallée {number}"))).into_iter().collect(),
        price: None,
    };
    let known = |drawn: &Drawn| drawn.till_id.is_some() || !drawn.barcodes.is_empty();
    (2..).zip(apart(all).into_iter().filter(known)).map(row).collect()
}

/// Somebody says yes to the first candidate of some rows, and no to the rest.
fn answered(given: Given<'_>, yes: bool) -> Answers {
    let mut answers = Answers::default();
    let propose = |answers: &Answers| diff(&Given { answers, ..given }).proposals;
    if yes {
        answers.names = propose(&answers).into_iter().map(|proposal| (proposal.line, Some(proposal.candidates[0]))).collect();
    }
    loop {
        let open = propose(&answers);
        if open.is_empty() {
            return answers;
        }
        answers.names.extend(open.into_iter().map(|proposal| (proposal.line, None)));
    }
}

fn is_apart(shop: &Shop) -> bool {
    let till_ids: Vec<&String> = shop.values().filter_map(|kept| kept.facts.till_id.as_ref()).collect();
    let barcodes: Vec<&Barcode> = shop.values().flat_map(|kept| &kept.facts.barcodes).collect();
    let distinct = (till_ids.iter().collect::<BTreeSet<_>>().len(), barcodes.iter().collect::<BTreeSet<_>>().len());
    (till_ids.len(), barcodes.len()) == distinct
}

proptest! {
    #[test]
    fn an_import_is_done_once_and_undone_exactly(
        kept in prop::collection::vec(drawn(), 0..8),
        file in prop::collection::vec(drawn(), 0..8),
        yes in any::<bool>(),
        by_till_id in any::<bool>(),
    ) {
        let (shop, rows, words, nothing) = (shop_of(kept), rows_of(file), words(), Answers::default());
        let first = Given { by_till_id, ..given(&shop, &rows, &words, &nothing) };
        let answers = answered(first, yes);
        let approved = diff(&Given { answers: &answers, ..first });
        let plan = approved.plan(false, ids(1000)).expect("nothing to be answered");

        let after = plan.applied(&shop).expect("the shop that it was made for");
        prop_assert!(is_apart(&after), "{after:?}");
        let again = diff(&Given { shop: &after, ..first });
        prop_assert!(again.is_empty(), "{again:?}");
        for row in &rows {
            prop_assert!(after.values().any(|kept| kept.facts.name == row.name && kept.facts.purchase == row.purchase));
        }

        let undo = undo_of(&plan, &after);
        prop_assert!(undo.since.is_empty(), "{:?}", undo.since);
        prop_assert_eq!(undo.plan.applied(&after).expect("the shop as it was left"), shop);

        // As it is kept between the two.
        let json = serde_json::to_string(&plan).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<Plan>(&json).expect("a plan"), plan);
    }
}

#[test]
fn what_was_changed_since_is_kept_and_said() {
    let dearer = file(&format!("L1;{};Lentilles blondes;Épicerie;Biocoop;2,10;5,5", ean(1)));
    let plan = plan_of(&diff_of(&shelf(), &dearer));
    let mut now = plan.applied(&shelf()).expect("the shelf");
    now.get_mut(&id(100)).expect("lentils").facts.purchase = Cents(230);
    let undo = undo_of(&plan, &now);
    assert_eq!(
        undo.since,
        [Since { id: id(100), name: "Lentilles blondes".into(), fields: vec![Field::Purchase], archived: false }]
    );
    let back = undo.plan.applied(&now).expect("the shop as it is now");
    assert_eq!((lentils(&back).facts.name.as_str(), lentils(&back).facts.purchase), ("Lentilles vertes", Cents(230)));
}

#[test]
fn a_new_product_that_somebody_edited_is_archived_and_not_removed() {
    let plan = plan_of(&diff_of(&Shop::new(), &same_file()));
    let shop = with_lentils(|kept| kept.facts.origin = "Le Puy".into());
    let undo = undo_of(&plan, &shop);
    assert_eq!(undo.since, [Since { id: id(100), name: "Lentilles vertes".into(), fields: vec![], archived: true }]);
    let back = undo.plan.applied(&shop).expect("the shop as it is now");
    assert_eq!(back.values().map(|kept| kept.archived).collect::<Vec<_>>(), [Archived::ByImport]);
}

#[test]
fn a_barcode_that_went_elsewhere_since_does_not_come_back() {
    let shop = with_lentils(|kept| kept.facts.barcodes = vec![ean(1), ean(5)]);
    let mut takes = file(&format!("L1;{};Lentilles vertes;Épicerie;Biocoop;2,00;5,5", ean(1)));
    takes.rows[1].1[1] = ean(5).to_string();
    let plan = plan_of(&diff_of(&shop, &takes));
    let mut now = plan.applied(&shop).expect("the shelf");
    now.get_mut(&id(101)).expect("oats").facts.barcodes = vec![ean(5)];
    let undo = undo_of(&plan, &now);
    let back = undo.plan.applied(&now).expect("the shop as it is now");
    assert!(is_apart(&back), "{back:?}");
    assert_eq!(lentils(&back).facts.barcodes, [ean(1)]);
}

#[test]
fn a_new_product_with_something_by_hand_is_archived_and_not_removed() {
    let plan = plan_of(&diff_of(&Shop::new(), &same_file()));
    let shop = shelf();
    let undo = undo_with(&plan, &shop, &[id(100)]);
    assert_eq!(undo.since, [Since { id: id(100), name: "Lentilles vertes".into(), fields: vec![], archived: true }]);
    let back = undo.plan.applied(&shop).expect("the shop as it is now");
    assert_eq!(back.keys().copied().collect::<Vec<_>>(), [id(100)], "nobody wrote of the oats");
    assert_eq!(lentils(&back).archived, Archived::ByImport);
}

#[test]
fn a_rayon_or_a_supplier_that_is_gone_since_does_not_come_back() {
    let elsewhere = file(&format!("L1;{};Lentilles vertes;Crèmerie;Ferme des Glières;2,10;5,5", ean(1)));
    let plan = plan_of(&diff_of(&shelf(), &elsewhere));
    let shop = plan.applied(&shelf()).expect("the shelf");
    let here = lentils(&shop).facts.clone();
    let (ranges, suppliers) = (BTreeSet::from([here.range]), here.supplier.into_iter().collect());
    let touched = BTreeSet::new();
    let undo = plan.undo(Now { shop: &shop, touched: &touched, ranges: &ranges, suppliers: &suppliers, margin: MARGIN });
    let fields = vec![Field::Range, Field::Supplier];
    assert_eq!(undo.since, [Since { id: id(100), name: "Lentilles vertes".into(), fields, archived: false }]);
    let back = undo.plan.applied(&shop).expect("the shop as it is now");
    assert_eq!(lentils(&back).facts, Facts { purchase: Cents(200), ..here });
}
