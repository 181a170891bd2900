//! A ticked habit in words: « jeudi 18 h, du 7 déc. au 31 janv. ».

use domain::swaps::Pattern;

use super::clock::hour_of_minute;
use super::dates::{date_short, days, weekday};
use super::typography::NO_BREAK;

/// What the pattern accepts, from the most general word: « tous les jours » when no day is said.
pub fn pattern(wish: &Pattern) -> String {
    let day = wish.weekday.map_or("tous les jours", weekday);
    let mut words = day.to_owned();
    match (wish.from_minute, wish.to_minute) {
        (None, None) => {}
        (Some(from), Some(to)) if to.saturating_sub(from) <= 60 => {
            words.push_str(&format!("{NO_BREAK}{}", hour_of_minute(from)));
        }
        (Some(from), Some(to)) => {
            words.push_str(&format!(", entre {} et {}", hour_of_minute(from), hour_of_minute(to)));
        }
        (Some(from), None) => words.push_str(&format!(", à partir de {}", hour_of_minute(from))),
        (None, Some(to)) => words.push_str(&format!(", avant {}", hour_of_minute(to))),
    }
    if let Some(range) = wish.days {
        let open_ended = range.to == chrono::NaiveDate::MAX;
        let when = if open_ended { format!("à partir du {}", date_short(range.from)) } else { days(range) };
        words.push_str(&format!(", {when}"));
    }
    words
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;
    use domain::time::Days;

    use super::*;

    #[test]
    fn habits_read_as_one_says_them() {
        let range = Days { from: "2026-12-07".parse().unwrap(), to: "2027-01-31".parse().unwrap() };
        let cases = [
            (Some(Weekday::Thu), Some(1080), Some(1081), Some(range), "jeudi 18 h, du 7 déc. au 31 janv."),
            (Some(Weekday::Sat), None, None, None, "samedi"),
            (None, Some(540), Some(900), None, "tous les jours, entre 9 h et 15 h"),
            (Some(Weekday::Mon), Some(1080), None, None, "lundi, à partir de 18 h"),
            (None, None, Some(720), None, "tous les jours, avant 12 h"),
        ];
        for (weekday, from_minute, to_minute, days, wanted) in cases {
            let said = pattern(&Pattern { weekday, from_minute, to_minute, days });
            assert_eq!(said.replace(['\u{a0}', '\u{202f}'], " "), wanted);
        }
    }
}
