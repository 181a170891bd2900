//! The office closes a planned shift: all are told once, and what rested on it ends.

use std::collections::BTreeSet;

use super::rest::rests_on;
use super::{Decided, sure};
use crate::board::{Board, when};
use crate::effect::Effect;
use crate::id::{MemberId, ShiftId};
use crate::ledger::{Entry, EntryKind, credit_of, key_on};
use crate::notice::Notice;
use crate::reason::Reason;
use crate::shifts::{Shift, ShiftState, Treatment};
use crate::time::Instant;

pub(super) fn close_shift(board: &Board, shift: ShiftId, why: &str, treatment: Treatment, now: Instant) -> Decided {
    if !board.office {
        return Err(Reason::NotAllowed);
    }
    let shift = board.shifts.get(&shift).ok_or(Reason::UnknownShift)?;
    if let ShiftState::Closed { why, .. } = &shift.state {
        return Err(Reason::ShiftClosed { when: when(shift), why: why.clone() });
    }
    if now > shift.ends_at {
        return Err(Reason::TooLate { deadline: shift.ends_at });
    }
    let why = super::short_note(why)?;
    if why.is_empty() {
        return Err(Reason::WhyMissing);
    }
    let mut list = vec![Effect::ShiftClosed { shift: shift.id, why: why.clone(), treatment }];
    let seats: Vec<_> = shift.seat_ids().map(|seat| (seat, None)).collect();
    list.extend(rests_on(board, &seats, now));
    list.extend(
        affected(shift)
            .into_iter()
            .map(|member| Effect::Told { member, notice: Notice::ShiftClosed { shift: shift.id, why: why.clone(), treatment } }),
    );
    if treatment == Treatment::Excused {
        let credit = credit_of(&board.rules.policy_on(shift.on), shift);
        list.extend(affected(shift).into_iter().map(|member| {
            let entry = Entry::new(EntryKind::Excused, shift.on, credit).because(&why).about(shift.id);
            Effect::Counted { member, entry: entry.keyed(key_on(shift, member)) }
        }));
    }
    list.extend(
        who_ticked(board, shift)
            .into_iter()
            .map(|member| Effect::Told { member, notice: Notice::WishClosed { shift: shift.id, why: why.clone() } }),
    );
    sure(list)
}

/// Whom closing a shift concerns: those who hold a seat on it.
pub fn affected(shift: &Shift) -> Vec<MemberId> {
    shift.holders().collect()
}

/// Those who had ticked the shift by name, each once.
fn who_ticked(board: &Board, shift: &Shift) -> BTreeSet<MemberId> {
    board
        .offers
        .values()
        .filter(|offer| offer.is_open() && offer.seat.shift != shift.id)
        .filter(|offer| offer.wishes().is_some_and(|wishes| wishes.shifts.iter().any(|wish| wish.shift == shift.id)))
        .map(|offer| offer.member)
        .collect()
}
