//! One person with two cards: what the card that goes has comes to the one that stays.

use serde::{Deserialize, Serialize};

use super::{Mistake, Part, Status, Written};
use crate::id::MemberId;
use crate::ledger::Credit;
use crate::reason::When;
use crate::share::Share;

/// One of two cards, beside the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeSide {
    pub id: MemberId,
    pub number: i32,
    pub written: Written,
    pub status: Status,
    #[serde(default)]
    pub share: Option<Share>,
    #[serde(default)]
    pub years: Vec<i32>,
    #[serde(default)]
    pub groups: Vec<String>,
}

/// What putting them together does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergePreview {
    pub keeps: MergeSide,
    pub goes: MergeSide,
    /// What the card that stays lacks, and gets.
    pub filled: Vec<Part>,
    /// Seats that come along, and those that come free.
    pub moved: Vec<When>,
    pub freed: Vec<When>,
    /// What was worked under the card that goes.
    pub credit: Credit,
    /// Why it cannot be done.
    pub mistake: Option<Mistake>,
}

/// Whether two cards may be put together. Two shares that were paid for are two members' money: one is given back first.
pub fn may_merge(keeps: &MergeSide, goes: &MergeSide) -> Result<(), Mistake> {
    let paid = |side: &MergeSide| side.share.as_ref().is_some_and(|share| !share.is_over() && share.paid().0 > 0);
    if keeps.id == goes.id {
        Err(Mistake::SamePerson)
    } else if !keeps.status.is_there() || matches!(goes.status, Status::Merged { .. } | Status::Erased) {
        Err(Mistake::NotThere)
    } else if paid(keeps) && paid(goes) {
        Err(Mistake::BothHaveShares)
    } else {
        Ok(())
    }
}

/// What of `goes` the card `keeps` lacks; and that card with it.
fn filled(keeps: &Written, goes: &Written) -> (Written, Vec<Part>) {
    let mut after = keeps.clone();
    if after.email.is_empty() {
        after.email.clone_from(&goes.email);
    }
    if after.phone.is_none() {
        after.phone.clone_from(&goes.phone);
    }
    if after.address.is_empty() {
        after.address.clone_from(&goes.address);
    }
    after.joined_on = after.joined_on.min(goes.joined_on);
    after.skills.extend(goes.skills.iter().cloned());
    let parts = keeps.differing(&after);
    (after, parts)
}

impl MergeSide {
    /// The card as it is once it has what `goes` brings, and what that is.
    pub fn with(&self, goes: &MergeSide) -> (Written, Vec<Part>) {
        filled(&self.written, &goes.written)
    }
}
