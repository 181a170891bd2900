//! The urgent call: the lead, or the office, asks whoever can come.

use super::{Decided, short_note, sure};
use crate::board::{Board, when};
use crate::effect::Effect;
use crate::id::{MemberId, ShiftId};
use crate::reason::Reason;
use crate::shifts::{Shift, ShiftState};
use crate::swaps::{Audience, OfferKind};
use crate::time::{Instant, minus_days, paris_instant};

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
    if !lacks_somebody(board, shift) {
        return Err(Reason::NobodyMissing { when: when(shift) });
    }
    sure(vec![Effect::HelpCalled { shift: shift.id, by: actor, note: short_note(note)? }])
}

/// From the day before on, in Paris.
fn call_from(shift: &Shift) -> Instant {
    paris_instant(minus_days(shift.on, 1), chrono::NaiveTime::MIN)
}

/// Whether there is a seat that nobody has, or that somebody gives away.
fn lacks_somebody(board: &Board, shift: &Shift) -> bool {
    let given = |offer: &crate::swaps::Offer| {
        offer.is_open() && offer.seat.shift == shift.id && matches!(&offer.kind, OfferKind::Give { audience: Audience::Anyone })
    };
    shift.free_seats() > 0 || board.offers.values().any(given)
}
