//! What a command concerns: the rows it locks, and the facts it is decided on.

use std::collections::BTreeSet;

use domain::board::Board;
use domain::command::Command;
use domain::effect::Effect;
use domain::id::{
    AssemblyId, BlockId, BriefId, DossierId, EventId, GroupId, JoiningId, LoopId, MemberId, NoticeId, OfferId, PointId,
    ProductId, ProposalId, RequestId, SeatId, ShiftId, SuggestionId,
};
use domain::swaps::Audience;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

use crate::error::Error;

/// Rows under lock: the people who may move, and the shifts. A shift's row stands for its seats
/// and for all that rests on them: whoever writes any of it holds the shift.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Locks {
    pub members: BTreeSet<MemberId>,
    pub shifts: BTreeSet<ShiftId>,
}

impl Locks {
    /// What `effects` need locked: who receives a seat (caps and overlaps count their other
    /// shifts), and every shift on which something moves or opens.
    pub fn needed(effects: &[Effect]) -> Locks {
        let mut needed = Locks::default();
        for effect in effects {
            match effect {
                Effect::SeatMoved { seat, to, .. } => {
                    needed.shifts.insert(seat.shift);
                    needed.members.extend(*to);
                }
                Effect::OfferOpened(offer) => {
                    needed.shifts.insert(offer.seat.shift);
                }
                Effect::ProposalOpened(proposal) => {
                    needed.shifts.extend([proposal.mine.shift, proposal.theirs.shift]);
                }
                Effect::LoopSuggested(suggested) => {
                    needed.shifts.extend(suggested.legs.iter().map(|leg| leg.gives.shift));
                }
                Effect::SeatKept { seat, .. } | Effect::KeptEnded { seat } => {
                    needed.shifts.insert(seat.shift);
                }
                Effect::ShiftClosed { shift, .. } | Effect::WaitingJoined { shift, .. } | Effect::WaitingLeft { shift, .. } => {
                    needed.shifts.insert(*shift);
                }
                _ => {}
            }
        }
        needed
    }

    pub fn covers(&self, needed: &Locks) -> bool {
        self.members.is_superset(&needed.members) && self.shifts.is_superset(&needed.shifts)
    }

    pub fn add(&mut self, more: Locks) {
        self.members.extend(more.members);
        self.shifts.extend(more.shifts);
    }

    /// Locks the rows, members before shifts before offers, each by id, so that two acts never
    /// wait for each other in a circle. `no key update` leaves alone the foreign keys of others
    /// who only refer to these rows.
    pub async fn take(&self, conn: &mut PgConnection) -> Result<(), Error> {
        let members: Vec<MemberId> = self.members.iter().copied().collect();
        let shifts: Vec<ShiftId> = self.shifts.iter().copied().collect();
        sqlx::query(LOCK).bind(uuids(&members, |id| id.0)).bind(uuids(&shifts, |id| id.0)).execute(conn).await?;
        Ok(())
    }
}

/// One act at a time among those that may close a loop.
pub async fn lock_board(conn: &mut PgConnection) -> Result<(), Error> {
    sqlx::query("select pg_advisory_xact_lock(hashtext('board'))").execute(conn).await?;
    Ok(())
}

#[derive(Debug, Clone)]
pub struct Scope {
    pub actor: MemberId,
    pub locks: Locks,
    /// Whose other shifts count.
    pub movers: BTreeSet<MemberId>,
    pub seats: Vec<SeatId>,
    pub offers: BTreeSet<OfferId>,
    pub proposals: BTreeSet<ProposalId>,
    pub loops: BTreeSet<LoopId>,
    /// People it names, who must exist.
    pub named: Vec<MemberId>,
    pub wished: Vec<ShiftId>,
    pub notice: Option<NoticeId>,
    /// Of the invitation that was shown, in hexadecimal.
    pub secret_hash: Option<String>,
    /// The day sheet that it writes on.
    pub sheet: Option<ShiftId>,
    /// Leaves and exemptions that it names.
    pub requests: BTreeSet<RequestId>,
    /// The actor's own that wait count, too.
    pub own_requests: bool,
    /// The actor's count, and the pot.
    pub ledger: bool,
    /// Whose duty the office speaks of.
    pub about: Option<MemberId>,
    /// Whether it writes for the brief, and which block it names.
    pub for_brief: bool,
    pub block: Option<BlockId>,
    /// The brief that it says is read.
    pub read: Option<BriefId>,
    /// The event that it is about, and whether what is said under it, and shown of it, counts.
    pub event: Option<EventId>,
    pub comments: bool,
    /// The actor's lists.
    pub lists: bool,
    /// The suggestion that it is about, beside all that are open.
    pub suggestion: Option<SuggestionId>,
    /// The product that it says something of, to all.
    pub product: Option<ProductId>,
    /// The working group that it is about, and the request or invitation that it names.
    pub group: Option<GroupId>,
    pub joining: Option<JoiningId>,
    /// The point of the coordination's agenda that it is about.
    pub point: Option<PointId>,
    /// The dossier that it is about, the group on whose board that is, and whether it is opened there.
    pub dossier: Option<DossierId>,
    pub board: Option<GroupId>,
    pub opens_dossier: bool,
    /// The actor's own card.
    pub card: bool,
    /// The assembly that it is about.
    pub assembly: Option<AssemblyId>,
    /// All open exchanges are looked at, since a loop may close.
    pub matching: bool,
    /// The holders of its seats move with it.
    with_holders: bool,
}

impl Scope {
    pub fn new(actor: MemberId) -> Scope {
        Scope {
            actor,
            locks: Locks::default(),
            movers: BTreeSet::new(),
            seats: Vec::new(),
            offers: BTreeSet::new(),
            proposals: BTreeSet::new(),
            loops: BTreeSet::new(),
            named: Vec::new(),
            wished: Vec::new(),
            notice: None,
            secret_hash: None,
            sheet: None,
            requests: BTreeSet::new(),
            own_requests: false,
            ledger: false,
            about: None,
            for_brief: false,
            block: None,
            read: None,
            event: None,
            comments: false,
            lists: false,
            suggestion: None,
            product: None,
            group: None,
            joining: None,
            point: None,
            dossier: None,
            board: None,
            opens_dossier: false,
            card: false,
            assembly: None,
            matching: false,
            with_holders: false,
        }
    }

    /// What `command` names.
    pub fn of(command: &Command, actor: MemberId) -> Scope {
        let mut scope = Scope::new(actor);
        scope.locks.members.insert(actor);
        scope.movers.insert(actor);
        scope.sheet = command.on_sheet();
        scope.locks.shifts.extend(scope.sheet);
        scope.for_brief = command.writes_brief();
        scope.event = command.event();
        scope.lists = command.edits_lists();
        scope.suggestion = command.suggestion();
        scope.product = command.reports();
        scope.group = command.working_group();
        scope.joining = command.joining();
        scope.point = command.point();
        scope.dossier = command.dossier();
        scope.board = command.board_of();
        scope.opens_dossier = scope.board.is_some();
        scope.card = command.about_my_card();
        scope.assembly = command.assembly();
        scope.matching = command.may_match() || matches!(command, Command::CloseShift { .. });
        match command {
            Command::TakeSeat { seat } | Command::Invite { seat, .. } | Command::WarnTeam { seat, .. } => {
                scope.seats.push(*seat);
            }
            Command::GiveSeat { seat, audience, .. } => {
                scope.seats.push(*seat);
                if let Audience::Named { members } = audience {
                    scope.named.extend(members.iter().take(domain::command::NAMED_CAP + 1));
                }
            }
            Command::ExchangeSeat { seat, wishes, .. } => {
                scope.seats.push(*seat);
                scope.wished.extend(wishes.iter().take(domain::command::WISH_CAP));
            }
            Command::SetWishes { offer, wishes, .. } => {
                scope.offers.insert(*offer);
                scope.wished.extend(wishes.iter().take(domain::command::WISH_CAP));
            }
            Command::WithdrawOffer { offer } => {
                scope.offers.insert(*offer);
            }
            Command::ClaimOffer { offer, instead_of, secret } => {
                scope.offers.insert(*offer);
                scope.seats.extend(*instead_of);
                scope.secret_hash = secret.as_deref().map(hash_of);
            }
            Command::MoveSeat { from, to } => scope.seats.extend([*from, *to]),
            Command::ProposeSwap { mine, theirs, .. } => {
                scope.seats.extend([*mine, *theirs]);
                scope.with_holders = true;
            }
            Command::AcceptProposal { proposal }
            | Command::RefuseProposal { proposal }
            | Command::WithdrawProposal { proposal } => {
                scope.proposals.insert(*proposal);
            }
            Command::AcceptLoop { lacking } | Command::DeclineLoop { lacking } => {
                scope.loops.insert(*lacking);
            }
            Command::MarkSeen { notice } => scope.notice = Some(*notice),
            Command::SetSwitch { .. } | Command::SetReminders { .. } | Command::StopWatching { .. } => {}
            Command::WatchSeats { shift, .. } => scope.locks.shifts.extend(*shift),
            Command::CallForHelp { shift, .. }
            | Command::CloseShift { shift, .. }
            | Command::JoinWaitingList { shift }
            | Command::LeaveWaitingList { shift } => {
                scope.locks.shifts.insert(*shift);
            }
            Command::MarkPresence { replaced_by: named, .. } | Command::AddWalkIn { member: named, .. } => {
                scope.named.extend(named);
            }
            // Their other shifts count.
            Command::GiveSeatTo { seat, member } => {
                scope.seats.push(*seat);
                scope.movers.insert(*member);
                scope.locks.members.insert(*member);
            }
            Command::RequestLeave { .. } => scope.own_requests = true,
            Command::WithdrawRequest { request } | Command::AnswerRequest { request, .. } => {
                scope.requests.insert(*request);
            }
            Command::CorrectLedger { member, .. } => scope.speaks_of(*member),
            Command::SetDuty { member, with, .. } => {
                scope.speaks_of(*member);
                scope.named.extend(with);
                scope.locks.members.extend(with);
            }
            Command::GiveSolidarity | Command::DrawSolidarity => scope.ledger = true,
            Command::InviteToGroup { member, .. }
            | Command::RemoveFromGroup { member, .. }
            | Command::SetReferent { member, .. } => {
                scope.named.push(*member);
                scope.locks.members.insert(*member);
            }
            // Whoever is to carry a voice is held as whoever gives it: two that cross do not both hold.
            Command::GiveProxy { to, .. } => {
                scope.named.push(*to);
                scope.locks.members.insert(*to);
            }
            Command::ProposeBlock { block, .. } | Command::EditBlock { block, .. } | Command::WithdrawBlock { block } => {
                scope.block = Some(*block);
            }
            Command::ReadBrief { brief } => scope.read = Some(*brief),
            Command::CommentEvent { .. }
            | Command::RemoveComment { .. }
            | Command::AddPhoto { .. }
            | Command::RemovePhoto { .. }
            | Command::AskRemoval { .. } => scope.comments = true,
            Command::AnswerEvent { .. }
            | Command::ClaimItem { .. }
            | Command::ReleaseItem { .. }
            | Command::OfferCarpool { .. }
            | Command::WithdrawCarpool { .. }
            | Command::ClaimCarpool { .. }
            | Command::ReleaseCarpool { .. }
            | Command::ClaimPost { .. }
            | Command::ReleasePost { .. }
            | Command::TickArrival { .. }
            | Command::AddEventWalkIn { .. }
            | Command::RemoveEventWalkIn { .. }
            | Command::SetFavourite { .. }
            | Command::PutOnList { .. }
            | Command::TickListItem { .. }
            | Command::RemoveListItem { .. }
            | Command::ClearTicked { .. }
            | Command::Suggest { .. }
            | Command::Support { .. }
            | Command::Unsupport { .. }
            | Command::AnswerSuggestion { .. }
            | Command::ReportMissing { .. }
            | Command::CloseReport { .. }
            | Command::AskToJoin { .. }
            | Command::AnswerJoining { .. }
            | Command::WithdrawJoining { .. }
            | Command::LeaveGroup { .. }
            | Command::AddPoint { .. }
            | Command::WithdrawPoint { .. }
            | Command::OpenDossier { .. }
            | Command::TakeDossier { .. }
            | Command::SetDossierState { .. }
            | Command::LogHours { .. }
            | Command::RemoveHours { .. }
            | Command::SetContact { .. }
            | Command::AskErasure { .. }
            | Command::WithdrawErasure { .. }
            | Command::AnswerAssembly { .. }
            | Command::WithdrawProxy { .. }
            | Command::Stand { .. }
            | Command::StandDown { .. }
            | Command::RemoveWalkIn { .. }
            | Command::TickItem { .. }
            | Command::RecordReading { .. }
            | Command::LeaveNote { .. }
            | Command::AcknowledgeNote { .. }
            | Command::ReportShop { .. }
            | Command::ReceiveDelivery { .. }
            | Command::AddDelivery { .. }
            | Command::ReportIncident { .. }
            | Command::CloseSheet { .. } => {}
        }
        scope.locks.shifts.extend(scope.seats.iter().map(|seat| seat.shift));
        scope
    }

    fn speaks_of(&mut self, member: MemberId) {
        self.about = Some(member);
        self.named.push(member);
        self.locks.members.insert(member);
    }

    /// Follows offers, proposals and loops to their seats and people. A row that is not there
    /// adds nothing: the decision says so.
    pub async fn resolve(&mut self, conn: &mut PgConnection) -> Result<(), Error> {
        if !self.requests.is_empty() {
            let requests: Vec<RequestId> = self.requests.iter().copied().collect();
            let askers: Vec<MemberId> =
                sqlx::query_scalar("select member_id from leave_request where request_id = any($1) order by 1")
                    .bind(uuids(&requests, |id| id.0))
                    .fetch_all(&mut *conn)
                    .await?;
            self.locks.members.extend(askers);
        }
        if let Some(block) = self.block {
            let author: Option<MemberId> = sqlx::query_scalar("select by_member from brief_block where block_id = $1")
                .bind(block)
                .fetch_optional(&mut *conn)
                .await?;
            self.named.extend(author);
        }
        if let Some(joining) = self.joining.filter(|_| self.group.is_none()) {
            let of: Option<(GroupId, MemberId)> =
                sqlx::query_as("select group_id, member_id from group_joining where joining_id = $1")
                    .bind(joining)
                    .fetch_optional(&mut *conn)
                    .await?;
            self.group = of.map(|(group, _)| group);
            self.named.extend(of.map(|(_, member)| member));
            self.locks.members.extend(of.map(|(_, member)| member));
        }
        if let Some(dossier) = self.dossier.filter(|_| self.board.is_none()) {
            let of: Option<(GroupId, Option<MemberId>)> =
                sqlx::query_as("select group_id, holder_id from dossier where dossier_id = $1")
                    .bind(dossier)
                    .fetch_optional(&mut *conn)
                    .await?;
            self.board = of.map(|(group, _)| group);
            self.named.extend(of.and_then(|(_, holder)| holder));
        }
        if self.offers.is_empty() && self.proposals.is_empty() && self.loops.is_empty() && !self.with_holders {
            return Ok(());
        }
        let offers: Vec<OfferId> = self.offers.iter().copied().collect();
        let proposals: Vec<ProposalId> = self.proposals.iter().copied().collect();
        let loops: Vec<LoopId> = self.loops.iter().copied().collect();
        let positions: Vec<i16> = self.seats.iter().map(|seat| seat.position).collect();
        let rows: Vec<Named> = sqlx::query_as(RESOLVE)
            .bind(uuids(&offers, |id| id.0))
            .bind(uuids(&proposals, |id| id.0))
            .bind(uuids(&loops, |id| id.0))
            .bind(uuids(&self.seats, |seat| seat.shift.0))
            .bind(positions)
            .fetch_all(conn)
            .await?;
        for row in rows {
            let seat = SeatId::new(row.shift_id, row.position);
            if !self.seats.contains(&seat) {
                self.seats.push(seat);
            }
            self.locks.shifts.insert(row.shift_id);
            self.offers.extend(row.offer_id);
            for member in row.member_id.into_iter().chain(row.holder) {
                self.locks.members.insert(member);
                self.movers.insert(member);
            }
        }
        Ok(())
    }
}

/// SHA-256 in hexadecimal, as an invitation keeps its secret.
pub fn hash_of(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// The effects of an act must stay within what it has locked; otherwise it is run again with more.
pub fn beyond(locks: &Locks, effects: &[Effect], board: &Board) -> Option<Locks> {
    let mut needed = Locks::needed(effects);
    // Ids that the board does not hold have no row to lock.
    needed.shifts.retain(|shift| board.shifts.contains_key(shift));
    (!locks.covers(&needed)).then_some(needed)
}

pub(crate) fn uuids<T>(ids: &[T], uuid: impl Fn(&T) -> uuid::Uuid) -> Vec<uuid::Uuid> {
    ids.iter().map(uuid).collect()
}

const LOCK: &str = "
with m as materialized (
    select member_id from member where member_id = any($1) order by member_id for no key update
), s as materialized (
    select shift_id from shift where shift_id = any($2) and (select count(*) from m) >= 0
    order by shift_id for no key update
), o as materialized (
    select offer_id from offer
    where shift_id = any($2) and state = 'open' and (select count(*) from s) >= 0
    order by offer_id for no key update
)
select count(*) from o";

const RESOLVE: &str = "
with named as (
    select shift_id, position, member_id, offer_id from offer where offer_id = any($1)
    union all
    select from_shift, from_position, from_member, null from proposal where proposal_id = any($2)
    union all
    select to_shift, to_position, to_member, null from proposal where proposal_id = any($2)
    union all
    select gives_shift, gives_position, member_id, offer_id from loop_leg where loop_id = any($3)
    union all
    select shift_id, position, null, null from unnest($4::uuid[], $5::smallint[]) as seat (shift_id, position)
)
select named.shift_id, named.position, named.member_id, named.offer_id, assignment.member_id as holder
from named left join assignment using (shift_id, position)";

#[derive(sqlx::FromRow)]
struct Named {
    shift_id: ShiftId,
    position: i16,
    member_id: Option<MemberId>,
    offer_id: Option<OfferId>,
    holder: Option<MemberId>,
}
