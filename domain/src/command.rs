//! The acts of a member, as the device sends them.

mod envelope;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::{
    BlockId, BriefId, DeliveryId, FridgeId, GroupId, IncidentId, InvitationId, ItemId, LoopId, MemberId, NoteId, NoticeId,
    OfferId, PhotoId, PictureId, ProposalId, ReadingId, RequestId, SeatId, ShiftId, WalkInId, WatchId,
};
use crate::ledger::{Credit, EntryKind};
use crate::members::Skill;
use crate::notify::{Ahead, Channel, Topic};
use crate::requests::Asked;
use crate::sheet::{Arrival, Mishap, Presence, Trouble};
use crate::shifts::Treatment;
use crate::swaps::{Audience, Pattern};
use crate::time::Instant;

pub use envelope::{Envelope, SCHEMA, SCHEMAS_READ, understands};

/// One act of the member. Things it creates take ids made by the command too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum Command {
    /// Take an empty seat, until the shift starts.
    TakeSeat {
        seat: SeatId,
    },
    /// « Donner »: to anybody, to named people.
    GiveSeat {
        offer: OfferId,
        seat: SeatId,
        audience: Audience,
        #[serde(default)]
        note: String,
    },
    /// « Échanger »: ticking is consent.
    ExchangeSeat {
        offer: OfferId,
        seat: SeatId,
        #[serde(default)]
        wishes: Vec<ShiftId>,
        #[serde(default)]
        patterns: Vec<Pattern>,
        #[serde(default)]
        note: String,
    },
    /// Tick anew: replaces the wishes of one's open exchange, and renews the consent.
    SetWishes {
        offer: OfferId,
        #[serde(default)]
        wishes: Vec<ShiftId>,
        #[serde(default)]
        patterns: Vec<Pattern>,
    },
    WithdrawOffer {
        offer: OfferId,
    },
    /// Take an offered seat; `instead_of` one of mine, in one act.
    ClaimOffer {
        offer: OfferId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instead_of: Option<SeatId>,
        /// What the link carried, where the offer is for whoever was shown it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        secret: Option<String>,
    },
    /// « Déplacer »: to an empty seat elsewhere.
    MoveSeat {
        from: SeatId,
        to: SeatId,
    },
    ProposeSwap {
        proposal: ProposalId,
        mine: SeatId,
        theirs: SeatId,
        #[serde(default)]
        note: String,
    },
    AcceptProposal {
        proposal: ProposalId,
    },
    RefuseProposal {
        proposal: ProposalId,
    },
    WithdrawProposal {
        proposal: ProposalId,
    },
    /// « Échange possible »: the yes that the loop lacks.
    #[serde(rename = "accept_loop")]
    AcceptLoop {
        #[serde(rename = "loop")]
        lacking: LoopId,
    },
    #[serde(rename = "decline_loop")]
    DeclineLoop {
        #[serde(rename = "loop")]
        lacking: LoopId,
    },
    /// « Inviter »: opens an offer for whoever is shown the link.
    Invite {
        offer: OfferId,
        invitation: InvitationId,
        seat: SeatId,
        /// SHA-256 of the link's secret, in hexadecimal.
        secret_hash: String,
    },
    /// « Prévenir l'équipe », when it is too late to exchange.
    WarnTeam {
        seat: SeatId,
        #[serde(default)]
        note: String,
    },
    /// « Vu ».
    MarkSeen {
        notice: NoticeId,
    },
    /// « Préviens-moi » by this channel, or not.
    SetSwitch {
        topic: Topic,
        channel: Channel,
        on: bool,
    },
    /// How long before my shifts I am reminded.
    SetReminders {
        #[serde(default)]
        reminders: Vec<Ahead>,
    },
    /// « Appeler du renfort »: its lead, or the office, calls whoever can come.
    CallForHelp {
        shift: ShiftId,
        #[serde(default)]
        note: String,
    },
    /// The office closes a planned shift: snow, works, holiday.
    CloseShift {
        shift: ShiftId,
        why: String,
        treatment: Treatment,
    },
    /// « Préviens-moi »: tell me when such a seat opens.
    WatchSeats {
        watch: WatchId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        shift: Option<ShiftId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pattern: Option<Pattern>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        skill: Option<Skill>,
    },
    StopWatching {
        watch: WatchId,
    },
    /// « Liste d'attente » of a full shift.
    JoinWaitingList {
        shift: ShiftId,
    },
    LeaveWaitingList {
        shift: ShiftId,
    },
    /// On the day sheet: what somebody's coming came to. Tapped again, they are present.
    MarkPresence {
        shift: ShiftId,
        member: MemberId,
        presence: Presence,
        /// Who came in their place, where somebody did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        replaced_by: Option<MemberId>,
        /// Of an absence, where it is not what the policy says: how many shifts are left owing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owed: Option<u8>,
    },
    /// Somebody came without a seat: a member, or a name.
    AddWalkIn {
        walk_in: WalkInId,
        shift: ShiftId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        member: Option<MemberId>,
        #[serde(default)]
        name: String,
    },
    /// « Pas venu·e, finalement »
    RemoveWalkIn {
        walk_in: WalkInId,
        shift: ShiftId,
    },
    /// A free seat for somebody who is there.
    GiveSeatTo {
        seat: SeatId,
        member: MemberId,
    },
    /// A line of the checklist, done or not.
    TickItem {
        shift: ShiftId,
        item: ItemId,
        done: bool,
        /// When it was done, where that is not when it is received.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<Instant>,
    },
    /// A fridge's temperature, in tenths of a degree.
    RecordReading {
        reading: ReadingId,
        shift: ShiftId,
        fridge: FridgeId,
        tenths: i16,
        #[serde(default)]
        note: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<Instant>,
    },
    /// « Relève »: a word for the next team, or something that is still to be done.
    LeaveNote {
        note: NoteId,
        shift: ShiftId,
        text: String,
        #[serde(default)]
        open: bool,
    },
    /// « Lu », « C'est fait »: on the sheet of the team that reads it.
    AcknowledgeNote {
        note: NoteId,
        shift: ShiftId,
    },
    /// « Caisse fermée », « magasin fermé »: the office is told.
    ReportShop {
        shift: ShiftId,
        what: Trouble,
        #[serde(default)]
        note: String,
    },
    /// A delivery of the day: how it came.
    ReceiveDelivery {
        shift: ShiftId,
        delivery: DeliveryId,
        state: Arrival,
        #[serde(default)]
        remarks: String,
        /// It is sent by itself, after this.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        photo: Option<PhotoId>,
    },
    /// One that nobody expected.
    AddDelivery {
        delivery: DeliveryId,
        shift: ShiftId,
        supplier: String,
        #[serde(default)]
        what: String,
    },
    /// Something went wrong: whoever answers for it is told.
    ReportIncident {
        incident: IncidentId,
        shift: ShiftId,
        what: Mishap,
        text: String,
    },
    /// What the sheet says counts from here on.
    CloseSheet {
        shift: ShiftId,
    },
    /// « Demander une pause, une dispense »: the office answers.
    RequestLeave {
        request: RequestId,
        what: Asked,
        from: NaiveDate,
        to: NaiveDate,
        /// For the office alone.
        #[serde(default)]
        why: String,
    },
    WithdrawRequest {
        request: RequestId,
    },
    /// The office, about somebody else's.
    AnswerRequest {
        request: RequestId,
        granted: bool,
        #[serde(default)]
        word: String,
    },
    /// The office enters work done elsewhere, more days, or puts right what was counted wrong.
    CorrectLedger {
        member: MemberId,
        what: EntryKind,
        #[serde(default)]
        credit: Credit,
        why: String,
    },
    /// The office sets how much of the duty somebody bears, from a day on.
    SetDuty {
        member: MemberId,
        share: Bears,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        with: Option<MemberId>,
        from: NaiveDate,
        why: String,
    },
    /// A vacation done ahead, to the pot.
    GiveSolidarity,
    /// A vacation from the pot.
    DrawSolidarity,
    /// A contribution to the Monday brief, in a group's name.
    ProposeBlock {
        block: BlockId,
        group: GroupId,
        #[serde(default)]
        title: String,
        #[serde(default)]
        text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        picture: Option<PictureId>,
        #[serde(default)]
        alt: String,
        /// Pixels of the picture.
        #[serde(default)]
        width: u16,
        #[serde(default)]
        height: u16,
        #[serde(default)]
        href: String,
        #[serde(default)]
        label: String,
        /// « Prêt »
        #[serde(default)]
        ready: bool,
        /// People of the public may read it too.
        #[serde(default)]
        public: bool,
    },
    /// What it says from here on, written from the version `base`.
    EditBlock {
        block: BlockId,
        base: i32,
        group: GroupId,
        #[serde(default)]
        title: String,
        #[serde(default)]
        text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        picture: Option<PictureId>,
        #[serde(default)]
        alt: String,
        #[serde(default)]
        width: u16,
        #[serde(default)]
        height: u16,
        #[serde(default)]
        href: String,
        #[serde(default)]
        label: String,
        #[serde(default)]
        ready: bool,
        #[serde(default)]
        public: bool,
        /// The revisions of the versions beside that were seen, and stand beside it no more.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        settles: Vec<i32>,
    },
    WithdrawBlock {
        block: BlockId,
    },
    /// « Lue »
    ReadBrief {
        brief: BriefId,
    },
}

/// How much of the duty somebody bears, as the office says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bears {
    Whole,
    Half,
    /// A household's one duty, on somebody's ledger.
    With,
}

impl Command {
    /// The name on the wire.
    pub fn kind(&self) -> &'static str {
        match self {
            Command::TakeSeat { .. } => "take_seat",
            Command::GiveSeat { .. } => "give_seat",
            Command::ExchangeSeat { .. } => "exchange_seat",
            Command::SetWishes { .. } => "set_wishes",
            Command::WithdrawOffer { .. } => "withdraw_offer",
            Command::ClaimOffer { .. } => "claim_offer",
            Command::MoveSeat { .. } => "move_seat",
            Command::ProposeSwap { .. } => "propose_swap",
            Command::AcceptProposal { .. } => "accept_proposal",
            Command::RefuseProposal { .. } => "refuse_proposal",
            Command::WithdrawProposal { .. } => "withdraw_proposal",
            Command::AcceptLoop { .. } => "accept_loop",
            Command::DeclineLoop { .. } => "decline_loop",
            Command::Invite { .. } => "invite",
            Command::WarnTeam { .. } => "warn_team",
            Command::MarkSeen { .. } => "mark_seen",
            Command::SetSwitch { .. } => "set_switch",
            Command::SetReminders { .. } => "set_reminders",
            Command::CallForHelp { .. } => "call_for_help",
            Command::CloseShift { .. } => "close_shift",
            Command::WatchSeats { .. } => "watch_seats",
            Command::StopWatching { .. } => "stop_watching",
            Command::JoinWaitingList { .. } => "join_waiting_list",
            Command::LeaveWaitingList { .. } => "leave_waiting_list",
            Command::MarkPresence { .. } => "mark_presence",
            Command::AddWalkIn { .. } => "add_walk_in",
            Command::RemoveWalkIn { .. } => "remove_walk_in",
            Command::GiveSeatTo { .. } => "give_seat_to",
            Command::TickItem { .. } => "tick_item",
            Command::RecordReading { .. } => "record_reading",
            Command::LeaveNote { .. } => "leave_note",
            Command::AcknowledgeNote { .. } => "acknowledge_note",
            Command::ReportShop { .. } => "report_shop",
            Command::ReceiveDelivery { .. } => "receive_delivery",
            Command::AddDelivery { .. } => "add_delivery",
            Command::ReportIncident { .. } => "report_incident",
            Command::CloseSheet { .. } => "close_sheet",
            Command::RequestLeave { .. } => "request_leave",
            Command::WithdrawRequest { .. } => "withdraw_request",
            Command::AnswerRequest { .. } => "answer_request",
            Command::CorrectLedger { .. } => "correct_ledger",
            Command::SetDuty { .. } => "set_duty",
            Command::GiveSolidarity => "give_solidarity",
            Command::DrawSolidarity => "draw_solidarity",
            Command::ProposeBlock { .. } => "propose_block",
            Command::EditBlock { .. } => "edit_block",
            Command::WithdrawBlock { .. } => "withdraw_block",
            Command::ReadBrief { .. } => "read_brief",
        }
    }

    /// Whether it gives something away: such an act is held for a while with « Annuler ».
    pub fn gives_away(&self) -> bool {
        matches!(
            self,
            Command::GiveSeat { .. }
                | Command::ExchangeSeat { .. }
                | Command::WithdrawOffer { .. }
                | Command::MoveSeat { .. }
                | Command::Invite { .. }
        )
    }

    /// The shift on whose day sheet it writes, if it does.
    pub fn on_sheet(&self) -> Option<ShiftId> {
        match self {
            Command::MarkPresence { shift, .. }
            | Command::AddWalkIn { shift, .. }
            | Command::RemoveWalkIn { shift, .. }
            | Command::TickItem { shift, .. }
            | Command::RecordReading { shift, .. }
            | Command::LeaveNote { shift, .. }
            | Command::AcknowledgeNote { shift, .. }
            | Command::ReportShop { shift, .. }
            | Command::ReceiveDelivery { shift, .. }
            | Command::AddDelivery { shift, .. }
            | Command::ReportIncident { shift, .. }
            | Command::CloseSheet { shift } => Some(*shift),
            Command::GiveSeatTo { seat, .. } => Some(seat.shift),
            _ => None,
        }
    }

    /// Whether it is the office's to say of somebody, in its own name alone.
    pub fn of_office(&self) -> bool {
        matches!(self, Command::AnswerRequest { .. } | Command::CorrectLedger { .. } | Command::SetDuty { .. })
    }

    /// Whether it changes what goes into a brief.
    pub fn writes_brief(&self) -> bool {
        matches!(self, Command::ProposeBlock { .. } | Command::EditBlock { .. } | Command::WithdrawBlock { .. })
    }

    /// Whether its effects may let a loop of exchanges close.
    pub fn may_match(&self) -> bool {
        matches!(self, Command::ExchangeSeat { .. } | Command::SetWishes { .. })
    }
}

/// The longest note somebody may add, in characters.
pub const NOTE_CAP: usize = 280;
/// The most wishes or patterns on one offer.
pub const WISH_CAP: usize = 120;
/// The most people an offer may name.
pub const NAMED_CAP: usize = 30;
