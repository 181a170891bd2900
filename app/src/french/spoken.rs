//! The same dates for a screen reader, which stumbles on « sam. » and « 9 h – 12 h ».

use chrono::{NaiveTime, Timelike};
use domain::reason::When;
use domain::time::{Instant, paris_clock, paris_day};

use super::dates::day_long;

/// « 9 heures », « 9 heures 30 », « 1 heure ».
pub fn hour_of(clock: NaiveTime) -> String {
    let unit = if clock.hour() < 2 { "heure" } else { "heures" };
    match clock.minute() {
        0 => format!("{} {unit}", clock.hour()),
        minute => format!("{} {unit} {minute:02}", clock.hour()),
    }
}

/// « de 9 heures à 12 heures ».
pub fn hours(from: Instant, to: Instant) -> String {
    format!("de {} à {}", hour_of(paris_clock(from)), hour_of(paris_clock(to)))
}

/// « samedi 28 novembre, de 9 heures à 12 heures ».
pub fn day_and_hours(when: &When) -> String {
    format!("{}, {}", day_long(paris_day(when.starts_at)), hours(when.starts_at, when.ends_at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_words() {
        let clock = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
        assert_eq!(hour_of(clock(9, 0)), "9 heures");
        assert_eq!(hour_of(clock(18, 30)), "18 heures 30");
        assert_eq!(hour_of(clock(1, 0)), "1 heure");
    }
}
