//! What a member adds to the coordination's agenda.

use super::requests::short_within;
use super::{Decided, sure};
use crate::board::Board;
use crate::effect::Effect;
use crate::governance::{Change, POINTS_OF_ONE_CAP, Point, TEXT_CAP, TITLE_CAP};
use crate::id::{MemberId, PointId};
use crate::line::{line, lines};
use crate::reason::Reason;
use crate::time::Instant;

/// For the next meeting; where none is planned, it waits for one.
pub(super) fn add_point(board: &Board, id: PointId, title: &str, text: &str, by: MemberId, now: Instant) -> Decided {
    let title = short_within(&line(title), TITLE_CAP)?;
    if !title.chars().any(char::is_alphanumeric) {
        return Err(Reason::TitleMissing);
    }
    let text = short_within(&lines(text), TEXT_CAP)?;
    let agenda = &board.agenda;
    if agenda.points.iter().any(|known| known.id == id) {
        return Err(Reason::IdReused);
    }
    if agenda.waiting_of(by, now) >= POINTS_OF_ONE_CAP {
        return Err(Reason::TooManyPoints { cap: u16::try_from(POINTS_OF_ONE_CAP).unwrap_or(u16::MAX) });
    }
    let meeting = agenda.next(now).map(|meeting| meeting.id);
    // After all that is arranged already.
    let last = agenda.points.iter().filter(|known| known.meeting == meeting).map(|known| known.rank).max();
    let rank = last.map_or(0, |last| last.saturating_add(1));
    let point = Point { id, meeting, by, title, text, at: now, length: None, rank };
    sure(vec![Effect::GovernanceChanged(Change::PointAdded(point))])
}

pub(super) fn withdraw_point(board: &Board, id: PointId, actor: MemberId, now: Instant) -> Decided {
    let point = board.agenda.points.iter().find(|known| known.id == id).ok_or(Reason::UnknownPoint)?;
    if point.by != actor && !board.committee {
        return Err(Reason::NotYourPoint { by: board.who(point.by) });
    }
    if let Some(since) = board.agenda.settled_since(point, now) {
        return Err(Reason::PointSettled { since });
    }
    sure(vec![Effect::GovernanceChanged(Change::PointWithdrawn(id))])
}
