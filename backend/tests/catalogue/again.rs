//! What is said again, or too late, or of what has come back since.

use backend::error::Error;
use backend::{brief, catalogue, event};
use domain::catalogue::{Availability, Carries, DayOfYear, Mistake, USUAL_SCALES, WeighedRule, WrittenSupplier};
use domain::command::Command;
use domain::id::PictureId;
use domain::time::{paris_day, plus_days};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::coop::Coop;

#[sqlx::test(migrations = false)]
async fn a_season_that_begins_ends_what_was_missing_before(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (odile, camille) = (coop.keeper().await, coop.member("Camille").await);
    let range = coop.range(odile, "Fruits").await;
    let product = coop.product(odile, range, "Pommes", 92).await;
    let today = paris_day(coop.now());
    coop.does(camille, Command::ReportMissing { product, on: today }).await;
    let known = catalogue::product_in_hand(&coop.backend, odile, product).await.unwrap();
    let mut written = known.written.clone();
    let (from, to) = (DayOfYear::of(plus_days(today, 2)), DayOfYear::of(plus_days(today, 60)));
    written.facts.availability = Availability::Seasonal { from, to };
    catalogue::edit_product(&coop.backend, odile, product, known.revision, written).await.unwrap().unwrap();
    for (days, left) in [(1, 1), (1, 0)] {
        coop.backend.clock.set(coop.now() + chrono::Duration::days(days));
        catalogue::purge(&coop.backend, coop.now()).await.unwrap();
        assert_eq!(coop.shelves().await.index.missing.len(), left);
    }
}

#[sqlx::test(migrations = false)]
async fn what_is_said_too_late_does_not_reopen_what_was_restocked(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let (camille, karim) = (coop.member("Camille").await, coop.member("Karim").await);
    let range = coop.range(odile, "Crèmerie").await;
    let product = coop.product(odile, range, "Yaourt", 92).await;
    let before = paris_day(coop.now());
    coop.does(camille, Command::ReportMissing { product, on: before }).await;
    coop.backend.clock.set(coop.now() + chrono::Duration::days(1));
    coop.does(odile, Command::CloseReport { product }).await;
    // His phone had no network.
    coop.does(karim, Command::ReportMissing { product, on: before }).await;
    assert!(coop.shelves().await.index.missing.is_empty());
    coop.does(karim, Command::ReportMissing { product, on: plus_days(before, 1) }).await;
    assert_eq!(coop.shelves().await.index.missing.len(), 1, "he did not find it today");
}

#[sqlx::test(migrations = false)]
async fn a_form_sent_twice_makes_one_and_written_otherwise_it_makes_another(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let form = coop.id();
    let range = async |name: &str| catalogue::create_range(&coop.backend, odile, form, name).await.unwrap();
    let first = range("Crèmerie").await.unwrap();
    assert_eq!(range(" Crèmerie ").await, Ok(first));
    assert_ne!(range("Boulangerie").await.unwrap(), first);
    assert_eq!(range("Boulangerie").await, Err(vec![Mistake::NameTaken]), "it is said, and not lost");

    let form = coop.id();
    let product = async |name: &str| {
        let written = coop.written(first, name, 92);
        catalogue::create_product(&coop.backend, odile, form, written).await.unwrap().unwrap()
    };
    let yoghurt = product("Yaourt").await;
    assert_eq!(product("Yaourt").await, yoghurt);
    assert_ne!(product("Faisselle").await, yoghurt);

    let form = coop.id();
    let supplier = async |name: &str| {
        let written = WrittenSupplier { name: name.into(), ..WrittenSupplier::default() };
        catalogue::create_supplier(&coop.backend, odile, form, written).await.unwrap().unwrap()
    };
    let farm = supplier("Ferme").await;
    assert_eq!(supplier("Ferme").await, farm);
    assert_ne!(supplier("Fournil").await, farm);
    let names: Vec<String> =
        catalogue::product_lines(&coop.backend, odile).await.unwrap().into_iter().map(|line| line.name).collect();
    assert_eq!(names, ["Faisselle", "Yaourt"]);
}

#[sqlx::test(migrations = false)]
async fn a_rayon_that_is_renamed_stays_where_somebody_moved_it(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let mut ids = Vec::new();
    for name in ["Crèmerie", "Boulangerie", "Vrac"] {
        ids.push(coop.range(odile, name).await);
    }
    let names = async || -> Vec<String> {
        catalogue::ranges(&coop.backend, odile).await.unwrap().into_iter().map(|known| known.range.name).collect()
    };
    for _ in 0..2 {
        catalogue::move_range(&coop.backend, odile, ids[2], 0).await.unwrap();
        assert_eq!(names().await, ["Vrac", "Crèmerie", "Boulangerie"]);
    }
    // From a page that was opened before.
    catalogue::rename_range(&coop.backend, odile, ids[2], "Épicerie").await.unwrap().unwrap();
    assert_eq!(names().await, ["Épicerie", "Crèmerie", "Boulangerie"]);
    catalogue::move_range(&coop.backend, odile, ids[0], 9).await.unwrap();
    assert_eq!(names().await, ["Épicerie", "Boulangerie", "Crèmerie"]);
}

#[sqlx::test(migrations = false)]
async fn the_id_of_a_picture_is_of_one_kind_alone(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let photo = catalogue::Kept { mime: "image/jpeg".into(), width: 12, height: 8, bytes: vec![1, 2, 3] };
    let taken = [PictureId(coop.id()), PictureId(coop.id()), PictureId(coop.id())];
    for _ in 0..2 {
        brief::keep_picture(&coop.backend, odile, taken[0], &photo).await.unwrap();
        event::keep_picture(&coop.backend, odile, taken[1], &photo).await.unwrap();
        catalogue::keep_picture(&coop.backend, odile, taken[2], &photo).await.unwrap();
    }
    for (at, id) in taken.into_iter().enumerate() {
        let kept = [
            brief::keep_picture(&coop.backend, odile, id, &photo).await.is_ok(),
            event::keep_picture(&coop.backend, odile, id, &photo).await.is_ok(),
            catalogue::keep_picture(&coop.backend, odile, id, &photo).await.is_ok(),
        ];
        let wanted = [0, 1, 2].map(|kind| kind == at);
        assert_eq!(kept, wanted);
    }
}

#[sqlx::test(migrations = false)]
async fn the_scales_are_set_by_the_group_and_a_file_leaves_them(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (odile, camille) = (coop.keeper().await, coop.member("Camille").await);
    assert_eq!(coop.shelves().await.index.scales, USUAL_SCALES);
    let rules = [WeighedRule { prefix: 29, carries: Carries::Weight, article: 4, verified: true }];
    assert!(matches!(catalogue::set_scales(&coop.backend, camille, &rules).await, Err(Error::NotAllowed)));
    for _ in 0..2 {
        catalogue::set_scales(&coop.backend, odile, &rules).await.unwrap();
    }
    let file = coop.file(odile, "A1;;Lentilles;Vrac;Ferme;1,00;5,5\n").await;
    catalogue::approve(&coop.backend, odile, file, &coop.seen(odile, file).await).await.unwrap().unwrap();
    assert_eq!(coop.shelves().await.index.scales, rules);
    assert_eq!(catalogue::scales(&coop.backend, odile).await.unwrap(), rules);
}
