//! What nobody has answered for too long is told to others.

use chrono::Duration;

use crate::time::Instant;

/// Who hears that nobody leads a shift, once it is this near.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// From so many hours before its start on, inclusive.
    pub within_h: u16,
    /// Those qualified to lead.
    pub leads: bool,
    /// The group that answers for the shifts, Association Alpar.
    pub group: bool,
    pub employee: bool,
}

/// The farthest first: wider each time.
const STEPS: [Step; 3] = [
    Step { within_h: LEAD_MISSING_H, leads: true, group: false, employee: false },
    Step { within_h: 24, leads: true, group: true, employee: false },
    Step { within_h: 3, leads: true, group: true, employee: true },
];

/// A lead's seat may stay empty until then without anybody hearing of it. Hours.
pub const LEAD_MISSING_H: u16 = 48;

/// The step that a shift without a lead is at: whoever hears of it late need not hear of the steps
/// before. None while it is far, and none from its start on.
pub fn step_at(start: Instant, now: Instant) -> Option<Step> {
    let left = start - now;
    let reached = |step: &&Step| left <= Duration::hours(i64::from(step.within_h));
    if left > Duration::zero() { STEPS.iter().rev().find(reached).copied() } else { None }
}

/// How long a card that moves somebody may stay unseen. Hours.
const UNSEEN_H: i64 = 24;
/// One that is older than this was told long ago. Days.
const UNSEEN_D: i64 = 7;

/// Which cards, if they are unseen at `now`, are told to the lead of the shift: those that came after
/// the first of these instants, until the second, inclusive.
pub fn unseen_too_long(now: Instant) -> (Instant, Instant) {
    (now - Duration::days(UNSEEN_D), now - Duration::hours(UNSEEN_H))
}
