//! The offline protocol in one process: thousands of days of a small co-op, each from one seed.
//!
//! `SEED=42 cargo nextest run -p domain --features matching --test simulation --no-capture` tells one
//! of them step by step; `SEEDS=100000` runs more of them.

mod world;

use std::collections::BTreeMap;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use world::World;
use world::bugs::Bug;

type Tally = BTreeMap<(&'static str, &'static str), u32>;

/// Within how many days each mistake must be found.
const SOON: u64 = 100;

/// What these days must have seen, or they prove little.
const SEEN: [(&str, &[&str]); 9] = [
    ("matching", &["closed a loop", "suggested a loop"]),
    ("network", &["lost", "doubled"]),
    ("setback", &["not reached", "too many", "unwell", "rejected"]),
    (
        "server",
        &["crashed before a commit", "crashed between commit and answer", "failed under a request", "ended what was over"],
    ),
    ("command", &["sent again"]),
    ("request", &["for another member"]),
    ("session", &["revoked"]),
    ("snapshot", &["late, and older"]),
    ("outbox", &["replaced", "taken back", "too late to take back", "given up", "was stuck", "tried again", "of another build"]),
];
const KINDS: [&str; 17] = [
    "take_seat",
    "give_seat",
    "exchange_seat",
    "set_wishes",
    "withdraw_offer",
    "claim_offer",
    "move_seat",
    "propose_swap",
    "accept_proposal",
    "refuse_proposal",
    "withdraw_proposal",
    "accept_loop",
    "decline_loop",
    "invite",
    "warn_team",
    "mark_seen",
    "close_shift",
];

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

fn run(seed: u64, bug: Option<Bug>) -> (Option<String>, Tally) {
    match catch_unwind(AssertUnwindSafe(|| World::run(seed, bug, false))) {
        Ok(day) => (day.broken, day.record.tally),
        Err(_) => (Some("it panics".to_owned()), Tally::new()),
    }
}

/// Runs these days on all cores; gives the seed and the fault of the first that went wrong, and
/// what happened how often.
fn days(seeds: Range<u64>, bug: Option<Bug>) -> (Option<(u64, String)>, Tally) {
    let (next, end) = (AtomicU64::new(seeds.start), AtomicU64::new(seeds.end));
    let some_days = || {
        let (mut first, mut tally) = (None, Tally::new());
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= end.load(Ordering::Relaxed) {
                return (first, tally);
            }
            let (broken, counted) = run(seed, bug);
            add(&mut tally, counted);
            if let Some(what) = broken {
                end.fetch_min(seed, Ordering::Relaxed);
                first = Some((seed, what));
            }
        }
    };
    let cores = thread::available_parallelism().map_or(2, usize::from);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(some_days)).collect();
        let (mut first, mut tally) = (None, Tally::new());
        for thread in threads {
            let (found, counted) = thread.join().expect("a thread that catches its panics");
            add(&mut tally, counted);
            first = first.into_iter().chain(found).min_by_key(|(seed, _): &(u64, String)| *seed);
        }
        (first, tally)
    })
}

fn add(tally: &mut Tally, counted: Tally) {
    for (what, times) in counted {
        *tally.entry(what).or_default() += times;
    }
}

/// The last steps of a day that went wrong, and how to see it again.
fn told(seed: u64, what: &str) -> String {
    let story = catch_unwind(|| World::run(seed, None, true)).ok().and_then(|day| day.story).unwrap_or_default();
    let last = story[story.len().saturating_sub(30)..].join("\n");
    format!(
        "seed {seed}: {what}\n\n…\n{last}\n\nAgain, step by step: \
         SEED={seed} cargo nextest run -p domain --features matching --test simulation --no-capture"
    )
}

#[test]
fn five_thousand_days_go_well() {
    if let Some(seed) = setting("SEED") {
        let day = World::run(seed, None, true);
        println!("{}", day.story.unwrap_or_default().join("\n"));
        assert_eq!(day.broken, None, "seed {seed}");
        return;
    }
    let seeds = setting("SEEDS").unwrap_or(5_000);
    let (wrong, tally) = days(0..seeds, None);
    if let Some((seed, what)) = wrong {
        panic!("{}", told(seed, &what));
    }
    for ((what, how), times) in &tally {
        println!("{times:>9} {what} {how}");
    }
    if seeds >= 5_000 {
        let kinds = KINDS.iter().map(|kind| (*kind, ["applied", "refused"].as_slice()));
        for (what, hows) in kinds.chain(SEEN) {
            for how in hows {
                assert!(tally.contains_key(&(what, *how)), "in {seeds} days: never {what} {how}");
            }
        }
    }
}

#[test]
fn each_seeded_bug_is_found() {
    assert_eq!(days(0..SOON, None).0, None, "without a mistake, the same days go well");
    for bug in Bug::ALL {
        let (found, _) = days(0..SOON, Some(bug));
        let (seed, what) = found.unwrap_or_else(|| panic!("in {SOON} days nobody notices {bug:?}"));
        println!("{bug:?}, on day {}: {}", seed + 1, what.chars().take(160).collect::<String>());
    }
}
