//! « Absent·e jusqu'au … »: the employee is away, and a deputy reads the queue and hears what comes to it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::{AbsenceId, MemberId};
use crate::line::lines;
use crate::procedures::Fields;
use crate::time::{minus_days, plus_days};

/// The longest absence. Days.
pub const LONGEST_D: u64 = 366;
/// So late one may still say that somebody fell ill. Days.
pub const LATE_SAID_D: u64 = 31;
/// The longest word about what was dealt with, in characters.
pub const WORD_CAP: usize = 300;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    pub id: AbsenceId,
    pub employee: MemberId,
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    pub deputy: MemberId,
    /// Back before that: the first day without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_on: Option<NaiveDate>,
}

impl Absence {
    /// The last day of it, whatever was planned.
    pub fn last_day(&self) -> NaiveDate {
        self.ended_on.map_or(self.until, |on| minus_days(on, 1).min(self.until))
    }

    /// Whether its deputy stands in on that day.
    pub fn is_in_force(&self, today: NaiveDate) -> bool {
        self.from <= today && today <= self.last_day()
    }

    pub fn is_over(&self, today: NaiveDate) -> bool {
        self.last_day() < today
    }

    fn meets(&self, from: NaiveDate, until: NaiveDate) -> bool {
        self.from <= until && from <= self.last_day()
    }
}

/// What everybody reads of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Away {
    /// The last day.
    pub until: NaiveDate,
    pub deputy: MemberId,
}

/// What is wrong with what was typed, or asked, at the office's desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistake {
    BadFrom,
    BadUntil,
    /// The last day comes before the first, or has passed.
    Backwards,
    TooLong {
        days: u64,
    },
    /// It began too long ago.
    TooLate {
        from: NaiveDate,
    },
    /// Nobody of the employees.
    EmployeeMissing,
    DeputyMissing,
    /// The employee, or another one: they see the queue already.
    DeputyIsEmployee,
    /// They are away then already.
    AlreadyAway {
        until: NaiveDate,
    },
    /// It is over.
    Over,
    /// Nobody reported that, or it was dealt with.
    UnknownThing,
    WordTooLong {
        cap: usize,
    },
}

/// An absence as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    pub employee: MemberId,
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub deputy: MemberId,
}

impl Planned {
    /// What it says, or all that is wrong with it.
    pub fn read(fields: &Fields, today: NaiveDate) -> Result<Planned, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let employee = fields.one("qui").parse::<MemberId>().ok();
        if employee.is_none() {
            mistakes.push(Mistake::EmployeeMissing);
        }
        let (from, until) = (fields.one("du").parse::<NaiveDate>().ok(), fields.one("jusqu").parse::<NaiveDate>().ok());
        if from.is_none() {
            mistakes.push(Mistake::BadFrom);
        }
        if until.is_none() {
            mistakes.push(Mistake::BadUntil);
        }
        if let (Some(from), Some(until)) = (from, until) {
            let earliest = minus_days(today, LATE_SAID_D);
            if from < earliest {
                mistakes.push(Mistake::TooLate { from: earliest });
            }
            if until < from || until < today {
                mistakes.push(Mistake::Backwards);
            } else if until >= plus_days(from, LONGEST_D) {
                mistakes.push(Mistake::TooLong { days: LONGEST_D });
            }
        }
        let deputy = fields.one("suppleance").parse::<MemberId>().ok();
        match deputy {
            None => mistakes.push(Mistake::DeputyMissing),
            Some(deputy) if employee == Some(deputy) => mistakes.push(Mistake::DeputyIsEmployee),
            Some(_) => {}
        }
        match (employee, from, until, deputy) {
            (Some(employee), Some(from), Some(until), Some(deputy)) if mistakes.is_empty() => {
                Ok(Planned { employee, from, until, deputy })
            }
            _ => Err(mistakes),
        }
    }

    /// Nobody is away twice at once.
    pub fn beside(&self, known: &[Absence]) -> Result<(), Mistake> {
        let other = known.iter().find(|absence| absence.employee == self.employee && absence.meets(self.from, self.until));
        other.map_or(Ok(()), |absence| Err(Mistake::AlreadyAway { until: absence.last_day() }))
    }
}

/// A word about what was dealt with; it may be empty.
pub fn handling(typed: &str) -> Result<String, Mistake> {
    let word = lines(typed);
    if word.chars().count() > WORD_CAP { Err(Mistake::WordTooLong { cap: WORD_CAP }) } else { Ok(word) }
}
