//! Paris days, weeks and cycles. Instants are UTC; days are calendar days in Europe/Paris.

use chrono::{DateTime, Datelike, Days as ChronoDays, Duration, LocalResult, NaiveDate, NaiveTime, TimeZone, Timelike, Utc};
use chrono_tz::Europe::Paris;
use serde::{Deserialize, Serialize};

pub type Instant = DateTime<Utc>;

/// A range of days in Paris, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Days {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Days {
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }
}

/// The day in Paris at an instant.
pub fn paris_day(at: Instant) -> NaiveDate {
    at.with_timezone(&Paris).date_naive()
}

/// The wall clock in Paris at an instant.
pub fn paris_clock(at: Instant) -> NaiveTime {
    at.with_timezone(&Paris).time()
}

/// Minutes since midnight on Paris clocks.
pub fn paris_minute(at: Instant) -> u16 {
    let clock = paris_clock(at);
    u16::try_from(clock.hour() * 60 + clock.minute()).unwrap_or(0)
}

/// The instant at which Paris clocks show `clock` on `day`. An hour that does not exist (the
/// spring night) is taken an hour later; one that comes twice (the autumn night), the first time.
pub fn paris_instant(day: NaiveDate, clock: NaiveTime) -> Instant {
    let wall = day.and_time(clock);
    match Paris.from_local_datetime(&wall) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.with_timezone(&Utc),
        LocalResult::None => {
            let later = wall + Duration::hours(1);
            Paris.from_local_datetime(&later).earliest().map_or_else(|| later.and_utc(), |at| at.with_timezone(&Utc))
        }
    }
}

/// The Monday of a day's week.
pub fn monday_of(day: NaiveDate) -> NaiveDate {
    minus_days(day, u64::from(day.weekday().num_days_from_monday()))
}

/// `day` moved forward; stays at the calendar's end (year 262142) instead of overflowing.
pub fn plus_days(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(ChronoDays::new(days)).unwrap_or(NaiveDate::MAX)
}

/// `day` moved back; stays at the calendar's beginning instead of overflowing.
pub fn minus_days(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(ChronoDays::new(days)).unwrap_or(NaiveDate::MIN)
}

/// Which of the four weeks of the cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CycleWeek {
    A,
    B,
    C,
    D,
}

impl CycleWeek {
    pub const ALL: [CycleWeek; 4] = [CycleWeek::A, CycleWeek::B, CycleWeek::C, CycleWeek::D];

    /// 0 for A to 3 for D.
    pub fn index(self) -> u8 {
        self as u8
    }

    pub fn from_index(index: u8) -> Option<CycleWeek> {
        Self::ALL.get(usize::from(index)).copied()
    }

    pub fn letter(self) -> char {
        char::from(b'A' + self.index())
    }
}

/// The four-week cycle, counted from a Monday and never from the ISO week number, of which some
/// years have 53: 28 December 2026 and 4 January 2027 would both be « A ».
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cycle {
    /// A Monday that begins a week A.
    anchor: NaiveDate,
}

/// A day that is not a Monday cannot begin a cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAMonday(pub NaiveDate);

impl Cycle {
    pub const DAYS: u64 = 28;

    pub fn anchored_on(monday: NaiveDate) -> Result<Cycle, NotAMonday> {
        if monday_of(monday) == monday { Ok(Cycle { anchor: monday }) } else { Err(NotAMonday(monday)) }
    }

    pub fn week_of(&self, day: NaiveDate) -> CycleWeek {
        let weeks = (monday_of(day) - self.anchor).num_days().div_euclid(7);
        CycleWeek::ALL[usize::try_from(weeks.rem_euclid(4)).unwrap_or(0)]
    }

    /// First and last day of the cycle that holds `day`.
    pub fn around(&self, day: NaiveDate) -> Days {
        let first = minus_days(monday_of(day), 7 * u64::from(self.week_of(day).index()));
        Days { from: first, to: plus_days(first, Self::DAYS - 1) }
    }
}
