//! What people are told: rows of the inbox in `Me`.

mod about;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::assembly::Role;
use crate::catalogue::Verdict;
use crate::event::{Changed, Reminded};
use crate::id::{
    AbsenceId, AssemblyId, BlockId, DossierId, EventId, GroupId, JoiningId, MeetingId, MemberId, NoticeId, ObjectiveId,
    PictureId, RequestId, SeatId, ShiftId, SuggestionId,
};
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
    /// Approvisionnement answers what I would like to find in the shop.
    SuggestionAnswered {
        suggestion: SuggestionId,
        text: String,
        verdict: Verdict,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        why: String,
    },
    /// To whoever runs the group: somebody wants to join it. Those of groups say its name as it was.
    JoinAsked {
        joining: JoiningId,
        group: GroupId,
        name: String,
        from: MemberId,
    },
    /// To whoever asked, or invited: `who` belongs to the group from here on, or does not.
    JoinAnswered {
        joining: JoiningId,
        group: GroupId,
        name: String,
        who: MemberId,
        accepted: bool,
        word: String,
    },
    GroupInvited {
        joining: JoiningId,
        group: GroupId,
        name: String,
        by: MemberId,
        word: String,
    },
    /// To whoever runs the group.
    GroupLeft {
        group: GroupId,
        name: String,
        who: MemberId,
    },
    /// I no longer belong to the group, with a word.
    RemovedFromGroup {
        group: GroupId,
        name: String,
        by: MemberId,
        word: String,
    },
    /// I answer for the group from here on.
    ReferentNamed {
        group: GroupId,
        name: String,
        by: MemberId,
    },
    /// To everybody in the group: nobody answers for it.
    ReferentWanted {
        group: GroupId,
        name: String,
    },
    /// To the committee: these mandates end on that day.
    MandatesLapse {
        on: NaiveDate,
        members: Vec<MemberId>,
    },
    /// To the committee and the referents: they meet then, or at another time than was said.
    MeetingSet {
        meeting: MeetingId,
        starts_at: Instant,
        place: String,
    },
    /// They do not meet, with a word.
    MeetingCancelled {
        meeting: MeetingId,
        starts_at: Instant,
        word: String,
    },
    /// A dossier is mine to see to from here on. Those of dossiers say its title as it was.
    DossierHanded {
        dossier: DossierId,
        group: GroupId,
        title: String,
        by: MemberId,
    },
    /// To those who are named on it, or to whoever runs the group: its day comes up.
    DossierDue {
        dossier: DossierId,
        group: GroupId,
        title: String,
        on: NaiveDate,
    },
    /// I stand in for the employee on these days.
    Deputised {
        absence: AbsenceId,
        employee: MemberId,
        from: NaiveDate,
        until: NaiveDate,
    },
    /// To the employee: the committee sets an objective.
    ObjectiveSet {
        objective: ObjectiveId,
        label: String,
        by: MemberId,
    },
    /// Somebody of the office, or my shift's lead, acted in my name.
    DoneForYou {
        whom: MemberId,
        by: MemberId,
        /// The command's kind.
        act: String,
    },
    /// All members are called together. Its mail, or its letter, is the convocation itself.
    AssemblyConvoked {
        assembly: AssemblyId,
        title: String,
        starts_at: Instant,
        place: String,
    },
    /// They are called no more, with a word.
    AssemblyOff {
        assembly: AssemblyId,
        title: String,
        starts_at: Instant,
        word: String,
    },
    /// I do something there for all.
    AssemblyRole {
        assembly: AssemblyId,
        starts_at: Instant,
        role: Role,
    },
    /// To both: one votes for the other.
    ProxyGiven {
        assembly: AssemblyId,
        starts_at: Instant,
        from: MemberId,
        to: MemberId,
    },
    /// To the other one: it does not hold any more.
    ProxyEnded {
        assembly: AssemblyId,
        starts_at: Instant,
        from: MemberId,
        to: MemberId,
        by: MemberId,
    },
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
