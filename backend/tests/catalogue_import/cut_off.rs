//! In the middle of it, the connection is cut, or whoever asked goes away: it did nothing, and is done when it is asked again.

use backend::catalogue;
use backend::error::Error;
use domain::id::{ImportId, MemberId};
use futures::future::{Either, join, select};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Postgres, Transaction};

use crate::ROWS;
use crate::coop::Coop;

/// Who is held up: its products are written, their prices not yet.
const HELD: &str = "datname = current_database() and wait_event_type = 'Lock' and query like '%into price_version%'";

async fn gate(coop: &Coop) -> Transaction<'static, Postgres> {
    let mut gate = coop.backend.pool.begin().await.unwrap();
    sqlx::query("lock table price_version in share mode").execute(&mut *gate).await.unwrap();
    gate
}

async fn until_held(coop: &Coop) {
    while coop.count(&format!("select count(*) from pg_stat_activity where {HELD}")).await == 0 {
        tokio::task::yield_now().await;
    }
}

async fn assert_untouched(coop: &Coop) {
    assert!(coop.shop().await.is_empty());
    for table in ["product", "product_barcode", "price_version"] {
        assert_eq!(coop.count(&format!("select count(*) from {table}")).await, 0, "{table}");
    }
    assert_eq!(coop.count("select count(*) from catalogue_import where approved_at is not null").await, 0);
}

async fn assert_done_when_asked_again(coop: &Coop, keeper: MemberId, id: ImportId, seen: &str) {
    let counts = catalogue::approve(&coop.backend, keeper, id, seen).await.unwrap().unwrap();
    assert_eq!(counts.new, 2);
    assert_eq!(coop.shop().await.len(), 2);
}

#[sqlx::test(migrations = false)]
async fn a_connection_that_is_cut_leaves_nothing(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let id = coop.file(odile, ROWS).await;
    let seen = coop.seen(odile, id).await;
    let gate = gate(&coop).await;
    let cutter = async {
        until_held(&coop).await;
        coop.sql(&format!("select pg_terminate_backend(pid) from pg_stat_activity where {HELD}")).await;
        gate.rollback().await.unwrap();
    };
    let (cut, ()) = join(catalogue::approve(&coop.backend, odile, id, &seen), cutter).await;
    assert!(matches!(cut, Err(Error::Unavailable(_))), "{cut:?}");
    assert_untouched(&coop).await;
    assert_done_when_asked_again(&coop, odile, id, &seen).await;
}

#[sqlx::test(migrations = false)]
async fn whoever_goes_away_in_the_middle_leaves_nothing(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let id = coop.file(odile, ROWS).await;
    let seen = coop.seen(odile, id).await;
    let gate = gate(&coop).await;
    let approving = Box::pin(catalogue::approve(&coop.backend, odile, id, &seen));
    let Either::Right(((), approving)) = select(approving, Box::pin(until_held(&coop))).await else { panic!("it is held up") };
    drop(approving);
    assert_untouched(&coop).await;
    gate.rollback().await.unwrap();
    // Whatever is left of the first one, the catalogue is not held by it for good.
    assert_done_when_asked_again(&coop, odile, id, &seen).await;
}

#[sqlx::test(migrations = false)]
async fn a_second_one_waits_and_sees_what_the_first_one_did(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let id = coop.file(odile, ROWS).await;
    let seen = coop.seen(odile, id).await;
    let gate = gate(&coop).await;
    let again = async {
        until_held(&coop).await;
        let second = catalogue::approve(&coop.backend, odile, id, &seen);
        let opener = async {
            coop.until_waiting(2).await;
            gate.rollback().await.unwrap();
        };
        join(second, opener).await.0
    };
    let (first, second) = join(catalogue::approve(&coop.backend, odile, id, &seen), again).await;
    let (first, second) = (first.unwrap().unwrap(), second.unwrap().unwrap());
    assert_eq!((first.new, second), (2, first), "it is one act");
    assert_eq!(coop.count("select count(*) from price_version").await, 2);
}
