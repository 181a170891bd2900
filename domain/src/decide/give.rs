//! Giving a seat away: to anybody, to named people, to whoever is shown a link.

use chrono::Duration;

use super::claim::still_open;
use super::{Decided, exchange_deadline, my_seat, short_note, sure};
use crate::board::{Board, is_live, open_until};
use crate::command::NAMED_CAP;
use crate::effect::Effect;
use crate::id::{InvitationId, MemberId, OfferId, SeatId};
use crate::notice::Notice;
use crate::reason::Reason;
use crate::swaps::{Audience, Invitation, Offer, OfferKind, OfferState};
use crate::time::Instant;

pub(super) fn give_seat(
    board: &Board,
    offer: OfferId,
    seat: SeatId,
    audience: &Audience,
    note: &str,
    actor: MemberId,
    now: Instant,
) -> Decided {
    my_seat(board, seat, actor, now)?;
    let mut list = not_offered_yet(board, seat, now)?;
    let note = short_note(note)?;
    let audience = checked(board, audience, actor)?;
    let told = match &audience {
        Audience::Named { members } => members.clone(),
        Audience::Anyone | Audience::Invited => Vec::new(),
    };
    list.push(Effect::OfferOpened(Offer {
        id: offer,
        seat,
        member: actor,
        kind: OfferKind::Give { audience },
        note,
        created_at: now,
        state: OfferState::Open,
    }));
    list.extend(told.into_iter().map(|member| Effect::Told { member, notice: Notice::SeatOffered { seat, from: actor } }));
    sure(list)
}

pub(super) fn invite(
    board: &Board,
    offer: OfferId,
    invitation: InvitationId,
    seat: SeatId,
    secret_hash: &str,
    actor: MemberId,
    now: Instant,
) -> Decided {
    let shift = my_seat(board, seat, actor, now)?;
    let mut list = not_offered_yet(board, seat, now)?;
    if secret_hash.len() != 64 || !secret_hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(Reason::BadSecret);
    }
    let expires_at = shift.starts_at.min(now + Duration::hours(i64::from(board.rules.invitation_life_h)));
    list.extend([
        Effect::OfferOpened(Offer {
            id: offer,
            seat,
            member: actor,
            kind: OfferKind::Give { audience: Audience::Invited },
            note: String::new(),
            created_at: now,
            state: OfferState::Open,
        }),
        Effect::InvitationMade(Invitation { id: invitation, offer, secret_hash: secret_hash.to_ascii_lowercase(), expires_at }),
    ]);
    sure(list)
}

pub(super) fn withdraw_offer(board: &Board, offer: OfferId, actor: MemberId, now: Instant) -> Decided {
    let offer = board.offers.get(&offer).ok_or(Reason::UnknownOffer)?;
    if offer.member != actor {
        return Err(Reason::NotYourOffer);
    }
    still_open(board, offer, now)?;
    let mut list = vec![Effect::OfferClosed { offer: offer.id, state: OfferState::Withdrawn { at: now } }];
    list.extend(super::rest::loops_of_offer(board, offer.id, now));
    sure(list)
}

/// « Prévenir l'équipe »: when the exchange is no longer possible, the team and its lead are told.
pub(super) fn warn_team(board: &Board, seat: SeatId, note: &str, actor: MemberId, now: Instant) -> Decided {
    let shift = my_seat(board, seat, actor, now)?;
    let note = short_note(note)?;
    if let Some(exchange_until) = exchange_deadline(board, [shift.starts_at]).filter(|deadline| now <= *deadline) {
        return Err(Reason::TooEarlyToWarn { exchange_until });
    }
    let warned = shift.holders().filter(|holder| *holder != actor);
    sure(
        warned
            .map(|member| Effect::Told { member, notice: Notice::TeamWarned { shift: shift.id, by: actor, note: note.clone() } })
            .collect(),
    )
}

/// One open offer per seat; one whose time is over, and that nobody has closed yet, is closed with
/// the loops it was part of.
pub(super) fn not_offered_yet(board: &Board, seat: SeatId, now: Instant) -> Result<Vec<Effect>, Reason> {
    match board.open_offer_on(seat) {
        None => Ok(Vec::new()),
        Some(offer) if is_live(offer, board, now) => Err(Reason::AlreadyOffered),
        Some(offer) => {
            let at = open_until(offer, board).unwrap_or(now);
            let mut list = vec![Effect::OfferClosed { offer: offer.id, state: OfferState::Expired { at } }];
            list.extend(super::rest::loops_of_offer(board, offer.id, now));
            Ok(list)
        }
    }
}

fn checked(board: &Board, audience: &Audience, actor: MemberId) -> Result<Audience, Reason> {
    let Audience::Named { members } = audience else {
        return Ok(audience.clone());
    };
    let mut members = members.clone();
    members.sort_unstable();
    members.dedup();
    members.retain(|member| *member != actor);
    if members.is_empty() {
        return Err(Reason::NobodyNamed);
    }
    if members.len() > NAMED_CAP {
        return Err(Reason::TooManyNamed { cap: 30 });
    }
    if members.iter().any(|member| !board.people.contains_key(member)) {
        return Err(Reason::UnknownMember);
    }
    Ok(Audience::Named { members })
}
