//! By when something that waits for the office should be dealt with.

use chrono::NaiveDate;

use crate::register::STUCK_D;
use crate::sheet::Mishap;
use crate::time::{Days, Instant, minus_days, paris_day, plus_days};

/// Somebody who asks is answered within this. Days.
const ANSWER_D: u64 = 7;
/// Whoever is behind is spoken to within this. Days.
const BEHIND_D: u64 = 14;
/// An address that came back is put right within this. Days.
const BOUNCED_D: u64 = 7;
/// A file that nobody approves is kept for so long. Days.
const IMPORT_D: u64 = 2;
/// What broke in the shop is looked at within this; what endangers somebody, the same day. Days.
const MISHAP_D: u64 = 3;
/// Whoever asks to be erased is answered within this: a month, by law (RGPD, article 12). Days.
const ERASE_D: u64 = 30;
/// Whoever has no share is spoken to within this. Days.
const SUBSCRIBE_D: u64 = 30;
/// A share may be paid in several times, within this. Days.
const SHARE_D: u64 = 90;
/// What was paid in is given back to whoever leaves within this. Days.
const REFUND_D: u64 = 30;
/// A newcomer for whom nothing was done for long is asked within this. Days.
const NEWCOMER_D: u64 = 7;
/// A request to join a group that its referents leave unanswered for so long comes to the office, too. Days.
pub const JOINING_D: u64 = 5;
/// A grant is shown so long before its day. Days.
pub const GRANT_D: u64 = 30;
/// Other dossiers of the office are shown so long before theirs. Days.
pub const DOSSIER_D: u64 = 14;
/// The day of the month by which the figure of the month before is typed.
pub const FIGURE_DAY: u32 = 10;

/// A request for a leave: within a week, and before it begins.
pub fn answer_by(asked_at: Instant, days: Days) -> NaiveDate {
    plus_days(paris_day(asked_at), ANSWER_D).min(minus_days(days.from, 1)).max(paris_day(asked_at))
}

/// Whoever is behind since that day.
pub fn speak_by(since: NaiveDate) -> NaiveDate {
    plus_days(since, BEHIND_D)
}

/// An address that came back; sooner where its member works before.
pub fn bounced_by(at: Instant, works: Option<Instant>) -> NaiveDate {
    let week = plus_days(paris_day(at), BOUNCED_D);
    works.map_or(week, |works| week.min(minus_days(paris_day(works), 1)).max(paris_day(at)))
}

pub fn import_by(at: Instant) -> NaiveDate {
    plus_days(paris_day(at), IMPORT_D)
}

pub fn mishap_by(what: Mishap, at: Instant) -> NaiveDate {
    match what {
        Mishap::Safety => paris_day(at),
        Mishap::Breakage | Mishap::Other => plus_days(paris_day(at), MISHAP_D),
    }
}

pub fn joining_by(asked_at: Instant) -> NaiveDate {
    plus_days(paris_day(asked_at), ANSWER_D)
}

pub fn erase_by(asked_at: Instant) -> NaiveDate {
    plus_days(paris_day(asked_at), ERASE_D)
}

/// They came that day, and have no share.
pub fn subscribe_by(since: NaiveDate) -> NaiveDate {
    plus_days(since, SUBSCRIBE_D)
}

pub fn share_by(subscribed_on: NaiveDate) -> NaiveDate {
    plus_days(subscribed_on, SHARE_D)
}

/// Whether it is time to ask for what is left of a share.
pub fn asks_share(due: NaiveDate, today: NaiveDate) -> bool {
    is_ahead(due, false, today)
}

/// They left on that day.
pub fn refund_by(left_on: NaiveDate) -> NaiveDate {
    plus_days(left_on, REFUND_D)
}

/// Nothing was done since that day, for as long as it takes to be stuck.
pub fn newcomer_by(since: NaiveDate) -> NaiveDate {
    plus_days(since, STUCK_D.unsigned_abs() + NEWCOMER_D)
}

/// The figure of a month, of which `month` is the first day: the tenth of the month after.
pub fn figure_by(month: NaiveDate) -> NaiveDate {
    let next = crate::objectives::next_month(month);
    chrono::Datelike::with_day(&next, FIGURE_DAY).unwrap_or(next)
}

/// Whether a dossier's day is near enough to be shown; one that has passed is, too.
pub fn is_ahead(due: NaiveDate, grant: bool, today: NaiveDate) -> bool {
    due <= plus_days(today, if grant { GRANT_D } else { DOSSIER_D })
}
