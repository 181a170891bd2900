//! Loops of exchanges: all the moves happen together, or none does.

use chrono::Duration;

use super::rest::{rests_on, tell_leads};
use super::{Decided, Effects, exchange_deadline, sure};
use crate::board::Board;
use crate::effect::{Effect, How};
use crate::eligibility::{Missing, Move, Moves, check, is_to_come};
use crate::id::{LoopId, MemberId};
use crate::notice::Notice;
use crate::outcome::Done;
use crate::reason::Reason;
use crate::rules::Rules;
use crate::shifts::Shift;
use crate::swaps::{Leg, LoopState, OfferState, SuggestedLoop, Wishes};
use crate::time::Instant;

pub(super) fn accept_loop(board: &Board, lacking: LoopId, actor: MemberId, now: Instant) -> Decided {
    let suggested = asked(board, lacking, actor)?;
    if now > suggested.expires_at {
        return Err(Reason::ProposalExpired { at: suggested.expires_at });
    }
    let mut missing = Vec::new();
    for leg in suggested.legs.iter().filter(|leg| leg.member != actor) {
        still_wishes(board, leg, now, &mut missing).map_err(|reason| impossible(board, leg, reason))?;
    }
    let (mut effects, mut more) = close_loop(board, &suggested.legs, Some(actor), now)?;
    effects.list.push(Effect::LoopClosed { lacking, state: LoopState::Accepted { at: now } });
    effects.list.retain(|effect| {
        !matches!(effect, Effect::LoopClosed { lacking: closed, state: LoopState::Superseded { .. } } if *closed == lacking)
    });
    missing.append(&mut more);
    missing.dedup();
    Ok((effects, missing))
}

pub(super) fn decline_loop(board: &Board, lacking: LoopId, actor: MemberId, now: Instant) -> Decided {
    asked(board, lacking, actor)?;
    sure(vec![Effect::LoopClosed { lacking, state: LoopState::Declined { at: now } }])
}

fn asked(board: &Board, lacking: LoopId, actor: MemberId) -> Result<&SuggestedLoop, Reason> {
    let suggested = board.loops.get(&lacking).ok_or(Reason::UnknownLoop)?;
    if suggested.asks != actor {
        return Err(Reason::NotYourLoop);
    }
    match suggested.state {
        LoopState::Pending => Ok(suggested),
        LoopState::Expired { at } => Err(Reason::ProposalExpired { at }),
        _ => Err(Reason::LoopClosed),
    }
}

/// The others said yes by ticking; the tick must still bind.
fn still_wishes(board: &Board, leg: &Leg, now: Instant, missing: &mut Vec<Missing>) -> Result<(), Reason> {
    let offer = board.offers.get(&leg.offer).filter(|offer| offer.is_open()).ok_or(Reason::OfferClosed)?;
    let wishes = offer.wishes().ok_or(Reason::OfferClosed)?;
    if wishes.is_empty() {
        // Nobody offers to exchange for nothing: these wishes are not shown to this device.
        missing.push(Missing::Wishes);
        return Ok(());
    }
    let wanted = board.shifts.get(&leg.takes.shift).ok_or(Reason::UnknownShift)?;
    let deadline = binds_until(&board.rules, wishes, wanted).ok_or(Reason::OfferClosed)?;
    if now > deadline { Err(Reason::TooLate { deadline }) } else { Ok(()) }
}

/// Until when ticking `shift` lets an exchange for it close without asking again: the notice before
/// its start, and no longer than a tick lives. `None` when it is not ticked.
pub fn binds_until(rules: &Rules, wishes: &Wishes, shift: &Shift) -> Option<Instant> {
    let asks_again = wishes.ticked(shift)? + Duration::days(i64::from(rules.tick_life_d));
    let notice = shift.starts_at - Duration::hours(i64::from(rules.auto_close_notice_h));
    Some(asks_again.min(notice))
}

/// All the moves of a loop, by the act of `actor` if somebody's act closes it; a leg that has become impossible is
/// named with its reason.
pub fn close_loop(board: &Board, legs: &[Leg], actor: Option<MemberId>, now: Instant) -> Result<(Effects, Vec<Missing>), Reason> {
    let mut moves = Moves::default();
    for leg in legs {
        leg_reason(board, leg, now).map_err(|reason| impossible(board, leg, reason))?;
        moves.0.push(Move { seat: leg.takes, to: Some(leg.member) });
    }
    let starts: Vec<Instant> = legs.iter().filter_map(|leg| board.start_of(leg.gives)).collect();
    if let Some(deadline) = exchange_deadline(board, starts).filter(|deadline| now > *deadline) {
        return Err(Reason::TooLateToExchange { deadline, notice_h: board.rules.exchange_notice_h });
    }
    let missing =
        check(board, &moves, now).map_err(|(member, reason)| match legs.iter().find(|leg| Some(leg.member) == member) {
            Some(leg) if Some(leg.member) != actor => impossible(board, leg, hidden(reason, board, leg)),
            Some(leg) => impossible(board, leg, reason),
            None => reason,
        })?;

    let mut list: Vec<Effect> = Vec::new();
    for leg in legs {
        let from = board.holder(leg.takes);
        list.push(Effect::SeatMoved { seat: leg.takes, from, to: Some(leg.member), how: How::Looped });
    }
    for leg in legs {
        let taker = legs.iter().find(|other| other.takes == leg.gives).map_or(leg.member, |other| other.member);
        list.push(Effect::OfferClosed { offer: leg.offer, state: OfferState::Done { by: taker, at: now } });
    }
    let moved: Vec<_> = legs.iter().map(|leg| (leg.gives, Some(leg.offer))).collect();
    list.extend(rests_on(board, &moved, now));
    list.extend(legs.iter().map(|leg| Effect::Told { member: leg.member, notice: Notice::LoopClosed { legs: legs.to_vec() } }));
    list.extend(tell_leads(board, &list, actor));
    let seat = legs.iter().find(|leg| Some(leg.member) == actor).map(|leg| leg.takes);
    Ok((Effects { list, done: Done { closed_loop: legs.to_vec(), seat, ..Done::default() } }, missing))
}

/// Whether one leg's own seats are still as the loop was found.
pub fn leg_reason(board: &Board, leg: &Leg, now: Instant) -> Result<(), Reason> {
    let gives = board.shifts.get(&leg.gives.shift).ok_or(Reason::UnknownShift)?;
    is_to_come(gives, now)?;
    if board.holder(leg.gives) != Some(leg.member) {
        return Err(Reason::AlreadyTaken { by: board.holder(leg.gives).map(|by| board.who(by)), at: None });
    }
    match board.offers.get(&leg.offer) {
        Some(offer) if offer.is_open() && offer.seat == leg.gives => Ok(()),
        Some(_) => Err(Reason::OfferClosed),
        None => Err(Reason::UnknownOffer),
    }
}

fn impossible(board: &Board, leg: &Leg, why: Reason) -> Reason {
    match board.when(leg.gives.shift) {
        Some(when) => Reason::LegImpossible { who: board.who(leg.member), when, why: Box::new(why) },
        None => why,
    }
}

/// Another person's skills and leave are their own business; what the planning shows is not.
fn hidden(reason: Reason, board: &Board, leg: &Leg) -> Reason {
    match reason {
        Reason::NotActive | Reason::MissingSkill { .. } | Reason::OnLeave { .. } => {
            Reason::OtherCannot { who: board.who(leg.member) }
        }
        shown => shown,
    }
}

/// Where each leg leads, for a sentence: « Léa → Karim → toi ».
pub fn legs_in_order(legs: &[Leg], last: MemberId) -> Vec<MemberId> {
    let start = legs.iter().position(|leg| leg.member == last).map_or(0, |at| at + 1);
    (0..legs.len()).map(|step| legs[(start + step) % legs.len()].member).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{OfferId, SeatId, ShiftId};
    use uuid::Uuid;

    #[test]
    fn the_person_addressed_comes_last() {
        let member = |n: u128| MemberId(Uuid::from_u128(n));
        let seat = |n: u128| SeatId::new(ShiftId(Uuid::from_u128(n)), 1);
        let leg = |n: u128, next: u128| Leg {
            offer: OfferId(Uuid::from_u128(n)),
            member: member(n),
            gives: seat(n),
            takes: seat(next),
        };
        let legs = [leg(1, 2), leg(2, 3), leg(3, 1)];
        assert_eq!(legs_in_order(&legs, member(1)), [member(2), member(3), member(1)]);
    }
}
