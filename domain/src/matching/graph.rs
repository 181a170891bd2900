//! Who would take whose seat.

use std::collections::BTreeMap;

use pathfinding::prelude::strongly_connected_components;

use crate::board::Board;
use crate::decide::{binds_until, exchange_deadline};
use crate::eligibility::{Holdings, Moves, may_hold_among};
use crate::id::{MemberId, OfferId, SeatId, ShiftId};
use crate::shifts::Shift;
use crate::swaps::{Leg, Offer};
use crate::time::Instant;

/// An open exchange offer that may still close.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub offer: OfferId,
    pub member: MemberId,
    pub seat: SeatId,
    pub starts_at: Instant,
}

/// The candidates by rank (earliest shift, then offer id), with who takes whose seat without
/// being asked again.
pub(super) struct Graph {
    pub candidates: Vec<Candidate>,
    /// By candidate, the ones whose seat they would take, in order.
    pub binding: Vec<Vec<usize>>,
    pub held: Holdings,
    /// The candidates of each person who has several.
    several: BTreeMap<MemberId, Vec<usize>>,
}

impl Graph {
    pub fn of(board: &Board, now: Instant) -> Graph {
        let candidates = candidates(board, now);
        let mut several: BTreeMap<MemberId, Vec<usize>> = BTreeMap::new();
        let mut on_shift: BTreeMap<ShiftId, Vec<usize>> = BTreeMap::new();
        for (rank, candidate) in candidates.iter().enumerate() {
            several.entry(candidate.member).or_default().push(rank);
            on_shift.entry(candidate.seat.shift).or_default().push(rank);
        }
        several.retain(|_, ranks| ranks.len() > 1);
        let mut graph = Graph { binding: vec![Vec::new(); candidates.len()], candidates, held: Holdings::of(board), several };
        let wanted: Vec<(&Shift, &Vec<usize>)> =
            on_shift.iter().filter_map(|(shift, ranks)| Some((board.shifts.get(shift)?, ranks))).collect();
        for rank in 0..graph.candidates.len() {
            let wishes = board.offers.get(&graph.candidates[rank].offer).and_then(Offer::wishes);
            let mut takes: Vec<usize> = wishes
                .into_iter()
                .flat_map(|wishes| {
                    wanted
                        .iter()
                        .filter(|(shift, _)| binds_until(&board.rules, wishes, shift).is_some_and(|until| now <= until))
                        .flat_map(|(_, ranks)| ranks.iter().copied())
                })
                .filter(|other| graph.could_take(board, rank, *other, now))
                .collect();
            takes.sort_unstable();
            graph.binding[rank] = takes;
        }
        graph
    }

    /// Whether the member of `rank` could hold the seat of `other`, giving up what they offer.
    /// Which of their offered seats they would really give up is seen when a loop is tried.
    pub fn could_take(&self, board: &Board, rank: usize, other: usize, now: Instant) -> bool {
        let (mine, theirs) = (self.candidates[rank], self.candidates[other]);
        if mine.member == theirs.member || mine.seat.shift == theirs.seat.shift {
            return false;
        }
        let mut moves = Moves::one(theirs.seat, mine.member);
        match self.several.get(&mine.member) {
            None => moves = moves.and(mine.seat, None),
            Some(ranks) => {
                for rank in ranks {
                    moves = moves.and(self.candidates[*rank].seat, None);
                }
            }
        }
        let mut missing = Vec::new();
        let may = may_hold_among(board, &self.held, mine.member, theirs.seat, &moves, now, &mut missing);
        may.is_ok() && missing.is_empty()
    }

    /// The sets of offers within which loops are possible, each in order of rank, the sets too.
    pub fn knots(&self) -> Vec<Vec<usize>> {
        let nodes: Vec<usize> = (0..self.candidates.len()).collect();
        let mut knots = strongly_connected_components(&nodes, |rank| self.binding[*rank].iter().copied());
        knots.retain(|knot| knot.len() > 1);
        for knot in &mut knots {
            knot.sort_unstable();
        }
        knots.sort_unstable();
        knots
    }

    pub fn is_without_loops(&self) -> bool {
        self.knots().is_empty()
    }

    /// The legs of a loop: each of `nodes` takes the seat of the next one.
    pub fn legs(&self, nodes: &[usize]) -> Vec<Leg> {
        let next = nodes.iter().cycle().skip(1);
        nodes
            .iter()
            .zip(next)
            .map(|(rank, next)| {
                let (mine, theirs) = (self.candidates[*rank], self.candidates[*next]);
                Leg { offer: mine.offer, member: mine.member, gives: mine.seat, takes: theirs.seat }
            })
            .collect()
    }
}

/// Open exchange offers on seats that their member still holds, in time for the notice.
fn candidates(board: &Board, now: Instant) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = board
        .offers
        .values()
        .filter(|offer| offer.is_open() && offer.wishes().is_some())
        .filter_map(|offer| {
            let shift = board.shifts.get(&offer.seat.shift).filter(|shift| shift.is_planned())?;
            let held = shift.seat(offer.seat)?.holder == Some(offer.member);
            let in_time = now <= exchange_deadline(board, [shift.starts_at])?;
            (held && in_time).then_some(Candidate {
                offer: offer.id,
                member: offer.member,
                seat: offer.seat,
                starts_at: shift.starts_at,
            })
        })
        .collect();
    candidates.sort_by_key(|candidate| (candidate.starts_at, candidate.offer));
    candidates
}
