//! A swap asked of one person: propose, accept, refuse, withdraw.

use chrono::Duration;

use super::loops::binds_until;
use super::rest::{rests_on_but, tell_leads};
use super::{Decided, Effects, exchange_deadline, exchange_in_time, my_seat, short_note, sure};
use crate::board::{Board, when};
use crate::effect::{Effect, How};
use crate::eligibility::{Missing, Moves, check, is_to_come};
use crate::id::{MemberId, OfferId, ProposalId, SeatId};
use crate::notice::Notice;
use crate::outcome::Done;
use crate::reason::Reason;
use crate::swaps::{OfferState, Proposal, ProposalState};
use crate::time::Instant;

pub(super) fn propose_swap(
    board: &Board,
    proposal: ProposalId,
    mine: SeatId,
    theirs: SeatId,
    note: &str,
    actor: MemberId,
    now: Instant,
) -> Decided {
    let left = my_seat(board, mine, actor, now)?;
    if mine.shift == theirs.shift {
        return Err(Reason::SameShift);
    }
    let wanted = board.shifts.get(&theirs.shift).ok_or(Reason::UnknownShift)?;
    let seat = wanted.seat(theirs).ok_or(Reason::UnknownSeat)?;
    let Some(other) = seat.holder else {
        return Err(Reason::SeatFree { when: when(wanted) });
    };
    if other == actor {
        return Err(Reason::AlreadyOnShift { when: when(wanted) });
    }
    is_to_come(wanted, now)?;
    exchange_in_time(board, [left.starts_at, wanted.starts_at], now)?;
    let note = short_note(note)?;
    let between = |a: SeatId, b: SeatId| {
        board.proposals.values().find(move |known| known.is_pending() && known.mine == a && known.theirs == b)
    };
    let mut list = Vec::new();
    match between(mine, theirs) {
        Some(before) if now <= before.expires_at => return Err(Reason::AlreadyProposed),
        // Its time is over, and nobody has closed it yet.
        Some(before) => {
            list.push(Effect::ProposalClosed { proposal: before.id, state: ProposalState::Expired { at: before.expires_at } })
        }
        None => {}
    }
    // They had asked for the very same swap: both have said yes.
    if let Some(reverse) = between(theirs, mine).filter(|reverse| now <= reverse.expires_at) {
        return accept_proposal(board, reverse.id, actor, now);
    }
    let mut missing = swappable(board, (actor, mine), (other, theirs), actor, now)?;
    // So have they who offer theirs and ticked mine.
    if let Some(offer) = board.open_offer_on(theirs).filter(|offer| offer.member == other) {
        match offer.wishes() {
            Some(wishes) if wishes.is_empty() => missing.push(Missing::Wishes),
            Some(wishes) if binds_until(&board.rules, wishes, left).is_some_and(|until| now <= until) => {
                list.extend(swapped(board, (actor, mine), (other, theirs), Some(offer.id), None, now));
                return Ok((Effects { list, done: Done { seat: Some(theirs), ..Done::default() } }, missing));
            }
            _ => {}
        }
    }
    let deadline = exchange_deadline(board, [left.starts_at, wanted.starts_at]).unwrap_or(now);
    let expires_at = deadline.min(now + Duration::hours(i64::from(board.rules.proposal_life_h)));
    list.extend([
        Effect::ProposalOpened(Proposal {
            id: proposal,
            from: actor,
            mine,
            to: other,
            theirs,
            note,
            created_at: now,
            expires_at,
            state: ProposalState::Pending,
        }),
        Effect::Told { member: other, notice: Notice::ProposalReceived { mine, theirs, from: actor } },
    ]);
    Ok((Effects { list, done: Done::default() }, missing))
}

pub(super) fn accept_proposal(board: &Board, proposal: ProposalId, actor: MemberId, now: Instant) -> Decided {
    let proposal = pending(board, proposal)?;
    if proposal.to != actor {
        return Err(Reason::NotYourProposal);
    }
    if now > proposal.expires_at {
        return Err(Reason::ProposalExpired { at: proposal.expires_at });
    }
    let (mine, theirs) = (proposal.theirs, proposal.mine);
    my_seat(board, mine, actor, now)?;
    let wanted = board.shifts.get(&theirs.shift).ok_or(Reason::UnknownShift)?;
    is_to_come(wanted, now)?;
    if board.holder(theirs) != Some(proposal.from) {
        return Err(Reason::AlreadyTaken { by: board.holder(theirs).map(|holder| board.who(holder)), at: None });
    }
    let starts = [mine, theirs].into_iter().filter_map(|seat| board.start_of(seat));
    exchange_in_time(board, starts, now)?;
    let missing = swappable(board, (actor, mine), (proposal.from, theirs), actor, now)?;
    let list = swapped(board, (actor, mine), (proposal.from, theirs), None, Some(proposal), now);
    Ok((Effects { list, done: Done { seat: Some(theirs), ..Done::default() } }, missing))
}

/// `actor` and `other` hold each other's seats from now on, by `other`'s offer or proposal.
fn swapped(
    board: &Board,
    (actor, mine): (MemberId, SeatId),
    (other, theirs): (MemberId, SeatId),
    offer: Option<OfferId>,
    proposal: Option<&Proposal>,
    now: Instant,
) -> Vec<Effect> {
    let mut list = vec![
        Effect::SeatMoved { seat: mine, from: Some(actor), to: Some(other), how: How::Swapped },
        Effect::SeatMoved { seat: theirs, from: Some(other), to: Some(actor), how: How::Swapped },
    ];
    list.extend(offer.map(|offer| Effect::OfferClosed { offer, state: OfferState::Done { by: actor, at: now } }));
    list.extend(
        proposal.map(|proposal| Effect::ProposalClosed { proposal: proposal.id, state: ProposalState::Accepted { at: now } }),
    );
    list.extend(rests_on_but(board, &[(mine, None), (theirs, offer)], proposal.map(|proposal| proposal.id), now));
    list.push(Effect::Told { member: other, notice: Notice::SwapAccepted { gave: theirs, got: mine, with: actor } });
    list.extend(tell_leads(board, &list, Some(actor)));
    list
}

pub(super) fn refuse_proposal(board: &Board, proposal: ProposalId, actor: MemberId, now: Instant) -> Decided {
    let proposal = pending(board, proposal)?;
    if proposal.to != actor {
        return Err(Reason::NotYourProposal);
    }
    sure(vec![
        Effect::ProposalClosed { proposal: proposal.id, state: ProposalState::Refused { at: now } },
        Effect::Told {
            member: proposal.from,
            notice: Notice::ProposalRefused { mine: proposal.mine, theirs: proposal.theirs, by: actor },
        },
    ])
}

pub(super) fn withdraw_proposal(board: &Board, proposal: ProposalId, actor: MemberId, now: Instant) -> Decided {
    let proposal = pending(board, proposal)?;
    if proposal.from != actor {
        return Err(Reason::NotYourProposal);
    }
    sure(vec![Effect::ProposalClosed { proposal: proposal.id, state: ProposalState::Withdrawn { at: now } }])
}

fn pending(board: &Board, proposal: ProposalId) -> Result<&Proposal, Reason> {
    let proposal = board.proposals.get(&proposal).ok_or(Reason::UnknownProposal)?;
    match proposal.state {
        ProposalState::Pending => Ok(proposal),
        ProposalState::Expired { at } => Err(Reason::ProposalExpired { at }),
        _ => Err(Reason::ProposalClosed),
    }
}

/// Whether two people may hold each other's seats. What keeps the *other* one from it is told
/// without its private reason.
fn swappable(
    board: &Board,
    (a, seat_a): (MemberId, SeatId),
    (b, seat_b): (MemberId, SeatId),
    actor: MemberId,
    now: Instant,
) -> Result<Vec<Missing>, Reason> {
    let moves = Moves::one(seat_a, b).and(seat_b, Some(a));
    check(board, &moves, now).map_err(|(member, reason)| match member {
        Some(member) if member != actor => Reason::OtherCannot { who: board.who(member) },
        _ => reason,
    })
}
