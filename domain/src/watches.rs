//! « Préviens-moi »: seats that somebody watches for, and the waiting list of a full shift.

use std::collections::BTreeSet;

use chrono::Duration;
use serde::{Deserialize, Serialize};

use crate::board::Board;
use crate::eligibility::{Moves, check};
use crate::id::{MemberId, SeatId, ShiftId, WatchId};
use crate::members::Skill;
use crate::shifts::{Seat, Shift};
use crate::swaps::{Audience, OfferKind, Pattern};
use crate::time::Instant;

/// What is watched for: « jeudi soir, à la caisse ». An absent part accepts all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watched {
    /// This shift alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<ShiftId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<Pattern>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill: Option<Skill>,
}

/// A member wants to hear of seats that open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watch {
    pub id: WatchId,
    pub what: Watched,
    pub since: Instant,
}

impl Watched {
    pub fn accepts(&self, shift: &Shift, seat: &Seat) -> bool {
        self.shift.is_none_or(|watched| watched == shift.id)
            && self.pattern.as_ref().is_none_or(|pattern| pattern.accepts(shift))
            && self.skill.as_ref().is_none_or(|skill| seat.skill.as_ref() == Some(skill))
    }

    /// One that accepts every seat of the co-op is none.
    pub fn is_empty(&self) -> bool {
        self.shift.is_none() && self.pattern.as_ref().is_none_or(Pattern::is_empty) && self.skill.is_none()
    }
}

/// The most that one may watch for.
pub const WATCH_CAP: usize = 10;
/// Who watches a habit is told this seldom. Hours.
const SELDOM_H: i64 = 3;
/// At most so many shifts at once.
const AT_ONCE: usize = 5;

/// My place on the list of a full shift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    pub shift: ShiftId,
    pub since: Instant,
    /// From 1.
    pub place: u16,
}

/// A free seat that is kept for the one whose turn it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    pub seat: SeatId,
    /// Inclusive.
    pub until: Instant,
    /// Whom for; the shared calendar does not say.
    #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
    pub whom: Option<MemberId>,
}

/// Until when a seat that comes free at `now` is kept for the next in line: a quarter of the time
/// that is left, at most the setting, counted from when they hear of it. `None` when that is less
/// than an hour: then all who wait hear of it at once, and the first tap has it.
pub fn kept_until(start: Instant, heard_at: Instant, cap_h: u16) -> Option<Instant> {
    let span = ((start - heard_at) / 4).min(Duration::hours(i64::from(cap_h)));
    (span >= Duration::hours(1)).then(|| heard_at + span)
}

/// A seat that came within reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    pub seat: SeatId,
    pub at: Instant,
}

/// Somebody who listens for openings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listening {
    pub member: MemberId,
    pub what: Watched,
    pub since: Instant,
}

/// A member was told of a shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToldOf {
    pub member: MemberId,
    pub shift: ShiftId,
    pub at: Instant,
}

/// Who is to be told of which shift now: what opened after they began to listen, can still be had
/// and by them, and was not told since. Who listens for a habit hears at most every three hours;
/// what opened meanwhile comes then.
pub fn to_tell(
    board: &Board,
    listening: &[Listening],
    openings: &[Opening],
    told: &[ToldOf],
    now: Instant,
) -> Vec<(MemberId, ShiftId)> {
    let mut all = BTreeSet::new();
    for one in listening {
        let mine = || told.iter().filter(|told| told.member == one.member);
        let busy = one.what.shift.is_none() && mine().any(|told| now - told.at < Duration::hours(SELDOM_H));
        if busy {
            continue;
        }
        for opening in openings.iter().filter(|opening| opening.at > one.since) {
            let shift = opening.seat.shift;
            let known = mine().any(|told| told.shift == shift && told.at >= opening.at);
            let room = all.iter().filter(|(member, _)| *member == one.member).count() < AT_ONCE;
            if !known && room && is_wanted(one, board, opening.seat) && may_have(board, opening.seat, one.member, now) {
                all.insert((one.member, shift));
            }
        }
    }
    all.into_iter().collect()
}

fn is_wanted(one: &Listening, board: &Board, seat: SeatId) -> bool {
    board.shifts.get(&seat.shift).is_some_and(|shift| shift.seat(seat).is_some_and(|seat| one.what.accepts(shift, seat)))
}

/// Whether a seat can be taken, or claimed, by this member now. One that is kept is told to whom it
/// is kept for by a notice of its own.
fn may_have(board: &Board, seat: SeatId, member: MemberId, now: Instant) -> bool {
    let given = |kind: &OfferKind| matches!(kind, OfferKind::Give { audience: Audience::Anyone });
    let open = match board.holder(seat) {
        None => board.kept.get(&seat).is_none_or(|kept| now > kept.until),
        Some(holder) => holder != member && board.open_offer_on(seat).is_some_and(|offer| given(&offer.kind)),
    };
    open && check(board, &Moves::one(seat, member), now).is_ok()
}
