//! Since when something costs what it costs, and what it was made of before.

use backend::catalogue;
use domain::catalogue::{Cents, MARGIN, Margin, Rate, SoldBy};
use domain::id::ProductId;
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
        (written.facts.purchase, written.facts.margin) = (Cents(purchase), Margin::Own(Rate(margin)));
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

#[sqlx::test(migrations = false)]
async fn a_margin_set_by_hand_stays_though_it_was_as_high_as_the_co_ops(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let range = coop.range(odile, "Crèmerie").await;
    let follows = coop.product(odile, range, "Yaourt", 1_000).await;
    let own = coop.product(odile, range, "Tomme", 1_000).await;
    let margin = async |product: ProductId| {
        let known = catalogue::product_in_hand(&coop.backend, odile, product).await.unwrap();
        known.written.facts.margin
    };
    let writes = async |product: ProductId, margin: Margin| {
        let known = catalogue::product_in_hand(&coop.backend, odile, product).await.unwrap();
        let mut written = known.written.clone();
        written.facts.margin = margin;
        catalogue::edit_product(&coop.backend, odile, product, known.revision, written).await.unwrap().unwrap();
    };
    writes(own, Margin::Own(MARGIN)).await;
    let set = async |base: i32, is: u16| {
        catalogue::set_margin(&coop.backend, odile, coop.id(), base, Rate(is), "AG").await.unwrap().unwrap();
    };
    set(0, 2_100).await;
    assert_eq!((margin(follows).await, margin(own).await), (Margin::OfTheCoop(Rate(2_100)), Margin::Own(MARGIN)));
    set(1, 2_000).await;
    set(2, 2_200).await;
    assert_eq!((margin(follows).await, margin(own).await), (Margin::OfTheCoop(Rate(2_200)), Margin::Own(MARGIN)));
    // From a form that was opened when the co-op's was another: it is as high as it is now.
    writes(own, Margin::OfTheCoop(MARGIN)).await;
    assert_eq!(margin(own).await, Margin::OfTheCoop(Rate(2_200)));
}

#[sqlx::test(migrations = false)]
async fn what_was_kept_before_margins_said_whose_they_are_is_read(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let range = coop.range(odile, "Crèmerie").await;
    let (yoghurt, bread) = (coop.product(odile, range, "Yaourt", 1_000).await, coop.product(odile, range, "Pain", 1_000).await);
    let old = "update product set facts = jsonb_set(facts, '{margin}', to_jsonb($2::integer)) where product_id = $1";
    for (product, margin) in [(yoghurt, 2_000), (bread, 1_500)] {
        sqlx::query(old).bind(product).bind(margin).execute(&coop.backend.pool).await.unwrap();
    }
    catalogue::set_margin(&coop.backend, odile, coop.id(), 0, Rate(2_100), "AG").await.unwrap().unwrap();
    let shop = coop.shop().await;
    assert_eq!(shop[&yoghurt].facts.margin, Margin::OfTheCoop(Rate(2_100)));
    assert_eq!(shop[&bread].facts.margin, Margin::Own(Rate(1_500)));
    let shown: Vec<u16> = coop.shelf(range).await.products.iter().map(|product| product.margin.0).collect();
    assert_eq!(shown, [1_500, 2_100], "members read a number, as before");
}
