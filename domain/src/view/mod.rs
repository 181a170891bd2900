//! What a screen shows: pure selections from the snapshots.
//!
//! The server makes one to render a page; the browser makes the same one from its own copy. Only
//! the selection, never a snapshot, stands in the page's HTML.

pub mod assembly;
pub mod brief;
pub mod catalogue;
pub mod choices;
pub mod commitment;
pub mod coverage;
pub mod day_sheet;
pub mod dossiers;
pub mod event;
pub mod events;
pub mod exchanges;
pub mod governance;
pub mod groups;
pub mod home;
pub mod leaf;
pub mod mail_act;
pub mod mine;
pub mod profile;
pub mod proposing;
pub mod responsible;
pub mod seats;
pub mod shift;
pub mod telling;
pub mod week;
pub mod what_if;

use crate::calendar::Calendar;
use crate::id::SeatId;
use crate::me::Me;
use crate::time::Instant;
use crate::watches::Kept;

/// What a selection looks at.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    pub calendar: &'a Calendar,
    pub me: &'a Me,
    pub now: Instant,
}

impl Seen<'_> {
    /// A free seat is kept for the next in line, who is not me.
    pub fn is_kept_for_other(&self, seat: SeatId) -> bool {
        let counts = |kept: &&Kept| kept.seat == seat && self.now <= kept.until;
        self.calendar.kept.iter().any(|kept| counts(&kept)) && !self.me.kept.iter().any(|kept| counts(&kept))
    }
}
