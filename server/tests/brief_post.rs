//! Two servers bring one brief out and send it to 430 members by a mail server with its moods, and are killed ten times on the
//! way: it is out once, each address has one copy, every copy ends with its reason, and nobody has it twice but in the moment of a kill, marked, under
//! the same Message-ID.

#[path = "../../backend/tests/coop/mod.rs"]
mod coop;
#[path = "post/heard.rs"]
mod heard;
#[path = "post/mail_end.rs"]
mod mail_end;
#[path = "brief_post/received.rs"]
mod received;
#[path = "kill/serving.rs"]
mod serving;

use std::collections::HashMap;
use std::time::{Duration, Instant};

use backend::clock;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use coop::Coop;
use domain::time::paris_instant;
use heard::Heard;
use mail_end::{MailEnd, Mood};
use serving::{Serving, pause};

const MEMBERS: usize = 430;
const KILLS: usize = 10;
/// Slow enough that ten kills find it under way.
const SLOW: &str = "15";
/// Longer than a process may have something in hand.
const LEASE: chrono::Duration = chrono::Duration::seconds(130);
/// What is still to be tried is tried again after these.
const LATER_MIN: [i64; 10] = [1, 2, 4, 8, 16, 32, 61, 61, 24 * 60, 61];
/// Whatever hangs is wrong long before this, on a busy machine too.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long handing over 430 copies may take here; the budget, measured by the bench, is 30 s.
const GENEROUS: Duration = Duration::from_secs(90);

fn address(n: usize) -> String {
    format!("{n}@example.org")
}

/// Some addresses whose mail server is as real ones are.
fn moods() -> HashMap<String, Mood> {
    let moods = [
        (3, Mood::Greylists(2)),
        (11, Mood::ClosesHalfWay(1)),
        (20, Mood::Unknown),
        (42, Mood::HangsUp(2)),
        (57, Mood::Refuses),
        (88, Mood::Greylists(1)),
        (121, Mood::ClosesHalfWay(2)),
        (200, Mood::Silent(1)),
        (250, Mood::Unknown),
        (310, Mood::Slow),
        (399, Mood::Greylists(3)),
    ];
    moods.into_iter().map(|(n, mood)| (address(n), mood)).collect()
}

struct Post {
    coop: Coop,
    servers: Vec<Serving>,
    heard: Heard,
}

impl Post {
    /// A co-op of 430, two of whom share an address, a moment before seven on a Monday whose brief is approved; and servers that
    /// send to `smtp`.
    async fn of(at: PgConnectOptions, servers: &[&str], smtp: &str, pace: &str, heard: Heard) -> Post {
        let database = at.to_url_lossy().to_string();
        let monday = "2026-11-30".parse().unwrap();
        let soon = paris_instant(monday, "06:59:50".parse().unwrap());
        let coop = Coop::of(at, 8, soon).await;
        coop.members(MEMBERS - 1).await;
        let editor = coop.editor().await;
        coop.scheduled(editor, monday, "Portes ouvertes", "Samedi à la coop, **été** comme hiver.").await;
        clock::shared(&coop.backend.pool, Some(soon)).await.unwrap();
        coop.sql("update member set email = '1@example.org' where email = '2@example.org'").await;
        let servers = servers.iter().map(|name| {
            let folder = std::env::temp_dir().join(format!("alpar-brief-{}-{name}", coop.id().simple()));
            let serving = Serving::new(folder, &database).with("SMTP_URL", smtp.to_owned()).with("ALPAR_DEV", "1".into());
            serving.with("BRIEF_PACE", pace.to_owned())
        });
        let servers = servers.collect();
        Post { coop, servers, heard }
    }

    async fn start(&self) {
        futures::future::join_all(self.servers.iter().map(Serving::start)).await;
    }

    fn kill_all(&self) {
        self.servers.iter().for_each(Serving::kill);
    }

    /// Some random way further.
    async fn busy(&self, dice: &mut StdRng) {
        let until = self.heard.count() + dice.random_range(1..=12);
        tokio::time::timeout(PATIENCE, self.heard.until(until)).await.expect("copies leave");
    }

    /// While nobody serves, time goes by.
    async fn passes(&self, time: chrono::Duration) {
        assert!(self.servers.iter().all(|server| !server.is_running()));
        self.coop.sql(&format!("update clock set offset_ms = offset_ms + {}", time.num_milliseconds())).await;
    }

    async fn open(&self) -> i64 {
        self.coop.count("select count(*) from brief_copy where ended_at is null").await
    }

    /// It is addressed, nothing is due, and nobody has anything in hand.
    async fn until_quiet(&self) {
        let since = Instant::now();
        loop {
            let now = clock::shared(&self.coop.backend.pool, None).await.unwrap().now();
            let busy = self
                .coop
                .count(&format!(
                    "select (select 1 - count(*) from brief_mailing) + (select count(*) from brief_copy
                        where state = 'taken' or state = 'prepared' and due_at <= '{now}')"
                ))
                .await;
            if busy == 0 {
                return;
            }
            assert!(since.elapsed() < PATIENCE, "{busy} still to be sent");
            pause().await;
        }
    }
}

#[sqlx::test(migrations = false)]
async fn two_servers_are_killed_ten_times_and_everybody_has_the_brief_once(_: PgPoolOptions, at: PgConnectOptions) {
    let seed = std::env::var("ALPAR_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(rand::random::<u64>);
    println!("ALPAR_SEED={seed}");
    let mut dice = StdRng::seed_from_u64(seed);
    let heard = Heard::new();
    let (smtp, mails) = MailEnd::open(moods(), 3, heard.clone()).await;
    let post = Post::of(at, &["one", "other"], &smtp, SLOW, heard).await;
    post.start().await;
    // Around seven, too.
    tokio::time::sleep(Duration::from_millis(dice.random_range(0..12_000))).await;
    post.kill_all();
    post.passes(LEASE).await;
    post.start().await;
    let mut kills = 2;
    while kills < KILLS {
        post.busy(&mut dice).await;
        // Now and then both die at once, for longer than something stays in hand.
        if kills % 3 == 0 && kills + 2 <= KILLS {
            post.kill_all();
            kills += 2;
            post.passes(LEASE).await;
            post.start().await;
        } else {
            let server = &post.servers[dice.random_range(0..2)];
            server.kill();
            kills += 1;
            server.start().await;
        }
    }
    let under_way = post.open().await;
    assert!(under_way > 0, "the last kill came too late: this run says nothing");
    // What a killed server had in hand waits until its lease is over: first of all that much time goes by.
    for minutes in std::iter::once(0).chain(LATER_MIN) {
        post.kill_all();
        if post.open().await == 0 {
            break;
        }
        post.passes(LEASE + chrono::Duration::minutes(minutes)).await;
        post.start().await;
        post.until_quiet().await;
    }
    assert_eq!(post.open().await, 0, "everything ends");
    let twice = received::balanced(&post.coop, &mails).await;
    println!(
        "{MEMBERS} members, {kills} kills, {under_way} copies still to leave after the last: {twice} came twice, each marked"
    );
}

#[sqlx::test(migrations = false)]
async fn four_hundred_and_thirty_copies_leave_in_seconds(_: PgPoolOptions, at: PgConnectOptions) {
    let heard = Heard::new();
    let (smtp, _mails) = MailEnd::open(HashMap::new(), 0, heard.clone()).await;
    let post = Post::of(at, &["one"], &smtp, "30", heard).await;
    post.start().await;
    tokio::time::timeout(PATIENCE, post.heard.until(1)).await.expect("it comes out at seven");
    let since = Instant::now();
    tokio::time::timeout(PATIENCE, post.heard.until(MEMBERS - 1)).await.expect("all leave");
    let took = since.elapsed();
    println!("{} copies handed over in {:.1} s from the first on", MEMBERS - 1, took.as_secs_f32());
    post.until_quiet().await;
    assert_eq!(post.coop.count("select count(*) from brief_copy where state = 'submitted' and not maybe_twice").await, 429);
    assert!(took < GENEROUS, "{took:?}");
}
