//! When something is said: at once, in the morning, or so long before a shift.

use chrono::{Duration, NaiveTime};

use super::{Ahead, Kind, entry, kind};
use crate::event::Changed;
use crate::notice::Notice;
use crate::time::{Instant, minus_days, paris_clock, paris_day, paris_instant, plus_days};

/// Quiet from here…
const EVENING: NaiveTime = match NaiveTime::from_hms_opt(21, 0, 0) {
    Some(clock) => clock,
    None => NaiveTime::MIN,
};
/// …to here, on Paris clocks.
const MORNING: NaiveTime = match NaiveTime::from_hms_opt(7, 30, 0) {
    Some(clock) => clock,
    None => NaiveTime::MIN,
};

/// When a notice of this kind that came up at `at` goes out: at once, or after the quiet hours.
pub fn due_at(kind: Kind, at: Instant) -> Instant {
    if entry(kind).urgent { at } else { after_the_night(at) }
}

/// What begins so soon after the quiet hours cannot wait for their end. Hours.
const SOON_H: i64 = 1;

/// When this notice goes out. What is said of an event in the evening waits for no morning where that would come when the event has
/// begun, or is about to: nobody goes there for nothing.
pub fn goes_out_at(notice: &Notice, at: Instant) -> Instant {
    let quiet = due_at(kind(notice), at);
    let comes_late = |begins: Instant| at < begins && begins - quiet < Duration::hours(SOON_H);
    if begins(notice).into_iter().any(comes_late) { at } else { quiet }
}

/// When what it says of an event to come is of use: before it begins, by what was known of it and by what is said now.
fn begins(notice: &Notice) -> Vec<Instant> {
    match notice {
        Notice::EventChanged { starts_at, changed, .. } => {
            let was = changed.iter().filter_map(|changed| match changed {
                Changed::Start { was, .. } => Some(*was),
                _ => None,
            });
            was.chain([*starts_at]).collect()
        }
        Notice::EventCancelled { starts_at, .. }
        | Notice::EventSeatsFree { starts_at, .. }
        | Notice::CarpoolWithdrawn { starts_at, .. }
        | Notice::EventWord { starts_at, .. } => vec![*starts_at],
        _ => Vec::new(),
    }
}

fn after_the_night(at: Instant) -> Instant {
    let (day, clock) = (paris_day(at), paris_clock(at));
    if clock >= EVENING {
        paris_instant(plus_days(day, 1), MORNING)
    } else if clock < MORNING {
        paris_instant(day, MORNING)
    } else {
        at
    }
}

/// When to remind of a shift that starts at `start`: days are counted on the calendar of Paris, so
/// that the hour stays the same when the clocks change. One that falls at night comes in the
/// morning, or the evening before when the shift would then have begun.
pub fn remind_at(start: Instant, ahead: Ahead) -> Instant {
    let at = match ahead {
        Ahead::Days(days) => paris_instant(minus_days(paris_day(start), u64::from(days)), paris_clock(start)),
        Ahead::Hours(hours) => start - Duration::hours(i64::from(hours)),
    };
    let morning = after_the_night(at);
    if morning < start { morning } else { before_the_night(at) }
}

fn before_the_night(at: Instant) -> Instant {
    let (day, clock) = (paris_day(at), paris_clock(at));
    let evening = if clock < MORNING { minus_days(day, 1) } else { day };
    paris_instant(evening, EVENING) - Duration::minutes(30)
}
