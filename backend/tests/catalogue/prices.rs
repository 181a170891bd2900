//! Since when something costs what it costs, and what it was made of before.

use backend::catalogue;
use domain::catalogue::{Cents, Rate, SoldBy};
use domain::time::{paris_day, plus_days};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::coop::Coop;

#[sqlx::test(migrations = false)]
async fn a_price_that_comes_to_the_same_is_as_old_as_it_was(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let range = coop.range(odile, "Crèmerie").await;
    let product = coop.product(odile, range, "Yaourt", 100).await;
    let first = paris_day(coop.now());
    let becomes = async |purchase: i64, margin: u16| {
        coop.backend.clock.set(coop.now() + chrono::Duration::days(1));
        let known = catalogue::product_in_hand(&coop.backend, odile, product).await.unwrap();
        let mut written = known.written.clone();
        (written.facts.purchase, written.facts.margin) = (Cents(purchase), Rate(margin));
        catalogue::edit_product(&coop.backend, odile, product, known.revision, written).await.unwrap().unwrap();
        let versions = catalogue::prices(&coop.backend, odile, product).await.unwrap().len();
        (catalogue::product_in_hand(&coop.backend, odile, product).await.unwrap().price_since, versions)
    };
    // 120 before VAT either way.
    assert_eq!(becomes(96, 2_500).await, (first, 2), "made of something else, and the same price");
    assert_eq!(becomes(99, 2_500).await, (plus_days(first, 2), 3));
}

#[sqlx::test(migrations = false)]
async fn the_same_for_a_kilogram_instead_of_a_piece_is_another_price(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let range = coop.range(odile, "Vrac").await;
    let product = coop.product(odile, range, "Noix", 100).await;
    coop.backend.clock.set(coop.now() + chrono::Duration::days(1));
    let known = catalogue::product_in_hand(&coop.backend, odile, product).await.unwrap();
    let mut written = known.written.clone();
    written.facts.sold_by = SoldBy::Weight;
    catalogue::edit_product(&coop.backend, odile, product, known.revision, written).await.unwrap().unwrap();
    let versions = catalogue::prices(&coop.backend, odile, product).await.unwrap();
    assert_eq!(versions.iter().map(|version| version.sold_by).collect::<Vec<_>>(), [SoldBy::Weight, SoldBy::Piece]);
    let known = catalogue::product_in_hand(&coop.backend, odile, product).await.unwrap();
    assert_eq!(known.price_since, paris_day(coop.now()));
}
