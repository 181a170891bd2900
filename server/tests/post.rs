//! Two servers share the post of one co-op, and each is killed ten times while people are told two thousand things:
//! nothing is lost, everything ends with its reason, and nobody hears twice but in the moment of a kill, marked.

#[path = "../../backend/tests/coop/mod.rs"]
mod coop;
#[path = "post/heard.rs"]
mod heard;
#[path = "post/ledger.rs"]
mod ledger;
#[path = "post/mail_end.rs"]
mod mail_end;
#[path = "post/people.rs"]
mod people;
#[path = "post/push_end.rs"]
mod push_end;
#[path = "kill/serving.rs"]
mod serving;

use std::time::{Duration, Instant};

use backend::clock;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use coop::{Coop, today};
use heard::Heard;
use ledger::Ledger;
use mail_end::MailEnd;
use people::{MEMBERS, People};
use push_end::PushEnd;
use serving::{Serving, pause};

const NOTICES: usize = 2_000;
const KILLS_EACH: usize = 10;
/// Longer than a process may have something in hand.
const LEASE: chrono::Duration = chrono::Duration::seconds(130);
/// What is still to be tried is tried again after these, one after the other: longer and longer, and in the end a day.
const LATER_MIN: [i64; 12] = [1, 2, 4, 8, 16, 32, 61, 61, 61, 24 * 60, 61, 61];
/// Whatever hangs is wrong long before this, on a busy machine too.
const PATIENCE: Duration = Duration::from_secs(60);

struct Post {
    coop: Coop,
    people: People,
    servers: [Serving; 2],
    heard: Heard,
}

#[sqlx::test(migrations = false)]
async fn two_servers_are_killed_over_and_over_and_everybody_hears_everything_once(_: PgPoolOptions, at: PgConnectOptions) {
    let seed = std::env::var("ALPAR_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(rand::random::<u64>);
    println!("ALPAR_SEED={seed}");
    let mut dice = StdRng::seed_from_u64(seed);
    let database = at.to_url_lossy().to_string();
    let coop = Coop::of(at, 8, today()).await;
    clock::shared(&coop.backend.pool, Some(today())).await.unwrap();
    let people = People::of(&coop).await;
    let heard = Heard::new();
    let (smtp, mails) = MailEnd::open(people::moods(), 3, heard.clone()).await;
    let (endpoint, pushes) = PushEnd::open(people::devices_of_all(), heard.clone()).await;
    people.subscribe(&coop, endpoint, &pushes).await;
    let ledger = Ledger::open(&coop, mails, pushes).await;
    let servers = ["one", "other"].map(|name| {
        let folder = std::env::temp_dir().join(format!("alpar-post-{}-{name}", coop.id().simple()));
        Serving::new(folder, &database).with("SMTP_URL", smtp.clone()).with("ALPAR_DEV", "1".into())
    });
    let post = Post { coop, people, servers, heard };
    post.start().await;
    for round in 0..KILLS_EACH {
        let first: usize = dice.random_range(0..2);
        // Now and then both are down at once, for longer than something stays in hand.
        let dark = round % 3 == 0;
        post.busy_until(&mut dice, round * 2).await;
        post.servers[first].kill();
        if dark {
            post.tell(round * 2 + 1).await;
        } else {
            post.servers[first].start().await;
            post.busy_until(&mut dice, round * 2 + 1).await;
        }
        post.servers[1 - first].kill();
        if dark {
            post.passes(LEASE).await;
            post.start().await;
        } else {
            post.servers[1 - first].start().await;
        }
    }
    post.until_quiet().await;
    for minutes in LATER_MIN {
        if post.open().await == 0 {
            break;
        }
        for server in &post.servers {
            server.kill();
        }
        post.passes(chrono::Duration::minutes(minutes)).await;
        post.start().await;
        post.until_quiet().await;
    }
    assert_eq!(post.open().await, 0, "everything ends");
    let twice = ledger.balanced(&post.coop, &post.people).await;
    println!(
        "{NOTICES} notices, {} kills: {} rows, {twice} handed over in the moment of a kill",
        2 * KILLS_EACH,
        post.coop.count("select count(*) from delivery").await
    );
}

impl Post {
    async fn start(&self) {
        futures::join!(self.servers[0].start(), self.servers[1].start());
    }

    /// A burst of notices, and some random way into it.
    async fn busy_until(&self, dice: &mut StdRng, burst: usize) {
        let before = self.heard.count();
        self.tell(burst).await;
        let until = before + dice.random_range(1..=60);
        tokio::time::timeout(PATIENCE, self.heard.until(until)).await.expect("people are told");
    }

    /// One notice for each member, as one act leaves them.
    async fn tell(&self, burst: usize) {
        let now = clock::shared(&self.coop.backend.pool, None).await.unwrap().now();
        let (mut ids, mut members, mut notices) = (Vec::new(), Vec::new(), Vec::new());
        for (n, member) in self.people.members.iter().enumerate() {
            ids.push(self.coop.id());
            members.push(member.0);
            notices.push(self.people.notice(n, burst * MEMBERS + n));
        }
        sqlx::query(
            "insert into notice (notice_id, member_id, notice, at)
             select *, $4 from unnest($1::uuid[], $2::uuid[], $3::jsonb[])",
        )
        .bind(ids)
        .bind(members)
        .bind(notices)
        .bind(now)
        .execute(&self.coop.backend.pool)
        .await
        .unwrap();
        backend::marks::tell(&self.coop.backend).await.unwrap();
    }

    /// While nobody serves, time goes by.
    async fn passes(&self, time: chrono::Duration) {
        assert!(self.servers.iter().all(|server| !server.is_running()));
        self.coop.sql(&format!("update clock set offset_ms = offset_ms + {}", time.num_milliseconds())).await;
    }

    /// Deliveries that have not ended, and notices that have none yet.
    async fn open(&self) -> i64 {
        self.coop
            .count(
                "select (select count(*) from delivery where ended_at is null)
                    + (select count(*) from notice where planned_at is null)",
            )
            .await
    }

    /// Nothing is due, and nobody has anything in hand.
    async fn until_quiet(&self) {
        let since = Instant::now();
        loop {
            let now = clock::shared(&self.coop.backend.pool, None).await.unwrap().now();
            let busy = self
                .coop
                .count(&format!(
                    "select (select count(*) from notice where planned_at is null) + (select count(*) from delivery
                        where state = 'leaving' or state = 'waiting' and due_at <= '{now}')"
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
