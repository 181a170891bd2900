//! What is to be reached.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::ObjectiveId;

/// A figure, in hundredths of its unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Amount(pub i64);

impl Amount {
    pub const fn whole(figure: i64) -> Amount {
        Amount(figure.saturating_mul(100))
    }

    /// « 12 », « 12,5 », « -3,25 », « 1 200 »: two decimals at most.
    pub fn parse(typed: &str) -> Option<Amount> {
        let typed: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
        let (negative, typed) = match typed.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, typed.as_str()),
        };
        let (whole, decimals) = typed.split_once([',', '.']).unwrap_or((typed, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(decimals) || decimals.len() > 2 || whole.len() > 12 {
            return None;
        }
        let tens = if decimals.len() == 1 { 10 } else { 1 };
        let hundredths = whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(decimals.parse::<i64>().ok()? * tens)?;
        Some(Amount(if negative { -hundredths } else { hundredths }))
    }
}

/// Where its figures come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The employee types one each month.
    #[default]
    Typed,
    /// How many members the co-op has at the month's end.
    Members,
    /// Of the seats of the month's shifts, how many per cent were held.
    Coverage,
    /// How many seats were taken at the month's outings, guests among them.
    Outings,
}

impl Source {
    pub const ALL: [Source; 4] = [Source::Typed, Source::Members, Source::Coverage, Source::Outings];

    pub fn as_str(self) -> &'static str {
        match self {
            Source::Typed => "typed",
            Source::Members => "members",
            Source::Coverage => "coverage",
            Source::Outings => "outings",
        }
    }

    pub fn parse(text: &str) -> Option<Source> {
        Source::ALL.into_iter().find(|source| source.as_str() == text)
    }

    /// Its unit, where it is not typed.
    pub fn unit(self) -> Option<&'static str> {
        match self {
            Source::Typed => None,
            Source::Members => Some("membres"),
            Source::Coverage => Some("%"),
            Source::Outings => Some("places"),
        }
    }
}

/// On which side of the target it is reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    #[default]
    AtLeast,
    AtMost,
}

impl Way {
    pub fn as_str(self) -> &'static str {
        match self {
            Way::AtLeast => "at_least",
            Way::AtMost => "at_most",
        }
    }

    pub fn parse(text: &str) -> Option<Way> {
        [Way::AtLeast, Way::AtMost].into_iter().find(|way| way.as_str() == text)
    }
}

/// The committee ended it, with a word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    pub on: NaiveDate,
    pub word: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objective {
    pub id: ObjectiveId,
    pub label: String,
    /// How it is measured, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub measure: String,
    pub unit: String,
    pub source: Source,
    pub way: Way,
    pub target: Amount,
    /// The first day of its first month, and of its last.
    pub from: NaiveDate,
    pub to: NaiveDate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Closed>,
    /// A form written from an older one is not taken.
    pub revision: i32,
}

impl Objective {
    /// Whether a figure reaches the target.
    pub fn is_reached_by(&self, figure: Amount) -> bool {
        match self.way {
            Way::AtLeast => figure >= self.target,
            Way::AtMost => figure <= self.target,
        }
    }

    /// The months that have begun by `today`, the one that runs among them.
    pub fn months(&self, today: NaiveDate) -> Vec<NaiveDate> {
        let end = self.closed.as_ref().map_or(today, |closed| closed.on.min(today));
        super::months(self.from, self.to.min(super::first_of(end)))
    }

    /// It is looked at: not closed, and its last month is not over for long.
    pub fn is_in_force(&self, today: NaiveDate) -> bool {
        self.closed.is_none() && today <= super::last_of(self.to)
    }
}
