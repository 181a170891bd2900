//! When the shop is open, as it is told to whoever does not know it.

use chrono::{NaiveDate, NaiveTime};

use crate::calendar::OpeningHours;
use crate::shifts::Closure;
use crate::time::plus_days;

/// Closures are told so long ahead. Days.
pub const CLOSURES_D: u64 = 56;

/// From and to, on the clocks of Paris, in order.
type Open = Vec<(NaiveTime, NaiveTime)>;

/// Days that follow each other and have the same hours; from Monday, 0 to 6, ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub from: u8,
    pub to: u8,
    /// None: closed.
    pub hours: Open,
}

/// The hours of each day, from Monday.
pub fn week(opening: &[OpeningHours]) -> [Open; 7] {
    let mut week: [Open; 7] = Default::default();
    for hours in opening {
        if let Some(day) = week.get_mut(usize::from(hours.weekday)) {
            day.push((hours.from, hours.to));
        }
    }
    for day in &mut week {
        crate::order::by_key(day, |hours| *hours);
    }
    week
}

/// The same, days with equal hours together.
pub fn runs(opening: &[OpeningHours]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (day, hours) in (0..).zip(week(opening)) {
        match runs.last_mut() {
            Some(last) if last.hours == hours => last.to = day,
            _ => runs.push(Run { from: day, to: day, hours }),
        }
    }
    runs
}

/// The closures to tell of on a day: those that are, and those that come soon, the nearest first.
pub fn coming(closures: &[Closure], today: NaiveDate) -> Vec<Closure> {
    let soon = plus_days(today, CLOSURES_D);
    let mut coming: Vec<Closure> =
        closures.iter().filter(|closure| closure.days.to >= today && closure.days.from <= soon).cloned().collect();
    crate::order::by_key(&mut coming, |closure| closure.days);
    coming
}
