//! Taking an empty seat, and moving to one.

use chrono::Duration;

use super::rest::{rests_on, tell_leads};
use super::{Decided, Effects, my_seat};
use crate::board::{Board, when};
use crate::effect::{Effect, How};
use crate::eligibility::{Missing, Moves, check};
use crate::id::{MemberId, SeatId};
use crate::outcome::Done;
use crate::reason::Reason;
use crate::shifts::Shift;
use crate::swaps::Offer;
use crate::time::Instant;

pub(super) fn take_seat(board: &Board, seat: SeatId, actor: MemberId, now: Instant) -> Decided {
    must_be_free(board, seat, actor, now)?;
    let missing = check(board, &Moves::one(seat, actor), now).map_err(|(_, reason)| reason)?;
    let mut list = vec![Effect::SeatMoved { seat, from: None, to: Some(actor), how: How::Taken }];
    list.extend(rests_on(board, &[(seat, None)], now));
    list.extend(tell_leads(board, &list, Some(actor)));
    Ok((Effects { list, done: Done { seat: Some(seat), ..Done::default() } }, missing))
}

pub(super) fn move_seat(board: &Board, from: SeatId, to: SeatId, actor: MemberId, now: Instant) -> Decided {
    let left = my_seat(board, from, actor, now)?;
    if from.shift == to.shift {
        return Err(Reason::SameShift);
    }
    must_be_free(board, to, actor, now)?;
    let missing = leave_and_join(board, left, from, to, actor, now)?;
    let mut list = vec![
        Effect::SeatMoved { seat: from, from: Some(actor), to: None, how: How::Moved },
        Effect::SeatMoved { seat: to, from: None, to: Some(actor), how: How::Moved },
    ];
    list.extend(rests_on(board, &[(from, None), (to, None)], now));
    list.extend(tell_leads(board, &list, Some(actor)));
    Ok((Effects { list, done: Done { seat: Some(to), ..Done::default() } }, missing))
}

/// Until when one may move away from a shift.
pub(super) fn move_deadline(board: &Board, left: &Shift) -> Instant {
    left.starts_at - Duration::hours(i64::from(board.rules.move_notice_h))
}

/// Leaving `from` empty for `to`: in time, the team left keeps its minimum and its lead, and the
/// team joined is sound.
pub(super) fn leave_and_join(
    board: &Board,
    left: &Shift,
    from: SeatId,
    to: SeatId,
    actor: MemberId,
    now: Instant,
) -> Result<Vec<Missing>, Reason> {
    let deadline = move_deadline(board, left);
    if now > deadline {
        return Err(Reason::TooLateToMove { deadline, notice_h: board.rules.move_notice_h });
    }
    let remaining = u8::try_from(left.holders().filter(|holder| *holder != actor).count()).unwrap_or(u8::MAX);
    if remaining < left.minimum {
        return Err(Reason::TeamTooSmall { when: when(left), left: remaining, minimum: left.minimum });
    }
    check(board, &Moves::one(to, actor).and(from, None), now).map_err(|(_, reason)| reason)
}

fn must_be_free(board: &Board, seat: SeatId, actor: MemberId, now: Instant) -> Result<(), Reason> {
    let shift = board.shifts.get(&seat.shift).ok_or(Reason::UnknownShift)?;
    let wanted = shift.seat(seat).ok_or(Reason::UnknownSeat)?;
    match wanted.holder {
        None => match board.kept_for_other(seat, actor, now) {
            Some(until) => Err(Reason::SeatKept { until }),
            None => Ok(()),
        },
        Some(holder) if holder == actor => Err(Reason::AlreadyOnShift { when: when(shift) }),
        Some(holder) => Err(Reason::SeatHeld { by: board.who(holder), offered: board.open_offer_on(seat).is_some() }),
    }
}

/// « Déplacer »: for an open exchange offer, the free seats on ticked shifts to which its member
/// could move, one per shift, in order of start. A card to tap: it never happens by itself.
pub fn empty_seats_wished(board: &Board, offer: &Offer, now: Instant) -> Vec<SeatId> {
    let Some(wishes) = offer.wishes().filter(|_| offer.is_open()) else {
        return Vec::new();
    };
    let mut ticked: Vec<&Shift> =
        board.shifts.values().filter(|shift| shift.free_seats() > 0 && wishes.ticked(shift).is_some()).collect();
    crate::order::by_key(&mut ticked, |shift| (shift.starts_at, shift.id));
    ticked
        .into_iter()
        .filter_map(|shift| shift.seat_ids().find(|seat| move_seat(board, offer.seat, *seat, offer.member, now).is_ok()))
        .collect()
}
