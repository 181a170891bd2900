//! Somebody leaves the co-op, or goes on under another card: what they hold from a day on comes free, or is the other's.

use chrono::NaiveDate;

use super::rest::{rests_on, tell_leads};
use crate::board::Board;
use crate::effect::{Effect, How};
use crate::eligibility::{Moves, check};
use crate::id::{MemberId, SeatId, ShiftId};
use crate::notice::Notice;
use crate::shifts::Shift;
use crate::swaps::{LoopState, OfferState, ProposalState};
use crate::time::{Instant, paris_day};

/// The seats that `member` holds on shifts to come, from that day on, in order of start.
fn held(board: &Board, member: MemberId, from: NaiveDate, now: Instant) -> Vec<(&Shift, SeatId)> {
    let to_come = board.held_by(member).into_iter().filter(|shift| shift.on >= from && shift.starts_at > now);
    to_come.filter_map(|shift| Some((shift, shift.seat_of(member)?))).collect()
}

/// From that day on their seats come free, and each team's lead hears of it; what rested on these seats ends, what they asked of
/// others too; they wait for nothing and watch for nothing. All facts must be known.
pub fn leaves_coop(board: &Board, member: MemberId, from: NaiveDate, now: Instant) -> Vec<Effect> {
    let freed = held(board, member, from, now);
    let seats: Vec<_> = freed.iter().map(|(_, seat)| (*seat, None)).collect();
    let mut list: Vec<Effect> = Vec::new();
    list.extend(seats.iter().map(|(seat, _)| Effect::SeatMoved { seat: *seat, from: Some(member), to: None, how: How::Left }));
    list.extend(rests_on(board, &seats, now));
    let is_after = |shift: ShiftId| board.shifts.get(&shift).is_none_or(|shift| shift.on >= from && shift.starts_at > now);
    for offer in board.offers.values().filter(|offer| offer.is_open() && offer.member == member && is_after(offer.seat.shift)) {
        let ends = Effect::OfferClosed { offer: offer.id, state: OfferState::Superseded { at: now } };
        if !closed(&list, &ends) {
            list.push(ends);
        }
    }
    for proposal in board.proposals.values().filter(|proposal| proposal.is_pending()) {
        let theirs = proposal.from == member || proposal.to == member;
        let ends = Effect::ProposalClosed { proposal: proposal.id, state: ProposalState::Superseded { at: now } };
        if theirs && (is_after(proposal.mine.shift) || is_after(proposal.theirs.shift)) && !closed(&list, &ends) {
            list.push(ends);
            if proposal.from != member {
                let notice = Notice::ProposalClosed { mine: proposal.mine, theirs: proposal.theirs };
                list.push(Effect::Told { member: proposal.from, notice });
            }
        }
    }
    for suggested in board.loops.values().filter(|suggested| suggested.is_pending() && suggested.asks == member) {
        let ends = Effect::LoopClosed { lacking: suggested.id, state: LoopState::Superseded { at: now } };
        if suggested.legs.iter().any(|leg| is_after(leg.gives.shift)) && !closed(&list, &ends) {
            list.push(ends);
        }
    }
    let waits = board.waiting.iter().filter(|(shift, line)| line.contains(&member) && is_after(**shift));
    list.extend(waits.map(|(shift, _)| Effect::WaitingLeft { shift: *shift, member }));
    // Watches have no day: they end once the day is there.
    if from <= paris_day(now) {
        list.extend(board.watches.keys().map(|watch| Effect::WatchEnded { member, watch: *watch }));
    }
    list.extend(tell_leads(board, &list, Some(member)));
    list.retain(|effect| !matches!(effect, Effect::Told { member: told, .. } if *told == member));
    list
}

fn closed(list: &[Effect], wanted: &Effect) -> bool {
    list.contains(wanted)
}

/// The seats of `goes` become those of `stays` where they may hold them; the others come free. What rested on them ends.
pub fn gives_over(board: &Board, goes: MemberId, stays: MemberId, from: NaiveDate, now: Instant) -> Vec<Effect> {
    let mut board = board.clone();
    let (mut list, mut moved) = (Vec::new(), Vec::new());
    let seats: Vec<SeatId> = held(&board, goes, from, now).into_iter().map(|(_, seat)| seat).collect();
    for seat in seats {
        let frees = Effect::SeatMoved { seat, from: Some(goes), to: None, how: How::Merged };
        board.apply(&frees);
        let fits = check(&board, &Moves::one(seat, stays), now).is_ok_and(|missing| missing.is_empty());
        let to = fits.then_some(stays);
        let moves = Effect::SeatMoved { seat, from: Some(goes), to, how: How::Merged };
        board.apply(&Effect::SeatMoved { seat, from: None, to, how: How::Merged });
        moved.push((seat, None));
        list.push(moves);
    }
    list.extend(rests_on(&board, &moved, now));
    let told = tell_leads(&board, &list, None);
    list.extend(told);
    list
}
