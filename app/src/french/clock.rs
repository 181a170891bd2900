//! Hours of the day, on Paris clocks: « 9 h », « 9 h 30 », « 9 h – 12 h ».

use chrono::{NaiveTime, Timelike};
use domain::time::{Instant, paris_clock};

use super::typography::{NARROW, NO_BREAK};

/// « 9 h », « 9 h 05 ».
pub fn hour_of(clock: NaiveTime) -> String {
    hour_and_minute(clock.hour(), clock.minute())
}

/// « 9 h », « 9 h 05 » at an instant, in Paris.
pub fn hour(at: Instant) -> String {
    hour_of(paris_clock(at))
}

/// « 18 h 30 » from minutes since midnight.
pub fn hour_of_minute(minute: u16) -> String {
    hour_and_minute(u32::from(minute / 60), u32::from(minute % 60))
}

fn hour_and_minute(hour: u32, minute: u32) -> String {
    match minute {
        0 => format!("{hour}{NARROW}h"),
        minute => format!("{hour}{NARROW}h{NARROW}{minute:02}"),
    }
}

/// « 9 h – 12 h ».
pub fn hours(from: Instant, to: Instant) -> String {
    format!("{}{NO_BREAK}–{NO_BREAK}{}", hour(from), hour(to))
}

/// « 9 h – 12 h » from clocks.
pub fn hours_of(from: NaiveTime, to: NaiveTime) -> String {
    format!("{}{NO_BREAK}–{NO_BREAK}{}", hour_of(from), hour_of(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: u32, minute: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
    }

    #[test]
    fn hours_are_written_the_french_way() {
        assert_eq!(hour_of(at(9, 0)), "9\u{202f}h");
        assert_eq!(hour_of(at(9, 5)), "9\u{202f}h\u{202f}05");
        assert_eq!(hour_of(at(0, 30)), "0\u{202f}h\u{202f}30");
        assert_eq!(hour_of_minute(1110), "18\u{202f}h\u{202f}30");
        assert_eq!(hours_of(at(9, 0), at(12, 0)), "9\u{202f}h\u{a0}–\u{a0}12\u{202f}h");
    }

    #[test]
    fn hours_are_those_of_paris_in_summer_and_winter() {
        let winter: Instant = "2026-11-28T08:00:00Z".parse().unwrap();
        let summer: Instant = "2026-07-28T07:00:00Z".parse().unwrap();
        assert_eq!(hour(winter), hour(summer));
        assert_eq!(hour(winter), "9\u{202f}h");
    }
}
