//! Acts of sixteen people at once, beside the bare statements of the same acts on the same PostgreSQL.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::figure::{Budget, Figure, Page, Unit};
use crate::house::House;
use crate::memory::Highest;
use crate::pgbench;
use crate::swaps::{Swap, Swaps, send_applied};

pub const CLIENTS: usize = 16;
/// How long each side acts, and how often they take turns.
const FOR: Duration = Duration::from_secs(4);
const TURNS: usize = 3;

/// One turn of each side: acts per second.
struct Turn {
    app: f64,
    bare: Option<f64>,
}

pub fn measure(page: &mut Page, house: &House, swaps: &mut Swaps, highest: &mut Highest) -> Result<()> {
    page.heading(&format!("Commands of {CLIENTS} clients at once, offers all different, none that match"));
    // Seats of its own: each side finds them as it left them.
    let mut others = swaps.swaps.split_off(swaps.swaps.len() - CLIENTS);
    let bare = pgbench::Pgbench::find(house, &pgbench::script(house, &mut others)?)?;
    run(house, swaps, highest, Duration::from_secs(1))?;
    let mut turns = Vec::new();
    for _ in 0..TURNS {
        let app = run(house, swaps, highest, FOR)?;
        let bare = bare.as_ref().map(|bare| bare.run(CLIENTS, FOR)).transpose()?;
        turns.push(Turn { app, bare });
    }
    // Compared turn by turn, since a machine's speed drifts; the middle one counts.
    turns.sort_by(|one, other| (one.app / one.bare.unwrap_or(1.0)).total_cmp(&(other.app / other.bare.unwrap_or(1.0))));
    let middle = turns.get(TURNS / 2).context("a turn")?;
    let what = "commands per second over the bare statements'";
    match middle.bare {
        Some(bare) => page.figure(
            Figure::new(what, middle.app / bare, Unit::Ratio, Budget::AtLeast(0.5))
                .beside(format!("{:.0} per s through the server, {bare:.0} per s by pgbench -f", middle.app)),
        ),
        None => {
            page.missing(what, "pgbench is missing");
            page.figure(Figure::new("commands per second", middle.app, Unit::Count, Budget::None));
        }
    }
    Ok(())
}

/// Everybody gives and claims their own seats; gives acts per second.
pub fn run(house: &House, swaps: &mut Swaps, highest: &mut Highest, time: Duration) -> Result<f64> {
    let (over, acts) = (AtomicBool::new(false), AtomicUsize::new(0));
    let share = swaps.swaps.len().div_ceil(CLIENTS);
    let start = Instant::now();
    let act_on = |share: &mut [Swap]| -> Result<()> {
        let mut client = house.client()?;
        for at in (0..share.len()).cycle() {
            if over.load(Ordering::Relaxed) {
                break;
            }
            let act = share[at].next(house);
            send_applied(&mut client, &act.sender, &act.command)?;
            acts.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    };
    let act_on = &act_on;
    thread::scope(|scope| {
        let running: Vec<_> = swaps.swaps.chunks_mut(share).map(|share| scope.spawn(move || act_on(share))).collect();
        while start.elapsed() < time {
            highest.look(house);
            thread::sleep(Duration::from_millis(100).min(time.saturating_sub(start.elapsed())));
        }
        over.store(true, Ordering::Relaxed);
        running.into_iter().try_for_each(|client| client.join().unwrap_or_else(|_| Err(anyhow::anyhow!("a client broke"))))
    })?;
    Ok(acts.load(Ordering::Relaxed) as f64 / start.elapsed().as_secs_f64())
}
