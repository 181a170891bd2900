//! What is entered by hand: the office's corrections, how much of the duty somebody bears, and what is
//! given to the pot or drawn from it.

use super::requests::reason_given;
use super::{Decided, Effects, sure};
use crate::board::Board;
use crate::command::Bears;
use crate::effect::Effect;
use crate::eligibility::Missing;
use crate::id::MemberId;
use crate::ledger::{Credit, DutyPeriod, Entry, EntryKind, NoDraw, NoGift, Share, draw, gift, standing};
use crate::members::Known;
use crate::outcome::Done;
use crate::reason::Reason;
use crate::time::{Instant, paris_day, plus_days};

/// The most that one correction adds or takes away. Vacations.
const CORRECTED_CAP: i32 = 8;

/// The office's alone, and never one's own.
fn for_other(board: &Board, member: MemberId, by: MemberId) -> Result<(), Reason> {
    if !board.office {
        return Err(Reason::NotAllowed);
    }
    if member == by || board.on_my_ledger.contains(&member) {
        return Err(Reason::NotYourself);
    }
    if board.people.contains_key(&member) { Ok(()) } else { Err(Reason::UnknownMember) }
}

pub(super) fn correct(
    board: &Board,
    member: MemberId,
    (kind, credit): (EntryKind, Credit),
    why: &str,
    by: MemberId,
    now: Instant,
) -> Decided {
    for_other(board, member, by)?;
    let why = reason_given(why)?;
    let most = Credit::shifts(CORRECTED_CAP);
    let credit = match kind {
        EntryKind::Grace => Credit::NONE,
        EntryKind::MakeUp | EntryKind::Advance if credit > Credit::NONE && credit <= most => credit,
        EntryKind::Correction if !credit.is_none() && credit <= most && credit >= -most => credit,
        EntryKind::MakeUp | EntryKind::Advance | EntryKind::Correction => {
            return Err(Reason::BadCredit { most: CORRECTED_CAP.unsigned_abs() });
        }
        _ => return Err(Reason::NotUnderstood),
    };
    sure(vec![Effect::Counted { member, entry: Entry::new(kind, paris_day(now), credit).because(&why) }])
}

/// What is due already stays so: it begins tomorrow at the earliest.
pub(super) fn set_duty(
    board: &Board,
    (member, from): (MemberId, chrono::NaiveDate),
    (bears, with): (Bears, Option<MemberId>),
    why: &str,
    by: MemberId,
    now: Instant,
) -> Decided {
    for_other(board, member, by)?;
    let why = reason_given(why)?;
    let first = plus_days(paris_day(now), 1);
    if from < first {
        return Err(Reason::DaysTooEarly { from: first });
    }
    let share = match (bears, with) {
        (Bears::Whole, _) => Share::Whole,
        (Bears::Half, _) => Share::Half,
        (Bears::With, None) => return Err(Reason::NobodyNamed),
        (Bears::With, Some(other)) if other == member => return Err(Reason::NobodyNamed),
        (Bears::With, Some(other)) if !board.people.contains_key(&other) => return Err(Reason::UnknownMember),
        // One ledger for a household: not one on another's that is on a third one's.
        (Bears::With, Some(other)) if board.households.contains_key(&other) => {
            return Err(Reason::SharesAlready { who: board.who(other) });
        }
        (Bears::With, Some(_)) if board.households.values().any(|known| *known == member) => {
            return Err(Reason::SharesAlready { who: board.who(member) });
        }
        (Bears::With, Some(other)) => Share::With(other),
    };
    sure(vec![Effect::DutySet { member, period: DutyPeriod { from, to: None, share }, why }])
}

pub(super) fn give_solidarity(board: &Board, member: MemberId, now: Instant) -> Decided {
    let today = paris_day(now);
    let entries = board.ledgers.get(&member).ok_or(Reason::NotActive)?;
    let standing = standing(entries, &board.rules, now);
    let entry = gift(&board.rules.policy_on(today), &standing, today).map_err(Reason::from)?;
    sure(vec![Effect::Counted { member, entry }])
}

/// What is in the pot only the server knows.
pub(super) fn draw_solidarity(board: &Board, member: MemberId, now: Instant) -> Decided {
    let today = paris_day(now);
    let entries = board.ledgers.get(&member).ok_or(Reason::NotActive)?;
    let policy = board.rules.policy_on(today);
    let standing = standing(entries, &board.rules, now);
    let (pot, missing) = match board.pot {
        Known::Known(pot) => (pot, Vec::new()),
        Known::Unknown => (policy.pot.floor + Credit::SHIFT, vec![Missing::Unseen]),
    };
    let entry = draw(&policy, entries, &standing, pot, today).map_err(Reason::from)?;
    Ok((Effects { list: vec![Effect::Counted { member, entry }], done: Done::default() }, missing))
}

impl From<NoGift> for Reason {
    fn from(no: NoGift) -> Reason {
        match no {
            NoGift::NoPot => Reason::NoPot,
            NoGift::NothingAhead { ahead } => Reason::NothingAhead { ahead },
        }
    }
}

impl From<NoDraw> for Reason {
    fn from(no: NoDraw) -> Reason {
        match no {
            NoDraw::NoPot => Reason::NoPot,
            NoDraw::NothingOwed => Reason::NothingOwed,
            NoDraw::Enough { a_year } => Reason::DrawnEnough { a_year },
            NoDraw::PotTooLow { pot, floor } => Reason::PotTooLow { pot, floor },
        }
    }
}
