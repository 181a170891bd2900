//! The till's file: approved as it was seen, all of it or nothing; taken back; two at once; cut off.

mod coop;
#[path = "catalogue_import/cut_off.rs"]
mod cut_off;
#[path = "catalogue_import/many.rs"]
mod many;
#[path = "catalogue_import/undone.rs"]
mod undone;

use std::collections::BTreeMap;

use backend::catalogue;
use coop::Coop;
use domain::catalogue::import::{
    Answers, Archived, Field, NEW_RANGES_CAP, NotApproved, NotUndone, Open, Problem, Refused, Said, SaidRange, SaidSupplier, Step,
};
use domain::catalogue::{Allergens, Mistake};
use domain::id::{ImportId, MemberId};
use domain::time::paris_day;
use futures::future::join;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use uuid::Uuid;

const HEADER: &str = "Code article;Code-barres;Désignation;Rayon;Fournisseur;Prix d’achat HT;TVA\n";
const ROWS: &str = "1;3760012345670;Yaourt;Crèmerie;Hirondelles;0,92;5,5\n2;;Pain;Boulangerie;Fournil;3,10;5,5\n";
const DEARER: &str = "1;3760012345670;Yaourt;Crèmerie;Hirondelles;0,99;5,5\n2;;Pain;Boulangerie;Fournil;3,10;5,5\n";

#[sqlx::test(migrations = false)]
async fn the_same_file_twice_changes_nothing(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let id = coop.file(odile, ROWS).await;
    let seen = coop.seen(odile, id).await;
    let counts = catalogue::approve(&coop.backend, odile, id, &seen).await.unwrap().unwrap();
    assert_eq!((counts.rows, counts.new), (2, 2));
    assert_eq!(catalogue::approve(&coop.backend, odile, id, &seen).await.unwrap(), Ok(counts), "approved twice, it is one act");
    assert!(matches!(coop.step(odile, id).await, Step::Approved(_)));
    assert_eq!(coop.shelves().await.index.parts.len(), 2);
    let again = coop.file(odile, ROWS).await;
    let Step::Compared { diff, open, .. } = coop.step(odile, again).await else { panic!("compared") };
    assert!(diff.is_empty() && open.is_empty() && diff.same == 2, "{diff:?}");
    // Approved all the same, it leaves nothing: the last import is still the one before.
    let counts = catalogue::approve(&coop.backend, odile, again, &coop.seen(odile, again).await).await.unwrap().unwrap();
    assert_eq!((counts.rows, counts.new + counts.changed + counts.gone), (2, 0));
    assert_eq!(catalogue::imports(&coop.backend, odile).await.unwrap().len(), 1);
    catalogue::undo_last(&coop.backend, odile, id).await.unwrap().unwrap();
    assert!(coop.shop().await.is_empty());
}

#[sqlx::test(migrations = false)]
async fn the_last_one_is_taken_back(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let first = coop.file(odile, ROWS).await;
    catalogue::approve(&coop.backend, odile, first, &coop.seen(odile, first).await).await.unwrap().unwrap();
    let before = coop.shop().await;
    // The later one is the last one, though the machine's clock was set back in between.
    coop.backend.clock.set(coop.now() - chrono::Duration::hours(1));
    let second = coop.file(odile, DEARER).await;
    let counts = catalogue::approve(&coop.backend, odile, second, &coop.seen(odile, second).await).await.unwrap().unwrap();
    assert_eq!((counts.new, counts.changed), (0, 1));
    assert_ne!(coop.shop().await, before);
    assert_eq!(catalogue::undo_last(&coop.backend, odile, first).await.unwrap(), Err(NotUndone::NotTheLast));
    catalogue::undo_last(&coop.backend, odile, second).await.unwrap().unwrap();
    assert_eq!(coop.shop().await, before);
    assert_eq!(catalogue::undo_last(&coop.backend, odile, second).await.unwrap(), Err(NotUndone::Already));
    assert_eq!(
        catalogue::approve(&coop.backend, odile, second, "").await.unwrap(),
        Err(NotApproved::Undone),
        "it is not applied"
    );
}

#[sqlx::test(migrations = false)]
async fn of_two_at_once_one_is_refused(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (odile, ugo) = (coop.keeper().await, coop.member("Ugo").await);
    coop.in_group(ugo, "approvisionnement").await;
    let (hers, his) = (coop.file(odile, ROWS).await, coop.file(ugo, DEARER).await);
    let (seen, too) = (coop.seen(odile, hers).await, coop.seen(ugo, his).await);
    let (first, second) =
        join(catalogue::approve(&coop.backend, odile, hers, &seen), catalogue::approve(&coop.backend, ugo, his, &too)).await;
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_ne!(first.is_ok(), second.is_ok(), "{first:?} {second:?}");
    assert!([first, second].contains(&Err(NotApproved::Otherwise)));
    assert_eq!(coop.shop().await.len(), 2);
}

#[sqlx::test(migrations = false)]
async fn what_is_faulty_changes_nothing(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let id = coop.file(odile, "1;;Yaourt;Crèmerie;;cher;5,5\n2;;=1+1;Boulangerie;;3,10;7\n").await;
    let Step::Faults(faults) = coop.step(odile, id).await else { panic!("faults") };
    assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [2, 3, 3]);
    assert_eq!(catalogue::approve(&coop.backend, odile, id, "").await.unwrap(), Err(NotApproved::Unread));
    assert!(coop.shop().await.is_empty());
    let archive = catalogue::import_file(&coop.backend, odile, coop.id(), "caisse.xlsx", b"PK\x03\x04").await.unwrap();
    assert_eq!(archive, Err(Refused::Workbook));
}

#[sqlx::test(migrations = false)]
async fn an_import_leaves_alone_what_is_by_hand(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let first = coop.file(odile, ROWS).await;
    catalogue::approve(&coop.backend, odile, first, &coop.seen(odile, first).await).await.unwrap().unwrap();
    let lines = catalogue::product_lines(&coop.backend, odile).await.unwrap();
    let yoghurt = lines.iter().find(|line| line.name == "Yaourt").expect("it is there").id;
    let known = catalogue::product_in_hand(&coop.backend, odile, yoghurt).await.unwrap();
    let mut written = known.written.clone();
    written.by_hand.labels = vec!["AB".into()];
    written.by_hand.story = "De brebis".into();
    catalogue::edit_product(&coop.backend, odile, yoghurt, known.revision, written.clone()).await.unwrap().unwrap();
    let second = coop.file(odile, DEARER).await;
    catalogue::approve(&coop.backend, odile, second, &coop.seen(odile, second).await).await.unwrap().unwrap();
    let after = catalogue::product_in_hand(&coop.backend, odile, yoghurt).await.unwrap();
    assert_eq!(after.written.by_hand, written.by_hand);
    assert_eq!(after.written.facts.purchase.0, 99);
}

/// A file as the form with that id sends it.
async fn sent(coop: &Coop, keeper: MemberId, form: Uuid, text: &str) -> ImportId {
    catalogue::import_file(&coop.backend, keeper, form, "caisse.csv", text.as_bytes()).await.unwrap().unwrap()
}

#[sqlx::test(migrations = false)]
async fn a_form_sent_twice_is_one_file_and_with_another_file_it_is_another(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let form = coop.id();
    let faulty = format!("{HEADER}1;;Yaourt;Crèmerie;;cher;5,5\n");
    let corrected = format!("{HEADER}1;;Yaourt;Crèmerie;;0,92;5,5\n");
    let first = sent(&coop, odile, form, &faulty).await;
    assert_eq!((first, sent(&coop, odile, form, &faulty).await), (ImportId(form), first));
    // Back to the form, whose id is what it was.
    let second = sent(&coop, odile, form, &corrected).await;
    assert_ne!(second, first);
    assert!(matches!(coop.step(odile, first).await, Step::Faults(_)));
    assert!(matches!(coop.step(odile, second).await, Step::Compared { .. }));
}

#[sqlx::test(migrations = false)]
async fn what_a_column_means_is_said_once_whatever_becomes_of_the_file(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let header = "Numéro maison;Désignation;Rayon;Fournisseur;Prix d’achat HT;TVA\n";
    let first = sent(&coop, odile, coop.id(), &format!("{header}1;Yaourt;Crèmerie;;cher;5,5\n")).await;
    let known = catalogue::importing(&coop.backend, odile, first).await.unwrap();
    assert_eq!(known.step, Step::Columns(vec![Problem::NoIdentity]));
    let mut mapping = known.mapping;
    mapping.set("Numéro maison", Some(Field::TillId));
    catalogue::map_columns(&coop.backend, odile, first, &mapping).await.unwrap();
    assert!(matches!(coop.step(odile, first).await, Step::Faults(_)), "this one is never approved");
    let second = sent(&coop, odile, coop.id(), &format!("{header}1;Yaourt;Crèmerie;;0,92;5,5\n")).await;
    assert!(matches!(coop.step(odile, second).await, Step::Compared { .. }));
}

#[sqlx::test(migrations = false)]
async fn two_who_answer_for_one_file_both_count(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let id = coop.file(odile, ROWS).await;
    let says = |line, shorter| Answers { names: BTreeMap::from([(line, None)]), shorter };
    for said in [says(2, true), says(3, false)] {
        catalogue::answer_file(&coop.backend, odile, id, &said).await.unwrap();
    }
    let answers = catalogue::importing(&coop.backend, odile, id).await.unwrap().answers;
    assert_eq!(answers, Answers { names: BTreeMap::from([(2, None), (3, None)]), shorter: true });
}

#[sqlx::test(migrations = false)]
async fn all_that_is_missing_is_made_at_once_but_for_what_is_chosen(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let bulk = coop.range(odile, "Vrac").await;
    let row = |n: usize| format!("{n};;Produit {n};Rayon {};Ferme {n};1,00;5,5\n", n % 60);
    let file = sent(&coop, odile, coop.id(), &format!("{HEADER}{}", (0..120).map(row).collect::<String>())).await;
    let said = Said {
        ranges: BTreeMap::from([("Rayon 0".to_owned(), SaidRange::Is(bulk))]),
        suppliers: BTreeMap::from([("Ferme 0".to_owned(), SaidSupplier::Nobody)]),
        others_new: true,
    };
    let counts = async || {
        let ranges = catalogue::ranges(&coop.backend, odile).await.unwrap().len();
        (ranges, catalogue::suppliers(&coop.backend, odile).await.unwrap().len())
    };
    for _ in 0..2 {
        assert_eq!(catalogue::say_words(&coop.backend, odile, file, &said).await.unwrap(), Ok(()));
        assert_eq!(counts().await, (60, 119), "« Vrac » and « personne » were chosen");
    }
    let Step::Compared { diff, open, .. } = coop.step(odile, file).await else { panic!("compared") };
    assert!(open.is_empty() && diff.new.iter().all(|new| new.facts.is_some()), "{open:?}");

    // A column that was taken for another says another word on each line.
    let row = |n: usize| format!("{n};;Produit {n};Mot {n};;1,00;5,5\n");
    let rows: String = (0..=NEW_RANGES_CAP).map(row).collect();
    let wrong = sent(&coop, odile, coop.id(), &format!("{HEADER}{rows}")).await;
    let all = Said { others_new: true, ..Said::default() };
    let refused = catalogue::say_words(&coop.backend, odile, wrong, &all).await.unwrap();
    assert_eq!(refused, Err(vec![Mistake::TooManyNew { words: NEW_RANGES_CAP + 1 }]));
    assert_eq!(counts().await, (60, 119));
}

#[sqlx::test(migrations = false)]
async fn a_number_that_is_used_again_does_not_take_allergens_with_it(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let rows = |name: &str| format!("1;;{name};Vrac;;2,00;5,5\n2;;Pain;Boulangerie;;3,10;5,5\n");
    let first = coop.file(odile, &rows("Riz long")).await;
    catalogue::approve(&coop.backend, odile, first, &coop.seen(odile, first).await).await.unwrap().unwrap();
    let named = async |name: &str| {
        let lines = catalogue::product_lines(&coop.backend, odile).await.unwrap();
        let id = lines.into_iter().find(|line| line.name == name).expect("it is there").id;
        catalogue::product_in_hand(&coop.backend, odile, id).await.unwrap()
    };
    let rice = named("Riz long").await;
    let mut written = rice.written.clone();
    written.by_hand.allergens = Allergens::Said { on: paris_day(coop.now()), of: BTreeMap::new() };
    catalogue::edit_product(&coop.backend, odile, rice.id, rice.revision, written.clone()).await.unwrap().unwrap();

    let second = coop.file(odile, &rows("Amandes")).await;
    let Step::Compared { open, .. } = coop.step(odile, second).await else { panic!("compared") };
    assert_eq!(open, [Open::Names { rows: 1 }]);
    let answers = Answers { names: BTreeMap::from([(2, None)]), shorter: false };
    catalogue::answer_file(&coop.backend, odile, second, &answers).await.unwrap();
    catalogue::approve(&coop.backend, odile, second, &coop.seen(odile, second).await).await.unwrap().unwrap();
    let (rice, almonds) = (named("Riz long").await, named("Amandes").await);
    assert_eq!((rice.archived, rice.written.by_hand), (Archived::ByImport, written.by_hand));
    assert_eq!((almonds.archived, almonds.written.by_hand.allergens), (Archived::No, Allergens::Unknown));
    assert_eq!(almonds.written.facts.till_id.as_deref(), Some("1"));
}
