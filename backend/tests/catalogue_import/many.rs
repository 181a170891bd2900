//! A whole shop at once.

use std::fmt::Write;
use std::time::{Duration, Instant};

use backend::catalogue;
use domain::catalogue::Barcode;
use domain::catalogue::import::Counts;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::coop::Coop;

const ROWS: u32 = 6_000;
/// Three seconds, as the co-op has it; what is built for tests is slower. `cargo xtask bench` holds the release to three.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 3 });

/// A row for each product, from that price on.
fn shop(cents: u32) -> String {
    let mut rows = String::new();
    for n in 0..ROWS {
        let code = Barcode::closing(&format!("37600{n:07}")).unwrap();
        let (range, supplier, price) = (n % 20, n % 50, cents + n % 500);
        let (euros, cents) = (price / 100, price % 100);
        writeln!(rows, "A{n};{code};Produit numéro {n};Rayon {range};Ferme {supplier};{euros},{cents:02};5,5").unwrap();
    }
    rows
}

async fn in_time<T>(what: &str, work: impl Future<Output = T>) -> T {
    let start = Instant::now();
    let done = work.await;
    let took = start.elapsed();
    println!("{ROWS} rows {what} in {took:.2?}");
    assert!(took <= PATIENCE, "{ROWS} rows {what} in {took:.2?}");
    done
}

#[sqlx::test(migrations = false)]
async fn six_thousand_rows_are_compared_applied_and_taken_back_in_time(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let odile = coop.keeper().await;
    let id = coop.file(odile, &shop(100)).await;
    let seen = in_time("compared", coop.seen(odile, id)).await;
    let counts = in_time("applied", catalogue::approve(&coop.backend, odile, id, &seen)).await.unwrap().unwrap();
    assert_eq!(counts, Counts { rows: ROWS, new: ROWS, ..Counts::default() });
    let before = coop.shop().await;

    coop.backend.clock.set(coop.now() + chrono::Duration::days(7));
    let id = coop.file(odile, &shop(120)).await;
    let seen = in_time("compared with as many", coop.seen(odile, id)).await;
    let counts = in_time("changed", catalogue::approve(&coop.backend, odile, id, &seen)).await.unwrap().unwrap();
    assert_eq!(counts, Counts { rows: ROWS, changed: ROWS, ..Counts::default() });

    coop.backend.clock.set(coop.now() + chrono::Duration::days(1));
    in_time("taken back", catalogue::undo_last(&coop.backend, odile, id)).await.unwrap().unwrap();
    assert_eq!(coop.shop().await, before);
    // What each cost in between is kept.
    assert_eq!(coop.count("select count(*) from price_version").await, 3 * i64::from(ROWS));
}
