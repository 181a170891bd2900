//! French public holidays (Haute-Savoie keeps the eleven of the whole country).

use chrono::{Datelike, NaiveDate};

use crate::time::plus_days;

/// A public holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holiday {
    pub on: NaiveDate,
    /// In French, as a closure's reason says it.
    pub name: &'static str,
}

/// The public holidays of a year, in order.
pub fn holidays(year: i32) -> Vec<Holiday> {
    let fixed = [
        (1, 1, "jour de l’An"),
        (5, 1, "fête du Travail"),
        (5, 8, "victoire de 1945"),
        (7, 14, "fête nationale"),
        (8, 15, "Assomption"),
        (11, 1, "Toussaint"),
        (11, 11, "armistice de 1918"),
        (12, 25, "Noël"),
    ];
    let movable = [(1, "lundi de Pâques"), (39, "Ascension"), (50, "lundi de Pentecôte")];
    let mut holidays: Vec<Holiday> = fixed
        .into_iter()
        .filter_map(|(month, day, name)| Some(Holiday { on: NaiveDate::from_ymd_opt(year, month, day)?, name }))
        .collect();
    if let Some(easter) = easter(year) {
        holidays.extend(movable.map(|(days, name)| Holiday { on: plus_days(easter, days), name }));
    }
    crate::order::by_key(&mut holidays, |holiday| holiday.on);
    holidays
}

/// The holiday that a day is, if it is one. When two fall together, the fixed one.
pub fn holiday_on(day: NaiveDate) -> Option<Holiday> {
    holidays(day.year()).into_iter().find(|holiday| holiday.on == day)
}

/// Easter Sunday in the Gregorian calendar (the computus of Meeus, Jones and Butcher).
pub fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b.div_euclid(4), b.rem_euclid(4));
    let g = (8 * b + 13).div_euclid(25);
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c.div_euclid(4), c.rem_euclid(4));
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 19 * l).div_euclid(433);
    let month = (h + l - 7 * m + 90).div_euclid(25);
    let day = (h + l - 7 * m + 33 * month + 19).rem_euclid(32);
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}
