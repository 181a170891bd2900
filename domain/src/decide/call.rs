//! The urgent call: the lead, or the office, asks whoever can come.

use super::{Decided, short_note, sure};
use crate::board::{Board, when};
use crate::effect::Effect;
use crate::eligibility::{Holdings, Moves, check_among};
use crate::id::{MemberId, SeatId, ShiftId};
use crate::reason::Reason;
use crate::shifts::{Shift, ShiftState};
use crate::swaps::{Audience, OfferKind};
use crate::time::{Instant, minus_days, paris_instant};

/// Who was called to a shift is not called again within this. Hours.
pub const CALL_AGAIN_H: i64 = 3;

pub(super) fn call_for_help(board: &Board, shift: ShiftId, note: &str, actor: MemberId, now: Instant) -> Decided {
    let shift = board.shifts.get(&shift).ok_or(Reason::UnknownShift)?;
    if !board.office && shift.lead() != Some(actor) {
        return Err(Reason::NotAllowed);
    }
    if let ShiftState::Closed { why, .. } = &shift.state {
        return Err(Reason::ShiftClosed { when: when(shift), why: why.clone() });
    }
    if now > shift.ends_at {
        return Err(Reason::TooLate { deadline: shift.ends_at });
    }
    let from = call_from(shift);
    if now < from {
        return Err(Reason::TooEarlyToCall { from });
    }
    if lacking(board, shift).next().is_none() {
        return Err(Reason::NobodyMissing { when: when(shift) });
    }
    sure(vec![Effect::HelpCalled { shift: shift.id, by: actor, note: short_note(note)? }])
}

/// From the day before on, in Paris.
pub fn call_from(shift: &Shift) -> Instant {
    paris_instant(minus_days(shift.on, 1), chrono::NaiveTime::MIN)
}

/// The seats that nobody has, or that somebody gives away.
pub(crate) fn lacking<'a>(board: &'a Board, shift: &'a Shift) -> impl Iterator<Item = SeatId> + 'a {
    let given = |seat: SeatId| {
        board.open_offer_on(seat).is_some_and(|offer| matches!(&offer.kind, OfferKind::Give { audience: Audience::Anyone }))
    };
    shift.seat_ids().filter(move |seat| board.holder(*seat).is_none() || given(*seat))
}

/// Of the people on the board, those who may have one of the seats that a shift lacks somebody for,
/// in order of id.
pub fn who_can_come(board: &Board, shift: ShiftId, now: Instant) -> Vec<MemberId> {
    let Some(shift) = board.shifts.get(&shift) else { return Vec::new() };
    // Once it has begun no seat is taken any more, but whoever could have had one still helps.
    let now = now.min(shift.starts_at);
    let held = Holdings::of(board);
    let seats: Vec<SeatId> = lacking(board, shift).collect();
    let may_come = |member: &MemberId| {
        shift.seat_of(*member).is_none()
            && seats.iter().any(|seat| check_among(board, &held, &Moves::one(*seat, *member), now).is_ok())
    };
    board.people.keys().copied().filter(may_come).collect()
}
