//! The facts that a decision needs, and what an effect does to them.

use std::collections::{BTreeMap, BTreeSet};

use crate::assembly::Hall;
use crate::brief::{Block, Making};
use crate::catalogue::{Lists, Product, Report, Suggestion};
use crate::dossiers::Dossier;
use crate::effect::Effect;
use crate::event::Gathering;
use crate::governance::Agenda;
use crate::groups::{Joining, Membership};
use crate::id::{
    AssemblyId, BlockId, BriefId, DossierId, EventId, GroupId, InvitationId, JoiningId, LoopId, MemberId, NoticeId, OfferId,
    ProposalId, RequestId, SeatId, ShiftId, WatchId,
};
use crate::ledger::{Credit, Entry};
use crate::members::{Aptitude, Known, Person};
use crate::notify::Preferences;
use crate::reason::{When, Who};
use crate::register::ErasureAsked;
use crate::requests::LeaveRequest;
use crate::rules::Rules;
use crate::sheet::DaySheet;
use crate::shifts::{Seat, Shift, ShiftState, ShiftTemplate};
use crate::swaps::{Invitation, Offer, OfferKind, Proposal, SuggestedLoop};
use crate::time::Instant;
use crate::watches::{Kept, Watch};

/// Everything a decision looks at. A server loads what the command names, and for each person
/// in it every shift that they hold around; a browser has what the snapshots hold.
#[derive(Debug, Clone)]
pub struct Board {
    pub rules: Rules,
    pub templates: Vec<ShiftTemplate>,
    pub shifts: BTreeMap<ShiftId, Shift>,
    pub people: BTreeMap<MemberId, Person>,
    pub offers: BTreeMap<OfferId, Offer>,
    pub proposals: BTreeMap<ProposalId, Proposal>,
    pub loops: BTreeMap<LoopId, SuggestedLoop>,
    pub invitations: BTreeMap<InvitationId, Invitation>,
    /// The invitation whose link the actor was shown, found by its secret.
    pub shown: Known<Option<InvitationId>>,
    /// Unseen notices of the actor.
    pub notices: BTreeMap<NoticeId, MemberId>,
    /// What the actor chose to be told.
    pub preferences: Preferences,
    /// Whether the actor belongs to the office.
    pub office: bool,
    /// What the actor watches for.
    pub watches: BTreeMap<WatchId, Watch>,
    /// Who waits for a seat of a full shift, in line; a browser knows of its own member alone.
    pub waiting: BTreeMap<ShiftId, Vec<MemberId>>,
    /// Free seats that are kept for whoever's turn it is.
    pub kept: BTreeMap<SeatId, Kept>,
    /// The day sheets that the act writes on; on a device, those it keeps.
    pub sheets: BTreeMap<ShiftId, DaySheet>,
    /// Leaves and exemptions asked for: those that the act names, and the actor's own.
    pub requests: BTreeMap<RequestId, LeaveRequest>,
    /// The actor's count, where the act rests on it.
    pub ledgers: BTreeMap<MemberId, Vec<Entry>>,
    /// What is in the solidarity pot.
    pub pot: Known<Credit>,
    /// Whose duty is on one ledger with the actor's.
    pub on_my_ledger: BTreeSet<MemberId>,
    /// Among those named, whose duty is, or will be, on whose ledger.
    pub households: BTreeMap<MemberId, MemberId>,
    /// In whose name the actor may write for the brief.
    pub groups: BTreeSet<GroupId>,
    /// Whether the actor makes the brief.
    pub edits_brief: bool,
    /// Contributions to the brief: those that the act names; on a device, its member's own.
    pub blocks: BTreeMap<BlockId, Block>,
    /// The briefs being made.
    pub making: Making,
    /// Whether the brief that the act names is out.
    pub brief_is_out: Known<bool>,
    /// Briefs that the actor has read.
    pub read_briefs: BTreeSet<BriefId>,
    /// The events that the act is about, with what people said of them; on a device, all it shows.
    pub events: BTreeMap<EventId, Gathering>,
    /// Those of them that the actor organises.
    pub organises: BTreeSet<EventId>,
    /// The actor's lists.
    pub lists: Lists,
    /// Open suggestions, and the one that the act names; on a device, all it shows, with no other supporter than its member.
    pub suggestions: Vec<Suggestion>,
    /// The product that the act says something of.
    pub product: Known<Option<Product>>,
    /// What is said of it, and by the actor of others; on a device, by its member alone.
    pub reports: Vec<Report>,
    /// Whether the actor keeps the catalogue.
    pub keeps_catalogue: bool,
    /// The working groups that the act is about; on a device, all of them.
    pub working: BTreeMap<GroupId, Membership>,
    /// Requests and invitations: those of these groups that wait, and the one that the act names; on a device, those it shows.
    pub joinings: BTreeMap<JoiningId, Joining>,
    /// The working groups that the actor runs.
    pub runs: BTreeSet<GroupId>,
    /// Whether the actor is the employee, who runs them all.
    pub employee: bool,
    /// What the next coordination meetings speak of.
    pub agenda: Agenda,
    /// Whether the actor sits on the committee.
    pub committee: bool,
    /// The dossiers that the act is about, and those that are open on its board; on a device, those it shows.
    pub dossiers: BTreeMap<DossierId, Dossier>,
    /// The working groups whose boards the actor keeps.
    pub keeps_dossiers: BTreeSet<GroupId>,
    /// The actor asked to be erased, and nobody answered yet.
    pub erasure: Option<ErasureAsked>,
    /// The assembly that the act is about; on a device, all it shows.
    pub assemblies: BTreeMap<AssemblyId, Hall>,
}

impl Board {
    pub fn new(rules: Rules) -> Board {
        Board {
            rules,
            templates: Vec::new(),
            shifts: BTreeMap::new(),
            people: BTreeMap::new(),
            offers: BTreeMap::new(),
            proposals: BTreeMap::new(),
            loops: BTreeMap::new(),
            invitations: BTreeMap::new(),
            shown: Known::Unknown,
            notices: BTreeMap::new(),
            preferences: Preferences::default(),
            office: false,
            watches: BTreeMap::new(),
            waiting: BTreeMap::new(),
            kept: BTreeMap::new(),
            sheets: BTreeMap::new(),
            requests: BTreeMap::new(),
            ledgers: BTreeMap::new(),
            pot: Known::Unknown,
            on_my_ledger: BTreeSet::new(),
            households: BTreeMap::new(),
            groups: BTreeSet::new(),
            edits_brief: false,
            blocks: BTreeMap::new(),
            making: Making::default(),
            brief_is_out: Known::Unknown,
            read_briefs: BTreeSet::new(),
            events: BTreeMap::new(),
            organises: BTreeSet::new(),
            lists: Lists::default(),
            suggestions: Vec::new(),
            product: Known::Unknown,
            reports: Vec::new(),
            keeps_catalogue: false,
            working: BTreeMap::new(),
            joinings: BTreeMap::new(),
            runs: BTreeSet::new(),
            employee: false,
            agenda: Agenda::default(),
            committee: false,
            dossiers: BTreeMap::new(),
            keeps_dossiers: BTreeSet::new(),
            erasure: None,
            assemblies: BTreeMap::new(),
        }
    }

    pub fn seat(&self, id: SeatId) -> Option<&Seat> {
        self.shifts.get(&id.shift)?.seat(id)
    }

    pub fn holder(&self, id: SeatId) -> Option<MemberId> {
        self.seat(id)?.holder
    }

    pub fn aptitude(&self, member: MemberId) -> Option<&Aptitude> {
        self.people.get(&member).and_then(|person| match &person.aptitude {
            Known::Known(aptitude) => Some(aptitude),
            Known::Unknown => None,
        })
    }

    /// The shifts on which a member holds a seat, in order of start.
    pub fn held_by(&self, member: MemberId) -> Vec<&Shift> {
        let mut held: Vec<&Shift> =
            self.shifts.values().filter(|shift| shift.is_planned() && shift.seat_of(member).is_some()).collect();
        crate::order::by_key(&mut held, |shift| (shift.starts_at, shift.id));
        held
    }

    /// Until when a free seat is kept for somebody else than `member`, if it is.
    pub fn kept_for_other(&self, seat: SeatId, member: MemberId, now: Instant) -> Option<Instant> {
        self.kept.get(&seat).filter(|kept| now <= kept.until && kept.whom != Some(member)).map(|kept| kept.until)
    }

    pub fn open_offer_on(&self, seat: SeatId) -> Option<&Offer> {
        self.offers.values().find(|offer| offer.seat == seat && offer.is_open())
    }

    pub fn who(&self, member: MemberId) -> Who {
        Who {
            member,
            name: self.people.get(&member).map_or_else(|| crate::members::ShortName::new("", ""), |person| person.name.clone()),
        }
    }

    pub fn when(&self, shift: ShiftId) -> Option<When> {
        self.shifts.get(&shift).map(when)
    }

    pub fn start_of(&self, seat: SeatId) -> Option<Instant> {
        self.shifts.get(&seat.shift).map(|shift| shift.starts_at)
    }

    /// Lays an effect over the facts. What an effect names and the board does not hold is left
    /// alone: a browser sees only part of the co-op.
    pub fn apply(&mut self, effect: &Effect) {
        match effect {
            Effect::SeatMoved { seat, to, .. } => {
                if let Some(seat) = self.shifts.get_mut(&seat.shift).and_then(|shift| shift.seat_mut(*seat)) {
                    seat.holder = *to;
                }
                if let Some(member) = to {
                    self.kept.remove(seat);
                    self.no_longer_waits(seat.shift, *member);
                }
            }
            Effect::OfferOpened(offer) => {
                self.offers.insert(offer.id, offer.clone());
            }
            Effect::OfferClosed { offer, state } => {
                if let Some(offer) = self.offers.get_mut(offer) {
                    offer.state = state.clone();
                }
            }
            Effect::WishesSet { offer, wishes } => {
                if let Some(offer) = self.offers.get_mut(offer) {
                    offer.kind = OfferKind::Exchange { wishes: wishes.clone() };
                }
            }
            Effect::ProposalOpened(proposal) => {
                self.proposals.insert(proposal.id, proposal.clone());
            }
            Effect::ProposalClosed { proposal, state } => {
                if let Some(proposal) = self.proposals.get_mut(proposal) {
                    proposal.state = state.clone();
                }
            }
            Effect::LoopSuggested(suggested) => {
                self.loops.insert(suggested.id, suggested.clone());
            }
            Effect::LoopClosed { lacking, state } => {
                if let Some(suggested) = self.loops.get_mut(lacking) {
                    suggested.state = state.clone();
                }
            }
            Effect::InvitationMade(invitation) => {
                self.invitations.insert(invitation.id, invitation.clone());
            }
            Effect::InvitationUsed { invitation, .. } => {
                self.invitations.remove(invitation);
            }
            Effect::NoticeSeen { notice, .. } => {
                self.notices.remove(notice);
            }
            Effect::PreferencesSet { preferences, .. } => self.preferences = preferences.clone(),
            Effect::ShiftClosed { shift, why, treatment } => {
                if let Some(shift) = self.shifts.get_mut(shift) {
                    shift.state = ShiftState::Closed { why: why.clone(), treatment: *treatment };
                }
            }
            Effect::WatchSet { watch, .. } => {
                self.watches.insert(watch.id, watch.clone());
            }
            Effect::WatchEnded { watch, .. } => {
                self.watches.remove(watch);
            }
            Effect::WaitingJoined { shift, member, .. } => self.waiting.entry(*shift).or_default().push(*member),
            Effect::WaitingLeft { shift, member } => self.no_longer_waits(*shift, *member),
            Effect::SeatKept { seat, member, until } => {
                self.kept.insert(*seat, Kept { seat: *seat, until: *until, whom: Some(*member) });
            }
            Effect::KeptEnded { seat } => {
                self.kept.remove(seat);
            }
            Effect::SheetChanged { shift, change } => {
                if let Some(sheet) = self.sheets.get_mut(shift) {
                    sheet.apply(change);
                }
            }
            Effect::Counted { member, entry } => {
                if let Some(ledger) = self.ledgers.get_mut(member) {
                    ledger.push(entry.clone());
                }
            }
            Effect::RequestMade(request) => {
                self.requests.insert(request.id, request.clone());
            }
            Effect::RequestEnded { request, state } => {
                if let Some(request) = self.requests.get_mut(request) {
                    request.state = state.clone();
                }
            }
            Effect::BlockProposed(block) => {
                self.blocks.insert(block.id, block.clone());
            }
            Effect::BlockChanged { block, change } => {
                if let Some(block) = self.blocks.get_mut(block) {
                    block.apply(change);
                }
            }
            Effect::BriefRead { brief, .. } => {
                self.read_briefs.insert(*brief);
            }
            Effect::EventChanged { event, change } => {
                if let Some(gathering) = self.events.get_mut(event) {
                    gathering.apply(change);
                }
            }
            Effect::CatalogueChanged(change) => change.lay_on(self),
            Effect::GroupChanged(change) => change.lay_on(self),
            Effect::GovernanceChanged(change) => change.lay_on(self),
            Effect::DossierChanged(change) => change.lay_on(self),
            Effect::CardChanged(change) => change.lay_on(self),
            Effect::AssemblyChanged(change) => change.lay_on(self),
            Effect::Told { .. } | Effect::HelpCalled { .. } | Effect::DutySet { .. } | Effect::SeatFreeFor { .. } => {}
        }
    }

    fn no_longer_waits(&mut self, shift: ShiftId, member: MemberId) {
        self.kept.retain(|seat, kept| seat.shift != shift || kept.whom != Some(member));
        if let Some(waiting) = self.waiting.get_mut(&shift) {
            waiting.retain(|known| *known != member);
        }
    }

    pub fn apply_all(&mut self, effects: &[Effect]) {
        for effect in effects {
            self.apply(effect);
        }
    }
}

/// A shift's place in time.
pub fn when(shift: &Shift) -> When {
    When { shift: shift.id, starts_at: shift.starts_at, ends_at: shift.ends_at }
}

/// The last moment at which an offer may be answered: its shift's start, or for an exchange the
/// notice before it.
pub fn open_until(offer: &Offer, board: &Board) -> Option<Instant> {
    let start = board.start_of(offer.seat)?;
    match offer.kind {
        OfferKind::Give { .. } => Some(start),
        OfferKind::Exchange { .. } => crate::decide::exchange_deadline(board, [start]),
    }
}

/// Whether an offer is still to be had at `now`, by its own state and its time.
pub fn is_live(offer: &Offer, board: &Board, now: Instant) -> bool {
    offer.is_open() && open_until(offer, board).is_some_and(|until| now <= until)
}
