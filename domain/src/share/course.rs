//! The capital's course: what members paid in and were given back, month by month.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::catalogue::Cents;

/// Money that came in, or, negative, went out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    pub on: NaiveDate,
    pub cents: Cents,
}

/// How it stood when a month was over; the running one, as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Month {
    /// Its first day.
    pub first: NaiveDate,
    pub capital: Cents,
    /// Paid in during that month, and given back.
    pub came: Cents,
    pub went: Cents,
}

/// From the month of the first movement to the one of `today`; nothing where there is none.
pub fn course(movements: &[Movement], today: NaiveDate) -> Vec<Month> {
    let month = |day: NaiveDate| day.with_day(1).unwrap_or(day);
    let Some(begins) = movements.iter().map(|movement| month(movement.on)).min() else { return Vec::new() };
    let ends = month(today).max(begins);
    let (mut months, mut capital, mut first) = (Vec::new(), 0_i64, begins);
    while first <= ends {
        let of = movements.iter().filter(|movement| month(movement.on) == first);
        let (mut came, mut went) = (0_i64, 0_i64);
        for movement in of {
            if movement.cents.0 < 0 { went -= movement.cents.0 } else { came += movement.cents.0 }
        }
        capital += came - went;
        months.push(Month { first, capital: Cents(capital), came: Cents(came), went: Cents(went) });
        first = next_month(first);
    }
    months
}

/// The first day of the month after the one that begins on `first`.
fn next_month(first: NaiveDate) -> NaiveDate {
    let (year, month) = if first.month() == 12 { (first.year() + 1, 1) } else { (first.year(), first.month() + 1) };
    NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(NaiveDate::MAX)
}
