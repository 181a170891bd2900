//! How an objective goes, month by month.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Amount, Objective, Source, first_of};
use crate::members::ShortName;
use crate::time::{Instant, minus_days};

/// A figure is asked for as long as this after its month began. Days.
const ASKED_D: u64 = 95;

/// A month, and its figure where it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Its first day.
    pub month: NaiveDate,
    pub amount: Option<Amount>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Who typed it, and when; nobody where it was counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<(ShortName, Instant)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    pub objective: Objective,
    /// Each month that has begun, in order.
    pub figures: Vec<Figure>,
}

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reached {
    /// Nothing is known yet.
    Unknown,
    /// The last figure reaches it.
    Yes,
    NotYet,
}

impl Course {
    /// The last figure that is known.
    pub fn last(&self) -> Option<(NaiveDate, Amount)> {
        self.figures.iter().rev().find_map(|figure| Some((figure.month, figure.amount?)))
    }

    pub fn reached(&self) -> Reached {
        match self.last() {
            None => Reached::Unknown,
            Some((_, amount)) if self.objective.is_reached_by(amount) => Reached::Yes,
            Some(_) => Reached::NotYet,
        }
    }

    /// The months that are over and whose figure nobody has typed, the oldest first. Nobody is asked of what is long ago.
    pub fn missing(&self, today: NaiveDate) -> Vec<NaiveDate> {
        if self.objective.source != Source::Typed || self.objective.closed.is_some() {
            return Vec::new();
        }
        let asked = minus_days(first_of(today), ASKED_D);
        let over = |figure: &&Figure| asked <= figure.month && figure.month < first_of(today) && figure.amount.is_none();
        self.figures.iter().filter(over).map(|figure| figure.month).collect()
    }

    /// The least and the most that a drawing has to hold, the target among them.
    pub fn range(&self) -> (Amount, Amount) {
        let known = || self.figures.iter().filter_map(|figure| figure.amount).chain([self.objective.target]);
        (known().min().unwrap_or_default(), known().max().unwrap_or_default())
    }
}

/// All of them, for whoever reads them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objectives {
    pub now: Instant,
    /// Those in force first, by their last month; then those that are over, the newest first.
    pub all: Vec<Course>,
    /// They sit on the committee, which sets them.
    pub sets: bool,
    /// They are the employee, who types the figures.
    pub types: bool,
}
