//! Claiming a seat that somebody gives away: the first eligible taker has it at once.

use super::rest::{rests_on, tell_leads};
use super::take::leave_and_join;
use super::{Decided, Effects, my_seat};
use crate::board::Board;
use crate::effect::{Effect, How};
use crate::eligibility::{Missing, Moves, check, is_to_come};
use crate::id::{InvitationId, MemberId, OfferId, SeatId};
use crate::members::Known;
use crate::notice::Notice;
use crate::outcome::Done;
use crate::reason::Reason;
use crate::swaps::{Audience, Offer, OfferKind, OfferState};
use crate::time::Instant;

pub(super) fn claim_offer(
    board: &Board,
    offer: OfferId,
    instead_of: Option<SeatId>,
    secret: Option<&str>,
    actor: MemberId,
    now: Instant,
) -> Decided {
    let offer = board.offers.get(&offer).ok_or(Reason::UnknownOffer)?;
    if offer.member == actor {
        return Err(Reason::YourOwnOffer);
    }
    still_open(board, offer, now)?;
    let mut missing = Vec::new();
    let used = may_answer(board, offer, secret.is_some(), actor, now, &mut missing)?;
    let seat = offer.seat;
    let shift = board.shifts.get(&seat.shift).ok_or(Reason::UnknownShift)?;
    is_to_come(shift, now)?;
    if board.holder(seat) != Some(offer.member) {
        return Err(Reason::AlreadyTaken { by: board.holder(seat).map(|holder| board.who(holder)), at: None });
    }

    let mut list = Vec::new();
    let mut moved = vec![(seat, Some(offer.id))];
    match instead_of {
        None => missing.extend(check(board, &Moves::one(seat, actor), now).map_err(|(_, reason)| reason)?),
        Some(left) => {
            if left.shift == seat.shift {
                return Err(Reason::SameShift);
            }
            let from = my_seat(board, left, actor, now)?;
            missing.extend(leave_and_join(board, from, left, seat, actor, now)?);
            list.push(Effect::SeatMoved { seat: left, from: Some(actor), to: None, how: How::Moved });
            moved.push((left, None));
        }
    }
    list.push(Effect::SeatMoved { seat, from: Some(offer.member), to: Some(actor), how: How::Claimed });
    list.push(Effect::OfferClosed { offer: offer.id, state: OfferState::Done { by: actor, at: now } });
    if let Some(invitation) = used {
        list.push(Effect::InvitationUsed { invitation, by: actor });
    }
    list.extend(rests_on(board, &moved, now));
    list.push(Effect::Told { member: offer.member, notice: Notice::SeatClaimed { seat, by: actor } });
    list.extend(tell_leads(board, &list, Some(actor)));
    Ok((Effects { list, done: Done { seat: Some(seat), ..Done::default() } }, missing))
}

/// Why an offer can no longer be answered or changed, if so.
pub(super) fn still_open(board: &Board, offer: &Offer, now: Instant) -> Result<(), Reason> {
    match &offer.state {
        OfferState::Open => Ok(()),
        OfferState::Done { by, at } => Err(Reason::AlreadyTaken { by: Some(board.who(*by)), at: Some(*at) }),
        OfferState::Expired { at } => Err(Reason::OfferExpired { at: *at }),
        OfferState::Withdrawn { .. } => Err(Reason::OfferClosed),
        OfferState::Superseded { .. } => match board.shifts.get(&offer.seat.shift) {
            // The shift was closed under it: then its words say more.
            Some(shift) if !shift.is_planned() => is_to_come(shift, now).and(Err(Reason::OfferClosed)),
            _ => Err(Reason::OfferClosed),
        },
    }
}

/// Whether the offer is for `actor`; with the invitation that is used up by it.
fn may_answer(
    board: &Board,
    offer: &Offer,
    shown: bool,
    actor: MemberId,
    now: Instant,
    missing: &mut Vec<Missing>,
) -> Result<Option<InvitationId>, Reason> {
    let holder = || board.who(offer.member);
    match &offer.kind {
        OfferKind::Exchange { .. } => Err(Reason::ExchangeOnly { holder: holder() }),
        OfferKind::Give { audience: Audience::Anyone } => Ok(None),
        OfferKind::Give { audience: Audience::Named { members } } if members.contains(&actor) => Ok(None),
        OfferKind::Give { audience: Audience::Named { .. } } => Err(Reason::NotForYou { holder: holder() }),
        OfferKind::Give { audience: Audience::Invited } => {
            if !shown {
                return Err(Reason::NotForYou { holder: holder() });
            }
            let Known::Known(shown) = &board.shown else {
                missing.push(Missing::Unseen);
                return Ok(None);
            };
            let invitation = shown
                .and_then(|shown| board.invitations.get(&shown))
                .filter(|invitation| invitation.offer == offer.id)
                .ok_or(Reason::UnknownInvitation)?;
            if now > invitation.expires_at {
                return Err(Reason::InvitationExpired { at: invitation.expires_at });
            }
            Ok(Some(invitation.id))
        }
    }
}
