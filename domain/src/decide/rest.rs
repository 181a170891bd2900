//! What rested on seats that moved is closed with them; what is over expires.

use super::{Decided, sure};
use crate::board::{Board, open_until};
use crate::effect::Effect;
use crate::id::{MemberId, NoticeId, OfferId, ProposalId, SeatId, ShiftId};
use crate::notice::Notice;
use crate::reason::Reason;
use crate::swaps::{LoopState, OfferState, ProposalState};
use crate::time::Instant;

/// Closes every offer, proposal and suggested loop that rested on one of the seats that moved,
/// but for the offer by which it moved.
pub fn rests_on(board: &Board, moved: &[(SeatId, Option<OfferId>)], now: Instant) -> Vec<Effect> {
    rests_on_but(board, moved, None, now)
}

/// [`rests_on`], but for the proposal by which the seats moved.
pub(super) fn rests_on_but(
    board: &Board,
    moved: &[(SeatId, Option<OfferId>)],
    accepted: Option<ProposalId>,
    now: Instant,
) -> Vec<Effect> {
    let touches = |seat: SeatId| moved.iter().any(|(id, _)| *id == seat);
    let by_itself = |offer: OfferId| moved.iter().any(|(_, by)| *by == Some(offer));
    let mut list = Vec::new();
    for offer in board.offers.values() {
        if offer.is_open() && touches(offer.seat) && !by_itself(offer.id) {
            list.push(Effect::OfferClosed { offer: offer.id, state: OfferState::Superseded { at: now } });
        }
    }
    for proposal in board.proposals.values() {
        if proposal.is_pending() && Some(proposal.id) != accepted && (touches(proposal.mine) || touches(proposal.theirs)) {
            list.push(Effect::ProposalClosed { proposal: proposal.id, state: ProposalState::Superseded { at: now } });
            list.push(Effect::Told {
                member: proposal.from,
                notice: Notice::ProposalClosed { mine: proposal.mine, theirs: proposal.theirs },
            });
        }
    }
    for suggested in board.loops.values() {
        if suggested.is_pending() && suggested.legs.iter().any(|leg| touches(leg.gives)) {
            list.push(Effect::LoopClosed { lacking: suggested.id, state: LoopState::Superseded { at: now } });
        }
    }
    list
}

/// The suggested loops that an offer was part of.
pub(super) fn loops_of_offer(board: &Board, offer: OfferId, now: Instant) -> Vec<Effect> {
    board
        .loops
        .values()
        .filter(|suggested| suggested.is_pending() && suggested.legs.iter().any(|leg| leg.offer == offer))
        .map(|suggested| Effect::LoopClosed { lacking: suggested.id, state: LoopState::Superseded { at: now } })
        .collect()
}

/// Each team's lead, once the seats of `list` have moved, sees the change, unless they made it or
/// are part of it.
pub(super) fn tell_leads(board: &Board, list: &[Effect], actor: Option<MemberId>) -> Vec<Effect> {
    let moves = || {
        list.iter().filter_map(|effect| match effect {
            Effect::SeatMoved { seat, from, to, .. } => Some((*seat, *from, *to)),
            _ => None,
        })
    };
    let lead_after = |shift: ShiftId| {
        let shift = board.shifts.get(&shift)?;
        let seat = shift.seat_ids().find(|id| shift.seat(*id).is_some_and(|seat| seat.lead))?;
        moves().find(|(moved, ..)| *moved == seat).map_or_else(|| board.holder(seat), |(_, _, to)| to)
    };
    moves()
        .filter_map(|(seat, left, joined)| {
            let lead = lead_after(seat.shift)?;
            (![actor, left, joined].contains(&Some(lead)))
                .then_some(Effect::Told { member: lead, notice: Notice::TeamChanged { shift: seat.shift, left, joined } })
        })
        .collect()
}

/// What is over at `now`: offers at the start of their shift, the exchange part at its notice,
/// proposals and suggestions at their time, seats that were kept for somebody.
pub fn expire(board: &Board, now: Instant) -> Vec<Effect> {
    let mut list = Vec::new();
    for offer in board.offers.values().filter(|offer| offer.is_open()) {
        if let Some(deadline) = open_until(offer, board).filter(|deadline| now > *deadline) {
            list.push(Effect::OfferClosed { offer: offer.id, state: OfferState::Expired { at: deadline } });
            list.push(Effect::Told { member: offer.member, notice: Notice::OfferExpired { seat: offer.seat } });
        }
    }
    for proposal in board.proposals.values().filter(|proposal| proposal.is_pending() && now > proposal.expires_at) {
        list.push(Effect::ProposalClosed { proposal: proposal.id, state: ProposalState::Expired { at: proposal.expires_at } });
        list.push(Effect::Told {
            member: proposal.from,
            notice: Notice::ProposalClosed { mine: proposal.mine, theirs: proposal.theirs },
        });
    }
    for suggested in board.loops.values().filter(|suggested| suggested.is_pending() && now > suggested.expires_at) {
        list.push(Effect::LoopClosed { lacking: suggested.id, state: LoopState::Expired { at: suggested.expires_at } });
    }
    list.extend(super::wait::unkept(board, now));
    list
}

pub(super) fn mark_seen(board: &Board, notice: NoticeId, actor: MemberId, now: Instant) -> Decided {
    match board.notices.get(&notice) {
        Some(member) if *member == actor => sure(vec![Effect::NoticeSeen { notice, at: now }]),
        _ => Err(Reason::UnknownNotice),
    }
}
