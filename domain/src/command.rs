//! The acts of a member, as the device sends them.

mod about;
mod bears;
mod envelope;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::catalogue::Verdict;
use crate::dossiers::Stage;
use crate::event::{Answer, Attendee};
use crate::id::{
    AssemblyId, BlockId, BriefId, BringItemId, CarpoolId, CommentId, DeliveryId, DossierId, ErasureId, EventId, FridgeId,
    GroupId, HelperPostId, HoursId, IncidentId, InvitationId, ItemId, JoiningId, ListItemId, LoopId, MemberId, NoteId, NoticeId,
    OfferId, PhotoId, PictureId, PointId, ProductId, ProposalId, ProxyId, ReadingId, RequestId, SeatId, ShiftId, SuggestionId,
    WalkInId, WatchId,
};
use crate::ledger::{Credit, EntryKind};
use crate::members::Skill;
use crate::notify::{Ahead, Channel, Topic};
use crate::requests::Asked;
use crate::sheet::{Arrival, Mishap, Presence, Trouble};
use crate::shifts::Treatment;
use crate::swaps::{Audience, Pattern};
use crate::time::Instant;

pub use bears::Bears;
pub use envelope::{Envelope, SCHEMA, SCHEMAS_READ, understands};

/// One act of the member. Things it creates take ids made by the command too.
// A variant on one line where it fits: the whole is read as a table.
#[rustfmt::skip]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum Command {
    /// Take an empty seat, until the shift starts.
    TakeSeat { seat: SeatId },
    /// « Donner »: to anybody, to named people.
    GiveSeat {
        offer: OfferId,
        seat: SeatId,
        audience: Audience,
        #[serde(default)] note: String,
    },
    /// « Échanger »: ticking is consent.
    ExchangeSeat {
        offer: OfferId,
        seat: SeatId,
        #[serde(default)] wishes: Vec<ShiftId>,
        #[serde(default)] patterns: Vec<Pattern>,
        #[serde(default)] note: String,
    },
    /// Tick anew: replaces the wishes of one's open exchange, and renews the consent.
    SetWishes {
        offer: OfferId,
        #[serde(default)] wishes: Vec<ShiftId>,
        #[serde(default)] patterns: Vec<Pattern>,
    },
    WithdrawOffer { offer: OfferId },
    /// Take an offered seat; `instead_of` one of mine, in one act.
    ClaimOffer {
        offer: OfferId,
        #[serde(default, skip_serializing_if = "Option::is_none")] instead_of: Option<SeatId>,
        /// What the link carried, where the offer is for whoever was shown it.
        #[serde(default, skip_serializing_if = "Option::is_none")] secret: Option<String>,
    },
    /// « Déplacer »: to an empty seat elsewhere.
    MoveSeat { from: SeatId, to: SeatId },
    ProposeSwap {
        proposal: ProposalId,
        mine: SeatId,
        theirs: SeatId,
        #[serde(default)] note: String,
    },
    AcceptProposal { proposal: ProposalId },
    RefuseProposal { proposal: ProposalId },
    WithdrawProposal { proposal: ProposalId },
    /// « Échange possible »: the yes that the loop lacks.
    #[serde(rename = "accept_loop")]
    AcceptLoop {
        #[serde(rename = "loop")] lacking: LoopId,
    },
    #[serde(rename = "decline_loop")]
    DeclineLoop {
        #[serde(rename = "loop")] lacking: LoopId,
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
        #[serde(default)] note: String,
    },
    /// « Vu ».
    MarkSeen { notice: NoticeId },
    /// « Préviens-moi » by this channel, or not.
    SetSwitch { topic: Topic, channel: Channel, on: bool },
    /// How long before my shifts I am reminded.
    SetReminders {
        #[serde(default)] reminders: Vec<Ahead>,
    },
    /// « Appeler du renfort »: its lead, or the office, calls whoever can come.
    CallForHelp {
        shift: ShiftId,
        #[serde(default)] note: String,
    },
    /// The office closes a planned shift: snow, works, holiday.
    CloseShift { shift: ShiftId, why: String, treatment: Treatment },
    /// « Préviens-moi »: tell me when such a seat opens.
    WatchSeats {
        watch: WatchId,
        #[serde(default, skip_serializing_if = "Option::is_none")] shift: Option<ShiftId>,
        #[serde(default, skip_serializing_if = "Option::is_none")] pattern: Option<Pattern>,
        #[serde(default, skip_serializing_if = "Option::is_none")] skill: Option<Skill>,
    },
    StopWatching { watch: WatchId },
    /// « Liste d'attente » of a full shift.
    JoinWaitingList { shift: ShiftId },
    LeaveWaitingList { shift: ShiftId },
    /// On the day sheet: what somebody's coming came to. Tapped again, they are present.
    MarkPresence {
        shift: ShiftId,
        member: MemberId,
        presence: Presence,
        /// Who came in their place, where somebody did.
        #[serde(default, skip_serializing_if = "Option::is_none")] replaced_by: Option<MemberId>,
        /// Of an absence, where it is not what the policy says: how many shifts are left owing.
        #[serde(default, skip_serializing_if = "Option::is_none")] owed: Option<u8>,
    },
    /// Somebody came without a seat: a member, or a name.
    AddWalkIn {
        walk_in: WalkInId,
        shift: ShiftId,
        #[serde(default, skip_serializing_if = "Option::is_none")] member: Option<MemberId>,
        #[serde(default)] name: String,
    },
    /// « Pas venu·e, finalement »
    RemoveWalkIn { walk_in: WalkInId, shift: ShiftId },
    /// A free seat for somebody who is there.
    GiveSeatTo { seat: SeatId, member: MemberId },
    /// A line of the checklist, done or not.
    TickItem {
        shift: ShiftId,
        item: ItemId,
        done: bool,
        /// When it was done, where that is not when it is received.
        #[serde(default, skip_serializing_if = "Option::is_none")] at: Option<Instant>,
    },
    /// A fridge's temperature, in tenths of a degree.
    RecordReading {
        reading: ReadingId,
        shift: ShiftId,
        fridge: FridgeId,
        tenths: i16,
        #[serde(default)] note: String,
        #[serde(default, skip_serializing_if = "Option::is_none")] at: Option<Instant>,
    },
    /// « Relève »: a word for the next team, or something that is still to be done.
    LeaveNote {
        note: NoteId,
        shift: ShiftId,
        text: String,
        #[serde(default)] open: bool,
    },
    /// « Lu », « C'est fait »: on the sheet of the team that reads it.
    AcknowledgeNote { note: NoteId, shift: ShiftId },
    /// « Caisse fermée », « magasin fermé »: the office is told.
    ReportShop {
        shift: ShiftId,
        what: Trouble,
        #[serde(default)] note: String,
    },
    /// A delivery of the day: how it came.
    ReceiveDelivery {
        shift: ShiftId,
        delivery: DeliveryId,
        state: Arrival,
        #[serde(default)] remarks: String,
        /// It is sent by itself, after this.
        #[serde(default, skip_serializing_if = "Option::is_none")] photo: Option<PhotoId>,
    },
    /// One that nobody expected.
    AddDelivery {
        delivery: DeliveryId,
        shift: ShiftId,
        supplier: String,
        #[serde(default)] what: String,
    },
    /// Something went wrong: whoever answers for it is told.
    ReportIncident { incident: IncidentId, shift: ShiftId, what: Mishap, text: String },
    /// What the sheet says counts from here on.
    CloseSheet { shift: ShiftId },
    /// « Demander une pause, une dispense »: the office answers.
    RequestLeave {
        request: RequestId,
        what: Asked,
        from: NaiveDate,
        to: NaiveDate,
        /// For the office alone.
        #[serde(default)] why: String,
    },
    WithdrawRequest { request: RequestId },
    /// The office, about somebody else's.
    AnswerRequest {
        request: RequestId,
        granted: bool,
        #[serde(default)] word: String,
    },
    /// The office enters work done elsewhere, more days, or puts right what was counted wrong.
    CorrectLedger {
        member: MemberId,
        what: EntryKind,
        #[serde(default)] credit: Credit,
        why: String,
    },
    /// The office sets how much of the duty somebody bears, from a day on.
    SetDuty {
        member: MemberId,
        share: Bears,
        #[serde(default, skip_serializing_if = "Option::is_none")] with: Option<MemberId>,
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
        #[serde(default)] title: String,
        #[serde(default)] text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")] picture: Option<PictureId>,
        #[serde(default)] alt: String,
        /// Pixels of the picture.
        #[serde(default)] width: u16,
        #[serde(default)] height: u16,
        #[serde(default)] href: String,
        #[serde(default)] label: String,
        /// « Prêt »
        #[serde(default)] ready: bool,
        /// People of the public may read it too.
        #[serde(default)] public: bool,
    },
    /// What it says from here on, written from the version `base`.
    EditBlock {
        block: BlockId,
        base: i32,
        group: GroupId,
        #[serde(default)] title: String,
        #[serde(default)] text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")] picture: Option<PictureId>,
        #[serde(default)] alt: String,
        #[serde(default)] width: u16,
        #[serde(default)] height: u16,
        #[serde(default)] href: String,
        #[serde(default)] label: String,
        #[serde(default)] ready: bool,
        #[serde(default)] public: bool,
        /// The revisions of the versions beside that were seen, and stand beside it no more.
        #[serde(default, skip_serializing_if = "Vec::is_empty")] settles: Vec<i32>,
    },
    WithdrawBlock { block: BlockId },
    /// « Lue »
    ReadBrief { brief: BriefId },
    /// « Oui, peut-être, non » to an event.
    AnswerEvent {
        event: EventId,
        answer: Answer,
        /// How many come along; children among them.
        #[serde(default)] guests: u8,
        #[serde(default)] children: u8,
        /// For the organisers alone, as is what one eats.
        #[serde(default)] note: String,
        #[serde(default)] diet: String,
        /// Not named among those who come.
        #[serde(default)] hidden: bool,
    },
    /// « J'apporte »: so many of it, instead of what one had taken on.
    ClaimItem { event: EventId, item: BringItemId, quantity: u16 },
    ReleaseItem { event: EventId, item: BringItemId },
    /// « Je propose des places »: besides one's own.
    OfferCarpool {
        carpool: CarpoolId,
        event: EventId,
        seats: u16,
        place: String,
        #[serde(default)] note: String,
    },
    WithdrawCarpool { carpool: CarpoolId, event: EventId },
    ClaimCarpool { event: EventId, carpool: CarpoolId, seats: u16 },
    ReleaseCarpool { event: EventId, carpool: CarpoolId },
    /// « Je m'en charge »
    ClaimPost { event: EventId, post: HelperPostId },
    ReleasePost { event: EventId, post: HelperPostId },
    CommentEvent { comment: CommentId, event: EventId, text: String },
    /// One's own, or anybody's by the organisers.
    RemoveComment { comment: CommentId, event: EventId },
    /// On the list at the door: somebody who was expected is there, or was ticked by mistake.
    TickArrival {
        event: EventId,
        who: Attendee,
        came: bool,
        /// When they came, where that is not when it is received.
        #[serde(default, skip_serializing_if = "Option::is_none")] at: Option<Instant>,
    },
    /// Somebody came without having answered.
    AddEventWalkIn { walk_in: WalkInId, event: EventId, name: String, people: u8 },
    RemoveEventWalkIn { walk_in: WalkInId, event: EventId },
    /// By somebody who was there; its bytes travel by themselves, under the picture's id.
    AddPhoto {
        picture: PictureId,
        event: EventId,
        #[serde(default)] alt: String,
        /// Pixels.
        #[serde(default)] width: u16,
        #[serde(default)] height: u16,
        /// Those whom one recognises agree.
        #[serde(default)] consent: bool,
    },
    /// One's own, or anybody's by the organisers.
    RemovePhoto { picture: PictureId, event: EventId },
    /// « Demander le retrait »: nobody sees it from here on, and nobody need say why.
    AskRemoval { picture: PictureId, event: EventId },
    /// « Favori », or no longer.
    SetFavourite { product: ProductId, on: bool },
    /// So much of it is to be bought, from here on: a product, under the line's id that `catalogue::item_of` makes of it, or a
    /// line of text.
    PutOnList {
        item: ListItemId,
        #[serde(default, skip_serializing_if = "Option::is_none")] product: Option<ProductId>,
        #[serde(default, skip_serializing_if = "String::is_empty")] text: String,
        quantity: u16,
    },
    TickListItem { item: ListItemId, done: bool },
    RemoveListItem { item: ListItemId },
    /// Those of these lines that are still ticked.
    ClearTicked {
        #[serde(default)] items: Vec<ListItemId>,
    },
    /// « J'aimerais trouver… »
    Suggest { suggestion: SuggestionId, text: String },
    /// « Moi aussi »
    Support { suggestion: SuggestionId },
    Unsupport { suggestion: SuggestionId },
    /// The group that keeps the catalogue says yes, no or later, and why.
    AnswerSuggestion {
        suggestion: SuggestionId,
        verdict: Verdict,
        #[serde(default)] why: String,
    },
    /// « Plus en rayon », on that day.
    ReportMissing { product: ProductId, on: NaiveDate },
    /// It is there again, or everybody knows: by the group.
    CloseReport { product: ProductId },
    /// « Demander à rejoindre » a working group; where its referents invited, one belongs to it at once.
    AskToJoin {
        joining: JoiningId,
        group: GroupId,
        #[serde(default)] word: String,
    },
    /// Whoever runs the group invites somebody.
    InviteToGroup {
        joining: JoiningId,
        group: GroupId,
        member: MemberId,
        #[serde(default)] word: String,
    },
    /// A request, by whoever runs the group; an invitation, by whoever was invited.
    AnswerJoining {
        joining: JoiningId,
        accepted: bool,
        #[serde(default)] word: String,
    },
    /// One's own request, or an invitation of the group.
    WithdrawJoining { joining: JoiningId },
    LeaveGroup { group: GroupId },
    /// By whoever runs the group, with a word.
    RemoveFromGroup {
        group: GroupId,
        member: MemberId,
        #[serde(default)] word: String,
    },
    /// Whoever runs the group names a referent; each ends it for themselves.
    SetReferent { group: GroupId, member: MemberId, on: bool },
    /// A point for the next coordination meeting.
    AddPoint {
        point: PointId,
        title: String,
        #[serde(default)] text: String,
    },
    /// One's own, or anybody's by the committee.
    WithdrawPoint { point: PointId },
    /// My phone number, and what of it, and of my address, the others see.
    SetContact {
        /// Empty: none.
        #[serde(default)] phone: String,
        #[serde(default)] show_phone: bool,
        #[serde(default)] show_email: bool,
    },
    /// Something to be done, on the board of one's group.
    OpenDossier {
        dossier: DossierId,
        group: GroupId,
        title: String,
        #[serde(default)] text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")] due: Option<NaiveDate>,
    },
    /// « Je m'en charge », or no longer.
    TakeDossier { dossier: DossierId, on: bool },
    /// How far it is; what comes to nothing says why.
    SetDossierState { dossier: DossierId, state: Stage, #[serde(default)] word: String },
    /// What a young volunteer worked on a day: by their group, or by whoever accompanies them.
    LogHours { hours: HoursId, dossier: DossierId, day: NaiveDate, minutes: u16, #[serde(default)] note: String },
    RemoveHours { hours: HoursId, dossier: DossierId },
    /// « Effacer mon compte »: asked of the office.
    AskErasure {
        erasure: ErasureId,
        /// For the office alone.
        #[serde(default)] word: String,
    },
    WithdrawErasure { erasure: ErasureId },
    /// « Je viens » to an assembly, or not.
    AnswerAssembly { assembly: AssemblyId, coming: bool },
    /// « Donner un pouvoir »: somebody votes for me there.
    GiveProxy { proxy: ProxyId, assembly: AssemblyId, to: MemberId },
    /// By whoever gave it, or carries it.
    WithdrawProxy { proxy: ProxyId, assembly: AssemblyId },
    /// « Me présenter » to the committee, or say otherwise why.
    Stand { assembly: AssemblyId, #[serde(default)] words: String },
    StandDown { assembly: AssemblyId },
}

/// The longest note somebody may add, in characters.
pub const NOTE_CAP: usize = 280;
/// The most wishes or patterns on one offer.
pub const WISH_CAP: usize = 120;
/// The most people an offer may name.
pub const NAMED_CAP: usize = 30;
