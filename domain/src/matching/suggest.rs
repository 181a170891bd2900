//! « Échange possible »: loops that lack one yes.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Duration;

use crate::board::Board;
use crate::decide::{binds_until, exchange_deadline};
use crate::effect::Effect;
use crate::id::{LoopId, MemberId, OfferId, SeatId};
use crate::notice::Notice;
use crate::swaps::{Leg, LoopState, Offer, SuggestedLoop};
use crate::time::Instant;

use super::graph::Graph;
use super::trial::Trial;

/// The longest loop that is suggested, in people.
const LONGEST: usize = 4;
/// The most ways of getting one person the same seat that are kept.
const WAYS: usize = 3;
/// How many more seats are found for one person than they may be asked about at once: some of
/// the loops turn out to be impossible as a whole.
const SPARE: usize = 2;
/// The most steps looked at for one person.
const STEPS: usize = 2_000;

/// Suggests the loops that lack exactly one yes: of somebody who offers to exchange, has not
/// ticked the seat they would get (or so long ago, or so late, that it must be asked again), and
/// could hold it. Short loops first; nobody is asked twice for the same seat, nor for more loops
/// at once than the rules say.
pub fn suggest_loops(board: &Board, now: Instant, new_id: &mut dyn FnMut() -> LoopId) -> Vec<Effect> {
    let graph = Graph::of(board, now);
    let takers = takers_of(&graph);
    let mut asked = Asked::on(board, now);
    let mut found: Vec<Vec<usize>> = (0..graph.candidates.len())
        .flat_map(|rank| {
            let enough = asked.cap * SPARE + asked.settled_by(graph.candidates[rank].offer);
            ways_back(board, &graph, &takers, rank, enough, now)
        })
        .collect();
    found.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    if found.is_empty() {
        return Vec::new();
    }

    let mut board = board.clone();
    let trial = Trial::on(&mut board, &graph, now);
    let mut accepted = Vec::new();
    for nodes in found {
        let legs = graph.legs(&nodes);
        if asked.may_be_asked(&legs[0]) && trial.fits(&nodes) {
            asked.note(&legs[0]);
            accepted.push(legs);
        }
    }
    drop(trial);

    let mut list = Vec::new();
    for legs in accepted {
        let Some(expires_at) = expiry(&board, &legs, now) else { continue };
        let (asks, gives, takes) = (legs[0].member, legs[0].gives, legs[0].takes);
        let id = new_id();
        list.push(Effect::LoopSuggested(SuggestedLoop {
            id,
            legs,
            asks,
            created_at: now,
            expires_at,
            state: LoopState::Pending,
        }));
        list.push(Effect::Told { member: asks, notice: Notice::LoopSuggested { gives, takes } });
    }
    list
}

/// The loops through `asked` whose other legs all bind: the shortest ways back to their seat from
/// each seat they have not ticked, until there are `enough` seats. `asked` comes first in each.
fn ways_back(board: &Board, graph: &Graph, takers: &[Vec<usize>], asked: usize, enough: usize, now: Instant) -> Vec<Vec<usize>> {
    let mut ways: BTreeMap<usize, usize> = BTreeMap::new();
    let mut could: BTreeMap<usize, bool> = BTreeMap::new();
    let mut loops = Vec::new();
    let mut steps = 0;
    // Each path leads back to `asked`; its first node's seat is the one they would take.
    let mut paths: Vec<Vec<usize>> = vec![vec![asked]];
    for _ in 1..LONGEST {
        let mut longer = Vec::new();
        for path in &paths {
            for first in &takers[path[0]] {
                steps += 1;
                if steps > STEPS {
                    return loops;
                }
                let member = graph.candidates[*first].member;
                if path.iter().any(|rank| graph.candidates[*rank].member == member) {
                    continue;
                }
                let mut path = path.clone();
                path.insert(0, *first);
                let lacks_a_yes = graph.binding[asked].binary_search(first).is_err();
                if lacks_a_yes && *could.entry(*first).or_insert_with(|| graph.could_take(board, asked, *first, now)) {
                    let ways = ways.entry(*first).or_default();
                    if *ways < WAYS {
                        *ways += 1;
                        let mut nodes = path.clone();
                        nodes.rotate_right(1);
                        loops.push(nodes);
                    }
                }
                longer.push(path);
            }
        }
        if ways.len() >= enough {
            break;
        }
        paths = longer;
    }
    loops
}

/// By candidate, those who would take their seat without being asked again.
fn takers_of(graph: &Graph) -> Vec<Vec<usize>> {
    let mut takers = vec![Vec::new(); graph.candidates.len()];
    for (rank, takes) in graph.binding.iter().enumerate() {
        for next in takes {
            takers[*next].push(rank);
        }
    }
    takers
}

/// Who was asked what.
struct Asked {
    cap: usize,
    waiting: BTreeMap<MemberId, usize>,
    /// Asked and not answered, or declined: not asked again, whoever else is in the loop.
    settled: BTreeSet<(OfferId, SeatId)>,
}

impl Asked {
    fn on(board: &Board, now: Instant) -> Asked {
        let mut asked =
            Asked { cap: usize::from(board.rules.suggestion_cap), waiting: BTreeMap::new(), settled: BTreeSet::new() };
        for suggested in board.loops.values() {
            let Some(leg) = suggested.leg_of(suggested.asks) else { continue };
            match suggested.state {
                LoopState::Pending if now <= suggested.expires_at => asked.note(leg),
                LoopState::Declined { .. } => {
                    asked.settled.insert((leg.offer, leg.takes));
                }
                _ => {}
            }
        }
        asked
    }

    fn settled_by(&self, offer: OfferId) -> usize {
        self.settled.iter().filter(|(settled, _)| *settled == offer).count()
    }

    fn may_be_asked(&self, leg: &Leg) -> bool {
        self.waiting.get(&leg.member).copied().unwrap_or(0) < self.cap && !self.settled.contains(&(leg.offer, leg.takes))
    }

    fn note(&mut self, leg: &Leg) {
        *self.waiting.entry(leg.member).or_default() += 1;
        self.settled.insert((leg.offer, leg.takes));
    }
}

/// A suggestion waits for its answer as long as a proposal does, as an exchange is possible, and
/// as the others' ticks bind.
fn expiry(board: &Board, legs: &[Leg], now: Instant) -> Option<Instant> {
    let life = now + Duration::hours(i64::from(board.rules.proposal_life_h));
    let notice = exchange_deadline(board, legs.iter().filter_map(|leg| board.start_of(leg.gives)))?;
    let bound = legs[1..].iter().filter_map(|leg| {
        let wishes = board.offers.get(&leg.offer).and_then(Offer::wishes)?;
        binds_until(&board.rules, wishes, board.shifts.get(&leg.takes.shift)?)
    });
    bound.chain([life, notice]).min()
}
