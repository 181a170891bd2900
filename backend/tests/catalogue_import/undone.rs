//! An import taken back after somebody went on: nothing of theirs is lost.

use backend::catalogue;
use domain::catalogue::import::{Archived, Field, NotUndone, Since};
use domain::catalogue::{Allergen, Allergens, Margin, Presence, Rate};
use domain::command::Command;
use domain::id::{ImportId, MemberId, ProductId};
use domain::time::paris_day;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::coop::Coop;
use crate::{DEARER, HEADER, ROWS};

async fn approved(coop: &Coop, keeper: MemberId, rows: &str) -> ImportId {
    let id = coop.file(keeper, rows).await;
    catalogue::approve(&coop.backend, keeper, id, &coop.seen(keeper, id).await).await.unwrap().unwrap();
    id
}

async fn named(coop: &Coop, keeper: MemberId, name: &str) -> ProductId {
    let lines = catalogue::product_lines(&coop.backend, keeper).await.unwrap();
    lines.into_iter().find(|line| line.name == name).expect("it is there").id
}

fn later(coop: &Coop) {
    coop.backend.clock.set(coop.now() + chrono::Duration::days(1));
}

#[sqlx::test(migrations = false)]
async fn what_was_written_by_hand_of_a_new_product_is_kept_with_it(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (odile, camille) = (coop.keeper().await, coop.member("Camille").await);
    let rows = format!("{ROWS}3;;Beurre;Crèmerie;Hirondelles;2,10;5,5\n");
    let import = approved(&coop, odile, &rows).await;
    let (yoghurt, bread) = (named(&coop, odile, "Yaourt").await, named(&coop, odile, "Pain").await);
    later(&coop);
    let known = catalogue::product_in_hand(&coop.backend, odile, yoghurt).await.unwrap();
    let mut written = known.written.clone();
    let on = paris_day(coop.now());
    written.by_hand.allergens = Allergens::Said { on, of: [(Allergen::Milk, Presence::Contains)].into() };
    written.by_hand.story = "De brebis".into();
    catalogue::edit_product(&coop.backend, odile, yoghurt, known.revision, written.clone()).await.unwrap().unwrap();
    coop.does(camille, Command::ReportMissing { product: bread, on }).await;

    let undone = catalogue::undo_last(&coop.backend, odile, import).await.unwrap().unwrap();
    let mut kept: Vec<ProductId> = undone.since.iter().map(|since| since.id).collect();
    kept.sort_unstable();
    let mut wanted = vec![yoghurt, bread];
    wanted.sort_unstable();
    assert_eq!(kept, wanted, "both are said");
    let shop = coop.shop().await;
    assert_eq!(shop.keys().copied().collect::<Vec<_>>(), wanted, "nobody wrote of the butter");
    assert!(shop.values().all(|kept| kept.archived == Archived::ByImport));
    let after = catalogue::product_in_hand(&coop.backend, odile, yoghurt).await.unwrap();
    assert_eq!(after.written, written);
    assert_eq!(coop.count("select count(*) from missing_report").await, 1);

    // The next file brings them back, and makes the butter anew.
    later(&coop);
    let again = approved(&coop, odile, &rows).await;
    let after = catalogue::product_in_hand(&coop.backend, odile, yoghurt).await.unwrap();
    assert_eq!((after.archived, after.written), (Archived::No, written));
    assert_eq!(catalogue::undo_last(&coop.backend, odile, import).await.unwrap(), Err(NotUndone::Already));
    assert_eq!(coop.shop().await.len(), 3);
    catalogue::undo_last(&coop.backend, odile, again).await.unwrap().unwrap();
    assert_eq!(catalogue::undo_last(&coop.backend, odile, again).await.unwrap(), Err(NotUndone::Already));
}

#[sqlx::test(migrations = false)]
async fn a_price_that_a_hand_changed_since_stays_and_what_each_cost_is_kept(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    approved(&coop, odile, ROWS).await;
    let yoghurt = named(&coop, odile, "Yaourt").await;
    let purchases = async || -> Vec<i64> {
        let prices = catalogue::prices(&coop.backend, odile, yoghurt).await.unwrap();
        prices.into_iter().map(|version| version.purchase.0).collect()
    };
    later(&coop);
    let dearer = approved(&coop, odile, DEARER).await;
    later(&coop);
    catalogue::undo_last(&coop.backend, odile, dearer).await.unwrap().unwrap();
    assert_eq!(purchases().await, [92, 99, 92]);

    later(&coop);
    let dearer = approved(&coop, odile, DEARER).await;
    later(&coop);
    let known = catalogue::product_in_hand(&coop.backend, odile, yoghurt).await.unwrap();
    let mut written = known.written.clone();
    written.facts.purchase.0 = 105;
    catalogue::edit_product(&coop.backend, odile, yoghurt, known.revision, written).await.unwrap().unwrap();
    later(&coop);
    let undone = catalogue::undo_last(&coop.backend, odile, dearer).await.unwrap().unwrap();
    assert_eq!(undone.since, [Since { id: yoghurt, name: "Yaourt".into(), fields: vec![Field::Purchase], archived: false }]);
    assert_eq!(purchases().await, [105, 99, 92, 99, 92]);
}

#[sqlx::test(migrations = false)]
async fn a_rayon_that_was_taken_away_since_does_not_stand_in_the_way(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    approved(&coop, odile, ROWS).await;
    let yoghurt = named(&coop, odile, "Yaourt").await;
    let before = catalogue::product_in_hand(&coop.backend, odile, yoghurt).await.unwrap().written.facts.range;
    later(&coop);
    let moved = approved(&coop, odile, &DEARER.replace("Crèmerie", "Frais")).await;
    assert_eq!(catalogue::remove_range(&coop.backend, odile, before).await.unwrap(), Ok(()));
    later(&coop);
    let undone = catalogue::undo_last(&coop.backend, odile, moved).await.unwrap().unwrap();
    assert_eq!(undone.since, [Since { id: yoghurt, name: "Yaourt".into(), fields: vec![Field::Range], archived: false }]);
    let after = catalogue::product_in_hand(&coop.backend, odile, yoghurt).await.unwrap().written.facts;
    assert_ne!(after.range, before);
    assert_eq!(after.purchase.0, 92);
}

#[sqlx::test(migrations = false)]
async fn another_margin_of_the_co_op_is_nobodys_word_on_a_product(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let import = approved(&coop, odile, ROWS).await;
    later(&coop);
    catalogue::set_margin(&coop.backend, odile, coop.id(), 0, Rate(2_100), "AG").await.unwrap().unwrap();
    let undone = catalogue::undo_last(&coop.backend, odile, import).await.unwrap().unwrap();
    assert!(undone.since.is_empty(), "{:?}", undone.since);
    assert!(coop.shop().await.is_empty(), "nobody wrote of them");

    // What a file says of a margin goes with it, and the co-op's is the one of today.
    approved(&coop, odile, ROWS).await;
    later(&coop);
    let text = format!("{}{}", HEADER.replace(";TVA", ";TVA;Marge"), ROWS.replace(";5,5", ";5,5;30"));
    let dearer = catalogue::import_file(&coop.backend, odile, coop.id(), "caisse.csv", text.as_bytes()).await.unwrap().unwrap();
    catalogue::approve(&coop.backend, odile, dearer, &coop.seen(odile, dearer).await).await.unwrap().unwrap();
    let margins = async || coop.shop().await.into_values().map(|kept| kept.facts.margin).collect::<Vec<_>>();
    assert_eq!(margins().await, [Margin::Own(Rate(3_000)); 2]);
    later(&coop);
    catalogue::set_margin(&coop.backend, odile, coop.id(), 1, Rate(2_200), "AG").await.unwrap().unwrap();
    let undone = catalogue::undo_last(&coop.backend, odile, dearer).await.unwrap().unwrap();
    assert!(undone.since.is_empty(), "{:?}", undone.since);
    assert_eq!(margins().await, [Margin::OfTheCoop(Rate(2_200)); 2]);
}
