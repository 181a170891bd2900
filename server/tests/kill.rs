//! The process ends without a word, or PostgreSQL cuts its connections, while members act: whatever was acknowledged
//! stays, and what was not is sent again under the same id and takes effect once. The till's file is applied whole, or not at all.

#[path = "../../backend/tests/coop/mod.rs"]
mod coop;
#[path = "kill/program.rs"]
mod program;
#[path = "kill/serving.rs"]
mod serving;
#[path = "kill/story.rs"]
mod story;

use std::time::Duration;

use domain::command::Command;
use domain::id::SeatId;
use futures::future::join_all;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use tokio::time::timeout;

use program::{House, Phone, pause};
use story::{assert_settled, assert_stored, busy_evening};

/// Whatever hangs is wrong long before this, on a busy machine too.
const PATIENCE: Duration = Duration::from_secs(90);

async fn in_time<T>(what: impl Future<Output = T>) -> T {
    timeout(PATIENCE, what).await.expect("it ends in time")
}

#[sqlx::test(migrations = false)]
async fn a_killed_server_loses_no_acknowledged_act_and_doubles_none(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let phones = busy_evening(&house).await;
    in_time(async {
        house.start().await;
        let killer = async {
            for acknowledged in [1, 12, 30, 50, 75] {
                house.until_acknowledged(acknowledged).await;
                house.kill();
                house.start().await;
            }
        };
        futures::join!(join_all(phones.iter().map(|phone| house.deliver(phone))), killer);
        // Whoever is not sure sends everything again.
        join_all(phones.iter().map(|phone| house.deliver(phone))).await;
    })
    .await;
    assert_settled(&house, &phones).await;
}

/// Members who each take a place of their own.
async fn takers(house: &House, count: usize) -> Vec<Phone> {
    let mut phones = Vec::new();
    for n in 0..count {
        let member = house.coop.member(&format!("M{n}")).await;
        let seat = SeatId::new(house.coop.shift(10 + n as u64, 9, 1).await, 0);
        phones.push(house.phone(member, 1, vec![Command::TakeSeat { seat }]).await);
    }
    phones
}

#[sqlx::test(migrations = false)]
async fn an_answer_lost_after_its_commit_is_given_again(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let phones = takers(&house, 8).await;
    // The marks are read between an act's commit and its answer. Here nobody gets them while the gate is shut.
    house
        .coop
        .sql(
            "alter function marks(uuid) rename to marks_now;
             create function marks(of_member uuid) returns jsonb language plpgsql as $$ begin
                if exists (select from command_log where member_id = of_member) then
                    perform pg_advisory_xact_lock_shared(1);
                end if;
                return marks_now(of_member);
             end $$",
        )
        .await;
    let mut gate = house.coop.backend.pool.begin().await.unwrap();
    sqlx::query("select pg_advisory_xact_lock(1)").execute(&mut *gate).await.unwrap();
    in_time(async {
        house.start().await;
        let killer = async {
            house.coop.until_waiting(8).await;
            house.kill();
            assert_eq!(house.acknowledged(), 0);
            assert_eq!(house.coop.count("select count(*) from command_log where outcome->>'status' = 'applied'").await, 8);
            gate.rollback().await.unwrap();
            house.start().await;
        };
        futures::join!(join_all(phones.iter().map(|phone| house.deliver(phone))), killer);
    })
    .await;
    assert_stored(&house, &phones).await;
    assert_eq!(house.coop.count("select count(*) from seat_history").await, 8);
    coop::assert_invariants(&house.coop).await;
}

#[sqlx::test(migrations = false)]
async fn an_act_cut_off_before_its_commit_leaves_nothing_and_runs_when_it_is_sent_again(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let phones = takers(&house, 8).await;
    let mut gate = house.coop.backend.pool.begin().await.unwrap();
    sqlx::query("select from shift for update").execute(&mut *gate).await.unwrap();
    in_time(async {
        house.start().await;
        let killer = async {
            house.coop.until_waiting(8).await;
            house.kill();
            // PostgreSQL has not noticed yet: the cut-off transactions wait on, and hold their ids.
            house.start().await;
            house.coop.until_waiting(16).await;
            assert_eq!(house.coop.count("select count(*) from command_log").await, 0);
            gate.rollback().await.unwrap();
        };
        futures::join!(join_all(phones.iter().map(|phone| house.deliver(phone))), killer);
    })
    .await;
    assert_stored(&house, &phones).await;
    assert_eq!(house.coop.count("select count(*) from seat_history").await, 8);
    coop::assert_invariants(&house.coop).await;
}

#[sqlx::test(migrations = false)]
async fn connections_that_postgresql_cuts_come_back_and_nothing_is_lost_or_doubled(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let phones = busy_evening(&house).await;
    // Everybody begins by giving a place of these shifts: they will all be in the middle of it at the first cut.
    let mut gate = house.coop.backend.pool.begin().await.unwrap();
    sqlx::query("select from shift for update").execute(&mut *gate).await.unwrap();
    in_time(async {
        house.start().await;
        let cutter = async {
            house.coop.until_waiting(10).await;
            house.cut().await;
            gate.rollback().await.unwrap();
            for acknowledged in [10, 25, 40, 55, 70] {
                house.until_acknowledged(acknowledged).await;
                house.cut().await;
            }
        };
        let acts = phones.iter().map(|phone| phone.acts.len()).sum();
        let pages = ["/api/v1/calendar", "/api/v1/me", "/vacations", "/readyz"];
        let readers = pages.map(|path| house.read_until(path, &phones[0], acts));
        futures::join!(join_all(phones.iter().map(|phone| house.deliver(phone))), join_all(readers), cutter);
        join_all(phones.iter().map(|phone| house.deliver(phone))).await;
        assert!(house.is_running(), "the process recovers by itself");
    })
    .await;
    assert!(house.told_to_wait() >= 10, "nobody was told to come back");
    assert_settled(&house, &phones).await;
}

#[sqlx::test(migrations = false)]
async fn jobs_go_on_after_the_queue_lost_its_connections(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    house.coop.member("Léa").await;
    in_time(async {
        house.start().await;
        let mut gate = house.coop.backend.pool.begin().await.unwrap();
        sqlx::query("lock table graphile_worker._private_jobs").execute(&mut *gate).await.unwrap();
        // The queue is in the middle of looking for a job.
        let looking = "select count(*) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock' and query like '%_private_jobs%'";
        while house.coop.count(looking).await == 0 {
            pause().await;
        }
        house.cut().await;
        gate.rollback().await.unwrap();
        house.until_a_mail_is_written().await;
    })
    .await;
}

#[sqlx::test(migrations = false)]
async fn a_file_that_a_kill_cuts_off_is_applied_whole_or_not_at_all(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let coop = &house.coop;
    let odile = coop.keeper().await;
    let phone = house.phone(odile, 1, Vec::new()).await;
    let import = coop.file(odile, "1;;Yaourt;Crèmerie;;0,92;5,5\n2;;Pain;Boulangerie;;3,10;5,5\n").await;
    let form = format!("geste=appliquer&import={import}&vu={}", coop.seen(odile, import).await);
    let products = "select count(*) from product";
    let approved = "select count(*) from catalogue_import where approved_at is not null";
    let held = "select count(*) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%into price_version%'";
    in_time(async {
        house.start().await;
        // It is held up once its products are written: their prices are not yet.
        let mut gate = coop.backend.pool.begin().await.unwrap();
        sqlx::query("lock table price_version in share mode").execute(&mut *gate).await.unwrap();
        let killer = async {
            while coop.count(held).await == 0 {
                pause().await;
            }
            house.kill();
        };
        let (cut, ()) = futures::join!(house.post(&phone, "/approvisionnement", &form), killer);
        assert!(cut.is_err(), "nobody was told that it is done");
        gate.rollback().await.unwrap();
        house.until_forgotten().await;
        for what in [products, approved, "select count(*) from product_barcode", "select count(*) from price_version"] {
            assert_eq!(coop.count(what).await, 0, "{what}");
        }

        // Asked again as it was seen, it is done; and once more, it is the same act.
        house.start().await;
        for _ in 0..2 {
            let told = house.post(&phone, "/approvisionnement", &form).await.unwrap();
            assert_eq!(told.status, 303, "{}", told.head);
            assert_eq!((coop.count(products).await, coop.count(approved).await), (2, 1));
        }
        // Killed once it was acknowledged, it stays.
        house.kill();
        house.until_forgotten().await;
        assert_eq!((coop.count(products).await, coop.count(approved).await), (2, 1));
    })
    .await;
}
