//! Trying loops one after the other, and taking them back.

use crate::board::Board;
use crate::eligibility::{Holdings, Move, Moves, check_among, may_hold_among, unsound_teams};
use crate::id::{MemberId, SeatId, ShiftId};
use crate::time::Instant;

use super::graph::Graph;

/// A board on which loops were made for a try: the seats moved, and nothing else.
pub(super) struct Trial<'a> {
    board: &'a mut Board,
    pub graph: &'a Graph,
    held: Holdings,
    now: Instant,
    /// For each loop made, its seats with who held them before.
    made: Vec<Vec<(SeatId, MemberId)>>,
}

impl<'a> Trial<'a> {
    pub fn on(board: &'a mut Board, graph: &'a Graph, now: Instant) -> Trial<'a> {
        let held = graph.held.clone();
        Trial { board, graph, held, now, made: Vec::new() }
    }

    /// Whether a loop is possible as things stand.
    pub fn fits(&self, nodes: &[usize]) -> bool {
        check_among(self.board, &self.held, &self.moves(nodes), self.now).is_ok_and(|missing| missing.is_empty())
    }

    /// The edges that forbid a loop: everybody who could not hold what they would get, and for
    /// each team that would not be sound one who joins it.
    pub fn failures(&self, nodes: &[usize]) -> Vec<(usize, usize)> {
        let moves = self.moves(nodes);
        let mut failures: Vec<(usize, usize)> = edges(nodes)
            .filter(|(rank, next)| {
                let (member, seat) = (self.graph.candidates[*rank].member, self.graph.candidates[*next].seat);
                let mut missing = Vec::new();
                let may = may_hold_among(self.board, &self.held, member, seat, &moves, self.now, &mut missing);
                may.is_err() || !missing.is_empty()
            })
            .collect();
        for team in unsound_teams(self.board, &moves) {
            failures.extend(self.newcomer(nodes, team));
        }
        failures
    }

    fn moves(&self, nodes: &[usize]) -> Moves {
        let moves = edges(nodes)
            .map(|(rank, next)| Move { seat: self.graph.candidates[next].seat, to: Some(self.graph.candidates[rank].member) });
        Moves(moves.collect())
    }

    /// Of those who join a team, a first-timer, the last by rank.
    fn newcomer(&self, nodes: &[usize], team: ShiftId) -> Option<(usize, usize)> {
        edges(nodes).filter(|(_, next)| self.graph.candidates[*next].seat.shift == team).max_by_key(|(rank, _)| {
            let aptitude = self.board.aptitude(self.graph.candidates[*rank].member);
            (aptitude.is_some_and(|aptitude| !aptitude.guides()), *rank)
        })
    }

    pub fn apply(&mut self, nodes: &[usize]) {
        let before: Vec<(SeatId, MemberId)> =
            nodes.iter().map(|rank| (self.graph.candidates[*rank].seat, self.graph.candidates[*rank].member)).collect();
        for (at, (seat, from)) in before.iter().enumerate() {
            let taker = before[(at + before.len() - 1) % before.len()].1;
            self.pass(*seat, *from, taker);
        }
        self.made.push(before);
    }

    pub fn undo(&mut self) {
        for (seat, holder) in self.made.pop().unwrap_or_default() {
            if let Some(taker) = self.board.holder(seat) {
                self.pass(seat, taker, holder);
            }
        }
    }

    pub fn undo_all(&mut self) {
        while !self.made.is_empty() {
            self.undo();
        }
    }

    fn pass(&mut self, id: SeatId, from: MemberId, to: MemberId) {
        if let Some(seat) = self.board.shifts.get_mut(&id.shift).and_then(|shift| shift.seat_mut(id)) {
            seat.holder = Some(to);
            self.held.pass(id.shift, Some(from), Some(to));
        }
    }
}

/// Each of a loop with the next one, whose seat they take.
fn edges(nodes: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    nodes.iter().copied().zip(nodes.iter().copied().cycle().skip(1))
}
