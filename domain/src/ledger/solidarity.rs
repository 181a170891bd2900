//! The solidarity pot: a vacation done for somebody else, and what may be drawn from it.

use chrono::{Datelike, NaiveDate};

use super::credit::Credit;
use super::entry::{Entry, EntryKind};
use super::policy::Policy;
use super::standing::Standing;

/// Why nothing can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoGift {
    /// The co-op keeps no pot.
    NoPot,
    /// Only what was done ahead can be given.
    NothingAhead { ahead: Credit },
}

/// Why nothing can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoDraw {
    NoPot,
    /// Nothing is owed.
    NothingOwed,
    /// The year's draws are made.
    Enough {
        a_year: u8,
    },
    /// It would leave less than the co-op keeps in it.
    PotTooLow {
        pot: Credit,
        floor: Credit,
    },
}

/// What is in the pot: what members gave, less what was drawn.
pub fn pot<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Credit {
    let about = |entry: &&Entry| matches!(entry.kind, EntryKind::SolidarityGift | EntryKind::SolidarityDraw);
    -entries.into_iter().filter(about).map(|entry| entry.credit).sum::<Credit>()
}

/// How often somebody drew in the year of a day.
pub fn drawn_in(entries: &[Entry], day: NaiveDate) -> usize {
    entries.iter().filter(|entry| entry.kind == EntryKind::SolidarityDraw && entry.on.year() == day.year()).count()
}

/// One vacation, given away.
pub fn gift(policy: &Policy, standing: &Standing, on: NaiveDate) -> Result<Entry, NoGift> {
    let ahead = standing.exact.ahead;
    match (policy.pot.open, ahead >= Credit::SHIFT) {
        (false, _) => Err(NoGift::NoPot),
        (true, false) => Err(NoGift::NothingAhead { ahead }),
        (true, true) => Ok(Entry::new(EntryKind::SolidarityGift, on, -Credit::SHIFT)),
    }
}

/// One vacation, or what is owed if it is less, from a pot of so much.
pub fn draw(policy: &Policy, entries: &[Entry], standing: &Standing, pot: Credit, on: NaiveDate) -> Result<Entry, NoDraw> {
    let rules = policy.pot;
    let credit = standing.exact.to_do.min(Credit::SHIFT);
    if !rules.open {
        Err(NoDraw::NoPot)
    } else if credit.is_none() {
        Err(NoDraw::NothingOwed)
    } else if drawn_in(entries, on) >= usize::from(rules.draws_a_year) {
        Err(NoDraw::Enough { a_year: rules.draws_a_year })
    } else if pot - credit < rules.floor {
        Err(NoDraw::PotTooLow { pot, floor: rules.floor })
    } else {
        Ok(Entry::new(EntryKind::SolidarityDraw, on, credit))
    }
}
