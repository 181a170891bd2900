//! The catalogue on real PostgreSQL: kept by hand, shown by shelf, what members say of it.

#[path = "catalogue/again.rs"]
mod again;
mod coop;
#[path = "catalogue/prices.rs"]
mod prices;

use std::collections::BTreeSet;
use std::sync::Arc;

use backend::catalogue;
use backend::error::Error;
use chrono::NaiveDate;
use coop::{Coop, paris};
use domain::brief::{Picture, Piece, Published, Shown, Source, Sourced};
use domain::catalogue::{
    Allergen, Allergens, Availability, Cents, Closed, Listed, MARGIN, Margin, Mistake, Presence, Rate, SoldBy, Verdict,
    WrittenSupplier, item_of,
};
use domain::command::Command;
use domain::id::{ListItemId, MemberId, PictureId, ProductId, SuggestionId};
use domain::reason::Reason;
use domain::time::{paris_day, plus_days};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::types::Json;
use uuid::Uuid;

#[sqlx::test(migrations = false)]
async fn a_price_that_changes_changes_one_shelf(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let (dairy, bread) = (coop.range(odile, "Crèmerie").await, coop.range(odile, "Boulangerie").await);
    let yoghurt = coop.product(odile, dairy, "Yaourt de brebis", 92).await;
    coop.product(odile, bread, "Pain complet", 310).await;
    let before = coop.shelves().await;
    assert_eq!(before.index.parts.iter().map(|part| part.range.name.as_str()).collect::<Vec<_>>(), ["Crèmerie", "Boulangerie"]);

    coop.backend.clock.set(coop.now() + chrono::Duration::hours(1));
    let known = catalogue::product_in_hand(&coop.backend, odile, yoghurt).await.unwrap();
    let mut written = known.written.clone();
    written.facts.purchase.0 = 99;
    catalogue::edit_product(&coop.backend, odile, yoghurt, known.revision, written.clone()).await.unwrap().unwrap();
    let after = coop.shelves().await;
    assert!(after.index.marks["catalogue"] > before.index.marks["catalogue"]);
    assert_ne!(after.index.parts[0].hash, before.index.parts[0].hash);
    assert_eq!(after.index.parts[1], before.index.parts[1]);
    assert!(after.shelf(before.index.parts[0].shelf(), &before.index.parts[0].hash).is_none());
    assert_eq!(coop.shelf(dairy).await.products[0].purchase.0, 99);
    let prices = catalogue::prices(&coop.backend, odile, yoghurt).await.unwrap();
    assert_eq!(prices.iter().map(|version| version.purchase.0).collect::<Vec<_>>(), [99, 92]);

    // The same form again is the same act; another one from the old revision is not.
    catalogue::edit_product(&coop.backend, odile, yoghurt, known.revision, written.clone()).await.unwrap().unwrap();
    written.facts.name = "Yaourt".into();
    let stale = catalogue::edit_product(&coop.backend, odile, yoghurt, known.revision, written).await.unwrap();
    assert_eq!(stale, Err(vec![Mistake::Stale { revision: known.revision + 1 }]));
}

#[sqlx::test(migrations = false)]
async fn a_crowded_range_stands_on_several_shelves(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let (dairy, bread) = (coop.range(odile, "Crèmerie").await, coop.range(odile, "Boulangerie").await);
    coop.stock(&coop.written(dairy, "Fromage", 310), 1_500).await;
    coop.stock(&coop.written(bread, "Pain", 310), 300).await;
    let before = coop.shelves().await;
    assert_eq!(before.index.parts.len(), before.on.len());
    let mut met = BTreeSet::new();
    for (part, shelf) in before.index.parts.iter().zip(&before.on) {
        assert_eq!((part.shelf(), usize::from(part.products)), (shelf.of(), shelf.products.len()));
        assert!((1..=300).contains(&shelf.products.len()), "{} on piece {}", shelf.products.len(), shelf.piece);
        assert!(serde_json::to_vec(&**shelf).unwrap().len() <= 100_000, "piece {}", shelf.piece);
        assert!(shelf.products.iter().all(|product| product.range == shelf.range && met.insert(product.id)));
    }
    assert_eq!(met.len(), 1_800);
    let pieces: BTreeSet<u16> = before.index.parts.iter().filter(|part| part.range.id == dairy).map(|part| part.piece).collect();
    assert!(pieces.len() >= 5 && pieces.iter().all(|piece| !pieces.contains(&(piece / 2))), "{pieces:?}");

    // One more moves no other, nor does one that goes.
    let others = |now: &Arc<backend::snapshots::Shelves>| {
        before.index.parts.iter().filter(|part| now.shelf(part.shelf(), &part.hash).is_none()).count()
    };
    let cheese = coop.product(odile, dairy, "Faisselle", 210).await;
    assert_eq!(others(&coop.shelves().await), 1);
    catalogue::archive_product(&coop.backend, odile, cheese, true).await.unwrap();
    assert_eq!(others(&coop.shelves().await), 0);
}

#[sqlx::test(migrations = false)]
async fn only_the_group_keeps_it(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let camille = coop.member("Camille").await;
    let dairy = coop.range(odile, "Crèmerie").await;
    let written = coop.written(dairy, "Yaourt", 92);
    let refused = catalogue::create_product(&coop.backend, camille, coop.id(), written).await;
    assert!(matches!(refused, Err(Error::NotAllowed)));
    assert!(matches!(catalogue::product_lines(&coop.backend, camille).await, Err(Error::NotAllowed)));
    assert!(matches!(catalogue::export(&coop.backend, camille).await, Err(Error::NotAllowed)));
}

#[sqlx::test(migrations = false)]
async fn a_code_is_of_one_product_alone(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let dairy = coop.range(odile, "Crèmerie").await;
    let mut first = coop.written(dairy, "Yaourt", 92);
    first.facts.barcodes = vec!["3760012345670".parse().unwrap()];
    first.facts.till_id = Some("A1".into());
    catalogue::create_product(&coop.backend, odile, coop.id(), first.clone()).await.unwrap().unwrap();
    let second = catalogue::create_product(&coop.backend, odile, coop.id(), first.clone()).await.unwrap();
    let by = || "Yaourt".to_owned();
    let barcode = first.facts.barcodes[0].clone();
    assert_eq!(second, Err(vec![Mistake::TillIdTaken { by: by() }, Mistake::BarcodeTaken { barcode, by: by() }]));
    assert_eq!(
        catalogue::create_range(&coop.backend, odile, coop.id(), "cremerie").await.unwrap(),
        Err(vec![Mistake::NameTaken])
    );
    assert_eq!(catalogue::remove_range(&coop.backend, odile, dairy).await.unwrap(), Err(vec![Mistake::InUse { products: 1 }]));
}

#[sqlx::test(migrations = false)]
async fn what_is_said_by_hand_is_shown_and_archived_is_not(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let dairy = coop.range(odile, "Crèmerie").await;
    let farm = WrittenSupplier { name: "Ferme des Hirondelles".into(), story: "**Brebis**".into(), ..WrittenSupplier::default() };
    let farm = catalogue::create_supplier(&coop.backend, odile, coop.id(), farm).await.unwrap().unwrap();
    let mut written = coop.written(dairy, "Yaourt", 92);
    written.facts.supplier = Some(farm);
    written.by_hand.story = "Une fois *par semaine*".into();
    written.by_hand.labels = vec!["AB".into(), " AB ".into()];
    let on = paris_day(coop.now());
    written.by_hand.allergens = Allergens::Said { on, of: [(Allergen::Milk, Presence::Contains)].into() };
    let id = catalogue::create_product(&coop.backend, odile, coop.id(), written).await.unwrap().unwrap();
    let shelf = coop.shelf(dairy).await;
    assert_eq!(shelf.products[0].labels, ["AB"]);
    assert!(shelf.products[0].story.contains("<em>par semaine</em>"), "{}", shelf.products[0].story);
    assert!(shelf.products[0].allergens.is_without(Allergen::Nuts));
    assert!(coop.shelves().await.stories.of[&farm].contains("<strong>Brebis</strong>"));
    catalogue::archive_product(&coop.backend, odile, id, true).await.unwrap();
    assert!(coop.shelves().await.index.parts.is_empty());
    catalogue::archive_product(&coop.backend, odile, id, false).await.unwrap();
    assert_eq!(coop.shelf(dairy).await.products.len(), 1);
}

#[sqlx::test(migrations = false)]
async fn lists_are_each_members_own(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let (camille, karim) = (coop.member("Camille").await, coop.member("Karim").await);
    let dairy = coop.range(odile, "Crèmerie").await;
    let product = coop.product(odile, dairy, "Yaourt", 92).await;
    let text = ListItemId(coop.id());
    coop.does(camille, Command::SetFavourite { product, on: true }).await;
    let put = |quantity| Command::PutOnList { item: item_of(product), product: Some(product), text: String::new(), quantity };
    coop.does(camille, put(1)).await;
    coop.does(camille, Command::PutOnList { item: text, product: None, text: "Bougies".into(), quantity: 1 }).await;
    coop.does(camille, put(3)).await;
    coop.does(camille, Command::TickListItem { item: text, done: true }).await;
    let lists = backend::snapshots::me(&coop.backend, camille).await.unwrap().lists;
    assert_eq!(lists.favourites.iter().copied().collect::<Vec<_>>(), [product]);
    let lines: Vec<_> = lists.shopping.iter().map(|line| (line.what.clone(), line.quantity, line.done)).collect();
    assert_eq!(lines, [(Listed::Product(product), 3, false), (Listed::Text("Bougies".into()), 1, true)]);
    coop.does(camille, Command::ClearTicked { items: vec![text, item_of(product)] }).await;
    coop.does(camille, Command::SetFavourite { product, on: false }).await;
    let lists = backend::snapshots::me(&coop.backend, camille).await.unwrap().lists;
    assert_eq!((lists.favourites.len(), lists.shopping.len()), (0, 1));
    assert_eq!(coop.refused(camille, put(0)).await, Reason::BadQuantity { most: 99 });
    let wrong = Command::PutOnList { item: text, product: Some(product), text: String::new(), quantity: 1 };
    assert_eq!(coop.refused(camille, wrong).await, Reason::NotUnderstood);
    assert!(backend::snapshots::me(&coop.backend, karim).await.unwrap().lists.shopping.is_empty());
}

#[sqlx::test(migrations = false)]
async fn a_suggestion_is_supported_and_answered(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let (camille, karim) = (coop.member("Camille").await, coop.member("Karim").await);
    let suggestion = SuggestionId(coop.id());
    coop.does(camille, Command::Suggest { suggestion, text: " Du tempeh ".into() }).await;
    let again = Command::Suggest { suggestion: SuggestionId(coop.id()), text: "du TEMPEH".into() };
    assert_eq!(coop.refused(karim, again).await, Reason::AlreadySuggested { suggestion });
    assert_eq!(coop.refused(camille, Command::Support { suggestion }).await, Reason::YourOwnSuggestion);
    coop.does(karim, Command::Support { suggestion }).await;
    let shown = coop.shelves().await.index.suggestions.clone();
    assert_eq!((shown[0].text.as_str(), shown[0].wanted_by), ("Du tempeh", 2));
    assert_eq!(backend::snapshots::me(&coop.backend, karim).await.unwrap().supports, [suggestion]);
    let answer = |verdict, why: &str| Command::AnswerSuggestion { suggestion, verdict, why: why.into() };
    assert_eq!(coop.refused(karim, answer(Verdict::No, "Non")).await, Reason::NotAllowed);
    assert_eq!(coop.refused(odile, answer(Verdict::No, "")).await, Reason::WhyMissing);
    coop.does(odile, answer(Verdict::Later, "On cherche")).await;
    coop.does(odile, answer(Verdict::Yes, "")).await;
    // The same again says nothing more.
    coop.does(odile, answer(Verdict::Yes, "")).await;
    for who in [camille, karim] {
        assert_eq!(coop.told(who).await, ["suggestion_answered", "suggestion_answered"]);
    }
    assert!(coop.told(odile).await.is_empty(), "whoever answered knows");
    assert_eq!(coop.refused(odile, answer(Verdict::No, "Non")).await, Reason::SuggestionAnswered);
    assert_eq!(coop.refused(karim, Command::Unsupport { suggestion }).await, Reason::SuggestionAnswered);
    let shelves = coop.shelves().await;
    assert_eq!(shelves.index.suggestions[0].answer.as_ref().map(|answer| answer.verdict), Some(Verdict::Yes));
    assert!(shelves.index.people.contains_key(&odile) && shelves.index.people.contains_key(&camille));
}

#[sqlx::test(migrations = false)]
async fn what_is_missing_is_said_once_a_day_and_closed(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let (camille, karim) = (coop.member("Camille").await, coop.member("Karim").await);
    let dairy = coop.range(odile, "Crèmerie").await;
    let product = coop.product(odile, dairy, "Yaourt", 92).await;
    let on = paris_day(coop.now());
    let missing = || Command::ReportMissing { product, on };
    coop.does(camille, missing()).await;
    coop.does(camille, missing()).await;
    coop.does(karim, missing()).await;
    let shown = coop.shelves().await.index.missing.clone();
    assert_eq!((shown.len(), shown[0].product, shown[0].reports), (1, product, 2));
    assert_eq!(coop.refused(karim, Command::CloseReport { product }).await, Reason::NotAllowed);
    coop.does(odile, Command::CloseReport { product }).await;
    assert!(coop.shelves().await.index.missing.is_empty());
    assert!(backend::snapshots::me(&coop.backend, karim).await.unwrap().reported[0].closed.is_some());
    // Said before it was archived, and closed after.
    coop.backend.clock.set(coop.now() + chrono::Duration::days(1));
    coop.does(camille, Command::ReportMissing { product, on: paris_day(coop.now()) }).await;
    catalogue::archive_product(&coop.backend, odile, product, true).await.unwrap();
    assert!(coop.shelves().await.index.missing.is_empty());
    assert!(catalogue::reports(&coop.backend, odile).await.unwrap().is_empty());
    coop.does(odile, Command::CloseReport { product }).await;
    assert_eq!(coop.count("select count(*) from missing_report where closed is null").await, 0);
    let unknown = Command::ReportMissing { product: ProductId(coop.id()), on };
    assert_eq!(coop.refused(karim, unknown).await, Reason::UnknownProduct);
}

/// Whoever keeps the catalogue says how it stands.
async fn becomes(coop: &Coop, keeper: MemberId, product: ProductId, availability: Availability) {
    let known = catalogue::product_in_hand(&coop.backend, keeper, product).await.unwrap();
    let mut written = known.written.clone();
    written.facts.availability = availability;
    catalogue::edit_product(&coop.backend, keeper, product, known.revision, written).await.unwrap().unwrap();
}

#[sqlx::test(migrations = false)]
async fn what_comes_back_is_missing_no_longer(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let camille = coop.member("Camille").await;
    let dairy = coop.range(odile, "Crèmerie").await;
    let on = paris_day(coop.now());
    let mut products = Vec::new();
    for name in ["Yaourt", "Faisselle", "Beurre"] {
        let product = coop.product(odile, dairy, name, 92).await;
        coop.does(camille, Command::ReportMissing { product, on }).await;
        products.push(product);
    }
    let [yoghurt, cheese, butter] = products[..] else { unreachable!("three of them") };
    becomes(&coop, odile, yoghurt, Availability::Out { until: None }).await;
    catalogue::archive_product(&coop.backend, odile, cheese, true).await.unwrap();
    becomes(&coop, odile, butter, Availability::Out { until: Some(plus_days(on, 2)) }).await;
    assert_eq!(coop.shelves().await.index.missing.len(), 2, "nobody looks for what is archived");

    let before = backend::snapshots::me(&coop.backend, camille).await.unwrap();
    becomes(&coop, odile, yoghurt, Availability::InRange).await;
    catalogue::archive_product(&coop.backend, odile, cheese, false).await.unwrap();
    let missing = coop.shelves().await.index.missing.clone();
    assert_eq!(missing.iter().map(|missing| missing.product).collect::<Vec<_>>(), [butter]);
    let me = backend::snapshots::me(&coop.backend, camille).await.unwrap();
    assert!(me.marks["me"] > before.marks["me"], "whoever said it sees it");
    let closed = |product| me.reported.iter().find(|report| report.product == product).and_then(|report| report.closed);
    assert_eq!(closed(yoghurt), Some(Closed::ByDelivery { at: coop.now() }));
    assert_eq!(closed(butter), None);

    // What is out until a day is back by itself.
    coop.backend.clock.set(coop.now() + chrono::Duration::days(1));
    catalogue::purge(&coop.backend, coop.now()).await.unwrap();
    assert_eq!(coop.shelves().await.index.missing.len(), 1);
    coop.backend.clock.set(coop.now() + chrono::Duration::days(1));
    catalogue::purge(&coop.backend, coop.now()).await.unwrap();
    assert!(coop.shelves().await.index.missing.is_empty());
}

#[sqlx::test(migrations = false)]
async fn the_night_forgets_pictures_that_nothing_names(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let dairy = coop.range(odile, "Crèmerie").await;
    let product = coop.product(odile, dairy, "Yaourt", 92).await;
    let kept = catalogue::Kept { mime: "image/webp".into(), width: 12, height: 8, bytes: vec![1, 2, 3] };
    let ids = [PictureId(coop.id()), PictureId(coop.id()), PictureId(coop.id())];
    for id in ids {
        catalogue::keep_picture(&coop.backend, odile, id, &kept).await.unwrap();
    }
    let photo = |id| Picture { id, alt: "Un pot".into(), width: 12, height: 8 };
    catalogue::set_photo(&coop.backend, odile, product, Some(photo(ids[0]))).await.unwrap().unwrap();
    let farm = WrittenSupplier { name: "Ferme".into(), photo: Some(photo(ids[1])), ..WrittenSupplier::default() };
    catalogue::create_supplier(&coop.backend, odile, coop.id(), farm).await.unwrap().unwrap();
    let left = async || {
        let mut left = Vec::new();
        for id in ids {
            left.push(catalogue::picture(&coop.backend, Some(odile), id).await.is_ok());
        }
        left
    };
    catalogue::purge(&coop.backend, coop.now()).await.unwrap();
    assert_eq!(left().await, [true, true, true], "what names it may still be on its way");
    coop.backend.clock.set(coop.now() + chrono::Duration::days(3));
    catalogue::purge(&coop.backend, coop.now()).await.unwrap();
    assert_eq!(left().await, [true, true, false]);
}

#[sqlx::test(migrations = false)]
async fn the_small_one_of_a_photo_shows_wherever_the_photo_does(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let camille = coop.member("Camille").await;
    let dairy = coop.range(odile, "Crèmerie").await;
    let product = coop.product(odile, dairy, "Yaourt", 92).await;
    let photo = catalogue::Kept { mime: "image/jpeg".into(), width: 12, height: 8, bytes: vec![1, 2, 3] };
    let small = catalogue::Thumbnail { mime: "image/webp".into(), bytes: vec![4, 5] };
    let id = PictureId(coop.id());
    let keeps = async |by, small: &catalogue::Thumbnail| catalogue::keep_thumbnail(&coop.backend, by, id, small).await;
    assert!(matches!(keeps(odile, &small).await, Err(Error::NotFound)), "there is no photo yet");
    catalogue::keep_picture(&coop.backend, odile, id, &photo).await.unwrap();
    let picture = Picture { id, alt: "Un pot".into(), width: 12, height: 8 };
    catalogue::set_photo(&coop.backend, odile, product, Some(picture.clone())).await.unwrap().unwrap();
    let before = coop.shelves().await.index.clone();
    assert!(!coop.shelf(dairy).await.products[0].thumbnail);
    assert!(matches!(catalogue::thumbnail(&coop.backend, camille, id).await, Err(Error::NotFound)), "no large one in its place");

    assert!(matches!(keeps(camille, &small).await, Err(Error::NotAllowed)), "she is not of the group");
    let hers = catalogue::keep_picture(&coop.backend, camille, PictureId(coop.id()), &photo).await;
    assert!(matches!(hers, Err(Error::NotAllowed)));
    let ugo = coop.member("Ugo").await;
    coop.in_group(ugo, "approvisionnement").await;
    assert!(matches!(keeps(ugo, &small).await, Err(Error::NotFound)), "it is not his");
    for _ in 0..2 {
        keeps(odile, &small).await.unwrap();
    }
    let other = catalogue::Thumbnail { bytes: vec![6], ..small.clone() };
    assert!(matches!(keeps(odile, &other).await, Err(Error::NotFound)), "it never changes");
    let after = coop.shelves().await.index.clone();
    assert_eq!(after.marks["catalogue"], before.marks["catalogue"] + 1, "it came late, and is told once");
    assert!(after.parts[0].hash != before.parts[0].hash && coop.shelf(dairy).await.products[0].thumbnail);
    assert_eq!(catalogue::thumbnail(&coop.backend, camille, id).await.unwrap(), small);

    let farm = WrittenSupplier { name: "Ferme".into(), photo: Some(picture), ..WrittenSupplier::default() };
    catalogue::create_supplier(&coop.backend, odile, coop.id(), farm).await.unwrap().unwrap();
    assert!(coop.shelves().await.index.suppliers[0].thumbnail);
    catalogue::set_photo(&coop.backend, odile, product, None).await.unwrap().unwrap();
    assert!(catalogue::thumbnail(&coop.backend, camille, id).await.is_ok(), "the farm has it still");
}

#[sqlx::test(migrations = false)]
async fn what_is_new_in_the_shop_stands_in_one_brief(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (odile, ines) = (coop.keeper().await, coop.editor().await);
    let dairy = coop.range(odile, "Crèmerie").await;
    coop.product(odile, dairy, "Faisselle", 210).await;
    let monday: NaiveDate = "2026-12-07".parse().unwrap();
    let new = async |name: &str| {
        let mut written = coop.written(dairy, name, 92);
        written.facts.availability = Availability::New { until: plus_days(monday, 7) };
        catalogue::create_product(&coop.backend, odile, coop.id(), written).await.unwrap().unwrap()
    };
    let (yoghurt, butter) = (new("Yaourt de brebis").await, new("Beurre").await);
    let line = |product, name: &str, price| {
        let (name, brand) = (name.to_owned(), String::new());
        Sourced::Product { product, name, brand, price: Cents(price), sold_by: SoldBy::Piece }
    };
    let lines = vec![line(yoghurt, "Yaourt de brebis", 116)];
    coop.publishes(vec![Shown::Live { source: Source::Products, intro: String::new(), lines }], false).await;

    coop.scheduled(ines, monday, "Bonjour", "Rien.").await;
    let live = Piece::Live { source: Source::Products, count: 6, intro: String::new() };
    sqlx::query("update brief set pieces = pieces || $2 where monday = $1")
        .bind(monday)
        .bind(Json([live]))
        .execute(&coop.backend.pool)
        .await
        .unwrap();
    coop.turns(paris(monday, 7, 0));
    assert_eq!(backend::brief::go_out(&coop.backend).await.unwrap(), 1);
    let Json(out): Json<Published> = sqlx::query_scalar("select frozen from brief where monday = $1")
        .bind(monday)
        .fetch_one(&coop.backend.pool)
        .await
        .unwrap();
    let Some(Shown::Live { source: Source::Products, lines, .. }) = out.pieces.last() else { panic!("{out:?}") };
    // 92 and its margin are 110, and with VAT 116. What was told is no news, and a product that was always there neither.
    assert_eq!(*lines, [line(butter, "Beurre", 116)]);
}

#[sqlx::test(migrations = false)]
async fn the_margin_of_the_co_op_is_a_setting_with_its_versions(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let camille = coop.member("Camille").await;
    let dairy = coop.range(odile, "Crèmerie").await;
    let yoghurt = coop.product(odile, dairy, "Yaourt", 1_000).await;
    let mut honey = coop.written(dairy, "Miel", 1_000);
    honey.facts.margin = Margin::Own(Rate(1_500));
    catalogue::create_product(&coop.backend, odile, coop.id(), honey).await.unwrap().unwrap();
    let known = catalogue::margin(&coop.backend, odile, Some(Rate(2_100))).await.unwrap();
    assert_eq!((known.margin, known.versions.len()), (MARGIN, 0));
    let preview = known.preview.expect("another one");
    assert_eq!((preview.prices, preview.own), (1, 1));
    assert_eq!(catalogue::margin(&coop.backend, odile, Some(MARGIN)).await.unwrap().preview, None);

    coop.backend.clock.set(coop.now() + chrono::Duration::hours(1));
    let sets = async |form: Uuid, base: i32, margin: u16| {
        catalogue::set_margin(&coop.backend, odile, form, base, Rate(margin), " AG du\n12 ").await.unwrap()
    };
    let form = coop.id();
    for _ in 0..2 {
        assert_eq!(sets(form, 0, 2_100).await, Ok(()));
    }
    assert_eq!(sets(coop.id(), 0, 2_200).await, Err(vec![Mistake::Stale { revision: 1 }]), "looked at before that one");
    assert_eq!(sets(coop.id(), 1, 10_001).await, Err(vec![Mistake::RateTooHigh { cap: Rate(10_000) }]));
    let known = catalogue::margin(&coop.backend, odile, None).await.unwrap();
    let versions: Vec<_> =
        known.versions.iter().map(|version| (version.was.0, version.is.0, version.why.as_str(), version.prices)).collect();
    assert_eq!((known.margin, versions), (Rate(2_100), vec![(2_000, 2_100, "AG du 12", 1)]));
    let margins: Vec<u16> = coop.shelf(dairy).await.products.iter().map(|product| product.margin.0).collect();
    assert_eq!(margins, [1_500, 2_100], "honey has its own");
    let prices = catalogue::prices(&coop.backend, odile, yoghurt).await.unwrap();
    assert_eq!(
        prices.iter().map(|version| (version.margin.0, version.price.0)).collect::<Vec<_>>(),
        [(2_100, 1_277), (2_000, 1_266)]
    );

    // What a file brings that is new has it.
    let file = coop.file(odile, "A1;;Lentilles;Vrac;Ferme;1,00;5,5\n").await;
    catalogue::approve(&coop.backend, odile, file, &coop.seen(odile, file).await).await.unwrap().unwrap();
    let lentils = coop.shop().await.into_values().find(|kept| kept.facts.name == "Lentilles").expect("lentils");
    assert_eq!(lentils.facts.margin, Margin::OfTheCoop(Rate(2_100)));
    assert!(matches!(catalogue::margin(&coop.backend, camille, None).await, Err(Error::NotAllowed)));
    let refused = catalogue::set_margin(&coop.backend, camille, coop.id(), 1, MARGIN, "").await;
    assert!(matches!(refused, Err(Error::NotAllowed)));
}
