//! What an act of a member changes of the coordination's agenda.

use super::Point;
use crate::board::Board;
use crate::groups::Groups;
use crate::id::PointId;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    PointAdded(Point),
    PointWithdrawn(PointId),
}

impl Change {
    /// Lays it over the facts of a decision.
    pub(crate) fn lay_on(&self, board: &mut Board) {
        self.lay_over(&mut board.agenda.points);
    }

    /// Lays it over what a device shows.
    pub(crate) fn shown(&self, facts: &Board, groups: &mut Groups) {
        if let Change::PointAdded(point) = self {
            groups.people.entry(point.by).or_insert_with(|| facts.who(point.by).name);
        }
        self.lay_over(&mut groups.points);
    }

    fn lay_over(&self, points: &mut Vec<Point>) {
        match self {
            Change::PointAdded(point) => points.push(point.clone()),
            Change::PointWithdrawn(id) => points.retain(|point| point.id != *id),
        }
    }
}
