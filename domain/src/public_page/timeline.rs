//! When a step of the history was, as its heading says it.

use chrono::NaiveDate;

use super::outline::spelled;

const MONTHS: [&str; 12] =
    ["janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"];

/// The first date of a heading as machines read it: « 8 juin 2018 » is `2018-06-08`, « Octobre 2017 – août 2018 » `2017-10`,
/// « 2016 » `2016`; nothing where it names none.
pub fn when(heading: &str) -> Option<String> {
    let words = spelled(heading);
    let at = words.iter().position(|word| year_of(word).is_some())?;
    let year = year_of(&words[at])?;
    let before = |back: usize| at.checked_sub(back).map(|at| words[at].as_str());
    let month = before(1).and_then(|word| (1..).zip(MONTHS).find(|(_, known)| *known == word)).map(|(month, _)| month);
    let Some(month) = month else { return Some(format!("{year:04}")) };
    let day = before(2).and_then(|word| word.trim_end_matches("er").parse::<u32>().ok());
    match day.and_then(|day| NaiveDate::from_ymd_opt(year, month, day)) {
        Some(_) => Some(format!("{year:04}-{month:02}-{:02}", day.unwrap_or_default())),
        None => Some(format!("{year:04}-{month:02}")),
    }
}

fn year_of(word: &str) -> Option<i32> {
    word.parse().ok().filter(|year| word.len() == 4 && (1900..2200).contains(year))
}
