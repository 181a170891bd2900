//! « Préviens-moi », and the waiting list of a full shift.

use std::collections::BTreeMap;

use super::{Decided, Effects, sure};
use crate::board::{Board, when};
use crate::effect::Effect;
use crate::eligibility::{Moves, check, is_to_come};
use crate::id::{MemberId, SeatId, ShiftId, WatchId};
use crate::notice::Notice;
use crate::notify::{Kind, due_at};
use crate::outcome::Done;
use crate::reason::Reason;
use crate::shifts::Shift;
use crate::time::Instant;
use crate::watches::{WATCH_CAP, Watch, Watched, kept_until};

pub(super) fn watch_seats(board: &Board, watch: WatchId, what: Watched, actor: MemberId, now: Instant) -> Decided {
    if what.is_empty() {
        return Err(Reason::NothingWatched);
    }
    if let Some(shift) = what.shift {
        is_to_come(board.shifts.get(&shift).ok_or(Reason::UnknownShift)?, now)?;
    }
    if board.watches.values().any(|known| known.what == what) {
        return Err(Reason::AlreadyWatched);
    }
    if board.watches.len() >= WATCH_CAP {
        return Err(Reason::TooManyWatches { cap: u16::try_from(WATCH_CAP).unwrap_or(u16::MAX) });
    }
    sure(vec![Effect::WatchSet { member: actor, watch: Watch { id: watch, what, since: now } }])
}

pub(super) fn stop_watching(board: &Board, watch: WatchId, actor: MemberId) -> Decided {
    if !board.watches.contains_key(&watch) {
        return Err(Reason::UnknownWatch);
    }
    sure(vec![Effect::WatchEnded { member: actor, watch }])
}

/// Whoever may hold one of its seats may wait for one, while none is to be had.
pub(super) fn join(board: &Board, shift: ShiftId, actor: MemberId, now: Instant) -> Decided {
    let shift = board.shifts.get(&shift).ok_or(Reason::UnknownShift)?;
    is_to_come(shift, now)?;
    if shift.seat_of(actor).is_some() {
        return Err(Reason::AlreadyOnShift { when: when(shift) });
    }
    if board.waiting.get(&shift.id).is_some_and(|waiting| waiting.contains(&actor)) {
        return Err(Reason::AlreadyWaiting);
    }
    let mut fits = Err(Reason::UnknownSeat);
    for seat in shift.seat_ids() {
        let free = board.holder(seat).is_none() && board.kept_for_other(seat, actor, now).is_none();
        match check(board, &Moves::one(seat, actor), now) {
            Ok(_) if free => return Err(Reason::SeatFree { when: when(shift) }),
            Ok(missing) => fits = Ok(missing),
            Err((_, reason)) => fits = fits.or(Err(reason)),
        }
    }
    let missing = fits?;
    let list = vec![Effect::WaitingJoined { shift: shift.id, member: actor, at: now }];
    Ok((Effects { list, done: Done::default() }, missing))
}

pub(super) fn leave(board: &Board, shift: ShiftId, actor: MemberId) -> Decided {
    if !board.waiting.get(&shift).is_some_and(|waiting| waiting.contains(&actor)) {
        return Err(Reason::NotWaiting);
    }
    sure(vec![Effect::WaitingLeft { shift, member: actor }])
}

/// What an act leaves for those who wait: seats that came free, and turns that were given up.
/// `board` holds the facts with `effects` applied.
pub fn after(board: &Board, effects: &[Effect], now: Instant) -> Vec<Effect> {
    let mut freed: BTreeMap<ShiftId, Vec<SeatId>> = BTreeMap::new();
    for effect in effects {
        match effect {
            Effect::SeatMoved { seat, to: None, .. } => freed.entry(seat.shift).or_default().push(*seat),
            Effect::WaitingLeft { shift, .. } => drop(freed.entry(*shift).or_default()),
            _ => {}
        }
    }
    freed.iter().flat_map(|(shift, seats)| serve(board, *shift, seats, now)).collect()
}

/// The free seats of a shift that has a waiting list go to it, in line: each is kept for the first
/// who may hold it and has none kept yet. Too near the start, all who may hold it hear of it.
/// `freed` are the seats that came free just now. All facts must be known.
fn serve(board: &Board, shift: ShiftId, freed: &[SeatId], now: Instant) -> Vec<Effect> {
    let (Some(shift), Some(line)) = (board.shifts.get(&shift), board.waiting.get(&shift)) else {
        return Vec::new();
    };
    if is_to_come(shift, now).is_err() {
        return Vec::new();
    }
    let mut served: Vec<MemberId> =
        board.kept.values().filter_map(|kept| kept.whom.filter(|_| kept.seat.shift == shift.id)).collect();
    let mut list = Vec::new();
    for seat in free_seats(board, shift) {
        let fits = |member: &&MemberId| check(board, &Moves::one(seat, **member), now).is_ok_and(|missing| missing.is_empty());
        let mut fitting = line.iter().filter(|member| !served.contains(member)).filter(fits).peekable();
        let Some(first) = fitting.peek().map(|first| **first) else { continue };
        match kept_until(shift.starts_at, due_at(Kind::SeatHeld, now), board.rules.kept_h) {
            Some(until) => {
                list.push(Effect::SeatKept { seat, member: first, until });
                list.push(Effect::Told { member: first, notice: Notice::SeatHeld { seat, until } });
                served.push(first);
            }
            None if freed.contains(&seat) => {
                let told = fitting.map(|member| Effect::Told { member: *member, notice: Notice::SeatOpened { shift: shift.id } });
                list.extend(told);
            }
            None => {}
        }
    }
    list
}

fn free_seats<'a>(board: &'a Board, shift: &'a Shift) -> impl Iterator<Item = SeatId> + 'a {
    shift.seat_ids().filter(|seat| board.holder(*seat).is_none() && !board.kept.contains_key(seat))
}

/// The turns that are over at `now`: whoever let one pass leaves the line.
pub fn unkept(board: &Board, now: Instant) -> Vec<Effect> {
    let over = board.kept.values().filter(|kept| now > kept.until);
    over.flat_map(|kept| {
        let left = kept.whom.map(|member| Effect::WaitingLeft { shift: kept.seat.shift, member });
        [Effect::KeptEnded { seat: kept.seat }].into_iter().chain(left)
    })
    .collect()
}
