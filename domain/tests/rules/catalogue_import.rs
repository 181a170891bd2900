//! The till's file, told by what is in the shop before and after.

mod faults;
mod headers;
mod matching;
mod undoing;

use std::collections::BTreeSet;

use domain::catalogue::import::{
    Answers, Archived, Change, Changed, Diff, Fact, Facts, Field, Given, Incoming, Kept, Mapping, Open, Owner, Part, Plan,
    Proposal, Shop, Shrunk, Table, Unmapped, Warning, Words, diff, key, owner, read, shrunk, table as exported,
};
use domain::catalogue::{Availability, Barcode, Cents, DayOfYear, MARGIN, Margin, Measure, Net, Range, Rate, SoldBy, Supplier};
use domain::id::{ProductId, RangeId, SupplierId};
use uuid::Uuid;

use crate::coop::day;

pub fn id(number: u128) -> ProductId {
    ProductId(Uuid::from_u128(number))
}

pub fn ean(number: u32) -> Barcode {
    Barcode::closing(&format!("37600{number:07}")).expect("twelve digits")
}

fn ranges() -> Vec<Range> {
    let range = |number, name: &str| Range { id: RangeId(Uuid::from_u128(number)), name: name.into(), rank: number as u16 };
    vec![range(1, "Épicerie"), range(2, "Crèmerie")]
}

fn suppliers() -> Vec<Supplier> {
    let supplier = |number, name: &str| Supplier {
        id: SupplierId(Uuid::from_u128(number)),
        name: name.into(),
        story: String::new(),
        place: String::new(),
        distance_km: None,
        delivers: Vec::new(),
        photo: None,
        thumbnail: false,
    };
    vec![supplier(1, "Ferme des Glières"), supplier(2, "Biocoop")]
}

pub fn words() -> Words {
    Words::known(&ranges(), &suppliers(), &Words::default())
}

/// Cells are set apart by `;`, and nothing is quoted.
pub fn table(header: &str, rows: &[&str]) -> Table {
    let cells = |line: &str| line.split(';').map(str::to_owned).collect::<Vec<_>>();
    Table { header: cells(header), rows: (2..).zip(rows).map(|(line, row)| (line, cells(row))).collect() }
}

fn rows_of(table: &Table) -> Vec<Incoming> {
    let columns = Mapping::guessed(&table.header).columns(&table.header).expect("the columns that are needed");
    read(table, &columns).expect("rows without a fault")
}

/// Nobody said the allergens of anything.
static NOTHING: BTreeSet<ProductId> = BTreeSet::new();

pub fn given<'a>(shop: &'a Shop, rows: &'a [Incoming], words: &'a Words, answers: &'a Answers) -> Given<'a> {
    Given { shop, rows, words, answers, said: &NOTHING, margin: MARGIN, by_till_id: true, last: None }
}

fn diff_with(shop: &Shop, table: &Table, answers: &Answers) -> Diff {
    diff(&given(shop, &rows_of(table), &words(), answers))
}

fn diff_of(shop: &Shop, table: &Table) -> Diff {
    diff_with(shop, table, &Answers::default())
}

/// Numbers from there on.
pub fn ids(from: u128) -> impl FnMut() -> ProductId {
    let mut next = from;
    move || {
        next += 1;
        id(next - 1)
    }
}

fn plan_of(diff: &Diff) -> Plan {
    diff.plan(false, ids(100)).expect("nothing to be answered")
}

fn after(shop: &Shop, table: &Table) -> Shop {
    plan_of(&diff_of(shop, table)).applied(shop).expect("the shop that it was made for")
}

const HEADER: &str = "Code article;EAN;Désignation;Rayon;Fournisseur;PA HT;TVA";

/// Lentils, till id L1, and oats, till id F1.
fn shelf() -> Shop {
    let rows = [
        format!("L1;{};Lentilles vertes;épicerie;Biocoop;2,00;5,5", ean(1)),
        format!("F1;{};Flocons d'avoine;Épicerie;BIOCOOP;1,50;5,5", ean(2)),
    ];
    after(&Shop::new(), &table(HEADER, &[&rows[0], &rows[1]]))
}

fn lentils(shop: &Shop) -> &Kept {
    &shop[&id(100)]
}

fn with_lentils(change: impl FnOnce(&mut Kept)) -> Shop {
    let mut shop = shelf();
    change(shop.get_mut(&id(100)).expect("lentils"));
    shop
}

/// The file of which the shelf was made, its first row changed.
fn file(lentils: &str) -> Table {
    let oats = format!("F1;{};Flocons d'avoine;Épicerie;Biocoop;1,50;5,5", ean(2));
    table(HEADER, &[lentils, &oats])
}

fn same_file() -> Table {
    file(&format!("L1;{};Lentilles vertes;Épicerie;Biocoop;2,00;5,5", ean(1)))
}

#[test]
fn what_nobody_knows_is_new() {
    let kept = lentils(&shelf()).clone();
    let wanted = Facts {
        till_id: Some("L1".into()),
        barcodes: vec![ean(1)],
        name: "Lentilles vertes".into(),
        brand: String::new(),
        range: ranges()[0].id,
        supplier: Some(suppliers()[1].id),
        sold_by: SoldBy::Piece,
        net: None,
        purchase: Cents(200),
        margin: Margin::OfTheCoop(MARGIN),
        vat: Rate(550),
        deposit: Cents(0),
        availability: Availability::InRange,
        origin: String::new(),
    };
    assert_eq!(kept, Kept { facts: wanted, archived: Archived::No });
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let diff = diff_of(&shelf(), &same_file());
    assert!(diff.is_empty() && diff.warnings.is_empty(), "{diff:?}");
    assert_eq!((diff.rows, diff.same), (2, 2));
    assert_eq!(plan_of(&diff), Plan::default());
}

#[test]
fn a_change_says_the_old_price_and_the_new() {
    let diff = diff_of(&shelf(), &file(&format!("L1;{};Lentilles vertes;Épicerie;Biocoop;2,10;5,5", ean(1))));
    let changes = vec![Change { old: Fact::Purchase(Cents(200)), new: Fact::Purchase(Cents(210)) }];
    // 2,10 + 0,42 + 0,14
    let price = Some((Cents(253), Cents(266)));
    let changed = Changed { id: id(100), line: Some(2), name: "Lentilles vertes".into(), changes, price };
    assert_eq!((diff.changed, diff.same), (vec![changed], 1));
}

#[test]
fn what_the_hand_owns_is_never_touched() {
    let shop = with_lentils(|kept| {
        kept.facts.origin = "Le Puy".into();
        kept.facts.brand = "Sabarot".into();
        kept.facts.margin = Margin::Own(Rate(1500));
        kept.facts.net = Some(Net { amount: 500, of: Measure::Gram });
        kept.facts.availability = Availability::Ending;
        kept.facts.barcodes.push(ean(9));
    });
    assert!(diff_of(&shop, &same_file()).is_empty());

    let mapping = Mapping::guessed(&table(HEADER, &[]).header);
    for part in [Part::Allergens, Part::Labels, Part::Story, Part::Photo, Part::Of(Field::Origin), Part::Of(Field::Margin)] {
        assert_eq!(owner(part, &mapping), Owner::Hand, "{part:?}");
    }
    assert_eq!(owner(Part::Of(Field::Name), &mapping), Owner::Till);
    assert_eq!(owner(Part::Of(Field::Price), &mapping), Owner::Nobody);
}

#[test]
fn an_empty_cell_empties_nothing_but_a_deposit() {
    let shop = with_lentils(|kept| {
        kept.facts.origin = "Le Puy".into();
        kept.facts.net = Some(Net { amount: 500, of: Measure::Gram });
        kept.facts.deposit = Cents(20);
    });
    let header = format!("{HEADER};Origine;Poids net;Consigne");
    let oats = format!("F1;{};Flocons d'avoine;Épicerie;Biocoop;1,50;5,5;Savoie;;", ean(2));
    let deposit = Change { old: Fact::Deposit(Cents(20)), new: Fact::Deposit(Cents(0)) };
    let origin = Change { old: Fact::Origin(String::new()), new: Fact::Origin("Savoie".into()) };
    for net in ["", "0", "0,00"] {
        let diff = diff_of(&shop, &table(&header, &[&format!("L1;;Lentilles vertes;Épicerie;;2,00;5,5;;{net};"), &oats]));
        let changes: Vec<&Change> = diff.changed.iter().flat_map(|changed| &changed.changes).collect();
        assert_eq!(changes, [&deposit, &origin], "« {net} »");
    }
    let counted = table(&header, &["L1;;Lentilles vertes;Épicerie;;2,00;5,5;;6 pièces;0,20", &oats]);
    let none = Change { old: Fact::Net(Some(Net { amount: 500, of: Measure::Gram })), new: Fact::Net(None) };
    assert_eq!(diff_of(&shop, &counted).changed[0].changes, [none], "what is counted has none");
}

#[test]
fn what_is_weighed_has_no_net_quantity() {
    let shop = with_lentils(|kept| kept.facts.net = Some(Net { amount: 500, of: Measure::Gram }));
    let header = format!("{HEADER};Unité;Poids net");
    let bulk = format!("L1;{};Lentilles vertes;Épicerie;Biocoop;2,00;5,5;kg;1 kg", ean(1));
    let oats = format!("F1;{};Flocons d'avoine;Épicerie;Biocoop;1,50;5,5;pièce;", ean(2));
    let file = table(&header, &[&bulk, &oats]);
    let shop = after(&shop, &file);
    assert_eq!((lentils(&shop).facts.sold_by, lentils(&shop).facts.net), (SoldBy::Weight, None));
    assert!(diff_of(&shop, &file).is_empty());
}

#[test]
fn gone_archives_and_the_next_file_brings_back() {
    let without = table(HEADER, &[&format!("F1;{};Flocons d'avoine;Épicerie;Biocoop;1,50;5,5", ean(2))]);
    let archived = after(&shelf(), &without);
    assert_eq!(lentils(&archived).archived, Archived::ByImport);
    assert!(diff_of(&archived, &without).is_empty());

    let dearer = file(&format!("L1;{};Lentilles vertes;Épicerie;Biocoop;2,10;5,5", ean(1)));
    let diff = diff_of(&archived, &dearer);
    assert_eq!(
        diff.back.iter().map(|back| (back.id, back.price)).collect::<Vec<_>>(),
        [(id(100), Some((Cents(253), Cents(266))))]
    );
    assert_eq!(lentils(&after(&archived, &dearer)).archived, Archived::No);
}

#[test]
fn what_a_hand_archived_stays_so_and_is_said() {
    let shop = with_lentils(|kept| kept.archived = Archived::ByHand);
    let diff = diff_of(&shop, &same_file());
    assert!(diff.is_empty());
    assert_eq!(diff.warnings, [Warning::ArchivedByHand { line: 2, name: "Lentilles vertes".into() }]);
}

#[test]
fn what_the_till_never_knew_is_not_gone() {
    let without = table(HEADER, &[&format!("F1;{};Flocons d'avoine;Épicerie;Biocoop;1,50;5,5", ean(2))]);
    let shop = with_lentils(|kept| kept.facts.till_id = None);
    assert!(diff_of(&shop, &without).is_empty());
}

#[test]
fn a_file_of_barcodes_alone_takes_away_only_what_it_could_name() {
    let shop = with_lentils(|kept| kept.facts.barcodes.clear());
    let elsewhere = format!("{};Sel;Épicerie;Biocoop;0,50;5,5", ean(50));
    let file = table("EAN;Désignation;Rayon;Fournisseur;PA HT;TVA", &[&elsewhere]);
    let (rows, words, answers) = (rows_of(&file), words(), Answers::default());
    let diff = diff(&Given { by_till_id: false, ..given(&shop, &rows, &words, &answers) });
    assert_eq!(diff.gone.iter().map(|gone| gone.id).collect::<Vec<_>>(), [id(101)], "lentils have no barcode");
    assert_eq!(diff.new.len(), 1);
}

#[test]
fn of_many_products_of_one_name_a_few_are_proposed() {
    let rows: Vec<String> = (0..30).map(|number| format!("T{number};;Thé;Épicerie;;1,00;5,5")).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let shop = after(&Shop::new(), &table(HEADER, &rows));
    let diff = diff_of(&shop, &table(HEADER, &["X1;;Thé;Épicerie;;1,00;5,5"]));
    assert_eq!(diff.proposals.iter().map(|proposal| proposal.candidates.len()).collect::<Vec<_>>(), [10]);
}

#[test]
fn a_till_without_prices_of_its_own_is_not_compared() {
    let header = format!("{HEADER};Prix de vente TTC");
    let row = format!("L1;{};Lentilles vertes;Épicerie;Biocoop;2,00;5,5;0,00", ean(1));
    assert!(diff_of(&Shop::new(), &table(&header, &[&row])).warnings.is_empty());
}

#[test]
fn a_product_is_found_by_its_barcode_under_another_till_id() {
    let diff = diff_of(&shelf(), &file(&format!("L2;{};Lentilles vertes;Épicerie;Biocoop;2,00;5,5", ean(1))));
    let changes = vec![Change { old: Fact::TillId(Some("L1".into())), new: Fact::TillId(Some("L2".into())) }];
    assert_eq!(
        diff.changed.iter().map(|changed| (changed.id, changed.changes.clone())).collect::<Vec<_>>(),
        [(id(100), changes)]
    );
    assert!(diff.new.is_empty() && diff.gone.is_empty());
}

#[test]
fn a_name_is_only_proposed() {
    let file = file(&format!("L2;{};LENTILLES  VERTES;Épicerie;Biocoop;2,00;5,5", ean(3)));
    let diff = diff_of(&shelf(), &file);
    let candidates = vec![id(100)];
    assert_eq!(diff.proposals, [Proposal { line: 2, name: "LENTILLES VERTES".into(), candidates, same: false }]);
    assert!(diff.new.is_empty() && diff.gone.is_empty(), "until somebody answers");
    assert_eq!(diff.plan(false, ids(200)), Err(vec![Open::Names { rows: 1 }]));

    let answers = |answer| Answers { names: [(2, answer)].into(), shorter: false };
    let same = diff_with(&shelf(), &file, &answers(Some(id(100))));
    assert_eq!((same.changed.len(), same.new.len(), same.gone.len()), (1, 0, 0));
    let shop = plan_of(&same).applied(&shelf()).expect("the shelf");
    assert_eq!(lentils(&shop).facts.barcodes, [ean(1), ean(3)]);
    assert!(diff_of(&shop, &file).is_empty(), "nobody is asked twice");

    let other = diff_with(&shelf(), &file, &answers(None));
    assert_eq!((other.changed.len(), other.new.len(), other.gone.len()), (0, 1, 1));
}

#[test]
fn a_barcode_goes_where_the_file_says() {
    let file = file(&format!("L1;{};Lentilles vertes;Épicerie;Biocoop;2,00;5,5", ean(2)).replace("L1", "N1"));
    let oats = format!("F1;{};Flocons d'avoine;Épicerie;Biocoop;1,50;5,5", ean(7));
    let file = Table { rows: vec![file.rows[0].clone(), (3, oats.split(';').map(str::to_owned).collect())], ..file };
    let answers = Answers { names: [(2, None)].into(), shorter: false };
    let diff = diff_with(&shelf(), &file, &answers);
    let shop = diff.plan(false, ids(200)).expect("nothing to be answered").applied(&shelf()).expect("the shelf");
    assert_eq!((&shop[&id(101)].facts.barcodes, &shop[&id(200)].facts.barcodes), (&vec![ean(7)], &vec![ean(2)]));
    assert!(diff_of(&shop, &file).is_empty());
}

#[test]
fn an_unknown_word_is_mapped_once() {
    let file = file(&format!("L1;{};Lentilles vertes;Vrac & graines;Divers;2,10;5,5", ean(1)));
    let diff_with = |words: &Words| diff(&given(&shelf(), &rows_of(&file), words, &Answers::default()));
    let unknown = diff_with(&words());
    assert_eq!(unknown.unmapped_ranges, [Unmapped { said: "Vrac & graines".into(), rows: 1 }]);
    assert_eq!(unknown.unmapped_suppliers, [Unmapped { said: "Divers".into(), rows: 1 }]);
    assert_eq!(unknown.changed.len(), 1, "what is known is shown all the same");
    assert_eq!(unknown.plan(false, ids(200)), Err(vec![Open::Ranges { words: 1 }, Open::Suppliers { words: 1 }]));

    let mut remembered = Words::default();
    remembered.ranges.insert(key("VRAC + graines"), ranges()[1].id);
    remembered.suppliers.insert("divers".into(), None);
    let known = diff_with(&Words::known(&ranges(), &suppliers(), &remembered));
    let shop = plan_of(&known).applied(&shelf()).expect("the shelf");
    assert_eq!((lentils(&shop).facts.range, lentils(&shop).facts.supplier), (ranges()[1].id, None));

    let elsewhere = Words::known(&ranges()[..1], &suppliers(), &remembered);
    assert_eq!(elsewhere.range("Vrac & graines"), None, "that range is no more");
}

#[test]
fn under_seventy_per_cent_somebody_confirms() {
    assert_eq!(shrunk(69, Some(100)), Some(Shrunk { rows: 69, last: 100, first: false }));
    assert_eq!(shrunk(70, Some(100)), None);
    assert_eq!(shrunk(0, None), None);
    let (shop, file) = (shelf(), same_file());
    let (rows, words, answers) = (rows_of(&file), words(), Answers::default());
    let diff = diff(&Given { last: Some(3), ..given(&shop, &rows, &words, &answers) });
    assert!(diff.needs_confirmation());
    assert_eq!(diff.plan(false, ids(200)), Err(vec![Open::Shorter(Shrunk { rows: 2, last: 3, first: false })]));
    assert_eq!(diff.plan(true, ids(200)), Ok(Plan::default()));
}

#[test]
fn a_first_file_that_would_empty_the_shelves_is_confirmed_too() {
    let rows: Vec<String> = (0..30).map(|number| format!("T{number};{};Thé {number};Épicerie;;1,00;5,5", ean(number))).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let shop = after(&Shop::new(), &table(HEADER, &rows));
    let few = table(HEADER, &rows[..20]);
    let confirm = Shrunk { rows: 20, last: 30, first: true };
    assert_eq!(diff_of(&shop, &few).plan(false, ids(200)), Err(vec![Open::Shorter(confirm)]));
    assert_eq!(diff_of(&shop, &table(HEADER, &rows[..21])).shrunk, None);
    // What it could not name is not missing in it.
    let (few, words, nothing) = (rows_of(&few), words(), Answers::default());
    let unnamed: Shop =
        shop.into_iter().map(|(id, kept)| (id, Kept { facts: Facts { till_id: None, ..kept.facts }, ..kept })).collect();
    assert_eq!(diff(&given(&unnamed, &few, &words, &nothing)).shrunk, None);
}

#[test]
fn the_tills_own_price_is_only_compared() {
    let header = format!("{HEADER};Consigne;Prix de vente TTC");
    let row = |price: &str| format!("L1;{};Lentilles vertes;Épicerie;Biocoop;2,00;5,5;0,20;{price}", ean(1));
    let warned = |price: &str| diff_of(&Shop::new(), &table(&header, &[&row(price)])).warnings;
    // With its deposit, or without; or not said.
    for price in ["2,53", "2,73", ""] {
        assert!(warned(price).is_empty(), "{price}");
    }
    let differs = Warning::PriceDiffers { line: 2, name: "Lentilles vertes".into(), till: Cents(260), ours: Cents(253) };
    assert_eq!(warned("2,60"), [differs]);
}

#[test]
fn a_plan_for_another_shop_is_refused() {
    let plan = plan_of(&diff_of(&shelf(), &file(&format!("L1;{};Lentilles vertes;Épicerie;Biocoop;2,10;5,5", ean(1)))));
    let since = with_lentils(|kept| kept.facts.purchase = Cents(205));
    assert_eq!(plan.applied(&since).map_err(|stale| stale.id), Err(id(100)));
}

#[test]
fn an_export_read_again_changes_nothing() {
    let until = day(2026, 12, 12);
    let from = DayOfYear::new(5, 15).expect("a day");
    let states = [
        Availability::New { until },
        Availability::Seasonal { from, to: DayOfYear::new(2, 29).expect("a day") },
        Availability::Out { until: None },
        Availability::Out { until: Some(until) },
        Availability::Ending,
    ];
    for availability in states {
        let shop = with_lentils(|kept| {
            kept.facts.net = Some(Net { amount: 1980, of: Measure::Millilitre });
            kept.facts.barcodes.push(ean(8));
            kept.facts.origin = "Le Puy".into();
            kept.facts.margin = Margin::Own(Rate(1525));
            kept.facts.deposit = Cents(20);
            kept.facts.availability = availability.clone();
        });
        let file = exported(&shop, &ranges(), &suppliers());
        let diff = diff_of(&shop, &file);
        assert!(diff.is_empty() && diff.same == 2 && diff.warnings.is_empty(), "{availability:?}: {diff:?}");
    }
}

#[test]
fn what_no_till_knows_is_found_again_by_our_own_code() {
    let bare = |kept: &mut Kept| (kept.facts.till_id, kept.facts.barcodes) = (None, Vec::new());
    let shop = with_lentils(bare);
    let mut file = exported(&shop, &ranges(), &suppliers());
    let diff = diff_of(&shop, &file);
    assert!(diff.is_empty() && diff.same == 2, "{diff:?}");

    // What somebody corrected in it is a change of that product, and its code is no till's.
    let row = file.rows.iter_mut().find(|(_, cells)| cells[2] == "Lentilles vertes").expect("lentils");
    row.1[2] = "Lentilles blondes".into();
    let changed = after(&shop, &file);
    assert_eq!((lentils(&changed).facts.name.as_str(), &lentils(&changed).facts.till_id), ("Lentilles blondes", &None));
    assert!(diff_of(&changed, &file).is_empty());

    // Elsewhere it is a code like any other.
    let elsewhere = after(&Shop::new(), &file);
    assert!(elsewhere.values().any(|kept| kept.facts.till_id.as_ref().is_some_and(|code| code.starts_with("alpar-"))));
    assert!(diff_of(&elsewhere, &file).is_empty());
}

#[test]
fn what_our_export_guards_is_text() {
    let guarded = file(&format!("L1;{};'+ de légumes;Épicerie;Biocoop;2,00;5,5", ean(1)));
    assert_eq!(lentils(&after(&shelf(), &guarded)).facts.name, "+ de légumes");
}
