//! Exchanging a seat for one of the ticked shifts. Ticking is consent.

use chrono::Datelike;

use super::claim::still_open;
use super::give::not_offered_yet;
use super::{Decided, Effects, exchange_in_time, my_seat, short_note};
use crate::board::Board;
use crate::command::WISH_CAP;
use crate::effect::Effect;
use crate::eligibility::Missing;
use crate::id::{MemberId, OfferId, SeatId, ShiftId};
use crate::outcome::Done;
use crate::reason::Reason;
use crate::shifts::shift_id;
use crate::swaps::{Offer, OfferKind, OfferState, Pattern, PatternWish, Wish, Wishes};
use crate::time::{Days, Instant, paris_day, plus_days};

#[expect(clippy::too_many_arguments, reason = "the command's fields, then who and when")]
pub(super) fn exchange_seat(
    board: &Board,
    offer: OfferId,
    seat: SeatId,
    wishes: &[ShiftId],
    patterns: &[Pattern],
    note: &str,
    actor: MemberId,
    now: Instant,
) -> Decided {
    let shift = my_seat(board, seat, actor, now)?;
    exchange_in_time(board, [shift.starts_at], now)?;
    let mut list = not_offered_yet(board, seat, now)?;
    let note = short_note(note)?;
    let wishes = ticked(board, seat.shift, wishes, patterns, now)?;
    list.push(Effect::OfferOpened(Offer {
        id: offer,
        seat,
        member: actor,
        kind: OfferKind::Exchange { wishes },
        note,
        created_at: now,
        state: OfferState::Open,
    }));
    // Whether a loop closes at once depends on what the others ticked: matching answers it.
    Ok((Effects { list, done: Done::default() }, Vec::new()))
}

pub(super) fn set_wishes(
    board: &Board,
    offer: OfferId,
    wishes: &[ShiftId],
    patterns: &[Pattern],
    actor: MemberId,
    now: Instant,
) -> Decided {
    let offer = board.offers.get(&offer).ok_or(Reason::UnknownOffer)?;
    if offer.member != actor {
        return Err(Reason::NotYourOffer);
    }
    still_open(board, offer, now)?;
    if offer.wishes().is_none() {
        return Err(Reason::OfferClosed);
    }
    let shift = my_seat(board, offer.seat, actor, now)?;
    exchange_in_time(board, [shift.starts_at], now)?;
    let wishes = ticked(board, offer.seat.shift, wishes, patterns, now)?;
    let mut list = super::rest::loops_of_offer(board, offer.id, now);
    list.push(Effect::WishesSet { offer: offer.id, wishes });
    Ok((Effects { list, done: Done::default() }, Vec::<Missing>::new()))
}

/// The wishes as they are kept: of shifts that exist or will be generated, within the horizon.
fn ticked(board: &Board, own: ShiftId, wishes: &[ShiftId], patterns: &[Pattern], now: Instant) -> Result<Wishes, Reason> {
    if wishes.len() + patterns.len() > WISH_CAP {
        return Err(Reason::TooManyWishes { cap: 120 });
    }
    let today = paris_day(now);
    let horizon = Days { from: today, to: plus_days(today, 7 * u64::from(board.rules.wish_horizon_w)) };
    let mut shifts: Vec<ShiftId> = wishes.to_vec();
    shifts.sort_unstable();
    shifts.dedup();
    for wish in &shifts {
        if *wish == own {
            return Err(Reason::SameShift);
        }
        match board.shifts.get(wish) {
            Some(shift) => {
                crate::eligibility::is_to_come(shift, now)?;
                if !horizon.contains(shift.on) {
                    return Err(Reason::TooFarAhead { weeks: board.rules.wish_horizon_w });
                }
            }
            None if will_be_generated(board, *wish, horizon) => {}
            None => return Err(Reason::UnknownShift),
        }
    }
    let patterns: Vec<PatternWish> = patterns
        .iter()
        .filter(|pattern| !pattern.is_empty())
        .map(|pattern| PatternWish { pattern: pattern.clone(), ticked_at: now })
        .collect();
    let shifts: Vec<Wish> = shifts.into_iter().map(|shift| Wish { shift, ticked_at: now }).collect();
    let wishes = Wishes { shifts, patterns };
    if wishes.is_empty() {
        return Err(Reason::NothingWished);
    }
    Ok(wishes)
}

/// A wish may name a dated template: its id is known before it is generated.
fn will_be_generated(board: &Board, wish: ShiftId, horizon: Days) -> bool {
    horizon.from.iter_days().take_while(|day| horizon.contains(*day)).any(|day| {
        let week = board.rules.cycle.week_of(day);
        board
            .templates
            .iter()
            .filter(|template| template.weekday == day.weekday() && template.week == week)
            .any(|template| shift_id(template.id, day) == wish)
    })
}
