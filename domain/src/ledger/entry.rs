//! One line of the ledger, written once and never changed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::credit::Credit;
use crate::id::ShiftId;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// A cycle's duty falls due: what the policy asks, as a debt.
    CycleDue,
    /// On leave: that cycle's duty is taken back.
    Leave,
    /// Exempted: that cycle's duty is taken back.
    Exemption,
    /// A shift worked.
    Done,
    /// A shift closed by the co-op and excused, or an absence for which nothing is owed.
    Excused,
    /// An absence: what the policy says is owed on top of the duty, which stays.
    Missed,
    /// Work that makes up for an absence outside of the planning, noted by the office.
    MakeUp,
    /// Work done ahead outside of the planning, noted by the office.
    Advance,
    /// By the office, or by a sheet that was noted again, with a reason.
    Correction,
    /// A vacation done, given to those who cannot.
    SolidarityGift,
    /// A vacation from what others gave.
    SolidarityDraw,
    /// More days before an alert becomes a delay; counts nothing.
    Grace,
}

impl EntryKind {
    /// Whether it is about a cycle's own duty, which is only overdue once the cycle is over.
    pub fn is_duty(self) -> bool {
        matches!(self, EntryKind::CycleDue | EntryKind::Leave | EntryKind::Exemption)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Entry {
    pub kind: EntryKind,
    /// The day in Paris it counts for.
    pub on: NaiveDate,
    /// Negative owed, positive done.
    pub credit: Credit,
    pub why: String,
    /// The shift it is about.
    pub shift: Option<ShiftId>,
    /// Unique for its member, where it must not be written twice; empty where it may.
    pub key: String,
}

impl Entry {
    pub fn new(kind: EntryKind, on: NaiveDate, credit: Credit) -> Entry {
        Entry { kind, on, credit, why: String::new(), shift: None, key: String::new() }
    }

    #[must_use]
    pub fn because(self, why: &str) -> Entry {
        Entry { why: why.to_owned(), ..self }
    }

    #[must_use]
    pub fn keyed(self, key: String) -> Entry {
        Entry { key, ..self }
    }

    #[must_use]
    pub fn about(self, shift: ShiftId) -> Entry {
        Entry { shift: Some(shift), ..self }
    }

    /// Whole shifts: negative owed, positive done.
    pub fn shifts(&self) -> i16 {
        self.credit.whole()
    }
}

/// On the wire and in tables: shifts, as all builds know them, and the credit where it is not just that.
#[derive(Serialize, Deserialize)]
struct Written {
    kind: EntryKind,
    on: NaiveDate,
    shifts: i16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    credit: Option<Credit>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    why: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    shift: Option<ShiftId>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    key: String,
}

impl From<Written> for Entry {
    fn from(written: Written) -> Entry {
        let Written { kind, on, shifts, credit, why, shift, key } = written;
        Entry { kind, on, credit: credit.unwrap_or(Credit::shifts(i32::from(shifts))), why, shift, key }
    }
}

impl From<Entry> for Written {
    fn from(entry: Entry) -> Written {
        let shifts = entry.shifts();
        let Entry { kind, on, credit, why, shift, key } = entry;
        let credit = (Credit::shifts(i32::from(shifts)) != credit).then_some(credit);
        Written { kind, on, shifts, credit, why, shift, key }
    }
}
