//! Serving many offers: an assignment problem.

use std::collections::BTreeSet;

use pathfinding::prelude::{Matrix, kuhn_munkres};

use super::trial::Trial;

/// How often the whole is solved anew without the edges that failed.
const ATTEMPTS: usize = 6;

/// The earliest offers, whose ranks decide between ties: more would not fit the weights.
const RANKED: usize = 100;
const SERVED: i128 = 1 << RANKED;
const NEVER: i128 = -(1 << 110);

/// The loops that serve the most of `nodes` (in order of rank), each possible on the state that
/// the ones before leave, as far as solving again without the edges that failed can tell.
pub(super) fn best(trial: &mut Trial<'_>, nodes: &[usize]) -> Vec<Vec<usize>> {
    let mut failed = BTreeSet::new();
    let mut best = Vec::new();
    for _ in 0..ATTEMPTS {
        let loops = solve(trial, nodes, &failed);
        let (mut made, mut stable) = (Vec::new(), true);
        for found in loops {
            if trial.fits(&found) {
                trial.apply(&found);
                made.push(found);
            } else {
                failed.extend(trial.failures(&found));
                stable = false;
            }
        }
        for _ in &made {
            trial.undo();
        }
        if worth(&made) > worth(&best) {
            best = made;
        }
        if stable {
            break;
        }
    }
    best
}

fn worth(loops: &[Vec<usize>]) -> (usize, std::cmp::Reverse<Vec<usize>>) {
    let mut served = loops.concat();
    served.sort_unstable();
    (served.len(), std::cmp::Reverse(served))
}

/// The loops of the best assignment: whoever is not served keeps their own seat, for nothing.
fn solve(trial: &Trial<'_>, nodes: &[usize], failed: &BTreeSet<(usize, usize)>) -> Vec<Vec<usize>> {
    let mut weights = Matrix::new(nodes.len(), nodes.len(), NEVER);
    for (row, rank) in nodes.iter().enumerate() {
        weights[(row, row)] = 0;
        // Serving one more beats any choice of whom; of these, an earlier one beats all later.
        let earliness = if row < RANKED { 1 << (RANKED - 1 - row) } else { 0 };
        for next in trial.graph.binding[*rank].iter().filter(|next| !failed.contains(&(*rank, **next))) {
            if let Ok(column) = nodes.binary_search(next) {
                weights[(row, column)] = SERVED + earliness;
            }
        }
    }
    let (_, assigned) = kuhn_munkres(&weights);
    let mut seen = vec![false; nodes.len()];
    let mut loops = Vec::new();
    for first in 0..nodes.len() {
        let mut found = Vec::new();
        let mut place = first;
        while !seen[place] {
            seen[place] = true;
            found.push(nodes[place]);
            place = assigned[place];
        }
        if found.len() > 1 {
            loops.push(found);
        }
    }
    loops
}
