//! Closing loops of exchanges: the most people served, the same way each time.
//!
//! Wishes form a digraph: offer i → offer j when i's member ticked j's shift, the tick still
//! binds, and they could hold j's seat. A set of loops that share no offer is then a set of
//! exchanges, and the largest one an assignment problem in which whoever is not served keeps
//! their own seat. What two loops do to each other (one person with two offers, the newcomers of
//! one team) is no part of that graph: each loop is decided again on the state the previous left.

mod assignment;
mod exhaustive;
mod graph;
mod suggest;
mod trial;

use crate::board::Board;
use crate::decide::close_loop;
use crate::effect::Effect;
use crate::id::MemberId;
use crate::swaps::Leg;
use crate::time::Instant;

use graph::Graph;
use trial::Trial;

pub use suggest::suggest_loops;

/// The exchanges that happen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Closed {
    /// What they change, in order.
    pub effects: Vec<Effect>,
    /// Each loop's legs: a leg's `takes` is the next one's `gives`, the last one's the first's.
    pub loops: Vec<Vec<Leg>>,
}

/// Up to this many offers that wish for each other, every way of serving them is tried.
const EXHAUSTIVE_CAP: usize = 8;

/// Closes the loops that serve the most of the open exchange offers; ties go to the earliest
/// shift, then to the offer's id. `actor` is whose act calls for it, if somebody's does.
pub fn close_loops(board: &Board, actor: Option<MemberId>, now: Instant) -> Closed {
    let mut closed = Closed::default();
    if Graph::of(board, now).is_without_loops() {
        return closed;
    }
    let mut state = board.clone();
    // What is left may close on the state that the first loops leave.
    loop {
        let before = closed.loops.len();
        for legs in plan(&mut state, now) {
            let actor = actor.filter(|actor| legs.iter().any(|leg| leg.member == *actor));
            if let Ok((effects, missing)) = close_loop(&state, &legs, actor, now)
                && missing.is_empty()
            {
                state.apply_all(&effects.list);
                closed.effects.extend(effects.list);
                closed.loops.push(legs);
            }
        }
        if closed.loops.len() == before {
            return closed;
        }
    }
}

/// The loops to close on `board`, in an order in which each is possible after the others.
fn plan(board: &mut Board, now: Instant) -> Vec<Vec<Leg>> {
    let graph = Graph::of(board, now);
    let knots = graph.knots();
    let mut trial = Trial::on(board, &graph, now);
    let mut loops = Vec::new();
    if knots.iter().map(Vec::len).sum::<usize>() <= EXHAUSTIVE_CAP {
        let all: Vec<usize> = knots.concat();
        loops = exhaustive::best(&mut trial, &all);
    } else {
        // No loop leads out of its knot: each can be solved alone.
        for knot in knots {
            let found = if knot.len() <= EXHAUSTIVE_CAP {
                exhaustive::best(&mut trial, &knot)
            } else {
                assignment::best(&mut trial, &knot)
            };
            for found in &found {
                trial.apply(found);
            }
            loops.extend(found);
        }
    }
    trial.undo_all();
    loops.iter().map(|nodes| graph.legs(nodes)).collect()
}
