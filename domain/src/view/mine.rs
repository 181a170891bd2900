//! Les miennes: my coming and past shifts.

use serde::{Deserialize, Serialize};

use super::Seen;
use super::home::standing_now;
use super::seats::{ShiftCard, shift_card};
use crate::ledger::Standing;
use crate::members::ShortName;
use crate::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MineView {
    pub as_of: Instant,
    pub now: Instant,
    pub name: ShortName,
    pub standing: Standing,
    pub coming: Vec<ShiftCard>,
    /// Newest first.
    pub past: Vec<ShiftCard>,
    pub offers: usize,
}

pub fn mine(seen: Seen<'_>) -> MineView {
    let mut past: Vec<ShiftCard> = held(seen, |shift| shift.ends_at <= seen.now);
    past.reverse();
    MineView {
        as_of: seen.calendar.as_of.min(seen.me.as_of),
        now: seen.now,
        name: seen.me.profile.name(),
        standing: standing_now(seen),
        coming: coming(seen),
        past,
        offers: super::exchanges::on_board(seen),
    }
}

/// My shifts that are not over, soonest first; closed ones too, with their words.
pub fn coming(seen: Seen<'_>) -> Vec<ShiftCard> {
    held(seen, |shift| shift.ends_at > seen.now)
}

fn held(seen: Seen<'_>, keep: impl Fn(&crate::shifts::Shift) -> bool) -> Vec<ShiftCard> {
    seen.calendar
        .shifts
        .iter()
        .filter(|shift| shift.seat_of(seen.me.id()).is_some() && keep(shift))
        .map(|shift| shift_card(seen, shift))
        .collect()
}
