//! What the day sheet leaves in the ledger.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::credit::Credit;
use super::entry::{Entry, EntryKind};
use super::policy::{Counting, Policy};
use crate::id::MemberId;
use crate::shifts::Shift;

/// What somebody's coming came to. Nobody needs to be marked for having come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    #[default]
    Present,
    /// Came, and after the start: counts as present.
    Late,
    Absent,
    /// « excusé·e »: said so in time.
    Excused,
    /// « remplacé·e par »: somebody else did the work, and has the credit.
    Replaced,
}

impl Presence {
    pub const ALL: [Presence; 5] = [Presence::Present, Presence::Late, Presence::Absent, Presence::Excused, Presence::Replaced];

    /// Was in the shop.
    pub fn came(self) -> bool {
        matches!(self, Presence::Present | Presence::Late)
    }
}

/// A presence, and what was decided with it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    pub presence: Presence,
    /// An absence: what the lead or the office left owing, in shifts; none: what the policy says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owed: Option<u8>,
}

impl From<Presence> for Noted {
    fn from(presence: Presence) -> Noted {
        Noted { presence, owed: None }
    }
}

/// What a shift worked counts as.
pub fn credit_of(policy: &Policy, shift: &Shift) -> Credit {
    if let Some(other) = policy.credits.iter().find(|other| other.template == shift.template) {
        return other.credit;
    }
    match policy.counting {
        Counting::Shift => Credit::SHIFT,
        Counting::Minutes { a_shift } => {
            let minutes = (shift.ends_at - shift.starts_at).num_minutes().clamp(0, 24 * 60);
            let credit = minutes * i64::from(Credit::SHIFT.0) / i64::from(a_shift.max(1));
            Credit(i32::try_from(credit).unwrap_or(i32::MAX))
        }
    }
}

/// What somebody's presence on a shift counts, once its sheet is closed. A shift that was worked is
/// done; a missed one leaves its duty owed, and what the policy asks on top.
pub fn entries_for_presence(policy: &Policy, shift: &Shift, noted: Noted) -> Vec<Entry> {
    let credit = credit_of(policy, shift);
    let (kind, credit) = match noted.presence {
        Presence::Present | Presence::Late => (EntryKind::Done, credit),
        Presence::Replaced => return Vec::new(),
        Presence::Absent => missed(noted.owed.unwrap_or(policy.owed_on(shift.on)), credit),
        Presence::Excused => missed(noted.owed.unwrap_or(policy.absence.excused_owed).min(1), credit),
    };
    vec![Entry::new(kind, shift.on, credit).about(shift.id)]
}

/// What an entry of a closed sheet is written once by: two of a household share a ledger, and may
/// have worked the same shift.
pub fn key_on(shift: &Shift, member: MemberId) -> String {
    format!("shift/{}/{member}", shift.id)
}

/// Nothing owed is as if done; one is the duty that stays; each more is another one.
fn missed(owed: u8, credit: Credit) -> (EntryKind, Credit) {
    match owed {
        0 => (EntryKind::Excused, credit),
        more => (EntryKind::Missed, Credit(-credit.0.saturating_mul(i32::from(more) - 1))),
    }
}

/// A presence that is noted otherwise after its sheet was closed, or none any more: what was written
/// stays, and the difference is an entry of the day on which it was noted.
pub fn entries_for_changed_presence(
    policy: &Policy,
    shift: &Shift,
    (was, is): (Noted, Option<Noted>),
    on: NaiveDate,
    why: &str,
) -> Vec<Entry> {
    if Some(was) == is {
        return Vec::new();
    }
    let counted = |noted| -> Credit { entries_for_presence(policy, shift, noted).iter().map(|entry| entry.credit).sum() };
    let credit = is.map(counted).unwrap_or_default() - counted(was);
    vec![Entry::new(EntryKind::Correction, on, credit).because(why).about(shift.id)]
}

/// What the day's lead may leave owing for an absence, in shifts: the policy's, or one less than two.
pub fn lead_may_owe(policy: &Policy, day: NaiveDate) -> Vec<u8> {
    let full = policy.owed_on(day);
    if policy.absence.lead_may_reduce && full > 1 { vec![full, 1] } else { vec![full] }
}
