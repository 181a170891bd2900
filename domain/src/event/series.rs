//! What comes back: every so many weeks, or on one weekday of the month, until a day.
//!
//! The days themselves are worked out on the server, by a library that knows recurrence rules. Here is what may be asked
//! for, how it is written for that library and for calendars, and what a changed rule does to the days that are known.

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use super::times::local;
use super::typed::number;
use super::{Terms, Times};
use crate::id::{GroupId, SeriesId};
use crate::time::{Instant, paris_instant, plus_days};

/// The most times that something may come back.
pub const OCCURRENCES_CAP: usize = 104;
/// Every so many weeks, or months, at most.
const EVERY_CAP: u8 = 12;
/// The longest series, from its first day on. Days.
const LONGEST_D: i64 = 740;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    /// On the weekday of the first day, every so many weeks.
    Weekly { every: u8 },
    /// On that weekday, the first to the fourth of the month, or the last (-1), every so many months.
    Monthly { every: u8, nth: i8 },
}

/// A rule with an end: there is no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The first day.
    pub first: NaiveDate,
    pub rhythm: Rhythm,
    /// The last day that it may fall on, inclusive.
    pub until: NaiveDate,
}

/// Something that comes back, as it is where nobody changed one time of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    pub id: SeriesId,
    pub group: GroupId,
    pub rule: Rule,
    /// Its times are those of the rule's first day.
    pub terms: Terms,
}

impl Series {
    pub fn hours(&self) -> Hours {
        Hours::of(self.rule.first, &self.terms.times)
    }
}

/// What somebody typed.
#[derive(Debug, Clone, Copy, Default)]
pub struct RuleTyped<'a> {
    /// `weekly`, `monthly`, or `monthly_last`.
    pub rhythm: &'a str,
    /// Empty: each.
    pub every: &'a str,
    /// `2027-06-30`
    pub until: &'a str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleMistake {
    RhythmUnknown,
    /// No whole number from 1 to this.
    EveryUnreadable {
        cap: u8,
    },
    /// What has no end is not planned.
    Endless,
    UntilUnreadable,
    UntilBeforeFirst,
    /// It ends more than so many days after it begins.
    TooFar {
        days: i64,
    },
    /// It comes more often than this.
    TooMany {
        cap: usize,
    },
    /// Once is no series.
    OnlyOnce,
    /// How often or until when is said, but not how it comes back.
    WithoutRhythm,
}

/// On which days something comes back, before one knows of which day it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beat {
    Weekly,
    Monthly,
    MonthlyLast,
}

impl Beat {
    /// Said of one day.
    fn on(self, day: NaiveDate, every: u8) -> Result<Rhythm, RuleMistake> {
        match self {
            Beat::Weekly => Ok(Rhythm::Weekly { every }),
            Beat::Monthly => Ok(Rhythm::Monthly { every, nth: nth_of(day) }),
            Beat::MonthlyLast if is_last(day) => Ok(Rhythm::Monthly { every, nth: -1 }),
            Beat::MonthlyLast => Err(RuleMistake::RhythmUnknown),
        }
    }

    /// Every so many of what `rhythm` is already, weeks or months; none where that is the other one.
    fn every(self, rhythm: Rhythm) -> Option<u8> {
        match (self, rhythm) {
            (Beat::Weekly, Rhythm::Weekly { every }) => Some(every),
            (Beat::Monthly | Beat::MonthlyLast, Rhythm::Monthly { every, .. }) => Some(every),
            _ => None,
        }
    }
}

impl Rhythm {
    /// The same, every so many where that is said.
    fn every(self, every: Option<u8>) -> Rhythm {
        match (self, every) {
            (_, None) => self,
            (Rhythm::Weekly { .. }, Some(every)) => Rhythm::Weekly { every },
            (Rhythm::Monthly { nth, .. }, Some(every)) => Rhythm::Monthly { every, nth },
        }
    }
}

/// How a series comes back from here on. What nobody said stays as it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RuleEdit {
    beat: Option<Beat>,
    every: Option<u8>,
    until: Option<NaiveDate>,
}

impl RuleEdit {
    /// From what was typed; nothing where nothing was.
    pub fn read(typed: RuleTyped<'_>) -> Result<Option<RuleEdit>, RuleMistake> {
        let unreadable = RuleMistake::EveryUnreadable { cap: EVERY_CAP };
        let every = number(typed.every, 1, u32::from(EVERY_CAP)).map_err(|()| unreadable)?;
        let every = every.map(u8::try_from).transpose().map_err(|_| unreadable)?;
        let beat = match typed.rhythm.trim() {
            "" => None,
            "weekly" => Some(Beat::Weekly),
            "monthly" => Some(Beat::Monthly),
            "monthly_last" => Some(Beat::MonthlyLast),
            _ => return Err(RuleMistake::RhythmUnknown),
        };
        let until = match typed.until.trim() {
            "" => None,
            until => Some(until.parse::<NaiveDate>().map_err(|_| RuleMistake::UntilUnreadable)?),
        };
        let edit = RuleEdit { beat, every, until };
        Ok((edit != RuleEdit::default()).then_some(edit))
    }

    /// What it makes of a rule, said of the time of `day`: of its day in the series, even where it is moved to another one.
    /// Every so many weeks otherwise, that day is one of them.
    pub fn of(self, before: &Rule, day: NaiveDate, first: NaiveDate) -> Result<Rule, RuleMistake> {
        let rhythm = match self.beat {
            Some(beat) => beat.on(day, self.every.or_else(|| beat.every(before.rhythm)).unwrap_or(1))?,
            None => before.rhythm.every(self.every),
        };
        let first = match rhythm {
            Rhythm::Weekly { every } if rhythm != before.rhythm => in_step(first, day, every),
            _ => first,
        };
        Rule { first, rhythm, until: self.until.unwrap_or(before.until) }.within_bounds()
    }
}

impl Rule {
    /// From what was typed, for a first day.
    pub fn read(typed: RuleTyped<'_>, first: NaiveDate) -> Result<Rule, RuleMistake> {
        let RuleEdit { beat, every, until } = RuleEdit::read(typed)?.unwrap_or_default();
        let beat = beat.ok_or(RuleMistake::WithoutRhythm)?;
        let until = until.ok_or(RuleMistake::Endless)?;
        Rule { first, rhythm: beat.on(first, every.unwrap_or(1))?, until }.within_bounds()
    }

    fn within_bounds(self) -> Result<Rule, RuleMistake> {
        if self.until < self.first {
            Err(RuleMistake::UntilBeforeFirst)
        } else if (self.until - self.first).num_days() > LONGEST_D {
            Err(RuleMistake::TooFar { days: LONGEST_D })
        } else {
            Ok(self)
        }
    }

    /// As a calendar writes it, without its end: `FREQ=MONTHLY;INTERVAL=1;BYDAY=2TH`.
    pub fn recurrence(&self) -> String {
        let day = two_letters(self.first.weekday());
        match self.rhythm {
            Rhythm::Weekly { every } => format!("FREQ=WEEKLY;INTERVAL={every};BYDAY={day}"),
            Rhythm::Monthly { every, nth } => format!("FREQ=MONTHLY;INTERVAL={every};BYDAY={nth}{day}"),
        }
    }
}

fn two_letters(day: Weekday) -> &'static str {
    ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][day.num_days_from_monday() as usize]
}

/// Which of its weekday a day is in its month: 1 to 4, or the last one (-1) where it is the fifth.
fn nth_of(day: NaiveDate) -> i8 {
    match day.day().div_ceil(7) {
        5 => -1,
        nth => i8::try_from(nth).unwrap_or(1),
    }
}

/// The first day not before `first` from which every so many weeks come to `day`.
fn in_step(first: NaiveDate, day: NaiveDate, every: u8) -> NaiveDate {
    let ahead = (day - first).num_days().rem_euclid(7 * i64::from(every));
    plus_days(first, ahead.unsigned_abs())
}

fn is_last(day: NaiveDate) -> bool {
    plus_days(day, 7).month() != day.month()
}

/// When one time of a series is, seen from its own day: on the clocks of Paris, so that it stays the same when they change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// It begins so many days after its day; before, where it is less than 0.
    pub days_after: i64,
    pub from: NaiveTime,
    /// Minutes on the clocks of Paris.
    pub lasts_min: i64,
    pub closes_before_min: i64,
}

impl Hours {
    pub fn of(day: NaiveDate, times: &Times) -> Hours {
        let (starts, ends, closes) = (local(times.starts_at), local(times.ends_at), local(times.closes_at));
        Hours {
            days_after: (starts.date() - day).num_days(),
            from: starts.time(),
            lasts_min: (ends - starts).num_minutes(),
            closes_before_min: (starts - closes).num_minutes(),
        }
    }

    /// Of a series, once one of its times was changed from `was` to `is`: each part that became otherwise.
    pub fn changed(self, was: Hours, is: Hours) -> Hours {
        fn part<T: PartialEq>(one: T, was: &T, is: T) -> T {
            if *was == is { one } else { is }
        }
        Hours {
            days_after: part(self.days_after, &was.days_after, is.days_after),
            from: part(self.from, &was.from, is.from),
            lasts_min: part(self.lasts_min, &was.lasts_min, is.lasts_min),
            closes_before_min: part(self.closes_before_min, &was.closes_before_min, is.closes_before_min),
        }
    }

    /// Of one time, once those of its series, which were `was`, are `is`: what it has of its own stays, its start, its length
    /// and its closing each by itself.
    pub fn carried(self, was: Hours, is: Hours) -> Hours {
        fn part<T: PartialEq>(one: T, was: &T, is: T) -> T {
            if one == *was { is } else { one }
        }
        let start = |hours: Hours| (hours.days_after, hours.from);
        let (days_after, from) = part(start(self), &start(was), start(is));
        Hours {
            days_after,
            from,
            lasts_min: part(self.lasts_min, &was.lasts_min, is.lasts_min),
            closes_before_min: part(self.closes_before_min, &was.closes_before_min, is.closes_before_min),
        }
    }

    /// When it is on a day.
    pub fn on(&self, day: NaiveDate) -> Times {
        let starts = (day + chrono::Duration::days(self.days_after)).and_time(self.from);
        let at = |minutes: i64| -> Instant {
            let wall = starts + chrono::Duration::minutes(minutes);
            paris_instant(wall.date(), wall.time())
        };
        let starts_at = at(0);
        // A night in which the clocks change may be shorter than what it holds.
        let ends_at = at(self.lasts_min).max(starts_at + chrono::Duration::minutes(1));
        Times { starts_at, ends_at, closes_at: at(-self.closes_before_min).min(starts_at) }
    }
}

/// What a rule's days mean for those that are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Planned {
    /// Days to make.
    pub make: Vec<NaiveDate>,
    /// Days that were left out, and are in again.
    pub back: Vec<NaiveDate>,
    /// Days that are left out from here on.
    pub gone: Vec<NaiveDate>,
}

/// Compares the days that are known (with whether they were left out before) with those that are wanted.
pub fn planned(known: &[(NaiveDate, bool)], wanted: &[NaiveDate]) -> Planned {
    let find = |day: &NaiveDate| known.iter().find(|(known, _)| known == day);
    Planned {
        make: wanted.iter().filter(|day| find(day).is_none()).copied().collect(),
        back: wanted.iter().filter(|day| find(day).is_some_and(|(_, left_out)| *left_out)).copied().collect(),
        gone: known.iter().filter(|(day, left_out)| !left_out && !wanted.contains(day)).map(|(day, _)| *day).collect(),
    }
}
