//! What happens after commit, or when its time has come.

mod coop;

use std::sync::Arc;

use backend::brief::mail::{BriefCopy, CarryingCopy, Postman};
use backend::clock::{self, Clock};
use backend::jobs::{self, Delivery, Mail, Mailer};
use backend::notify::{Batch, Carrying, Courier};
use chrono::Duration;
use coop::Coop;
use domain::command::Command;
use domain::id::SeatId;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use tokio::sync::{mpsc, oneshot};

/// Puts mails into a channel.
#[derive(Debug)]
struct Letterbox {
    mails: mpsc::UnboundedSender<Mail>,
}

impl Mailer for Letterbox {
    fn send(&self, mail: Mail, _: i64) -> Delivery<'_> {
        Box::pin(async move { self.mails.send(mail).map_err(Into::into) })
    }
}

/// Has nothing to carry.
#[derive(Debug)]
struct Idle;

impl Postman for Idle {
    fn carry(&self, copy: BriefCopy) -> CarryingCopy<'_> {
        panic!("no brief is out here: {copy:?}");
    }

    fn pace(&self) -> u32 {
        30
    }
}

impl Courier for Idle {
    fn carry(&self, batch: Batch) -> Carrying<'_> {
        panic!("nobody is told anything here: {batch:?}");
    }
}

async fn jobs_of(coop: &Coop, kind: &str) -> i64 {
    coop.count(&format!("select count(*) from graphile_worker.jobs where task_identifier = '{kind}'")).await
}

#[sqlx::test(migrations = false)]
async fn a_tick_hands_over_what_is_due_and_only_once(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let lea = coop.member("Léa").await;
    let seat = coop.seat_of(lea, 10, 9).await;
    let start = coop.now() + Duration::days(10) + Duration::hours(1);
    let offer = coop.gives(lea, seat).await;
    assert_eq!(jobs::tick(&coop.backend).await.unwrap(), 0);
    coop.backend.clock.set(start);
    assert_eq!(jobs::tick(&coop.backend).await.unwrap(), 0);
    coop.backend.clock.set(start + Duration::milliseconds(1));
    let ticks = futures::future::join_all((0..4).map(|_| jobs::tick(&coop.backend))).await;
    assert_eq!(ticks.into_iter().map(Result::unwrap).sum::<usize>(), 1);
    assert_eq!(jobs_of(&coop, "expire").await, 1);
    backend::swaps::expire(&coop.backend).await.unwrap();
    assert_eq!(coop.offer_state(offer).await, "expired");
}

#[sqlx::test(migrations = false)]
async fn the_nights_work_is_planned_once_whoever_plans_it(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    for plan in futures::future::join_all((0..4).map(|_| jobs::plan(&coop.backend))).await {
        plan.unwrap();
    }
    assert_eq!(coop.count("select count(*) from due_work").await, 10);
    assert_eq!(jobs::tick(&coop.backend).await.unwrap(), 10);
    assert_eq!(coop.count("select count(*) from due_work where done_at is null").await, 10);
    let next = coop.count("select (extract(epoch from min(due_at)) * 1000)::bigint from due_work where done_at is null").await;
    assert_eq!(next, (coop.now() + Duration::hours(16)).timestamp_millis());
}

#[sqlx::test(migrations = false)]
async fn the_worker_sends_mails_and_does_what_is_due_until_it_is_stopped(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::of(at, 10, coop::today()).await;
    let lea = coop.member("Léa").await;
    let seat = coop.seat_of(lea, 10, 9).await;
    let offer = coop.gives(lea, seat).await;
    coop.backend.clock.set(coop.now() + Duration::days(11));
    let (mails, mut letterbox) = mpsc::unbounded_channel();
    let (stop, stopped) = oneshot::channel::<()>();
    let worker = jobs::run_worker(coop.backend.clone(), Arc::new(Letterbox { mails }), Arc::new(Idle), Arc::new(Idle), async {
        stopped.await.ok();
    });
    let mail = Mail { to: "lea@example.org".into(), subject: "Ton code".into(), text: "123456".into(), html: None };
    let sent = async {
        let mut tx = coop.backend.pool.begin().await.unwrap();
        jobs::enqueue_mail(&mut tx, &mail).await.unwrap();
        tx.commit().await.unwrap();
        let received = letterbox.recv().await.unwrap();
        while coop.offer_state(offer).await == "open" || jobs_of(&coop, "generate").await > 0 {
            tokio::task::yield_now().await;
        }
        stop.send(()).unwrap();
        received
    };
    let (ran, received) = tokio::join!(worker, sent);
    ran.unwrap();
    assert_eq!(received, mail);
}

#[sqlx::test(migrations = false)]
async fn outcomes_are_kept_thirteen_months(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let lea = coop.member("Léa").await;
    let seat = SeatId::new(coop.shift(10, 9, 3).await, 1);
    let take = coop.envelope(Command::TakeSeat { seat });
    let first = coop.perform(lea, &take).await;
    coop.backend.clock.set(coop.now() + Duration::days(390));
    jobs::purge(&coop.backend).await.unwrap();
    assert_eq!(coop.perform(lea, &take).await, first);
    coop.backend.clock.set(coop.now() + Duration::days(10));
    assert_eq!(coop.perform(lea, &take).await, first);
    jobs::purge(&coop.backend).await.unwrap();
    assert_eq!(coop::reason(coop.perform(lea, &take).await), domain::reason::Reason::TooOld);
}

#[sqlx::test(migrations = false)]
async fn photos_are_kept_thirteen_months(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let lea = coop.member("Léa").await;
    let photo = "insert into photo (photo_id, bytes, received_at, by_member) values ($1, 'x', $2, $3)";
    sqlx::query(photo).bind(coop.id()).bind(coop.now()).bind(lea).execute(&coop.backend.pool).await.unwrap();
    for (days, left) in [(390, 1), (11, 0)] {
        coop.backend.clock.set(coop.now() + Duration::days(days));
        jobs::purge(&coop.backend).await.unwrap();
        assert_eq!(coop.count("select count(*) from photo").await, left, "after {days} more days");
    }
}

#[sqlx::test(migrations = false)]
async fn the_clock_is_set_once_and_shared(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let pool = &coop.backend.pool;
    let near = |clock: &Clock, wanted: domain::time::Instant| (clock.now() - wanted).num_minutes().abs() < 5;
    let real = Clock::real().now();
    assert!(near(&clock::shared(pool, None).await.unwrap(), real));
    assert!(near(&clock::shared(pool, Some(coop::today())).await.unwrap(), coop::today()));
    assert!(near(&clock::shared(pool, None).await.unwrap(), coop::today()));
    assert!(near(&clock::shared(pool, Some(real + Duration::days(400))).await.unwrap(), coop::today()));
}
