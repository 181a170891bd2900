//! Every way of serving a few offers.

use std::collections::HashSet;

use super::trial::Trial;

/// A loop among a few offers, as bits of their places.
struct Loop {
    nodes: Vec<usize>,
    mask: u32,
    /// The successor of each place in it, four bits each.
    edges: u64,
}

/// The loops that serve the most of `nodes` (in order of rank, at most 8), each possible on the
/// state that the ones before leave. Among as many served: those of the earliest rank.
pub(super) fn best(trial: &mut Trial<'_>, nodes: &[usize]) -> Vec<Vec<usize>> {
    let mut search = Search {
        loops: loops_among(trial, nodes),
        reach: Vec::new(),
        size: nodes.len(),
        seen: HashSet::new(),
        best: 0,
        found: Vec::new(),
    };
    search.reach = search.reach();
    search.extend(trial, 0, 0, &mut Vec::new());
    search.found.iter().map(|at| search.loops[*at].nodes.clone()).collect()
}

/// All loops, the most people first.
fn loops_among(trial: &Trial<'_>, nodes: &[usize]) -> Vec<Loop> {
    let takes: Vec<Vec<usize>> = nodes
        .iter()
        .map(|rank| {
            let binding = &trial.graph.binding[*rank];
            (0..nodes.len()).filter(|place| binding.binary_search(&nodes[*place]).is_ok()).collect()
        })
        .collect();
    let mut loops = Vec::new();
    for first in 0..nodes.len() {
        walk(&takes, &mut vec![first], &mut |places| {
            let next = places.iter().cycle().skip(1);
            loops.push(Loop {
                nodes: places.iter().map(|place| nodes[*place]).collect(),
                mask: places.iter().fold(0, |mask, place| mask | 1 << place),
                edges: places.iter().zip(next).fold(0, |edges, (from, to)| edges | (*to as u64 + 1) << (4 * from)),
            });
        });
    }
    loops.sort_by_key(|found| (std::cmp::Reverse(found.mask.count_ones()), found.nodes.clone()));
    loops
}

/// Every loop that begins at the path's first place, its smallest.
fn walk(takes: &[Vec<usize>], path: &mut Vec<usize>, found: &mut impl FnMut(&[usize])) {
    let (first, last) = (path[0], path[path.len() - 1]);
    for next in &takes[last] {
        if *next == first && path.len() > 1 {
            found(path);
        } else if *next > first && !path.contains(next) {
            path.push(*next);
            walk(takes, path, found);
            path.pop();
        }
    }
}

struct Search {
    loops: Vec<Loop>,
    /// By set of places, the most that loops among them could be worth.
    reach: Vec<u32>,
    size: usize,
    /// The sets of edges made so far: the order in which they were made changes nothing after.
    seen: HashSet<u64>,
    best: u32,
    found: Vec<usize>,
}

impl Search {
    /// How many are served, then who: the earlier places weigh more than all later ones.
    fn worth(&self, mask: u32) -> u32 {
        let who = (0..self.size).filter(|place| mask & 1 << place != 0).map(|place| 1 << (self.size - 1 - place)).sum::<u32>();
        (mask.count_ones() << self.size) + who
    }

    fn reach(&self) -> Vec<u32> {
        let mut masks: Vec<u32> = self.loops.iter().map(|found| found.mask).collect();
        masks.sort_unstable();
        masks.dedup();
        let mut reach = vec![0; 1 << self.size];
        for set in 1..reach.len() as u32 {
            let lowest = set & set.wrapping_neg();
            reach[set as usize] = masks
                .iter()
                .filter(|mask| **mask & lowest != 0 && **mask & !set == 0)
                .map(|mask| self.worth(*mask) + reach[(set & !mask) as usize])
                .fold(reach[(set & !lowest) as usize], u32::max);
        }
        reach
    }

    fn extend(&mut self, trial: &mut Trial<'_>, used: u32, edges: u64, made: &mut Vec<usize>) {
        let worth = self.worth(used);
        if worth > self.best {
            self.best = worth;
            self.found.clone_from(made);
        }
        let free = !used & ((1 << self.size) - 1);
        for at in 0..self.loops.len() {
            if worth + self.reach[free as usize] <= self.best {
                return;
            }
            let Loop { mask, edges: more, .. } = self.loops[at];
            let rest = free & !mask;
            if mask & used != 0 || worth + self.worth(mask) + self.reach[rest as usize] <= self.best {
                continue;
            }
            if !trial.fits(&self.loops[at].nodes) || !self.seen.insert(edges | more) {
                continue;
            }
            trial.apply(&self.loops[at].nodes);
            made.push(at);
            self.extend(trial, used | mask, edges | more, made);
            made.pop();
            trial.undo();
        }
    }
}
