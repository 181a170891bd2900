//! « Plus en rayon »: what members find missing.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::import::{Archived, Kept};
use super::{Availability, Product};
use crate::id::{MemberId, ProductId};
use crate::time::{Instant, minus_days, paris_day};

/// The most that one member reports in a day.
pub const REPORTS_OF_ONE_CAP: usize = 30;
/// How long ago it may have been seen: a phone may have been offline. Days.
pub const REPORT_BACK_D: u64 = 7;

/// One member, one product, one day: one report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub product: ProductId,
    pub by: MemberId,
    /// The day on which it was not there.
    pub on: NaiveDate,
    /// When it was said.
    pub at: Instant,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Closed>,
}

/// What ended it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closed {
    ByGroup {
        by: MemberId,
        at: Instant,
    },
    /// It came back: see [`comes_back`].
    ByDelivery {
        at: Instant,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportMistake {
    /// The catalogue says already that it is not there.
    KnownMissing,
    /// Only of these days.
    BadDay { from: NaiveDate, to: NaiveDate },
    /// So many in a day.
    TooMany { cap: usize },
}

/// What is missing now, as all see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    pub since: NaiveDate,
    pub last: NaiveDate,
    pub reports: usize,
}

/// A new report beside all that there are; none where this member said so of that day, and none that comes too late: what was said
/// of the product was ended on a later day, so it was there again by then.
pub fn report_missing(
    all: &[Report],
    product: &Product,
    by: MemberId,
    on: NaiveDate,
    at: Instant,
) -> Result<Option<Report>, ReportMistake> {
    let today = paris_day(at);
    let earliest = minus_days(today, REPORT_BACK_D);
    if on < earliest || on > today {
        return Err(ReportMistake::BadDay { from: earliest, to: today });
    }
    let mine = || all.iter().filter(move |report| report.by == by);
    if mine().any(|report| report.product == product.id && report.on == on) {
        return Ok(None);
    }
    let restocked = |report: &Report| report.closed.is_some_and(|closed| paris_day(closed.at()) > on);
    if all.iter().any(|report| report.product == product.id && restocked(report)) {
        return Ok(None);
    }
    if !product.availability.on(today).is_there() {
        return Err(ReportMistake::KnownMissing);
    }
    if mine().filter(|report| paris_day(report.at) == today).count() >= REPORTS_OF_ONE_CAP {
        return Err(ReportMistake::TooMany { cap: REPORTS_OF_ONE_CAP });
    }
    Ok(Some(Report { product: product.id, by, on, at, closed: None }))
}

/// Ends what was said of a product until then. How many that were.
pub fn close_reports(all: &mut [Report], product: ProductId, closed: Closed) -> usize {
    let mut ended = 0;
    for report in all.iter_mut().filter(|report| report.product == product && report.is_open() && report.at <= closed.at()) {
        report.closed = Some(closed);
        ended += 1;
    }
    ended
}

/// Whether the catalogue says that it is there from here on, and said before that it is not: a delivery, a season, or that it is
/// sold again. What members found missing until then is over.
pub fn comes_back(before: Option<&Kept>, after: &Kept, today: NaiveDate) -> bool {
    let is_there = |kept: &Kept| kept.archived == Archived::No && kept.facts.availability.on(today).is_there();
    before.is_some_and(|before| !is_there(before)) && is_there(after)
}

/// So many days after one on which it was missing, a season has come round.
const SEASONS_D: usize = 366;

/// Whether it is there again by itself: the day or the season has come, though nobody wrote anything since it was missing.
pub fn is_back(availability: &Availability, missing_on: NaiveDate, today: NaiveDate) -> bool {
    let is_there = |day| availability.on(day).is_there();
    let mut between = missing_on.iter_days().take_while(|day| *day < today).take(SEASONS_D);
    is_there(today) && between.any(|day| !is_there(day))
}

/// What is said of a product and not ended.
pub fn missing(all: &[Report], product: ProductId) -> Option<Missing> {
    let open = || all.iter().filter(move |report| report.product == product && report.is_open());
    let days = || open().map(|report| report.on);
    Some(Missing { since: days().min()?, last: days().max()?, reports: open().count() })
}

impl Report {
    pub fn is_open(&self) -> bool {
        self.closed.is_none()
    }
}

impl Closed {
    pub fn at(self) -> Instant {
        match self {
            Closed::ByGroup { at, .. } | Closed::ByDelivery { at } => at,
        }
    }
}
