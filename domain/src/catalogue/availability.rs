//! Whether it is on the shelf.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// A day that comes back each year, made by [`DayOfYear::new`]; « 05-15 » on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DayOfYear {
    pub month: u8,
    pub day: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Availability {
    InRange,
    /// « Nouveau », through that day.
    New {
        until: NaiveDate,
    },
    /// From one day through the other of each year, over new year, too.
    Seasonal {
        from: DayOfYear,
        to: DayOfYear,
    },
    /// Out of stock; back on that day, where somebody knows it.
    Out {
        until: Option<NaiveDate>,
    },
    /// What is left is sold, and no more is ordered.
    Ending,
}

/// How that stands on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stock {
    InRange,
    New { until: NaiveDate },
    InSeason { from: DayOfYear, to: DayOfYear },
    Ending,
    OutOfSeason { from: DayOfYear, to: DayOfYear },
    Out { back: Option<NaiveDate> },
}

impl Availability {
    pub fn on(&self, today: NaiveDate) -> Stock {
        match *self {
            Availability::New { until } if today <= until => Stock::New { until },
            Availability::Out { until: Some(back) } if today >= back => Stock::InRange,
            Availability::Out { until } => Stock::Out { back: until },
            Availability::Seasonal { from, to } if DayOfYear::of(today).is_within(from, to) => Stock::InSeason { from, to },
            Availability::Seasonal { from, to } => Stock::OutOfSeason { from, to },
            Availability::Ending => Stock::Ending,
            Availability::New { .. } | Availability::InRange => Stock::InRange,
        }
    }
}

impl Stock {
    /// Whether one may count on finding it.
    pub fn is_there(self) -> bool {
        !matches!(self, Stock::OutOfSeason { .. } | Stock::Out { .. })
    }
}

/// Each month's last day, in the years in which February has one more.
const LAST: [u8; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const MONTHS: [&str; 12] =
    ["janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"];

impl DayOfYear {
    /// 29 February is one; in the other years it begins what it begins on 1 March, and ends what it ends on the 28th.
    pub fn new(month: u8, day: u8) -> Option<DayOfYear> {
        let last = LAST.get(usize::from(month.checked_sub(1)?))?;
        (1..=*last).contains(&day).then_some(DayOfYear { month, day })
    }

    pub fn of(date: NaiveDate) -> DayOfYear {
        let part = |number: u32| u8::try_from(number).unwrap_or(1);
        DayOfYear { month: part(date.month()), day: part(date.day()) }
    }

    /// The last day of a month, 1 to 12; of February, the 29th.
    pub fn end_of(month: u8) -> Option<DayOfYear> {
        let last = LAST.get(usize::from(month.checked_sub(1)?))?;
        DayOfYear::new(month, *last)
    }

    pub fn ends_month(self) -> bool {
        DayOfYear::end_of(self.month) == Some(self)
    }

    /// From one through the other, over new year where the other comes before.
    pub fn is_within(self, from: DayOfYear, to: DayOfYear) -> bool {
        if from <= to { from <= self && self <= to } else { from <= self || self <= to }
    }

    /// « 15/05 », « 15 mai », « 1er sept. »
    pub fn parse(typed: &str) -> Option<DayOfYear> {
        let typed = typed.trim().to_lowercase();
        let (day, month) = typed.split_once(|letter: char| letter.is_whitespace() || ['/', '.'].contains(&letter))?;
        let month = small(month).or_else(|| month_named(month))?;
        DayOfYear::new(month, small(day.strip_suffix("er").unwrap_or(day))?)
    }
}

/// One or two digits.
fn small(digits: &str) -> Option<u8> {
    let fits = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if fits { digits.parse().ok() } else { None }
}

/// By its name, or by as many letters of it as no other has.
fn month_named(typed: &str) -> Option<u8> {
    let typed = typed.trim().trim_end_matches('.').replace('é', "e").replace('û', "u");
    let mut found = MONTHS.iter().zip(1u8..).filter(|(name, _)| typed.len() >= 3 && name.starts_with(&typed));
    match (found.next(), found.next()) {
        (Some((_, month)), None) => Some(month),
        _ => None,
    }
}

/// A text that is no day of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotADay;

impl fmt::Display for NotADay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a day of the year is written «month»-«day»")
    }
}

impl std::error::Error for NotADay {}

impl TryFrom<String> for DayOfYear {
    type Error = NotADay;

    fn try_from(text: String) -> Result<Self, NotADay> {
        let (month, day) = text.split_once('-').ok_or(NotADay)?;
        let part = |text: &str| small(text).filter(|_| text.len() == 2);
        part(month).zip(part(day)).and_then(|(month, day)| DayOfYear::new(month, day)).ok_or(NotADay)
    }
}

impl From<DayOfYear> for String {
    fn from(day: DayOfYear) -> String {
        format!("{:02}-{:02}", day.month, day.day)
    }
}
