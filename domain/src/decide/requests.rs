//! A leave or an exemption is asked for, withdrawn, answered.

use super::{Decided, sure};
use crate::board::Board;
use crate::effect::Effect;
use crate::id::{MemberId, RequestId};
use crate::notice::Notice;
use crate::reason::Reason;
use crate::requests::{Asked, LONGEST_D, LeaveRequest, RequestState, WHY_CAP, earliest};
use crate::time::{Days, Instant, paris_day, plus_days};

pub(super) fn request_leave(
    board: &Board,
    id: RequestId,
    (what, days): (Asked, Days),
    why: &str,
    member: MemberId,
    now: Instant,
) -> Decided {
    let why = if what == Asked::Exemption { reason_given(why) } else { short(why) }?;
    let earliest = earliest(paris_day(now));
    if days.to < days.from {
        return Err(Reason::DaysBackwards);
    }
    if days.from < earliest {
        return Err(Reason::DaysTooEarly { from: earliest });
    }
    if days.to >= plus_days(days.from, LONGEST_D) {
        return Err(Reason::DaysTooLong { days: 731 });
    }
    let open = board.requests.values().find(|known| known.member == member && known.is_pending() && known.overlaps(days));
    if let Some(open) = open {
        return Err(Reason::AlreadyAsked { from: open.days.from, to: open.days.to });
    }
    sure(vec![Effect::RequestMade(LeaveRequest { id, member, what, days, why, asked_at: now, state: RequestState::Pending })])
}

pub(super) fn withdraw_request(board: &Board, id: RequestId, member: MemberId, now: Instant) -> Decided {
    let request = board.requests.get(&id).filter(|known| known.member == member).ok_or(Reason::UnknownRequest)?;
    still_open(request)?;
    sure(vec![Effect::RequestEnded { request: id, state: RequestState::Withdrawn { at: now } }])
}

/// The office answers; nobody answers themselves, nor whoever shares their duty.
pub(super) fn answer_request(board: &Board, id: RequestId, granted: bool, word: &str, by: MemberId, now: Instant) -> Decided {
    if !board.office {
        return Err(Reason::NotAllowed);
    }
    let request = board.requests.get(&id).ok_or(Reason::UnknownRequest)?;
    if request.member == by || board.on_my_ledger.contains(&request.member) {
        return Err(Reason::NotYourself);
    }
    still_open(request)?;
    // Whoever is refused reads why.
    let word = if granted { short(word) } else { reason_given(word) }?;
    let state = match granted {
        true => RequestState::Granted { at: now, by, word },
        false => RequestState::Refused { at: now, by, word },
    };
    sure(vec![
        Effect::RequestEnded { request: id, state },
        Effect::Told { member: request.member, notice: Notice::RequestAnswered { request: id } },
    ])
}

fn still_open(request: &LeaveRequest) -> Result<(), Reason> {
    if request.is_pending() { Ok(()) } else { Err(Reason::RequestClosed) }
}

/// A reason, or the word that answers it.
pub(super) fn short(text: &str) -> Result<String, Reason> {
    short_within(text, WHY_CAP)
}

/// A text of so many characters at most.
pub(super) fn short_within(text: &str, cap: usize) -> Result<String, Reason> {
    let text = text.trim();
    if text.chars().count() > cap {
        return Err(Reason::NoteTooLong { cap: u16::try_from(cap).unwrap_or(u16::MAX) });
    }
    Ok(text.to_owned())
}

/// A reason that has to be there.
pub(super) fn reason_given(text: &str) -> Result<String, Reason> {
    let why = short(text)?;
    if why.is_empty() { Err(Reason::WhyMissing) } else { Ok(why) }
}
