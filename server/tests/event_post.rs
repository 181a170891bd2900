//! Two servers remind of events, tell what became otherwise and write to visitors, and each is killed over and over: nothing is
//! lost, nobody hears twice but in the moment of a kill and then under the same Message-ID or topic, and nobody is reminded of
//! what does not take place.

#[path = "../../backend/tests/coop/mod.rs"]
mod coop;
#[path = "event_post/crowd.rs"]
mod crowd;
#[path = "post/heard.rs"]
mod heard;
#[path = "post/mail_end.rs"]
mod mail_end;
#[path = "post/push_end.rs"]
mod push_end;
#[path = "event_post/received.rs"]
mod received;
#[path = "kill/serving.rs"]
mod serving;

use std::time::{Duration, Instant};

use backend::clock;
use backend::event::{self, Edit};
use chrono::NaiveDate;
use domain::event::Scope;
use domain::id::EventId;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use coop::{Coop, paris};
use crowd::Crowd;
use heard::Heard;
use mail_end::MailEnd;
use push_end::PushEnd;
use received::Received;
use serving::{Serving, pause};

const ROUNDS: usize = 6;
/// Longer than a process may have something in hand, and longer than organisers are left to change something else.
const DARK: chrono::Duration = chrono::Duration::seconds(11 * 60 + 130);
/// What is still to be tried is tried again after these, one after the other.
const LATER_MIN: [i64; 10] = [0, 1, 2, 4, 8, 16, 32, 61, 24 * 60, 61];
/// Whatever hangs is wrong long before this, on a busy machine too.
const PATIENCE: Duration = Duration::from_secs(60);

/// The day of all three suppers.
fn today() -> NaiveDate {
    "2026-12-11".parse().unwrap()
}

struct Post {
    coop: Coop,
    crowd: Crowd,
    servers: [Serving; 2],
    heard: Heard,
}

#[sqlx::test(migrations = false)]
async fn two_servers_are_killed_over_and_over_and_everybody_hears_of_an_event_once(_: PgPoolOptions, at: PgConnectOptions) {
    let seed = std::env::var("ALPAR_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(rand::random::<u64>);
    println!("ALPAR_SEED={seed}");
    let mut dice = StdRng::seed_from_u64(seed);
    let database = at.to_url_lossy().to_string();
    // A moment before eight, when whoever comes this evening is reminded.
    let soon = paris(today(), 7, 59);
    let coop = Coop::of(at, 8, soon).await;
    let heard = Heard::new();
    let (smtp, mails) = MailEnd::open(crowd::moods(), 2, heard.clone()).await;
    let (endpoint, pushes) = PushEnd::open(crowd::devices(), heard.clone()).await;
    let received = Received::open(&coop, mails, pushes.clone()).await;
    let crowd = Crowd::of(&coop, endpoint, &pushes).await;
    clock::shared(&coop.backend.pool, Some(paris(today(), 8, 0))).await.unwrap();
    let servers = ["one", "other"].map(|name| {
        let folder = std::env::temp_dir().join(format!("alpar-events-{}-{name}", coop.id().simple()));
        Serving::new(folder, &database).with("SMTP_URL", smtp.clone()).with("ALPAR_DEV", "1".into())
    });
    let post = Post { coop, crowd, servers, heard };
    post.start().await;

    for round in 0..ROUNDS {
        let first: usize = dice.random_range(0..2);
        post.busy(&mut dice, 2 * round).await;
        post.servers[first].kill();
        if round % 2 == 0 {
            post.servers[first].start().await;
            post.busy(&mut dice, 2 * round + 1).await;
            post.servers[1 - first].kill();
            post.servers[1 - first].start().await;
        } else {
            post.servers[1 - first].kill();
            post.dark(round, &received).await;
        }
    }
    // Whatever is still open is tried, and what a killed server had in hand taken up.
    for minutes in LATER_MIN {
        post.servers.iter().for_each(Serving::kill);
        if post.open().await == 0 {
            break;
        }
        post.passes(DARK + chrono::Duration::minutes(minutes), &received).await;
        post.start().await;
        post.until_quiet().await;
    }
    let left = "select concat((select json_agg(d) from delivery d where ended_at is null), ' · ',
        (select count(*) from notice where planned_at is null), ' · ', (select json_agg(j) from graphile_worker._private_jobs j
        where payload->>'to' is not null), ' · ', (select json_agg(e) from event e where tell_at is not null))";
    let left: String = sqlx::query_scalar(left).fetch_one(&post.coop.backend.pool).await.unwrap();
    assert_eq!(post.open().await, 0, "everything ends, and not {left}");
    let twice = received.balanced(&post.coop, &post.crowd).await;
    println!("{} kills: {twice} handed over twice, each in the moment of a kill", 2 * ROUNDS);
}

impl Post {
    async fn start(&self) {
        futures::join!(self.servers[0].start(), self.servers[1].start());
    }

    /// The test acts at the time that the servers have.
    async fn now(&self) -> domain::time::Instant {
        let now = clock::shared(&self.coop.backend.pool, None).await.unwrap().now();
        self.coop.turns(now);
        now
    }

    /// Théo writes to all who come to one of the suppers that stand; then some random way into telling them.
    async fn busy(&self, dice: &mut StdRng, nth: usize) {
        self.now().await;
        let before = self.heard.count();
        let event = [self.crowd.stays, self.crowd.moves][nth % 2];
        let word = format!("Mot n° {nth}");
        event::write_to_all(&self.coop.backend, self.crowd.theo, event, self.coop.id(), &word).await.unwrap().unwrap();
        backend::marks::tell(&self.coop.backend).await.unwrap();
        let until = before + dice.random_range(1..=25);
        tokio::time::timeout(PATIENCE, self.heard.until(until)).await.expect("people are told");
    }

    /// Nobody serves: something becomes otherwise, and the time passes after which people are told.
    async fn dark(&self, round: usize, received: &Received) {
        self.now().await;
        match round {
            // Its reminder is written and on its way to nobody yet when it is cancelled.
            1 => {
                let soon = self.now().await + chrono::Duration::hours(1);
                self.moves_to(self.crowd.off, soon).await;
                event::remind(&self.coop.backend).await.unwrap();
                let pending = self.coop.count(&received::pending_reminders(self.crowd.off)).await;
                assert!(pending >= i64::try_from(crowd::MEMBERS).unwrap(), "{pending} reminders wait");
                let cancels = event::cancel(
                    &self.coop.backend,
                    self.crowd.theo,
                    self.crowd.off,
                    self.coop.id(),
                    Scope::This,
                    "Panne de four",
                );
                cancels.await.unwrap().unwrap();
            }
            // The servers tell it.
            3 => self.moves_to(self.crowd.moves, paris(today(), 20, 0)).await,
            _ => {}
        }
        self.passes(DARK, received).await;
        self.start().await;
    }

    async fn moves_to(&self, event: EventId, starts_at: domain::time::Instant) {
        let known = self.coop.gathering(event).await.event;
        let mut terms = known.terms;
        let later = starts_at - terms.times.starts_at;
        for at in [&mut terms.times.starts_at, &mut terms.times.ends_at, &mut terms.times.closes_at] {
            *at += later;
        }
        let edit = Edit { form: self.coop.id(), base: known.revision, scope: Scope::This, terms, rule: None };
        event::edit(&self.coop.backend, self.crowd.theo, event, &edit).await.unwrap().unwrap();
    }

    /// While nobody serves, time goes by, and the queue gives back what the dead had in hand.
    async fn passes(&self, time: chrono::Duration, received: &Received) {
        assert!(self.servers.iter().all(|server| !server.is_running()));
        self.coop.sql(&format!("update clock set offset_ms = offset_ms + {}", time.num_milliseconds())).await;
        received.free(&self.coop).await;
    }

    /// What has not ended: deliveries, notices that have none yet, mails of the queue, and what people are still to be told.
    async fn open(&self) -> i64 {
        self.coop
            .count(
                "select (select count(*) from delivery where ended_at is null)
                    + (select count(*) from notice where planned_at is null)
                    + (select count(*) from graphile_worker._private_jobs where payload->>'to' is not null)
                    + (select count(*) from event where tell_at is not null)",
            )
            .await
    }

    /// Nothing is due that a server that lives could do, and it has nothing in hand. What a dead one had is free again by now.
    async fn until_quiet(&self) {
        let since = Instant::now();
        loop {
            // The queue goes by the real time.
            let (now, real) = (self.now().await, clock::Clock::real().now());
            let busy = self
                .coop
                .count(&format!(
                    "select (select count(*) from notice where planned_at is null)
                        + (select count(*) from delivery
                            where state = 'leaving' or (state = 'waiting' and due_at <= '{now}'))
                        + (select count(*) from graphile_worker._private_jobs
                            where payload->>'to' is not null and (locked_at is not null or run_at <= '{real}'))
                        + (select count(*) from due_work where kind = 'events' and done_at is null and due_at <= '{now}')"
                ))
                .await;
            if busy == 0 {
                return;
            }
            assert!(since.elapsed() < PATIENCE, "{busy} still to be told");
            pause().await;
        }
    }
}
