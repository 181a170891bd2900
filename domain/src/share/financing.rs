//! Where the money comes from: the members' shares, public subsidies, private help, loans.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Month, typed_amount};
use crate::catalogue::Cents;
use crate::id::FinancingId;
use crate::line::{line, lines};
use crate::procedures::Fields;
use crate::register::{Mistake, typed_day};
use crate::time::{Instant, plus_days};

/// The longest name of whoever gives, in characters.
pub const WHOM_CAP: usize = 80;
/// The longest note, in characters.
pub const NOTE_CAP: usize = 280;

/// What comes from elsewhere than members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Local, regional, European.
    Subsidy,
    /// Patronage, gifts.
    Private,
    /// From a bank.
    Loan,
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::Subsidy, Kind::Private, Kind::Loan];

    /// As a form and a column name it.
    pub const fn slug(self) -> &'static str {
        match self {
            Kind::Subsidy => "subsidy",
            Kind::Private => "private",
            Kind::Loan => "loan",
        }
    }

    pub fn named(slug: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.slug() == slug)
    }
}

/// All of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Capital,
    Other(Kind),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Financing {
    pub id: FinancingId,
    pub kind: Kind,
    pub from_whom: String,
    pub cents: Cents,
    pub on: NaiveDate,
    #[serde(default)]
    pub note: String,
}

/// What somebody types of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenFinancing {
    pub kind: Kind,
    pub from_whom: String,
    pub cents: Cents,
    pub on: NaiveDate,
    pub note: String,
}

impl WrittenFinancing {
    pub fn read(fields: &Fields, today: NaiveDate) -> Result<WrittenFinancing, Vec<Mistake>> {
        let mut wrong = Vec::new();
        let kind = Kind::named(fields.one("kind"));
        if kind.is_none() {
            wrong.push(Mistake::KindMissing);
        }
        let from_whom = line(fields.one("from_whom"));
        let note = lines(fields.one("note"));
        if from_whom.is_empty() {
            wrong.push(Mistake::TextMissing);
        }
        for (text, cap) in [(&from_whom, WHOM_CAP), (&note, NOTE_CAP)] {
            let long = text.chars().count();
            if long > cap {
                wrong.push(Mistake::TextTooLong { cap, long });
            }
        }
        let cents = typed_amount(fields.one("amount")).map_err(|mistake| wrong.push(mistake)).ok();
        let first = NaiveDate::from_ymd_opt(2016, 1, 1).unwrap_or(NaiveDate::MIN);
        let on = typed_day(fields.one("on"), first, plus_days(today, 731)).map_err(|mistake| wrong.push(mistake)).ok();
        match (kind, cents, on) {
            (Some(kind), Some(cents), Some(on)) if wrong.is_empty() => Ok(WrittenFinancing { kind, from_whom, cents, on, note }),
            _ => Err(wrong),
        }
    }
}

/// What every member may read of the co-op's money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finances {
    pub now: Instant,
    /// Month by month, the running one last.
    pub course: Vec<Month>,
    /// How many shares there are that were not given back.
    pub shares: u32,
    /// What is still to be paid of them.
    pub to_come: Cents,
    /// What is to be given back to those who left.
    pub to_refund: Cents,
    /// The newest first.
    pub financing: Vec<Financing>,
    /// The reader keeps it.
    pub office: bool,
}

impl Finances {
    pub fn capital(&self) -> Cents {
        self.course.last().map_or(Cents::ZERO, |month| month.capital)
    }

    /// Each source with what it comes to, the capital first; those of nothing, too.
    pub fn sources(&self) -> Vec<(Source, Cents)> {
        let of = |kind: Kind| self.financing.iter().filter(|known| known.kind == kind).map(|known| known.cents.0).sum::<i64>();
        let others = Kind::ALL.into_iter().map(|kind| (Source::Other(kind), Cents(of(kind))));
        std::iter::once((Source::Capital, self.capital())).chain(others).collect()
    }

    pub fn total(&self) -> Cents {
        Cents(self.sources().iter().map(|(_, cents)| cents.0).sum())
    }
}
