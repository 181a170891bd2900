//! What a decision changes, as plain data: the server writes it, the browser lays it over.

use serde::{Deserialize, Serialize};

use crate::assembly;
use crate::brief::{Block, BlockChange};
use crate::catalogue;
use crate::dossiers;
use crate::event;
use crate::governance;
use crate::groups;
use crate::id::{
    BlockId, BriefId, EventId, InvitationId, LoopId, MemberId, NoticeId, OfferId, ProposalId, RequestId, SeatId, ShiftId,
    VisitorId, WatchId,
};
use crate::ledger::{DutyPeriod, Entry};
use crate::notice::Notice;
use crate::notify::Preferences;
use crate::register;
use crate::requests::{LeaveRequest, RequestState};
use crate::sheet::Change;
use crate::shifts::Treatment;
use crate::swaps::{Invitation, LoopState, Offer, OfferState, Proposal, ProposalState, SuggestedLoop, Wishes};
use crate::time::Instant;
use crate::watches::Watch;

/// How a seat changed hands; kept in its history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    Taken,
    Claimed,
    Moved,
    Swapped,
    Looped,
    /// The recurring seat's member, when the shift was generated.
    Generated,
    Closed,
    /// To somebody who is there, by the lead.
    OnTheSpot,
    /// Its holder leaves the co-op.
    Left,
    /// Its holder was registered twice: the other card has it now.
    Merged,
    /// The recurring seat's new member, on a shift that was there already.
    Joined,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The seat's holder changes from exactly `from` to `to`.
    SeatMoved {
        seat: SeatId,
        from: Option<MemberId>,
        to: Option<MemberId>,
        how: How,
    },
    OfferOpened(Offer),
    OfferClosed {
        offer: OfferId,
        state: OfferState,
    },
    WishesSet {
        offer: OfferId,
        wishes: Wishes,
    },
    ProposalOpened(Proposal),
    ProposalClosed {
        proposal: ProposalId,
        state: ProposalState,
    },
    LoopSuggested(SuggestedLoop),
    LoopClosed {
        lacking: LoopId,
        state: LoopState,
    },
    InvitationMade(Invitation),
    InvitationUsed {
        invitation: InvitationId,
        by: MemberId,
    },
    NoticeSeen {
        notice: NoticeId,
        at: Instant,
    },
    /// What the actor is told, and how, from here on.
    PreferencesSet {
        member: MemberId,
        preferences: Preferences,
    },
    /// Whoever may come is told; only the server knows who that is.
    HelpCalled {
        shift: ShiftId,
        by: MemberId,
        note: String,
    },
    ShiftClosed {
        shift: ShiftId,
        why: String,
        treatment: Treatment,
    },
    /// « Préviens-moi »
    WatchSet {
        member: MemberId,
        watch: Watch,
    },
    WatchEnded {
        member: MemberId,
        watch: WatchId,
    },
    /// Somebody waits for a seat of a full shift, last in line.
    WaitingJoined {
        shift: ShiftId,
        member: MemberId,
        at: Instant,
    },
    WaitingLeft {
        shift: ShiftId,
        member: MemberId,
    },
    /// A free seat is kept for whoever's turn it is.
    SeatKept {
        seat: SeatId,
        member: MemberId,
        until: Instant,
    },
    /// It is no longer.
    KeptEnded {
        seat: SeatId,
    },
    /// Tell one person.
    Told {
        member: MemberId,
        notice: Notice,
    },
    /// Something was said on a day sheet.
    SheetChanged {
        shift: ShiftId,
        change: Change,
    },
    /// A day sheet that is closed counts; one that is corrected afterwards counts the difference.
    Counted {
        member: MemberId,
        entry: Entry,
    },
    /// A leave or an exemption is asked for.
    RequestMade(LeaveRequest),
    /// It is answered, or withdrawn. What is granted is written by the server, with what it takes back.
    RequestEnded {
        request: RequestId,
        state: RequestState,
    },
    /// How much of the duty somebody bears from a day on.
    DutySet {
        member: MemberId,
        period: DutyPeriod,
        why: String,
    },
    /// A contribution to the brief of its Monday.
    BlockProposed(Block),
    BlockChanged {
        block: BlockId,
        change: BlockChange,
    },
    BriefRead {
        brief: BriefId,
        by: MemberId,
        at: Instant,
    },
    /// Something was said about an event.
    EventChanged {
        event: EventId,
        change: event::Change,
    },
    /// A seat is free for a visitor who waits: they hear of it by mail.
    SeatFreeFor {
        event: EventId,
        visitor: VisitorId,
    },
    /// A member's lists, a suggestion, what is missing.
    CatalogueChanged(catalogue::Change),
    /// Somebody comes into a working group, goes, or answers for it.
    GroupChanged(groups::Change),
    /// Something on the coordination's agenda.
    GovernanceChanged(governance::Change),
    /// Something on the dossier board of a working group.
    DossierChanged(dossiers::Change),
    /// What a member changes of their own card.
    CardChanged(register::Change),
    /// Somebody comes to an assembly, has somebody vote for them, or stands.
    AssemblyChanged(assembly::Change),
}
