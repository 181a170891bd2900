//! Whether a notice still says what is: between the act and the moment it is sent, more may happen.

use chrono::NaiveDate;

use crate::assembly::{self, Hall};
use crate::board::Board;
use crate::brief::{BlockState, Stage, id_of};
use crate::event::Announced;
use crate::groups::{JoiningState, Membership};
use crate::id::{AssemblyId, GroupId, MemberId, SeatId, ShiftId};
use crate::notice::Notice;
use crate::shifts::Shift;
use crate::swaps::{Audience, OfferKind};
use crate::time::{Instant, paris_day};

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
        // Said otherwise since, that is told instead.
        Notice::SuggestionAnswered { suggestion, verdict, why, .. } => {
            let known = board.suggestions.iter().find(|known| known.id == *suggestion);
            let answer = known.and_then(|known| known.answer.as_ref());
            answer.is_some_and(|answer| answer.verdict == *verdict && answer.why == *why)
        }
        Notice::JoinAsked { joining, from, .. } => {
            board.joinings.get(joining).is_some_and(|known| known.is_pending() && known.member == *from)
        }
        Notice::JoinAnswered { joining, accepted, .. } => board.joinings.get(joining).is_some_and(|known| match known.state {
            JoiningState::Accepted { .. } => *accepted,
            JoiningState::Refused { .. } => !accepted,
            JoiningState::Pending | JoiningState::Withdrawn { .. } => false,
        }),
        Notice::GroupInvited { joining, .. } => {
            board.joinings.get(joining).is_some_and(|known| known.is_pending() && known.member == member)
        }
        Notice::GroupLeft { group, who, .. } => of_group(board, *group).is_some_and(|known| !known.members.contains(who)),
        Notice::RemovedFromGroup { group, .. } => of_group(board, *group).is_some_and(|known| !known.members.contains(&member)),
        Notice::ReferentNamed { group, .. } => of_group(board, *group).is_some_and(|known| known.referents.contains(&member)),
        Notice::ReferentWanted { group, .. } => {
            of_group(board, *group).is_some_and(|known| known.referents.is_empty() && known.members.contains(&member))
        }
        Notice::MandatesLapse { on, .. } => paris_day(now) <= *on,
        Notice::MeetingSet { meeting, starts_at, .. } => board
            .agenda
            .meeting(*meeting)
            .is_some_and(|known| known.cancelled.is_none() && known.starts_at == *starts_at && now < *starts_at),
        Notice::MeetingCancelled { meeting, starts_at, .. } => {
            board.agenda.meeting(*meeting).is_some_and(|known| known.cancelled.is_some()) && now < *starts_at
        }
        // Whoever was given it, and has given it up, need not hear of it.
        Notice::DossierHanded { dossier, .. } => {
            board.dossiers.get(dossier).is_some_and(|known| known.is_open() && known.named().contains(&member))
        }
        Notice::DossierDue { dossier, on, .. } => {
            paris_day(now) <= *on && board.dossiers.get(dossier).is_some_and(|known| known.is_open() && known.due == Some(*on))
        }
        Notice::Deputised { until, .. } => paris_day(now) <= *until,
        // It is on everybody's page.
        Notice::ObjectiveSet { .. } => true,
        // It was done, whatever came after.
        Notice::DoneForYou { .. } => true,
        Notice::AssemblyConvoked { assembly, starts_at, .. } => {
            board.assemblies.get(assembly).is_some_and(|hall| hall.stage.is_convoked()) && now < *starts_at
        }
        Notice::AssemblyOff { assembly, starts_at, .. } => {
            let off = |hall: &Hall| matches!(hall.stage, assembly::Stage::Cancelled { .. });
            board.assemblies.get(assembly).is_some_and(off) && now < *starts_at
        }
        Notice::AssemblyRole { assembly, role, .. } => board
            .assemblies
            .get(assembly)
            .is_some_and(|hall| (hall.stage.is_planned() || hall.stage.is_convoked()) && hall.is(member, *role)),
        Notice::ProxyGiven { assembly, from, to, .. } => carries(board, *assembly, *from, *to),
        Notice::ProxyEnded { assembly, starts_at, from, to, .. } => !carries(board, *assembly, *from, *to) && now < *starts_at,
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

/// Whether one votes for the other at an assembly that is not over.
fn carries(board: &Board, assembly: AssemblyId, from: MemberId, to: MemberId) -> bool {
    let holds = |hall: &Hall| {
        (hall.stage.is_convoked() || hall.stage.is_open()) && hall.given_by(from).is_some_and(|proxy| proxy.to == to)
    };
    board.assemblies.get(&assembly).is_some_and(holds)
}

fn of_group(board: &Board, group: GroupId) -> Option<&Membership> {
    board.working.get(&group)
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
