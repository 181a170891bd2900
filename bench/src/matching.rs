//! Matching: a hundred open offers with ten wishes each, native code.

use std::time::Instant;

use domain::board::Board;
use domain::id::LoopId;
use domain::matching::{close_loops, suggest_loops};
use uuid::Uuid;

use crate::figure::{Budget, Figure, Page, Unit};

#[path = "../../domain/tests/matching/busy.rs"]
mod busy;

/// How many different boards, and how often each is matched: the least disturbed time of a board counts.
const BOARDS: u64 = 10;
const TIMES: usize = 5;

pub fn measure(page: &mut Page) {
    page.heading("Matching (100 open offers, 10 wishes each, 430 people)");
    for (newcomers, whose) in [(false, "everybody has worked before"), (true, "four in seven never have")] {
        let mut boards: Vec<Times> = (0..BOARDS).map(|seed| times(seed, newcomers)).collect();
        boards.sort_by(|one, other| one.act().total_cmp(&other.act()));
        let (slowest, middle) = (&boards[boards.len() - 1], &boards[boards.len() / 2]);
        page.figure(
            Figure::new(format!("loops closed, then suggested; {whose}"), slowest.act(), Unit::Ms, Budget::AtMost(20.0)).beside(
                format!(
                    "the slowest of {BOARDS} boards: {:.1} + {:.1}; the middle one {:.1} ms",
                    slowest.close,
                    slowest.suggest,
                    middle.act()
                ),
            ),
        );
        let worst = boards.iter().map(|times| times.suggest_all).fold(0.0, f64::max);
        page.figure(
            Figure::new("loops suggested on a board on which none was closed", worst, Unit::Ms, Budget::AtMost(20.0))
                .beside("the slowest board"),
        );
    }
}

/// Of one board, in milliseconds.
struct Times {
    close: f64,
    suggest: f64,
    suggest_all: f64,
}

impl Times {
    /// What an act waits for: what can close closes, then what lacks one yes is suggested.
    fn act(&self) -> f64 {
        self.close + self.suggest
    }
}

fn times(seed: u64, newcomers: bool) -> Times {
    let (board, now) = busy::board(seed, newcomers);
    let suggested = |board: &Board| {
        let mut made = 0u128;
        let mut fresh = || {
            made += 1;
            LoopId(Uuid::from_u128(made))
        };
        drop(suggest_loops(board, now, &mut fresh));
    };
    let mut after = board.clone();
    after.apply_all(&close_loops(&board, None, now).effects);
    Times {
        close: least_ms(|| drop(close_loops(&board, None, now))),
        suggest: least_ms(|| suggested(&after)),
        suggest_all: least_ms(|| suggested(&board)),
    }
}

fn least_ms(mut work: impl FnMut()) -> f64 {
    let once = |work: &mut dyn FnMut()| {
        let clock = Instant::now();
        work();
        clock.elapsed().as_secs_f64() * 1e3
    };
    (0..TIMES).map(|_| once(&mut work)).fold(f64::INFINITY, f64::min)
}
