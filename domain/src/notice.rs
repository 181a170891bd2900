//! What people are told: rows of the inbox in `Me`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::event::{Changed, Reminded};
use crate::id::{BlockId, EventId, MemberId, NoticeId, PictureId, RequestId, SeatId, ShiftId};
use crate::sheet::{Mishap, Trouble};
use crate::shifts::Treatment;
use crate::swaps::Leg;
use crate::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum Notice {
    /// My seat was taken over: I no longer come.
    SeatClaimed {
        seat: SeatId,
        by: MemberId,
    },
    /// A loop of exchanges closed with me in it; a card until « Vu ».
    LoopClosed {
        legs: Vec<Leg>,
    },
    /// My proposal was accepted, or the seats were swapped by it.
    SwapAccepted {
        gave: SeatId,
        got: SeatId,
        with: MemberId,
    },
    ProposalReceived {
        mine: SeatId,
        theirs: SeatId,
        from: MemberId,
    },
    ProposalRefused {
        mine: SeatId,
        theirs: SeatId,
        by: MemberId,
    },
    /// What I had proposed or offered can no longer happen.
    ProposalClosed {
        mine: SeatId,
        theirs: SeatId,
    },
    OfferExpired {
        seat: SeatId,
    },
    /// Somebody offers their seat to me by name.
    SeatOffered {
        seat: SeatId,
        from: MemberId,
    },
    /// A loop lacks only my yes.
    LoopSuggested {
        gives: SeatId,
        takes: SeatId,
    },
    /// To a lead: the team changed.
    TeamChanged {
        shift: ShiftId,
        left: Option<MemberId>,
        joined: Option<MemberId>,
    },
    /// Somebody of the team cannot come, and it is too late to exchange.
    TeamWarned {
        shift: ShiftId,
        by: MemberId,
        note: String,
    },
    /// The shift is closed.
    ShiftClosed {
        shift: ShiftId,
        why: String,
        treatment: Treatment,
    },
    /// A shift that I had ticked is closed.
    WishClosed {
        shift: ShiftId,
        why: String,
    },
    /// My shift comes up; outside the app only.
    Reminder {
        shift: ShiftId,
    },
    /// « Il manque du monde »: the lead, or the office, calls whoever can come.
    UrgentCall {
        shift: ShiftId,
        by: MemberId,
        note: String,
    },
    /// Nobody leads a shift that is near.
    LeadMissing {
        shift: ShiftId,
        /// How near. Hours.
        within_h: u16,
    },
    /// To a lead: somebody whose shift moved has not seen it yet.
    NotSeenYet {
        shift: ShiftId,
        who: MemberId,
    },
    /// « Préviens-moi »: a seat that I watch for can be taken.
    SeatOpened {
        shift: ShiftId,
    },
    /// My turn on the waiting list: the seat is kept for me until then.
    SeatHeld {
        seat: SeatId,
        until: Instant,
    },
    /// To the office: « caisse fermée », « magasin fermé ».
    ShopReported {
        shift: ShiftId,
        by: MemberId,
        what: Trouble,
        note: String,
    },
    /// To whoever answers for it: something went wrong on a shift.
    IncidentReported {
        shift: ShiftId,
        by: MemberId,
        what: Mishap,
        text: String,
    },
    /// To the office: somebody asks for a leave or an exemption. What and why stands on its page alone.
    RequestReceived {
        request: RequestId,
        from: MemberId,
    },
    /// The office has answered: how, and with which word, stands on my page alone.
    RequestAnswered {
        request: RequestId,
    },
    /// To whoever is in a group: the brief of that Monday takes contributions until then; outside the app only.
    BriefWanted {
        monday: NaiveDate,
        until: Instant,
    },
    /// To whoever makes the brief: « qui relit ? » Asked by somebody, or by the hour; outside the app only.
    BriefToReview {
        monday: NaiveDate,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<MemberId>,
    },
    /// To whoever makes the brief: its hour passed, and it did not go out; outside the app only.
    BriefMissed {
        monday: NaiveDate,
    },
    /// « La brève est là »; outside the app only.
    BriefOut {
        monday: NaiveDate,
    },
    /// My contribution does not come, with a word.
    BlockRefused {
        block: BlockId,
        title: String,
        word: String,
    },
    /// My contribution comes a week later.
    BlockKept {
        block: BlockId,
        title: String,
        monday: NaiveDate,
    },
    /// An event to which I answered is otherwise than I was told. Those of events say its title and its start as they were
    /// when the notice came up.
    EventChanged {
        event: EventId,
        title: String,
        starts_at: Instant,
        changed: Vec<Changed>,
    },
    /// It does not take place, with a word.
    EventCancelled {
        event: EventId,
        title: String,
        starts_at: Instant,
        word: String,
    },
    /// I waited, and have my seats.
    EventPromoted {
        event: EventId,
        title: String,
        starts_at: Instant,
    },
    /// I wait, and seats are free: whoever of us takes them first has them.
    EventSeatsFree {
        event: EventId,
        title: String,
        starts_at: Instant,
        free: u16,
    },
    /// I come to it soon; outside the app only.
    EventReminder {
        event: EventId,
        title: String,
        starts_at: Instant,
        place: String,
        when: Reminded,
    },
    /// The lift that I had taken to an event is no longer there.
    CarpoolWithdrawn {
        event: EventId,
        title: String,
        starts_at: Instant,
        by: MemberId,
    },
    /// A word of the organisers to those who answered.
    EventWord {
        event: EventId,
        title: String,
        starts_at: Instant,
        text: String,
    },
    /// The organisers put back a photo of which I had asked the removal, and say why.
    PhotoPutBack {
        event: EventId,
        picture: PictureId,
        title: String,
        starts_at: Instant,
        word: String,
    },
}

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
            | Notice::PhotoPutBack { .. } => Vec::new(),
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
            | Notice::NotSeenYet { who, .. } => vec![*who],
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
            | Notice::PhotoPutBack { .. } => Vec::new(),
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

    /// The contribution that it is about.
    pub fn block(&self) -> Option<BlockId> {
        match self {
            Notice::BlockRefused { block, .. } | Notice::BlockKept { block, .. } => Some(*block),
            _ => None,
        }
    }
}

/// A notice on its way to one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxRow {
    pub id: NoticeId,
    pub notice: Notice,
    pub at: Instant,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_at: Option<Instant>,
}
