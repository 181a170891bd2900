//! Which product a row is about, where the till says one thing and the product another.

use std::collections::{BTreeMap, BTreeSet};

use domain::catalogue::import::{
    Answers, Archived, Diff, Given, Mapping, Proposal, Reason, Shop, Table, Words, diff, read, table as exported,
};
use domain::catalogue::{BARCODES_CAP, Barcode, ByHand, MARGIN, Margin, Rate, Written};
use domain::id::ProductId;

use super::{
    HEADER, diff_of, diff_with, ean, file, given, id, ids, lentils, ranges, rows_of, shelf, suppliers, table, with_lentils, words,
};
use crate::coop::day;

/// The lentils' till id under another name and another barcode.
fn cake() -> Table {
    file(&format!("L1;{};Gâteau aux noix;Épicerie;Biocoop;4,00;5,5", ean(3)))
}

fn answers(answer: Option<ProductId>) -> Answers {
    Answers { names: [(2, answer)].into(), shorter: false }
}

fn applied(diff: &Diff) -> Shop {
    diff.plan(false, ids(200)).expect("nothing to be answered").applied(&shelf()).expect("the shelf")
}

#[test]
fn a_till_id_that_is_used_again_is_asked_about() {
    let diff = diff_of(&shelf(), &cake());
    let candidates = vec![id(100)];
    assert_eq!(diff.proposals, [Proposal { line: 2, name: "Gâteau aux noix".into(), candidates, same: false }]);
    assert!(diff.new.is_empty() && diff.changed.is_empty() && diff.gone.is_empty(), "until somebody answers");

    let shop = applied(&diff_with(&shelf(), &cake(), &answers(None)));
    let old = lentils(&shop);
    assert_eq!((old.archived, &old.facts.till_id, &old.facts.barcodes), (Archived::ByImport, &None, &vec![ean(1)]));
    assert_eq!(old.facts.name, "Lentilles vertes");
    let new = &shop[&id(200)];
    assert_eq!((new.facts.till_id.as_deref(), &new.facts.barcodes), (Some("L1"), &vec![ean(3)]));
    assert!(diff_of(&shop, &cake()).is_empty(), "nobody is asked twice");

    let shop = applied(&diff_with(&shelf(), &cake(), &answers(Some(id(100)))));
    assert_eq!((lentils(&shop).facts.name.as_str(), shop.len()), ("Gâteau aux noix", 2));
    assert!(diff_of(&shop, &cake()).is_empty(), "nobody is asked twice");
}

#[test]
fn an_archived_product_is_not_brought_back_under_another_name_unasked() {
    let shop = with_lentils(|kept| kept.archived = Archived::ByImport);
    let diff = diff_of(&shop, &cake());
    assert_eq!((diff.back.len(), diff.proposals.len()), (0, 1));
}

#[test]
fn what_is_named_otherwise_or_has_another_barcode_alone_is_the_same() {
    for row in [
        format!("L1;{};Gâteau aux noix;Épicerie;Biocoop;2,00;5,5", ean(1)),
        format!("L1;{};Lentilles vertes bio;Épicerie;Biocoop;2,00;5,5", ean(3)),
        "L1;;Gâteau aux noix;Épicerie;Biocoop;2,00;5,5".to_owned(),
    ] {
        let diff = diff_of(&shelf(), &file(&row));
        assert_eq!((diff.proposals.len(), diff.changed.len()), (0, 1), "{row}");
    }
}

/// What is asked about where somebody said the allergens of the lentils.
fn asked(shop: &Shop, file: &Table) -> Vec<Vec<ProductId>> {
    let (rows, words, nothing, said) = (rows_of(file), words(), Answers::default(), BTreeSet::from([id(100)]));
    let given = Given { said: &said, ..given(shop, &rows, &words, &nothing) };
    diff(&given).proposals.into_iter().map(|proposal| proposal.candidates).collect()
}

#[test]
fn what_is_loose_does_not_take_over_the_allergens_of_what_had_its_number() {
    // Neither has a code, as nothing has that is loose.
    let loose = |name: &str| with_lentils(|kept| (kept.facts.name, kept.facts.barcodes) = (name.into(), Vec::new()));
    let row = |name: &str| file(&format!("L1;;{name};Épicerie;Biocoop;2,00;5,5"));
    for (was, is, is_asked) in [
        ("Riz long", "Amandes", true),
        ("Noix de coco", "Noix de cajou", true),
        ("Lentilles vertes", "Lentille verte", false),
        ("Lentilles vertes", "LENTILLES VERTES du Puy", false),
        ("Riz long", "Riz", true),
    ] {
        let wanted = if is_asked { vec![vec![id(100)]] } else { Vec::new() };
        assert_eq!(asked(&loose(was), &row(is)), wanted, "« {was} », « {is} »");
        assert!(diff_of(&loose(was), &row(is)).proposals.is_empty(), "there is nothing to take over");
    }
    // The file alone has a code; the lentils had another.
    assert_eq!(asked(&loose("Riz long"), &file(&format!("L1;{};Amandes;Épicerie;Biocoop;2,00;5,5", ean(3)))), [vec![id(100)]]);
    assert_eq!(asked(&shelf(), &row("Amandes")), [vec![id(100)]]);
}

#[test]
fn a_number_of_what_is_gone_is_not_that_of_what_comes_unasked() {
    let nuts = file("L1;;Noix de cajou;Épicerie;Biocoop;2,00;5,5");
    for archived in [Archived::ByImport, Archived::ByHand] {
        let shop = with_lentils(|kept| (kept.archived, kept.facts.barcodes) = (archived, Vec::new()));
        let diff = diff_of(&shop, &nuts);
        assert_eq!(diff.proposals.iter().map(|proposal| proposal.line).collect::<Vec<_>>(), [2], "{archived:?}");
        assert!(diff.back.is_empty() && diff.changed.is_empty(), "{archived:?}: {diff:?}");
        let new = diff_with(&shop, &nuts, &answers(None));
        let after = new.plan(false, ids(200)).expect("nothing to be answered").applied(&shop).expect("the shelf");
        assert_eq!((after[&id(200)].archived, lentils(&after).archived), (Archived::No, archived));
        assert!(diff_of(&after, &nuts).is_empty(), "nobody is asked twice");
    }
}

#[test]
fn of_a_till_with_other_numbers_all_that_is_surely_the_same_is_said_at_once() {
    let header = format!("{HEADER};Marque");
    let rows = ["Sel", "Riz", "Riz", "Thé", "Café", "Miel"].map(|name| format!("{name};Épicerie;Biocoop;2,00;5,5"));
    let [salt, rice, other_rice, tea, coffee, honey] = rows;
    let before = [
        format!("A1;;{salt};Guérande"),
        format!("A2;;{rice};"),
        format!("A4;;{tea};Maté & cie"),
        format!("A5;{};{coffee};", ean(5)),
        format!("A6;{};{honey};", ean(6)),
    ];
    let [one, two, three, four, five] = before.each_ref().map(String::as_str);
    let (file, nothing) = (rows_of(&table(&header, &[one, two, three, four, five])), Answers::default());
    let words = words();
    let made = diff(&given(&Shop::new(), &file, &words, &nothing)).plan(false, ids(100)).expect("nothing to be answered");
    let shop = made.applied(&Shop::new()).expect("an empty shop");
    let after = [
        format!("B1;;{salt};GUÉRANDE"),
        // Two are called so.
        format!("B2;;{rice};"),
        format!("B3;;{other_rice};"),
        format!("B4;;{tea};Une autre"),
        format!("B5;{};{coffee};", ean(15)),
        format!("B6;;{honey};"),
    ];
    let [one, two, three, four, five, six] = after.each_ref().map(String::as_str);
    let file = rows_of(&table(&header, &[one, two, three, four, five, six]));
    let asked = diff(&given(&shop, &file, &words, &nothing));
    assert_eq!(asked.proposals.len(), 6);
    assert_eq!(asked.all_same(), BTreeMap::from([(2, Some(id(100))), (7, Some(id(104)))]), "salt and honey");
    let answers = Answers { names: asked.all_same(), shorter: false };
    let left = diff(&given(&shop, &file, &words, &answers));
    assert_eq!(left.proposals.iter().map(|proposal| proposal.line).collect::<Vec<_>>(), [3, 4, 5, 6]);
}

#[test]
fn a_code_of_the_shops_own_that_is_used_again_is_asked_about_and_a_manufacturers_is_not() {
    let own = Barcode::closing("211234500000").expect("twelve digits");
    let weighed = with_lentils(|kept| kept.facts.barcodes = vec![own.clone()]);
    for (number, name, is_asked) in
        [("L9", "Tomme de brebis", true), ("L1", "Tomme de brebis", true), ("L9", "Lentilles vertes", false)]
    {
        let row = file(&format!("{number};{own};{name};Épicerie;Biocoop;2,00;5,5"));
        let wanted = if is_asked { vec![vec![id(100)]] } else { Vec::new() };
        assert_eq!(asked(&weighed, &row), wanted, "{number} « {name} »");
    }
    let renamed = file(&format!("L9;{};Tomme de brebis;Épicerie;Biocoop;2,00;5,5", ean(1)));
    assert!(asked(&shelf(), &renamed).is_empty(), "no two things in the world have that one");
}

#[test]
fn another_brand_is_another_recipe_unless_the_code_is_the_same() {
    let branded = with_lentils(|kept| kept.facts.brand = "Sabarot".into());
    let row = |code: &str, brand: &str| {
        let oats = format!("F1;{};Flocons d'avoine;Épicerie;Biocoop;1,50;5,5;", ean(2));
        table(&format!("{HEADER};Marque"), &[&format!("L1;{code};Lentilles vertes;Épicerie;Biocoop;2,00;5,5;{brand}"), &oats])
    };
    let (same, other) = (ean(1).to_string(), ean(3).to_string());
    for (code, brand, is_asked) in [
        (other.as_str(), "Markal", true),
        ("", "Markal", true),
        (same.as_str(), "Markal", false),
        (other.as_str(), "SABAROT", false),
        (other.as_str(), "", false),
    ] {
        let wanted = if is_asked { vec![vec![id(100)]] } else { Vec::new() };
        assert_eq!(asked(&branded, &row(code, brand)), wanted, "{code} {brand}");
    }
}

#[test]
fn a_till_says_how_high_a_margin_is_and_not_whose() {
    let header = format!("{HEADER};Marge");
    let rows = |margin: &str| {
        let lentils = format!("L1;{};Lentilles vertes;Épicerie;Biocoop;2,00;5,5;{margin}", ean(1));
        let oats = format!("F1;{};Flocons d'avoine;Épicerie;Biocoop;1,50;5,5;", ean(2));
        rows_of(&table(&header, &[&lentils, &oats]))
    };
    let after = |shop: &Shop, margin: &str, coop: Rate| {
        let (rows, words, nothing) = (rows(margin), words(), Answers::default());
        let given = Given { margin: coop, ..given(shop, &rows, &words, &nothing) };
        diff(&given).plan(false, ids(100)).expect("nothing to be answered").applied(shop).expect("the shop")
    };
    let with = |margin: Margin| with_lentils(|kept| kept.facts.margin = margin);
    let margin = |shop: &Shop| lentils(shop).facts.margin;
    for own in [Margin::OfTheCoop(MARGIN), Margin::Own(MARGIN)] {
        assert_eq!(after(&with(own), "20", MARGIN), with(own), "as high as it was, it is whose it was");
        assert_eq!(margin(&after(&with(own), "15", MARGIN)), Margin::Own(Rate(1_500)));
        assert_eq!(margin(&after(&with(own), "", MARGIN)), own);
    }
    let other = with(Margin::Own(Rate(1_500)));
    assert_eq!(margin(&after(&other, "20", MARGIN)), Margin::OfTheCoop(MARGIN));
    assert_eq!(margin(&after(&other, "20", Rate(2_100))), Margin::Own(MARGIN));
    assert_eq!(margin(&after(&Shop::new(), "20", MARGIN)), Margin::OfTheCoop(MARGIN));
    assert_eq!(margin(&after(&Shop::new(), "15", MARGIN)), Margin::Own(Rate(1_500)));
}

#[test]
fn a_till_id_goes_with_the_barcode() {
    // The till has given the lentils' number to the oats, and none to the lentils.
    let oats = format!("L1;{};Flocons d'avoine;Épicerie;Biocoop;1,50;5,5", ean(2));
    let lentils_alone = format!(";{};Lentilles vertes;Épicerie;Biocoop;2,00;5,5", ean(1));
    let file = table(HEADER, &[&oats, &lentils_alone]);
    let shop = applied(&diff_of(&shelf(), &file));
    assert_eq!((&lentils(&shop).facts.till_id, shop[&id(101)].facts.till_id.as_deref()), (&None, Some("L1")));
    assert!(diff_of(&shop, &file).is_empty());
}

#[test]
fn a_word_is_shown_with_what_it_is_taken_for_and_a_name_is_its_own() {
    let moved = file(&format!("L1;{};Lentilles vertes;Sec;Divers;2,00;5,5", ean(1)));
    let mut remembered = Words::default();
    remembered.ranges.insert("sec".into(), ranges()[1].id);
    // Said before there was a range of that name.
    remembered.ranges.insert("epicerie".into(), ranges()[1].id);
    remembered.suppliers.insert("divers".into(), None);
    let words = Words::known(&ranges(), &suppliers(), &remembered);
    assert_eq!(words.range("Épicerie"), Some(ranges()[0].id));
    let diff = diff(&given(&shelf(), &rows_of(&moved), &words, &Answers::default()));
    let meant: Vec<_> = diff.mapped_ranges.iter().map(|word| (word.said.as_str(), word.rows, word.is)).collect();
    assert_eq!(meant, [("Épicerie", 1, ranges()[0].id), ("Sec", 1, ranges()[1].id)]);
    let meant: Vec<_> = diff.mapped_suppliers.iter().map(|word| (word.said.as_str(), word.is)).collect();
    assert_eq!(meant, [("Biocoop", Some(suppliers()[1].id)), ("Divers", None)]);
}

#[test]
fn a_file_gives_no_more_barcodes_than_a_form_may() {
    let cap = u32::try_from(BARCODES_CAP).unwrap();
    let codes = |from: u32, to: u32| (from..to).map(|number| ean(number).to_string()).collect::<Vec<_>>().join(" ");
    let row = |codes: &str| file(&format!("L1;{codes};Lentilles vertes;Épicerie;Biocoop;2,00;5,5"));
    let old = with_lentils(|kept| kept.facts.barcodes = (10..10 + cap).map(ean).collect());
    let one_more = row(&codes(50, 51));
    let shop = diff_of(&old, &one_more).plan(false, ids(200)).expect("nothing to be answered").applied(&old).expect("the shelf");
    let barcodes = &lentils(&shop).facts.barcodes;
    assert_eq!((barcodes.len(), barcodes.first(), barcodes.last()), (BARCODES_CAP, Some(&ean(11)), Some(&ean(50))));
    assert!(diff_of(&shop, &one_more).is_empty());

    // Short ones, so that the cell is not too long.
    let short = |number: u32| Barcode::closing(&format!("{:07}", 1_000_000 + number)).expect("seven digits").to_string();
    let too_many = row(&(0..=cap).map(short).collect::<Vec<_>>().join(" "));
    let columns = Mapping::guessed(&too_many.header).columns(&too_many.header).expect("the columns that are needed");
    let faults = read(&too_many, &columns).expect_err("too many");
    assert_eq!(faults.iter().map(|fault| fault.reason).collect::<Vec<_>>(), [Reason::TooManyBarcodes { cap: BARCODES_CAP }]);
}

#[test]
fn what_was_typed_with_spaces_that_are_not_seen_reads_back_as_it_is_kept() {
    let shop = with_lentils(|kept| {
        kept.facts.name = "Lentilles\u{a0}vertes\u{200b}".into();
        kept.facts.brand = "Sa\u{ad}barot".into();
        kept.facts.origin = " Le\u{202f}Puy ".into();
        kept.facts.till_id = Some("L\u{a0}1".into());
        let written = Written { facts: kept.facts.clone(), by_hand: ByHand::default() };
        kept.facts = written.checked(day(2026, 12, 1)).expect("a product").facts;
    });
    let facts = &lentils(&shop).facts;
    assert_eq!((facts.name.as_str(), facts.brand.as_str(), facts.origin.as_str()), ("Lentilles vertes", "Sabarot", "Le Puy"));
    let diff = diff_of(&shop, &exported(&shop, &ranges(), &suppliers()));
    assert!(diff.is_empty() && diff.same == 2, "{diff:?}");
}

#[test]
fn what_says_nothing_in_a_file_says_nothing_in_a_form() {
    let shop = with_lentils(|kept| {
        (kept.facts.brand, kept.facts.origin, kept.facts.till_id) = ("-".into(), "?".into(), Some("–".into()));
        let written = Written { facts: kept.facts.clone(), by_hand: ByHand::default() };
        kept.facts = written.checked(day(2026, 12, 1)).expect("a product").facts;
    });
    let facts = &lentils(&shop).facts;
    assert_eq!((facts.brand.as_str(), facts.origin.as_str(), &facts.till_id), ("", "", &None));
    let diff = diff_of(&shop, &exported(&shop, &ranges(), &suppliers()));
    assert!(diff.is_empty() && diff.same == 2, "{diff:?}");
}
