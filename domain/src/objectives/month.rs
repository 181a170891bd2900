//! Months, each by its first day.

use chrono::{Datelike, Months, NaiveDate};

use crate::time::minus_days;

/// The first day of a day's month.
pub fn first_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// The first day of the month after.
pub fn next_month(month: NaiveDate) -> NaiveDate {
    first_of(month).checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX)
}

/// The last day of a month.
pub fn last_of(month: NaiveDate) -> NaiveDate {
    minus_days(next_month(month), 1)
}

/// All months from one to another, both among them; none where the last comes before the first.
pub fn months(from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
    let mut months = Vec::new();
    let (mut month, last) = (first_of(from), first_of(to));
    while month <= last && month < NaiveDate::MAX {
        months.push(month);
        month = next_month(month);
    }
    months
}
