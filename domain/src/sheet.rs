//! The day sheet of a shift: who came, what was done, what was read, what the next team must know.
//!
//! Two people may hold the same sheet, and neither may have a network. What they say crosses, by
//! one rule: **the last word received counts, for each person and each line by itself.** Nothing is
//! said of those who simply came, so closing a sheet never takes an exception back; a word that
//! arrives after the closing is a correction, and counts the difference. Every word is kept: a
//! later one is a new entry, never an edit.

mod counted;
mod degrees;
mod deliveries;
mod forget;
mod window;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::id::{DeliveryId, FridgeId, ItemId, MemberId, NoteId, PhotoId, ReadingId, ShiftId, WalkInId};
use crate::shifts::Shift;
use crate::time::Instant;

pub use crate::ledger::{Noted, Presence};
pub use counted::{Tally, difference, entered, tally};
pub use degrees::tenths;
pub use deliveries::{Arrival, Delivery, Incident, Mishap, Received};
pub use forget::forget_over;
pub use window::{CLOSES_AFTER_H, EVENING, Window, closes_at};

/// Who said something, and when they did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub by: MemberId,
    pub at: Instant,
}

/// The last word about somebody of the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    pub member: MemberId,
    pub presence: Presence,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<MemberId>,
    /// Of an absence, where it is not what the policy says: how many shifts are left owing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owed: Option<u8>,
    pub said: Said,
}

/// Somebody who came without a seat; without `member`, a guest by their name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalkIn {
    pub id: WalkInId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<MemberId>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    pub said: Said,
}

/// What is to be done, as Distribution last wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checklist {
    pub name: String,
    pub version: i16,
    pub items: Vec<Item>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub id: ItemId,
    pub label: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<Said>,
}

/// A fridge with its limits, ends included, in tenths of a degree; what to do beyond them; and the
/// last temperature of this shift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fridge {
    pub id: FridgeId,
    pub name: String,
    pub low: i16,
    pub high: i16,
    pub advice: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Reading>,
}

impl Fridge {
    pub fn is_within(&self, tenths: i16) -> bool {
        (self.low..=self.high).contains(&tenths)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    pub id: ReadingId,
    pub fridge: FridgeId,
    pub tenths: i16,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    pub said: Said,
}

/// A word of one team to the next ones; it stands on their sheets until one of them has seen it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub id: NoteId,
    pub text: String,
    /// Something that is still to be done.
    pub open: bool,
    pub said: Said,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Said>,
}

/// What the office must know at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    TillClosed,
    ShopClosed,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub what: Trouble,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    pub said: Said,
}

/// By whom and when the sheet was closed; by itself, where nobody did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<MemberId>,
    pub at: Instant,
}

/// Who has a key of the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    pub label: String,
    pub holder: MemberId,
}

/// A shift's day sheet. Who holds its seats stands in the planning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DaySheet {
    pub shift: ShiftId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Closed>,
    /// Only of whom something was said: nobody else is missing.
    #[serde(default)]
    pub presences: Vec<Marked>,
    #[serde(default)]
    pub walk_ins: Vec<WalkIn>,
    #[serde(default)]
    pub checklists: Vec<Checklist>,
    #[serde(default)]
    pub fridges: Vec<Fridge>,
    /// What this team leaves.
    #[serde(default)]
    pub notes: Vec<Note>,
    /// What the teams before left: not seen yet, or seen on this sheet.
    #[serde(default)]
    pub handed_over: Vec<Note>,
    #[serde(default)]
    pub reports: Vec<Report>,
    /// Of the day, whichever shift is there when they come.
    #[serde(default)]
    pub deliveries: Vec<Delivery>,
    #[serde(default)]
    pub incidents: Vec<Incident>,
    #[serde(default)]
    pub keys: Vec<Key>,
    /// Of the team: for the day's lead and the office, while the window is open.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub phones: BTreeMap<MemberId, String>,
    /// Of the team, those who are not of the association that year, which insures: for the same.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub uninsured: BTreeSet<MemberId>,
    /// For the day's lead alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alarm: Option<String>,
}

/// One thing said on a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Marked(Marked),
    WalkedIn(WalkIn),
    WalkInRemoved {
        walk_in: WalkInId,
        said: Said,
    },
    Ticked {
        item: ItemId,
        done: bool,
        said: Said,
    },
    Read(Reading),
    Noted(Note),
    NoteSeen {
        note: NoteId,
        said: Said,
    },
    Reported(Report),
    DeliveryAdded(Delivery),
    /// The photo that is named follows by itself.
    Received {
        delivery: DeliveryId,
        received: Received,
        photo: Option<PhotoId>,
    },
    Happened(Incident),
    Closed(Closed),
}

impl DaySheet {
    /// Nothing said yet.
    pub fn of(shift: ShiftId) -> DaySheet {
        DaySheet {
            shift,
            closed: None,
            presences: Vec::new(),
            walk_ins: Vec::new(),
            checklists: Vec::new(),
            fridges: Vec::new(),
            notes: Vec::new(),
            handed_over: Vec::new(),
            reports: Vec::new(),
            deliveries: Vec::new(),
            incidents: Vec::new(),
            keys: Vec::new(),
            phones: BTreeMap::new(),
            uninsured: BTreeSet::new(),
            alarm: None,
        }
    }

    pub fn marked(&self, member: MemberId) -> Option<&Marked> {
        self.presences.iter().find(|marked| marked.member == member)
    }

    /// Of whom nothing was said, they came.
    pub fn presence_of(&self, member: MemberId) -> Presence {
        self.marked(member).map(|marked| marked.presence).unwrap_or_default()
    }

    /// The same, with what was decided with it.
    pub fn noted_of(&self, member: MemberId) -> Noted {
        Noted { presence: self.presence_of(member), owed: self.marked(member).and_then(|marked| marked.owed) }
    }

    pub fn item(&self, id: ItemId) -> Option<&Item> {
        self.checklists.iter().flat_map(|list| &list.items).find(|item| item.id == id)
    }

    /// The last word counts.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Marked(marked) => {
                self.presences.retain(|known| known.member != marked.member);
                self.presences.push(marked.clone());
            }
            Change::WalkedIn(walk_in) => self.walk_ins.push(walk_in.clone()),
            Change::WalkInRemoved { walk_in, .. } => self.walk_ins.retain(|known| known.id != *walk_in),
            Change::Ticked { item, done, said } => {
                let items = self.checklists.iter_mut().flat_map(|list| &mut list.items);
                for item in items.filter(|known| known.id == *item) {
                    item.done = done.then_some(*said);
                }
            }
            Change::Read(reading) => {
                for fridge in self.fridges.iter_mut().filter(|fridge| fridge.id == reading.fridge) {
                    fridge.last = Some(reading.clone());
                }
            }
            Change::Noted(note) => self.notes.push(note.clone()),
            Change::NoteSeen { note, said } => {
                for note in self.notes.iter_mut().chain(&mut self.handed_over).filter(|known| known.id == *note) {
                    note.seen = Some(*said);
                }
            }
            Change::Reported(report) => self.reports.push(report.clone()),
            Change::DeliveryAdded(delivery) => self.deliveries.push(delivery.clone()),
            Change::Received { delivery, received, .. } => {
                for known in self.deliveries.iter_mut().filter(|known| known.id == *delivery) {
                    known.last = Some(received.clone());
                }
            }
            Change::Happened(incident) => self.incidents.push(incident.clone()),
            Change::Closed(closed) => self.closed = Some(*closed),
        }
    }
}

/// Whether nobody who may lead is there: the lead's seat is empty, or its holder did not come.
fn is_leaderless(shift: &Shift, sheet: &DaySheet) -> bool {
    shift.lead().is_none_or(|lead| !sheet.presence_of(lead).came())
}

/// Whether somebody may keep the sheet of a shift by what is known without it: the planning, and what was last said of its lead, if
/// anything was. Of the others it need not be read at all.
pub fn could_keep(shift: &Shift, lead: Option<Presence>, member: MemberId, office: bool) -> bool {
    let leaderless = shift.lead().is_none() || lead.is_some_and(|lead| !lead.came());
    office || shift.lead() == Some(member) || leaderless && shift.seat_of(member).is_some()
}

/// Who keeps the sheet: the shift's lead, the office; and where nobody leads, whoever is there from
/// the team, so that a team without its lead is not without its sheet.
pub fn may_keep(shift: &Shift, sheet: &DaySheet, member: MemberId, office: bool) -> bool {
    office
        || shift.lead() == Some(member)
        || is_leaderless(shift, sheet) && shift.seat_of(member).is_some() && sheet.presence_of(member).came()
}
