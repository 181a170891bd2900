//! French public holidays.

use domain::holidays::{easter, holiday_on, holidays};
use domain::time::{Days, plus_days};

use crate::coop::day;

#[test]
fn the_eleven_holidays_of_2027_are_those_of_the_almanac() {
    let days: Vec<_> = holidays(2027).iter().map(|holiday| (holiday.on, holiday.name)).collect();
    assert_eq!(
        days,
        [
            (day(2027, 1, 1), "jour de l’An"),
            (day(2027, 3, 29), "lundi de Pâques"),
            (day(2027, 5, 1), "fête du Travail"),
            (day(2027, 5, 6), "Ascension"),
            (day(2027, 5, 8), "victoire de 1945"),
            (day(2027, 5, 17), "lundi de Pentecôte"),
            (day(2027, 7, 14), "fête nationale"),
            (day(2027, 8, 15), "Assomption"),
            (day(2027, 11, 1), "Toussaint"),
            (day(2027, 11, 11), "armistice de 1918"),
            (day(2027, 12, 25), "Noël"),
        ]
    );
}

#[test]
fn easter_is_where_the_almanac_has_it() {
    for (year, month, on) in [
        (2020, 4, 12),
        (2021, 4, 4),
        (2022, 4, 17),
        (2023, 4, 9),
        (2024, 3, 31),
        (2025, 4, 20),
        (2026, 4, 5),
        (2027, 3, 28),
        (2028, 4, 16),
        (2030, 4, 21),
        (2035, 3, 25),
        (2038, 4, 25),
        (2040, 4, 1),
    ] {
        assert_eq!(easter(year), Some(day(year, month, on)));
    }
}

#[test]
fn every_year_has_eleven_holidays_and_easter_on_a_sunday_of_spring() {
    use chrono::{Datelike, Weekday};
    for year in 1900..2200 {
        assert_eq!(holidays(year).len(), 11);
        let easter = easter(year).expect("every year has one");
        assert_eq!(easter.weekday(), Weekday::Sun);
        assert!(Days { from: day(year, 3, 22), to: day(year, 4, 25) }.contains(easter));
        assert!(holidays(year).is_sorted_by_key(|holiday| holiday.on));
    }
}

#[test]
fn an_ordinary_day_is_no_holiday() {
    assert_eq!(holiday_on(day(2026, 12, 25)).map(|holiday| holiday.name), Some("Noël"));
    assert_eq!(holiday_on(day(2026, 12, 26)), None, "not in Haute-Savoie");
    let friday = plus_days(easter(2027).unwrap(), 0).pred_opt().and_then(|day| day.pred_opt()).unwrap();
    assert_eq!(holiday_on(friday), None, "nor Good Friday");
    assert_eq!(holiday_on(day(2008, 5, 1)).map(|holiday| holiday.name), Some("fête du Travail"), "with Ascension");
}
