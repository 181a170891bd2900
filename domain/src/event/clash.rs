//! « Tu as une vacation ce jour-là »: an event that one cannot come to without leaving a seat.

use chrono::Duration;

use super::Times;
use crate::board::when;
use crate::id::MemberId;
use crate::order;
use crate::reason::When;
use crate::shifts::Shift;

/// The shifts of `member` that run into an event, earliest first. A few minutes at either end do not count, as between two
/// shifts: `tolerance_min` is the rules' (minutes).
pub fn clashes<'a>(
    times: &Times,
    shifts: impl IntoIterator<Item = &'a Shift>,
    member: MemberId,
    tolerance_min: u16,
) -> Vec<When> {
    let tolerance = Duration::minutes(i64::from(tolerance_min));
    let runs_into = |shift: &&Shift| {
        let together = shift.ends_at.min(times.ends_at) - shift.starts_at.max(times.starts_at);
        // Most are at another time: no seat of theirs is looked at.
        together > tolerance && shift.is_planned() && shift.seat_of(member).is_some()
    };
    let mut found: Vec<When> = shifts.into_iter().filter(runs_into).map(when).collect();
    order::by_key(&mut found, |when| (when.starts_at, when.shift));
    found
}
