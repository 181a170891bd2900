//! What the committee and the employee type, and all that is wrong with it.

use chrono::NaiveDate;

use super::{Amount, Objective, Source, Way, first_of, months};
use crate::line::{line, lines};
use crate::procedures::Fields;

/// The longest label, in characters.
pub const LABEL_CAP: usize = 120;
/// The longest words about how it is measured, in characters.
pub const MEASURE_CAP: usize = 500;
/// The longest unit, in characters.
pub const UNIT_CAP: usize = 24;
/// The longest note about a figure, in characters.
pub const NOTE_CAP: usize = 200;
/// The longest word that closes, in characters.
pub const WORD_CAP: usize = 300;
/// The most months of one objective.
pub const MONTHS_CAP: usize = 60;
/// The furthest figure from nothing, in whole units.
pub const AMOUNT_CAP: i64 = 100_000_000;

/// What is wrong with what was typed; each belongs to one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistake {
    LabelMissing,
    LabelTooLong {
        cap: usize,
    },
    MeasureTooLong {
        cap: usize,
    },
    UnitMissing,
    UnitTooLong {
        cap: usize,
    },
    SourceMissing,
    /// Figures were typed: it goes on with them.
    SourceFixed,
    BadTarget,
    BadFrom,
    BadTo,
    /// The last month comes before the first.
    Backwards,
    TooManyMonths {
        cap: usize,
    },
    BadFigure,
    /// No month of the objective, or one that has not begun.
    BadMonth,
    NoteTooLong {
        cap: usize,
    },
    /// Nobody types what is counted.
    Counted,
    WordMissing,
    WordTooLong {
        cap: usize,
    },
    /// It is over.
    Closed,
    Stale {
        revision: i32,
    },
}

/// An objective as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub label: String,
    pub measure: String,
    pub unit: String,
    pub source: Source,
    pub way: Way,
    pub target: Amount,
    /// The first days of its first and last month.
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Written {
    /// What it says, or all that is wrong with it.
    pub fn read(fields: &Fields) -> Result<Written, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let label = line(fields.one("label"));
        if !label.chars().any(char::is_alphanumeric) {
            mistakes.push(Mistake::LabelMissing);
        } else if label.chars().count() > LABEL_CAP {
            mistakes.push(Mistake::LabelTooLong { cap: LABEL_CAP });
        }
        let measure = lines(fields.one("mesure"));
        if measure.chars().count() > MEASURE_CAP {
            mistakes.push(Mistake::MeasureTooLong { cap: MEASURE_CAP });
        }
        let source = Source::parse(fields.one("source"));
        if source.is_none() {
            mistakes.push(Mistake::SourceMissing);
        }
        let source = source.unwrap_or_default();
        let unit = source.unit().map_or_else(|| line(fields.one("unite")), str::to_owned);
        if unit.is_empty() {
            mistakes.push(Mistake::UnitMissing);
        } else if unit.chars().count() > UNIT_CAP {
            mistakes.push(Mistake::UnitTooLong { cap: UNIT_CAP });
        }
        let target = amount(fields.one("cible"));
        if target.is_none() {
            mistakes.push(Mistake::BadTarget);
        }
        let (from, to) = (month(fields.one("du")), month(fields.one("au")));
        if from.is_none() {
            mistakes.push(Mistake::BadFrom);
        }
        if to.is_none() {
            mistakes.push(Mistake::BadTo);
        }
        if let (Some(from), Some(to)) = (from, to) {
            if to < from {
                mistakes.push(Mistake::Backwards);
            } else if months(from, to).len() > MONTHS_CAP {
                mistakes.push(Mistake::TooManyMonths { cap: MONTHS_CAP });
            }
        }
        let way = Way::parse(fields.one("sens")).unwrap_or_default();
        match (target, from, to) {
            (Some(target), Some(from), Some(to)) if mistakes.is_empty() => {
                Ok(Written { label, measure, unit, source, way, target, from, to })
            }
            _ => Err(mistakes),
        }
    }
}

/// A figure that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenFigure {
    pub month: NaiveDate,
    pub amount: Amount,
    pub note: String,
}

impl WrittenFigure {
    /// Of an objective, on a day.
    pub fn read(fields: &Fields, objective: &Objective, today: NaiveDate) -> Result<WrittenFigure, Vec<Mistake>> {
        if objective.source != Source::Typed {
            return Err(vec![Mistake::Counted]);
        }
        if objective.closed.is_some() {
            return Err(vec![Mistake::Closed]);
        }
        let mut mistakes = Vec::new();
        let amount = amount(fields.one("chiffre"));
        if amount.is_none() {
            mistakes.push(Mistake::BadFigure);
        }
        let of = month(fields.one("mois")).filter(|month| objective.months(today).contains(month));
        if of.is_none() {
            mistakes.push(Mistake::BadMonth);
        }
        let note = line(fields.one("note"));
        if note.chars().count() > NOTE_CAP {
            mistakes.push(Mistake::NoteTooLong { cap: NOTE_CAP });
        }
        match (of, amount) {
            (Some(month), Some(amount)) if mistakes.is_empty() => Ok(WrittenFigure { month, amount, note }),
            _ => Err(mistakes),
        }
    }
}

/// The word with which the committee closes one.
pub fn closing(typed: &str) -> Result<String, Mistake> {
    let word = lines(typed);
    if word.is_empty() {
        Err(Mistake::WordMissing)
    } else if word.chars().count() > WORD_CAP {
        Err(Mistake::WordTooLong { cap: WORD_CAP })
    } else {
        Ok(word)
    }
}

fn amount(typed: &str) -> Option<Amount> {
    Amount::parse(typed).filter(|amount| amount.0.abs() <= Amount::whole(AMOUNT_CAP).0)
}

/// « 2026-12 », as a month's field says it; a day of it, where a browser has no such field.
fn month(typed: &str) -> Option<NaiveDate> {
    let day = format!("{typed}-01").parse::<NaiveDate>().or_else(|_| typed.parse::<NaiveDate>()).ok()?;
    (2016..2200).contains(&chrono::Datelike::year(&day)).then(|| first_of(day))
}
