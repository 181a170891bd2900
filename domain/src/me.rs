//! The `Me` snapshot: what is mine alone.

use serde::{Deserialize, Serialize};

use crate::assembly::MyAssembly;
use crate::board::Board;
use crate::brief::Block;
use crate::calendar::Calendar;
use crate::calendar::PublicKind;
use crate::catalogue::{Lists, Report};
use crate::dossiers::Dossier;
use crate::event::{ArrivalList, Event, ForWhom, Mine, Partner};
use crate::groups::{Admission, Joining};
use crate::id::{BriefId, GroupId, MemberId, SuggestionId};
use crate::ledger::{DutyPeriod, Entry, Standing};
use crate::members::{Aptitude, Known, Person, Rhythm, Rights, ShortName};
use crate::notice::InboxRow;
use crate::notify::Preferences;
use crate::order;
use crate::outcome::Marks;
use crate::register::{Arriving, Mine as OnRegister};
use crate::requests::LeaveRequest;
use crate::sheet::DaySheet;
use crate::swaps::{Audience, Offer, OfferKind, OfferState, Proposal, SuggestedLoop, Wishes};
use crate::time::Instant;
use crate::watches::{Kept, Waiting, Watch};

/// My own card in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    pub id: MemberId,
    pub number: i32,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    pub rhythm: Rhythm,
}

impl Profile {
    pub fn name(&self) -> ShortName {
        ShortName::new(&self.first_name, &self.last_name)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    pub schema: u16,
    pub marks: Marks,
    pub as_of: Instant,
    pub valid_until: Instant,
    pub profile: Profile,
    pub aptitude: Aptitude,
    pub rights: Rights,
    pub standing: Standing,
    /// The entries under the standing: this cycle's and those still open.
    pub ledger: Vec<Entry>,
    /// How much of the duty I bear, where it is not all of it.
    #[serde(default)]
    pub duty: Vec<DutyPeriod>,
    /// My offers, open or ended in the last four weeks, with my wishes.
    pub offers: Vec<Offer>,
    /// Open offers made to me by name.
    pub offered_to_me: Vec<Offer>,
    /// Proposals from and to me, pending or ended in the last two weeks.
    pub proposals: Vec<Proposal>,
    /// Loops that lack only my yes.
    pub loops: Vec<SuggestedLoop>,
    /// Newest first; unseen ones and those of the last two weeks.
    pub inbox: Vec<InboxRow>,
    /// What I am told outside the app, and how.
    #[serde(default)]
    pub preferences: Preferences,
    /// What I watch for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub watches: Vec<Watch>,
    /// The full shifts for which I wait.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waiting: Vec<Waiting>,
    /// The seats that are kept for me.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<Kept>,
    /// Whether a device of mine shows pushes.
    #[serde(default)]
    pub has_device: bool,
    /// Since when my calendar has a secret address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar_since: Option<Instant>,
    /// Mail to my address came back: nothing reaches me by mail until it is put right.
    #[serde(default)]
    pub address_bounced: bool,
    /// The day sheets that I may keep now, in order of start.
    #[serde(default)]
    pub sheets: Vec<DaySheet>,
    /// What I asked of the office: what waits, and what was answered in the last year.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requests: Vec<LeaveRequest>,
    /// What I wrote for the brief: what is open, and that of the last five weeks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<Block>,
    /// Among the last twelve briefs, those that I have read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub read_briefs: Vec<BriefId>,
    /// In whose name I may write for the brief.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupId>,
    /// What I answered to events: those that the events' snapshot shows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Mine>,
    /// Whose events I organise, whoever they are for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organises: Vec<GroupId>,
    /// Of whose events I organise those that are for everybody, and no others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organises_public: Vec<GroupId>,
    /// The lists at the door that I keep, around their time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arrivals: Vec<ArrivalList>,
    /// My favourite products, and what I am to buy.
    #[serde(default)]
    pub lists: Lists,
    /// What others suggested, and I would like, too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supports: Vec<SuggestionId>,
    /// What I found missing in the last week.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reported: Vec<Report>,
    /// The working groups that I asked to join, or to which I was invited: what waits, and what was answered in the last month.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joinings: Vec<Joining>,
    /// The working groups that I run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub runs: Vec<GroupId>,
    /// Whoever wants to join those, or is invited; the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub admits: Vec<Admission>,
    /// The dossiers of my groups that are open, and those that were closed in the last three months; of others, those of the young
    /// volunteers whom I accompany.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dossiers: Vec<Dossier>,
    /// The working groups whose boards I keep: those to which I belong; of the employee, all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keeps_dossiers: Vec<GroupId>,
    /// What the register keeps of me beside my profile.
    #[serde(default)]
    pub register: OnRegister,
    /// How far I am on my way in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arriving: Option<Arriving>,
    /// What I said of the assemblies that the groups' snapshot shows, and whose voice I carry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assemblies: Vec<MyAssembly>,
}

impl Me {
    pub fn id(&self) -> MemberId {
        self.profile.id
    }

    /// Whether I keep the catalogue.
    pub fn keeps_catalogue(&self) -> bool {
        self.rights.keeps_catalogue()
    }

    /// Whether I make events at all.
    pub fn makes_events(&self) -> bool {
        !self.organises.is_empty() || !self.organises_public.is_empty()
    }

    /// Whether I organise this one: for its group, or for the one that makes it with it.
    pub fn organises(&self, event: &Event) -> bool {
        let details = &event.terms.details;
        let with = match &details.with {
            Some(Partner::Group(group)) => Some(*group),
            _ => None,
        };
        let public = details.for_whom == ForWhom::Public;
        let may = |group: &GroupId| self.organises.contains(group) || public && self.organises_public.contains(group);
        may(&event.group) || with.as_ref().is_some_and(may)
    }
}

/// What this device knows, as facts for a decision: mine whole, the others' as the planning
/// shows them.
pub fn board(calendar: &Calendar, me: &Me) -> Board {
    let mut board = Board::new(calendar.rules.clone());
    board.templates = calendar.templates.clone();
    board.shifts = order::map(calendar.shifts.iter().map(|shift| (shift.id, shift.clone())));
    let unknown = |(id, name): (&MemberId, &ShortName)| (*id, Person { id: *id, name: name.clone(), aptitude: Known::Unknown });
    board.people = order::map(calendar.people.iter().map(unknown));
    board.people.insert(me.id(), Person { id: me.id(), name: me.profile.name(), aptitude: Known::Known(me.aptitude.clone()) });
    for offer in &calendar.offers {
        let kind = match offer.kind {
            PublicKind::Give => OfferKind::Give { audience: Audience::Anyone },
            PublicKind::Exchange => OfferKind::Exchange { wishes: Wishes::default() },
        };
        board.offers.insert(
            offer.id,
            Offer {
                id: offer.id,
                seat: offer.seat,
                member: offer.member,
                kind,
                note: offer.note.clone(),
                created_at: offer.created_at,
                state: OfferState::Open,
            },
        );
    }
    for offer in me.offered_to_me.iter().chain(&me.offers) {
        board.offers.insert(offer.id, offer.clone());
    }
    board.proposals = order::map(me.proposals.iter().map(|proposal| (proposal.id, proposal.clone())));
    board.loops = order::map(me.loops.iter().map(|suggested| (suggested.id, suggested.clone())));
    board.notices = order::map(me.inbox.iter().filter(|row| row.seen_at.is_none()).map(|row| (row.id, me.id())));
    board.preferences = me.preferences.clone();
    board.office = me.rights.office;
    board.watches = order::map(me.watches.iter().map(|watch| (watch.id, watch.clone())));
    board.waiting = order::map(me.waiting.iter().map(|waiting| (waiting.shift, vec![me.id()])));
    board.kept = order::map(calendar.kept.iter().chain(&me.kept).map(|kept| (kept.seat, kept.clone())));
    board.sheets = order::map(me.sheets.iter().map(|sheet| (sheet.shift, sheet.clone())));
    board.requests = order::map(me.requests.iter().map(|request| (request.id, request.clone())));
    board.ledgers = order::map([(me.id(), me.ledger.clone())]);
    board.groups = me.groups.iter().copied().collect();
    board.edits_brief = me.rights.edits_brief;
    board.blocks = order::map(me.blocks.iter().map(|block| (block.id, block.clone())));
    board.read_briefs = me.read_briefs.iter().copied().collect();
    board.lists = me.lists.clone();
    board.reports = me.reported.clone();
    board.keeps_catalogue = me.keeps_catalogue();
    board.runs = me.runs.iter().copied().collect();
    board.employee = me.rights.employee;
    board.committee = me.rights.committee;
    board.dossiers = order::map(me.dossiers.iter().map(|dossier| (dossier.id, dossier.clone())));
    board.keeps_dossiers = me.keeps_dossiers.iter().copied().collect();
    board.erasure = me.register.erasure;
    board
}
