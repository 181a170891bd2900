//! Every kind of notice: what about, by which channels, and whether it may be switched off.

use super::Topic;
use crate::notice::Notice;

/// What a notice is about, without its particulars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    SeatClaimed,
    LoopClosed,
    SwapAccepted,
    ShiftClosed,
    OfferExpired,
    ProposalReceived,
    ProposalRefused,
    ProposalClosed,
    SeatOffered,
    LoopSuggested,
    WishClosed,
    TeamChanged,
    TeamWarned,
    LeadMissing,
    NotSeenYet,
    UrgentCall,
    SeatOpened,
    SeatHeld,
    Reminder,
    ShopReported,
    IncidentReported,
    RequestReceived,
    RequestAnswered,
    BriefWanted,
    BriefToReview,
    BriefMissed,
    BriefOut,
    BlockRefused,
    BlockKept,
    EventChanged,
    EventCancelled,
    EventPromoted,
    EventSeatsFree,
    EventReminder,
    CarpoolWithdrawn,
    EventWord,
    PhotoPutBack,
    SuggestionAnswered,
    JoinAsked,
    JoinAnswered,
    GroupInvited,
    GroupLeft,
    RemovedFromGroup,
    ReferentNamed,
    ReferentWanted,
    MandatesLapse,
    MeetingSet,
    MeetingCancelled,
    DossierHanded,
    DossierDue,
    Deputised,
    ObjectiveSet,
    DoneForYou,
    AssemblyConvoked,
    AssemblyOff,
    AssemblyRole,
    ProxyGiven,
    ProxyEnded,
}

/// When a kind goes by mail unless the member chose otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mails {
    /// It moves somebody's shift: the mail carries the new date for their calendar.
    Always,
    /// Only to whoever has no device that shows pushes; not to whoever silenced theirs.
    WithoutDevice,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub kind: Kind,
    pub topic: Topic,
    pub push: bool,
    pub mails: Mails,
    /// May not be switched off.
    pub fixed: bool,
    /// Is heard at night, too.
    pub urgent: bool,
}

const fn moves(kind: Kind) -> Entry {
    Entry { kind, topic: Topic::MyShifts, push: true, mails: Mails::Always, fixed: true, urgent: false }
}

const fn says(kind: Kind, topic: Topic) -> Entry {
    Entry { kind, topic, push: true, mails: Mails::WithoutDevice, fixed: false, urgent: false }
}

/// One line per kind, in the order of [`Kind`].
pub const CATALOGUE: [Entry; 58] = [
    moves(Kind::SeatClaimed),
    moves(Kind::LoopClosed),
    moves(Kind::SwapAccepted),
    moves(Kind::ShiftClosed),
    Entry { mails: Mails::WithoutDevice, ..moves(Kind::OfferExpired) },
    says(Kind::ProposalReceived, Topic::Exchanges),
    says(Kind::ProposalRefused, Topic::Exchanges),
    says(Kind::ProposalClosed, Topic::Exchanges),
    says(Kind::SeatOffered, Topic::Exchanges),
    says(Kind::LoopSuggested, Topic::Exchanges),
    Entry { mails: Mails::Never, ..says(Kind::WishClosed, Topic::Exchanges) },
    Entry { mails: Mails::Never, ..says(Kind::TeamChanged, Topic::Team) },
    says(Kind::TeamWarned, Topic::Team),
    Entry { urgent: true, ..says(Kind::LeadMissing, Topic::Team) },
    Entry { mails: Mails::Never, ..says(Kind::NotSeenYet, Topic::Team) },
    Entry { urgent: true, ..says(Kind::UrgentCall, Topic::Lacking) },
    says(Kind::SeatOpened, Topic::Lacking),
    says(Kind::SeatHeld, Topic::Lacking),
    says(Kind::Reminder, Topic::Reminders),
    Entry { urgent: true, ..says(Kind::ShopReported, Topic::Team) },
    says(Kind::IncidentReported, Topic::Team),
    says(Kind::RequestReceived, Topic::Office),
    says(Kind::RequestAnswered, Topic::Commitment),
    says(Kind::BriefWanted, Topic::Brief),
    says(Kind::BriefToReview, Topic::Brief),
    says(Kind::BriefMissed, Topic::Brief),
    // Its mail is a brief of its own.
    Entry { mails: Mails::Never, ..says(Kind::BriefOut, Topic::Brief) },
    says(Kind::BlockRefused, Topic::Brief),
    says(Kind::BlockKept, Topic::Brief),
    says(Kind::EventChanged, Topic::Events),
    says(Kind::EventCancelled, Topic::Events),
    says(Kind::EventPromoted, Topic::Events),
    says(Kind::EventSeatsFree, Topic::Events),
    says(Kind::EventReminder, Topic::Events),
    says(Kind::CarpoolWithdrawn, Topic::Events),
    says(Kind::EventWord, Topic::Events),
    says(Kind::PhotoPutBack, Topic::Events),
    // Many may have asked for the same, and it can wait until they open the app.
    Entry { mails: Mails::Never, ..says(Kind::SuggestionAnswered, Topic::Shop) },
    says(Kind::JoinAsked, Topic::Groups),
    says(Kind::JoinAnswered, Topic::Groups),
    says(Kind::GroupInvited, Topic::Groups),
    says(Kind::GroupLeft, Topic::Groups),
    says(Kind::RemovedFromGroup, Topic::Groups),
    says(Kind::ReferentNamed, Topic::Groups),
    says(Kind::ReferentWanted, Topic::Groups),
    says(Kind::MandatesLapse, Topic::Groups),
    says(Kind::MeetingSet, Topic::Groups),
    says(Kind::MeetingCancelled, Topic::Groups),
    says(Kind::DossierHanded, Topic::Groups),
    says(Kind::DossierDue, Topic::Groups),
    says(Kind::Deputised, Topic::Office),
    says(Kind::ObjectiveSet, Topic::Office),
    says(Kind::DoneForYou, Topic::Commitment),
    // Its mail is the convocation, which everybody gets.
    Entry { mails: Mails::Never, ..says(Kind::AssemblyConvoked, Topic::Groups) },
    says(Kind::AssemblyOff, Topic::Groups),
    says(Kind::AssemblyRole, Topic::Groups),
    says(Kind::ProxyGiven, Topic::Groups),
    says(Kind::ProxyEnded, Topic::Groups),
];

pub fn entry(kind: Kind) -> Entry {
    CATALOGUE[kind as usize]
}

pub fn kind(notice: &Notice) -> Kind {
    match notice {
        Notice::SeatClaimed { .. } => Kind::SeatClaimed,
        Notice::LoopClosed { .. } => Kind::LoopClosed,
        Notice::SwapAccepted { .. } => Kind::SwapAccepted,
        Notice::ShiftClosed { .. } => Kind::ShiftClosed,
        Notice::OfferExpired { .. } => Kind::OfferExpired,
        Notice::ProposalReceived { .. } => Kind::ProposalReceived,
        Notice::ProposalRefused { .. } => Kind::ProposalRefused,
        Notice::ProposalClosed { .. } => Kind::ProposalClosed,
        Notice::SeatOffered { .. } => Kind::SeatOffered,
        Notice::LoopSuggested { .. } => Kind::LoopSuggested,
        Notice::WishClosed { .. } => Kind::WishClosed,
        Notice::TeamChanged { .. } => Kind::TeamChanged,
        Notice::TeamWarned { .. } => Kind::TeamWarned,
        Notice::LeadMissing { .. } => Kind::LeadMissing,
        Notice::NotSeenYet { .. } => Kind::NotSeenYet,
        Notice::UrgentCall { .. } => Kind::UrgentCall,
        Notice::SeatOpened { .. } => Kind::SeatOpened,
        Notice::SeatHeld { .. } => Kind::SeatHeld,
        Notice::Reminder { .. } => Kind::Reminder,
        Notice::ShopReported { .. } => Kind::ShopReported,
        Notice::IncidentReported { .. } => Kind::IncidentReported,
        Notice::RequestReceived { .. } => Kind::RequestReceived,
        Notice::RequestAnswered { .. } => Kind::RequestAnswered,
        Notice::BriefWanted { .. } => Kind::BriefWanted,
        Notice::BriefToReview { .. } => Kind::BriefToReview,
        Notice::BriefMissed { .. } => Kind::BriefMissed,
        Notice::BriefOut { .. } => Kind::BriefOut,
        Notice::BlockRefused { .. } => Kind::BlockRefused,
        Notice::BlockKept { .. } => Kind::BlockKept,
        Notice::EventChanged { .. } => Kind::EventChanged,
        Notice::EventCancelled { .. } => Kind::EventCancelled,
        Notice::EventPromoted { .. } => Kind::EventPromoted,
        Notice::EventSeatsFree { .. } => Kind::EventSeatsFree,
        Notice::EventReminder { .. } => Kind::EventReminder,
        Notice::CarpoolWithdrawn { .. } => Kind::CarpoolWithdrawn,
        Notice::EventWord { .. } => Kind::EventWord,
        Notice::PhotoPutBack { .. } => Kind::PhotoPutBack,
        Notice::SuggestionAnswered { .. } => Kind::SuggestionAnswered,
        Notice::JoinAsked { .. } => Kind::JoinAsked,
        Notice::JoinAnswered { .. } => Kind::JoinAnswered,
        Notice::GroupInvited { .. } => Kind::GroupInvited,
        Notice::GroupLeft { .. } => Kind::GroupLeft,
        Notice::RemovedFromGroup { .. } => Kind::RemovedFromGroup,
        Notice::ReferentNamed { .. } => Kind::ReferentNamed,
        Notice::ReferentWanted { .. } => Kind::ReferentWanted,
        Notice::MandatesLapse { .. } => Kind::MandatesLapse,
        Notice::MeetingSet { .. } => Kind::MeetingSet,
        Notice::MeetingCancelled { .. } => Kind::MeetingCancelled,
        Notice::DossierHanded { .. } => Kind::DossierHanded,
        Notice::DossierDue { .. } => Kind::DossierDue,
        Notice::Deputised { .. } => Kind::Deputised,
        Notice::ObjectiveSet { .. } => Kind::ObjectiveSet,
        Notice::DoneForYou { .. } => Kind::DoneForYou,
        Notice::AssemblyConvoked { .. } => Kind::AssemblyConvoked,
        Notice::AssemblyOff { .. } => Kind::AssemblyOff,
        Notice::AssemblyRole { .. } => Kind::AssemblyRole,
        Notice::ProxyGiven { .. } => Kind::ProxyGiven,
        Notice::ProxyEnded { .. } => Kind::ProxyEnded,
    }
}
