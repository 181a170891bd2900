//! Whether a notice still says what is: between the act and the moment it is sent, more may happen.

use chrono::NaiveDate;

use crate::board::Board;
use crate::brief::{BlockState, Stage, id_of};
use crate::event::Announced;
use crate::id::{MemberId, SeatId, ShiftId};
use crate::notice::Notice;
use crate::shifts::Shift;
use crate::swaps::{Audience, OfferKind};
use crate::time::Instant;

/// Whether `member` may still be told `notice`, on the facts of `board`. What it is about must be
/// on the board.
pub fn is_still_true(board: &Board, notice: &Notice, member: MemberId, now: Instant) -> bool {
    let held_by = |seat: SeatId, who: MemberId| board.holder(seat) == Some(who) && is_ahead(board, seat.shift, now);
    match notice {
        // I need not come: unless I am on that shift again.
        Notice::SeatClaimed { seat, .. } => board.shifts.get(&seat.shift).is_none_or(|shift| shift.seat_of(member).is_none()),
        Notice::LoopClosed { legs } => legs.iter().any(|leg| leg.member == member && held_by(leg.takes, member)),
        Notice::SwapAccepted { got, .. } => held_by(*got, member),
        Notice::OfferExpired { seat } => board.holder(*seat) == Some(member) && is_not_over(board, seat.shift, now),
        Notice::ProposalReceived { mine, theirs, from } => board
            .proposals
            .values()
            .any(|known| known.is_pending() && known.from == *from && known.mine == *mine && known.theirs == *theirs),
        // They say how something ended.
        Notice::ProposalRefused { mine, .. } | Notice::ProposalClosed { mine, .. } => is_ahead(board, mine.shift, now),
        Notice::SeatOffered { seat, from } => board.open_offer_on(*seat).is_some_and(|offer| {
            let named = match &offer.kind {
                OfferKind::Give { audience: Audience::Named { members } } => members.contains(&member),
                _ => false,
            };
            named && offer.member == *from && is_ahead(board, seat.shift, now)
        }),
        Notice::LoopSuggested { gives, takes } => board.loops.values().any(|known| {
            known.is_pending()
                && known.asks == member
                && known.leg_of(member).is_some_and(|leg| leg.gives == *gives && leg.takes == *takes)
        }),
        Notice::ShiftClosed { shift, .. } | Notice::WishClosed { shift, .. } => {
            board.shifts.get(shift).is_some_and(|shift| !shift.is_planned())
        }
        Notice::TeamChanged { shift, left, joined } => planned(board, *shift, now).is_some_and(|shift| {
            shift.lead() == Some(member)
                && joined.is_none_or(|joined| shift.seat_of(joined).is_some())
                && left.is_none_or(|left| shift.seat_of(left).is_none())
        }),
        Notice::TeamWarned { shift, by, .. } => {
            planned(board, *shift, now).is_some_and(|shift| shift.seat_of(*by).is_some() && shift.seat_of(member).is_some())
        }
        Notice::LeadMissing { shift, .. } => {
            planned(board, *shift, now).is_some_and(|shift| shift.starts_at > now && shift.lead().is_none())
        }
        Notice::NotSeenYet { shift, who } => planned(board, *shift, now)
            .is_some_and(|shift| shift.lead() == Some(member) && shift.seat_of(*who).is_some() && shift.starts_at > now),
        Notice::UrgentCall { shift, .. } => {
            planned(board, *shift, now).is_some_and(|shift| shift.seat_of(member).is_none() && can_be_taken(board, shift))
        }
        Notice::SeatOpened { shift } => planned(board, *shift, now)
            .is_some_and(|shift| shift.starts_at > now && shift.seat_of(member).is_none() && can_be_taken(board, shift)),
        Notice::SeatHeld { seat, .. } => {
            planned(board, seat.shift, now).is_some()
                && board.kept.get(seat).is_some_and(|kept| kept.whom == Some(member) && now <= kept.until)
        }
        Notice::ShopReported { shift, .. } | Notice::IncidentReported { shift, .. } => {
            board.shifts.get(shift).is_some_and(|shift| now < crate::sheet::Window::of(shift).until)
        }
        Notice::RequestReceived { request, from } => {
            board.requests.get(request).is_some_and(|known| known.is_pending() && known.member == *from)
        }
        Notice::RequestAnswered { request } => {
            board.requests.get(request).is_some_and(|known| known.is_answered() && known.member == member)
        }
        Notice::BriefWanted { monday, until } => {
            now < *until && stage(board, *monday).is_some_and(|stage| stage.editable().is_ok())
        }
        // Once it is approved, nobody is asked any more.
        Notice::BriefToReview { monday, by } => match stage(board, *monday) {
            Some(Stage::Collecting) => by.is_none(),
            Some(Stage::Review { .. } | Stage::Missed { asked: Some(_), .. }) => true,
            _ => false,
        },
        Notice::BriefMissed { monday } => matches!(stage(board, *monday), Some(Stage::Missed { .. })),
        // Whoever has read it knows.
        Notice::BriefOut { monday } => {
            stage(board, *monday).is_some_and(Stage::is_published) && !board.read_briefs.contains(&id_of(*monday))
        }
        Notice::BlockRefused { block, .. } => {
            board.blocks.get(block).is_some_and(|block| matches!(block.state, BlockState::Refused { .. }))
        }
        Notice::BlockKept { block, monday, .. } => {
            board.blocks.get(block).is_some_and(|block| block.is_proposed() && block.monday == *monday)
        }
        Notice::EventChanged { .. }
        | Notice::EventCancelled { .. }
        | Notice::EventPromoted { .. }
        | Notice::EventSeatsFree { .. }
        | Notice::EventReminder { .. }
        | Notice::CarpoolWithdrawn { .. }
        | Notice::EventWord { .. } => of_event(board, notice, member, now),
        Notice::PhotoPutBack { event, picture, .. } => {
            let photo = board.events.get(event).and_then(|known| known.photo(*picture));
            photo.and_then(|photo| photo.asked).is_some_and(|asked| asked.put_back)
        }
        Notice::Reminder { shift } => {
            planned(board, *shift, now).is_some_and(|shift| shift.starts_at > now && shift.seat_of(member).is_some())
        }
    }
}

/// What is said about an event is true while it is as it was then, for whoever still wants to come.
fn of_event(board: &Board, notice: &Notice, member: MemberId, now: Instant) -> bool {
    let Some((gathering, party)) = notice.event().and_then(|event| {
        let gathering = board.events.get(&event)?;
        Some((gathering, gathering.party_of(member)?))
    }) else {
        return false;
    };
    let times = gathering.event.terms.times;
    let on = gathering.event.state.is_published();
    match notice {
        Notice::EventChanged { starts_at, .. } => on && party.cares() && times.starts_at == *starts_at && now < times.ends_at,
        Notice::EventCancelled { .. } => gathering.event.state.announced() == Announced::Off && party.cares(),
        Notice::EventPromoted { .. } => on && party.is_seated() && now < times.ends_at,
        Notice::EventSeatsFree { .. } => {
            on && party.standing.ticket().is_some() && gathering.fits(party.seats()) && now < times.ends_at
        }
        Notice::EventReminder { starts_at, .. } => {
            on && party.is_seated() && times.starts_at == *starts_at && now < times.starts_at
        }
        Notice::CarpoolWithdrawn { .. } => on && party.cares() && now < times.starts_at,
        Notice::EventWord { .. } => party.cares(),
        _ => false,
    }
}

/// How far the brief of a Monday is.
fn stage(board: &Board, monday: NaiveDate) -> Option<&Stage> {
    board.making.briefs.get(&monday).map(|made| &made.stage)
}

/// The shift, while it is planned and not over.
fn planned(board: &Board, shift: ShiftId, now: Instant) -> Option<&Shift> {
    board.shifts.get(&shift).filter(|shift| shift.is_planned() && now < shift.ends_at)
}

fn is_ahead(board: &Board, shift: ShiftId, now: Instant) -> bool {
    planned(board, shift, now).is_some_and(|shift| now <= shift.starts_at)
}

fn is_not_over(board: &Board, shift: ShiftId, now: Instant) -> bool {
    planned(board, shift, now).is_some()
}

/// Whether there is a seat that nobody has, or that somebody gives away.
fn can_be_taken(board: &Board, shift: &Shift) -> bool {
    shift.seat_ids().any(|seat| is_to_be_had(board, seat))
}

pub(super) fn is_to_be_had(board: &Board, seat: SeatId) -> bool {
    let given = |kind: &OfferKind| matches!(kind, OfferKind::Give { audience: Audience::Anyone });
    board.holder(seat).is_none() || board.open_offer_on(seat).is_some_and(|offer| given(&offer.kind))
}
