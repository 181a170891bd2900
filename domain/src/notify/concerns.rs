//! Whether a notice is any business of somebody: whoever planned it, a name, a note or a date is
//! told to nobody whom it does not concern.

use std::collections::BTreeSet;

use crate::board::Board;
use crate::id::{AbsenceId, DossierId, GroupId, MemberId, SeatId, ShiftId};
use crate::members::Skill;
use crate::notice::Notice;
use crate::sheet::Mishap;
use crate::shifts::Shift;

use super::truth::is_to_be_had;

/// What ties a member to what happened, beyond what the board shows of now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ties {
    /// Seats that were theirs once.
    pub held: BTreeSet<SeatId>,
    /// Shifts that they ticked for an exchange.
    pub ticked: BTreeSet<ShiftId>,
    /// They answer for the shifts: in the group that does, or as the employee.
    pub answers: bool,
    /// They belong to the office.
    pub office: bool,
    /// They belong to Distribution.
    pub distribution: bool,
    /// They are the employee.
    pub employee: bool,
    /// They belong to a group, and may write for the brief in its name.
    pub in_group: bool,
    /// They make the brief.
    pub edits_brief: bool,
    /// Working groups that they run.
    pub runs: BTreeSet<GroupId>,
    /// Working groups from which they were taken out.
    pub removed_from: BTreeSet<GroupId>,
    /// They sit on the committee.
    pub committee: bool,
    /// They come to the coordination: on the committee, or as a referent.
    pub coordinates: bool,
    /// They stand in for the employee today, and hear what the employee hears of the shop and of the office.
    pub stands_in: bool,
    /// Absences of the employee, not over yet, in which they stand in.
    pub deputises: BTreeSet<AbsenceId>,
}

/// Whether `member` may know of `notice` at all. Where [`is_still_true`](super::is_still_true)
/// looks for them by name, there is nothing to add.
pub fn concerns(board: &Board, ties: &Ties, notice: &Notice, member: MemberId) -> bool {
    let theirs = |seat: SeatId| board.holder(seat) == Some(member) || ties.held.contains(&seat);
    match notice {
        Notice::SeatClaimed { seat, .. } => ties.held.contains(seat),
        Notice::SwapAccepted { gave, .. } => ties.held.contains(gave),
        Notice::ProposalReceived { theirs: asked, .. } => board.holder(*asked) == Some(member),
        Notice::ProposalRefused { mine, .. } | Notice::ProposalClosed { mine, .. } => theirs(*mine),
        Notice::ShiftClosed { shift, .. } => board.shifts.get(shift).is_some_and(|shift| shift.seat_of(member).is_some()),
        Notice::WishClosed { shift, .. } => ties.ticked.contains(shift),
        Notice::LeadMissing { .. } => ties.answers || ties.stands_in || knows(board, member, &Skill::lead()),
        Notice::UrgentCall { shift, .. } => board.shifts.get(shift).is_some_and(|shift| could_come(board, shift, member)),
        Notice::ShopReported { .. } => ties.office || ties.stands_in,
        Notice::IncidentReported { what, .. } => match what {
            Mishap::Safety => ties.distribution || ties.employee || ties.stands_in,
            Mishap::Breakage => ties.distribution,
            Mishap::Other => ties.office || ties.stands_in,
        },
        // Nobody answers themselves.
        Notice::RequestReceived { from, .. } => (ties.office || ties.stands_in) && *from != member,
        // Found among those it names, or on the shift.
        Notice::LoopClosed { .. }
        | Notice::OfferExpired { .. }
        | Notice::SeatOffered { .. }
        | Notice::LoopSuggested { .. }
        | Notice::TeamChanged { .. }
        | Notice::TeamWarned { .. }
        | Notice::NotSeenYet { .. }
        | Notice::Reminder { .. } => true,
        Notice::BriefWanted { .. } => ties.in_group,
        Notice::BriefToReview { by, .. } => ties.edits_brief && *by != Some(member),
        Notice::BriefMissed { .. } => ties.edits_brief,
        Notice::BlockRefused { block, .. } | Notice::BlockKept { block, .. } => {
            board.blocks.get(block).is_some_and(|block| block.by == member)
        }
        // Whoever answered.
        Notice::EventChanged { event, .. }
        | Notice::EventCancelled { event, .. }
        | Notice::EventPromoted { event, .. }
        | Notice::EventSeatsFree { event, .. }
        | Notice::EventReminder { event, .. }
        | Notice::CarpoolWithdrawn { event, .. }
        | Notice::EventWord { event, .. } => board.events.get(event).is_some_and(|known| known.party_of(member).is_some()),
        // Whoever asked for its removal.
        Notice::PhotoPutBack { event, picture, .. } => {
            let photo = board.events.get(event).and_then(|known| known.photo(*picture));
            photo.and_then(|photo| photo.asked).is_some_and(|asked| asked.by == member)
        }
        // Whoever would like it.
        Notice::SuggestionAnswered { suggestion, .. } => board
            .suggestions
            .iter()
            .find(|known| known.id == *suggestion)
            .is_some_and(|known| known.awaited_by().any(|who| who == member)),
        Notice::JoinAsked { group, from, .. } => ties.runs.contains(group) && *from != member,
        // Whoever waited for the answer.
        Notice::JoinAnswered { joining, .. } => {
            board.joinings.get(joining).is_some_and(|known| known.invited_by.unwrap_or(known.member) == member)
        }
        Notice::GroupInvited { joining, .. } => board.joinings.get(joining).is_some_and(|known| known.member == member),
        Notice::GroupLeft { group, .. } => ties.runs.contains(group),
        Notice::RemovedFromGroup { group, .. } => ties.removed_from.contains(group),
        // Found among those of the group.
        Notice::ReferentNamed { .. } | Notice::ReferentWanted { .. } => true,
        Notice::MandatesLapse { .. } => ties.committee,
        Notice::MeetingSet { .. } | Notice::MeetingCancelled { .. } => ties.coordinates,
        // Whoever sees to it, while they belong to the group; who accompanies a young volunteer need not.
        Notice::DossierHanded { dossier, .. } => is_on_dossier(board, ties, *dossier, member),
        Notice::DossierDue { dossier, group, .. } => is_on_dossier(board, ties, *dossier, member) || ties.runs.contains(group),
        Notice::Deputised { absence, .. } => ties.deputises.contains(absence),
        Notice::ObjectiveSet { .. } => ties.employee,
        // In whose name it was done.
        Notice::DoneForYou { whom, .. } => *whom == member,
        // Whoever is called to it.
        Notice::AssemblyConvoked { assembly, .. } | Notice::AssemblyOff { assembly, .. } => {
            board.assemblies.get(assembly).is_some_and(|hall| hall.is_called(member))
        }
        // Found among those who keep it.
        Notice::AssemblyRole { .. } => true,
        Notice::ProxyGiven { from, to, .. } | Notice::ProxyEnded { from, to, .. } => [*from, *to].contains(&member),
        // Everybody reads it.
        Notice::BriefOut { .. } => true,
        // Whose request it is.
        Notice::RequestAnswered { .. } => true,
        // For whom it is kept.
        Notice::SeatHeld { .. } => true,
        // It says nothing of anybody: a free seat is on everybody's calendar.
        Notice::SeatOpened { .. } => true,
    }
}

fn is_on_dossier(board: &Board, ties: &Ties, dossier: DossierId, member: MemberId) -> bool {
    let Some(dossier) = board.dossiers.get(&dossier) else { return false };
    let belongs = board.working.get(&dossier.group).is_some_and(|group| group.members.contains(&member));
    dossier.holder == Some(member) && (belongs || ties.employee) || dossier.matter.tutor() == Some(member)
}

fn knows(board: &Board, member: MemberId, skill: &Skill) -> bool {
    board.aptitude(member).is_some_and(|aptitude| aptitude.skills.contains(skill))
}

/// Whether there is a seat that this member has learnt to work, on a day on which they are there.
fn could_come(board: &Board, shift: &Shift, member: MemberId) -> bool {
    let is_away = board.aptitude(member).is_none_or(|aptitude| aptitude.leaves.iter().any(|leave| leave.contains(shift.on)));
    let fits = |seat: SeatId| {
        shift.seat(seat).is_some_and(|seat| {
            seat.skill.as_ref().is_none_or(|skill| knows(board, member, skill))
                && (!seat.lead || knows(board, member, &Skill::lead()))
        })
    };
    !is_away && shift.seat_ids().any(|seat| is_to_be_had(board, seat) && fits(seat))
}
