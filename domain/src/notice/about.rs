//! What a notice is about: whose names, which dates and which things its words need.

use chrono::NaiveDate;

use super::Notice;
use crate::id::{
    AssemblyId, BlockId, DossierId, EventId, GroupId, JoiningId, MeetingId, MemberId, RequestId, SeatId, ShiftId, SuggestionId,
};

impl Notice {
    /// The shifts it speaks of.
    pub fn shifts(&self) -> Vec<ShiftId> {
        match self {
            Notice::SeatClaimed { seat, .. }
            | Notice::SeatOffered { seat, .. }
            | Notice::OfferExpired { seat }
            | Notice::SeatHeld { seat, .. } => vec![seat.shift],
            Notice::LoopClosed { legs } => legs.iter().map(|leg| leg.gives.shift).collect(),
            Notice::SwapAccepted { gave: a, got: b, .. }
            | Notice::ProposalReceived { mine: a, theirs: b, .. }
            | Notice::ProposalRefused { mine: a, theirs: b, .. }
            | Notice::ProposalClosed { mine: a, theirs: b }
            | Notice::LoopSuggested { gives: a, takes: b } => vec![a.shift, b.shift],
            Notice::TeamChanged { shift, .. }
            | Notice::TeamWarned { shift, .. }
            | Notice::ShiftClosed { shift, .. }
            | Notice::WishClosed { shift, .. }
            | Notice::Reminder { shift }
            | Notice::UrgentCall { shift, .. }
            | Notice::LeadMissing { shift, .. }
            | Notice::NotSeenYet { shift, .. }
            | Notice::SeatOpened { shift }
            | Notice::ShopReported { shift, .. }
            | Notice::IncidentReported { shift, .. } => vec![*shift],
            Notice::RequestReceived { .. }
            | Notice::RequestAnswered { .. }
            | Notice::BriefWanted { .. }
            | Notice::BriefToReview { .. }
            | Notice::BriefMissed { .. }
            | Notice::BriefOut { .. }
            | Notice::BlockRefused { .. }
            | Notice::BlockKept { .. }
            | Notice::EventChanged { .. }
            | Notice::EventCancelled { .. }
            | Notice::EventPromoted { .. }
            | Notice::EventSeatsFree { .. }
            | Notice::EventReminder { .. }
            | Notice::CarpoolWithdrawn { .. }
            | Notice::EventWord { .. }
            | Notice::PhotoPutBack { .. }
            | Notice::SuggestionAnswered { .. }
            | Notice::JoinAsked { .. }
            | Notice::JoinAnswered { .. }
            | Notice::GroupInvited { .. }
            | Notice::GroupLeft { .. }
            | Notice::RemovedFromGroup { .. }
            | Notice::ReferentNamed { .. }
            | Notice::ReferentWanted { .. }
            | Notice::MandatesLapse { .. }
            | Notice::MeetingSet { .. }
            | Notice::MeetingCancelled { .. }
            | Notice::DossierHanded { .. }
            | Notice::DossierDue { .. }
            | Notice::Deputised { .. }
            | Notice::ObjectiveSet { .. }
            | Notice::DoneForYou { .. }
            | Notice::AssemblyConvoked { .. }
            | Notice::AssemblyOff { .. }
            | Notice::AssemblyRole { .. }
            | Notice::ProxyGiven { .. }
            | Notice::ProxyEnded { .. } => Vec::new(),
        }
    }

    /// The people it names.
    pub fn people(&self) -> Vec<MemberId> {
        match self {
            Notice::SeatClaimed { by: who, .. }
            | Notice::SeatOffered { from: who, .. }
            | Notice::SwapAccepted { with: who, .. }
            | Notice::ProposalReceived { from: who, .. }
            | Notice::ProposalRefused { by: who, .. }
            | Notice::TeamWarned { by: who, .. }
            | Notice::UrgentCall { by: who, .. }
            | Notice::ShopReported { by: who, .. }
            | Notice::IncidentReported { by: who, .. }
            | Notice::RequestReceived { from: who, .. }
            | Notice::CarpoolWithdrawn { by: who, .. }
            | Notice::DoneForYou { by: who, .. }
            | Notice::JoinAsked { from: who, .. }
            | Notice::JoinAnswered { who, .. }
            | Notice::GroupInvited { by: who, .. }
            | Notice::GroupLeft { who, .. }
            | Notice::RemovedFromGroup { by: who, .. }
            | Notice::ReferentNamed { by: who, .. }
            | Notice::DossierHanded { by: who, .. }
            | Notice::Deputised { employee: who, .. }
            | Notice::ObjectiveSet { by: who, .. }
            | Notice::NotSeenYet { who, .. } => vec![*who],
            Notice::ProxyGiven { from, to, .. } | Notice::ProxyEnded { from, to, .. } => vec![*from, *to],
            Notice::MandatesLapse { members, .. } => members.clone(),
            Notice::LoopClosed { legs } => legs.iter().map(|leg| leg.member).collect(),
            Notice::TeamChanged { left, joined, .. } => left.iter().chain(joined).copied().collect(),
            Notice::BriefToReview { by, .. } => by.iter().copied().collect(),
            Notice::ProposalClosed { .. }
            | Notice::LoopSuggested { .. }
            | Notice::OfferExpired { .. }
            | Notice::SeatHeld { .. }
            | Notice::ShiftClosed { .. }
            | Notice::WishClosed { .. }
            | Notice::Reminder { .. }
            | Notice::LeadMissing { .. }
            | Notice::SeatOpened { .. }
            | Notice::RequestAnswered { .. }
            | Notice::BriefWanted { .. }
            | Notice::BriefMissed { .. }
            | Notice::BriefOut { .. }
            | Notice::BlockRefused { .. }
            | Notice::BlockKept { .. }
            | Notice::EventChanged { .. }
            | Notice::EventCancelled { .. }
            | Notice::EventPromoted { .. }
            | Notice::EventSeatsFree { .. }
            | Notice::EventReminder { .. }
            | Notice::EventWord { .. }
            | Notice::PhotoPutBack { .. }
            | Notice::SuggestionAnswered { .. }
            | Notice::ReferentWanted { .. }
            | Notice::MeetingSet { .. }
            | Notice::MeetingCancelled { .. }
            | Notice::DossierDue { .. }
            | Notice::AssemblyConvoked { .. }
            | Notice::AssemblyOff { .. }
            | Notice::AssemblyRole { .. } => Vec::new(),
        }
    }

    /// What its reader would leave and take, where they are asked for a swap.
    pub fn swap(&self) -> Option<(SeatId, SeatId)> {
        match self {
            Notice::ProposalReceived { mine, theirs, .. } => Some((*theirs, *mine)),
            Notice::LoopSuggested { gives, takes } => Some((*gives, *takes)),
            _ => None,
        }
    }

    /// The request that it is about.
    pub fn request(&self) -> Option<RequestId> {
        match self {
            Notice::RequestReceived { request, .. } | Notice::RequestAnswered { request } => Some(*request),
            _ => None,
        }
    }

    /// The Monday of the brief that it is about.
    pub fn brief(&self) -> Option<NaiveDate> {
        match self {
            Notice::BriefWanted { monday, .. }
            | Notice::BriefToReview { monday, .. }
            | Notice::BriefMissed { monday }
            | Notice::BriefOut { monday } => Some(*monday),
            _ => None,
        }
    }

    /// The event that it is about.
    pub fn event(&self) -> Option<EventId> {
        match self {
            Notice::EventChanged { event, .. }
            | Notice::EventCancelled { event, .. }
            | Notice::EventPromoted { event, .. }
            | Notice::EventSeatsFree { event, .. }
            | Notice::EventReminder { event, .. }
            | Notice::CarpoolWithdrawn { event, .. }
            | Notice::EventWord { event, .. }
            | Notice::PhotoPutBack { event, .. } => Some(*event),
            _ => None,
        }
    }

    /// The suggestion that it is about.
    pub fn suggestion(&self) -> Option<SuggestionId> {
        match self {
            Notice::SuggestionAnswered { suggestion, .. } => Some(*suggestion),
            _ => None,
        }
    }

    /// The working group that it is about.
    pub fn working_group(&self) -> Option<GroupId> {
        match self {
            Notice::JoinAsked { group, .. }
            | Notice::JoinAnswered { group, .. }
            | Notice::GroupInvited { group, .. }
            | Notice::GroupLeft { group, .. }
            | Notice::RemovedFromGroup { group, .. }
            | Notice::ReferentNamed { group, .. }
            | Notice::ReferentWanted { group, .. }
            | Notice::DossierHanded { group, .. }
            | Notice::DossierDue { group, .. } => Some(*group),
            _ => None,
        }
    }

    /// The dossier that it is about.
    pub fn dossier(&self) -> Option<DossierId> {
        match self {
            Notice::DossierHanded { dossier, .. } | Notice::DossierDue { dossier, .. } => Some(*dossier),
            _ => None,
        }
    }

    /// The request or the invitation that it is about.
    pub fn joining(&self) -> Option<JoiningId> {
        match self {
            Notice::JoinAsked { joining, .. } | Notice::JoinAnswered { joining, .. } | Notice::GroupInvited { joining, .. } => {
                Some(*joining)
            }
            _ => None,
        }
    }

    /// The coordination meeting that it is about.
    pub fn meeting(&self) -> Option<MeetingId> {
        match self {
            Notice::MeetingSet { meeting, .. } | Notice::MeetingCancelled { meeting, .. } => Some(*meeting),
            _ => None,
        }
    }

    /// The contribution that it is about.
    pub fn block(&self) -> Option<BlockId> {
        match self {
            Notice::BlockRefused { block, .. } | Notice::BlockKept { block, .. } => Some(*block),
            _ => None,
        }
    }

    /// The assembly that it is about.
    pub fn assembly(&self) -> Option<AssemblyId> {
        match self {
            Notice::AssemblyConvoked { assembly, .. }
            | Notice::AssemblyOff { assembly, .. }
            | Notice::AssemblyRole { assembly, .. }
            | Notice::ProxyGiven { assembly, .. }
            | Notice::ProxyEnded { assembly, .. } => Some(*assembly),
            _ => None,
        }
    }
}
