//! The days of the simulation (`domain/tests/simulation`) once more, as their server saw them: the
//! same commands of the same people at the same times, command by command, on PostgreSQL. Every
//! outcome is the same, every mark, and at the end of each day everything that anybody sees.

mod coop;
mod replay;
#[path = "../../domain/tests/simulation/world/mod.rs"]
mod world;

use coop::Coop;
use replay::Replay;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use world::World;

/// Each test has a database of its own, so that they run beside each other.
const DAYS: u64 = 50;

async fn come_out_the_same(first: u64, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    for seed in first..first + DAYS {
        let day = World::run(seed, None, false);
        assert_eq!(day.broken, None, "seed {seed}");
        Replay::of(&coop, &day).await.run().await;
    }
}

#[sqlx::test(migrations = false)]
async fn the_first_fifty_days_come_out_the_same_on_postgresql(_: PgPoolOptions, at: PgConnectOptions) {
    come_out_the_same(0, at).await;
}

#[sqlx::test(migrations = false)]
async fn the_second_fifty_days_come_out_the_same_on_postgresql(_: PgPoolOptions, at: PgConnectOptions) {
    come_out_the_same(DAYS, at).await;
}

#[sqlx::test(migrations = false)]
async fn the_third_fifty_days_come_out_the_same_on_postgresql(_: PgPoolOptions, at: PgConnectOptions) {
    come_out_the_same(2 * DAYS, at).await;
}

#[sqlx::test(migrations = false)]
async fn the_fourth_fifty_days_come_out_the_same_on_postgresql(_: PgPoolOptions, at: PgConnectOptions) {
    come_out_the_same(3 * DAYS, at).await;
}
