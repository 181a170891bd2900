//! How each value is spelt in a cell.

use chrono::{Datelike, NaiveDate};

use super::fault::Reason;
use crate::catalogue::Cents;
use crate::cell::{self, Spoilt, seen, unguarded};
use crate::import::key;
use crate::members::{Rhythm, email_address, phone_number};
use crate::register::{Mistake, NAME_CAP};
use crate::share::{AMOUNT_CAP, amount};

/// One line of text.
pub fn text(cell: &str, cap: usize) -> Result<String, Reason> {
    cell::line(cell, cap).map_err(|spoilt| match spoilt {
        Spoilt::Formula => Reason::Formula,
        Spoilt::Garbled => Reason::Garbled,
        Spoilt::TooLong => Reason::TooLong { cap },
    })
}

/// A name with a letter in it.
pub fn name(cell: &str) -> Result<String, Reason> {
    let name = text(cell, NAME_CAP)?;
    if name.chars().any(char::is_alphabetic) { Ok(name) } else { Err(Reason::Missing) }
}

/// First name and name: « DUPONT, Marie », « DUPONT Marie », « Marie Dupont ».
pub fn both_names(cell: &str) -> Result<(String, String), Reason> {
    let whole = text(cell, 2 * NAME_CAP)?;
    let (first, last) = match whole.split_once(',') {
        Some((last, first)) => (first.trim().to_owned(), last.trim().to_owned()),
        None => {
            let words: Vec<&str> = whole.split(' ').filter(|word| !word.is_empty()).collect();
            let (capitals, others): (Vec<&str>, Vec<&str>) = words.iter().copied().partition(|word| is_in_capitals(word));
            match words.as_slice() {
                [first, rest @ ..] if capitals.is_empty() || others.is_empty() => ((*first).to_owned(), rest.join(" ")),
                _ => (others.join(" "), capitals.join(" ")),
            }
        }
    };
    let is_name = |name: &str| name.chars().any(char::is_alphabetic);
    if !is_name(&first) || !is_name(&last) {
        return Err(Reason::OneName);
    }
    let cap = NAME_CAP;
    if first.chars().count() > cap || last.chars().count() > cap { Err(Reason::TooLong { cap }) } else { Ok((first, last)) }
}

/// « DUPONT »; a single letter is nobody's name.
fn is_in_capitals(word: &str) -> bool {
    let mut letters = word.chars().filter(|letter| letter.is_alphabetic());
    letters.clone().count() > 1 && letters.all(char::is_uppercase)
}

pub fn email(cell: &str) -> Result<String, Reason> {
    email_address(unguarded(&seen(cell))).ok_or(Reason::NotAnAddress)
}

pub fn phone(cell: &str) -> Result<String, Reason> {
    phone_number(unguarded(&seen(cell))).ok_or(Reason::NotAPhone)
}

/// The highest number that a file may give: there is room for those who come after.
const NUMBER_CAP: i32 = 9_999_999;

/// « 12 », « #12 », « n° 0012 », « 12.0 »; none where it is 0.
pub fn number(cell: &str) -> Result<Option<i32>, Reason> {
    let visible = seen(cell);
    let bare = visible.trim().trim_start_matches(['#', 'n', 'N', '°', 'º', ' ', '\u{a0}']);
    let bare = bare.strip_suffix(".0").or_else(|| bare.strip_suffix(",0")).unwrap_or(bare);
    match bare.parse::<i32>() {
        Ok(number) if (0..=NUMBER_CAP).contains(&number) => Ok(Some(number).filter(|number| *number > 0)),
        _ => Err(Reason::NotANumber),
    }
}

/// « 13/12/2018 », « 2018-12-13 », with or without an hour behind; within these days.
pub fn day(cell: &str, first: NaiveDate, last: NaiveDate) -> Result<NaiveDate, Reason> {
    let visible = seen(cell);
    let bare = visible.trim();
    if bare.len() == 5 && bare.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Reason::SerialDay);
    }
    let bare = bare.split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> = bare.split(['/', '-', '.']).collect();
    let [one, two, three] = parts.as_slice() else { return Err(Reason::NotADay) };
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit()));
    let (year, month, day) = if one.len() == 4 { (*one, *two, *three) } else { (*three, *two, *one) };
    let century = if year.len() == 2 { 2000 } else { 0 };
    let read = number(year).zip(number(month)).zip(number(day)).and_then(|((year, month), day)| {
        let year = i32::try_from(year).ok()? + century;
        NaiveDate::from_ymd_opt(year, month, day).filter(|read| read.year() > 1000)
    });
    match read.ok_or(Reason::NotADay)? {
        read if read < first => Err(Reason::DayTooEarly { first }),
        read if read > last => Err(Reason::DayTooLate { last }),
        read => Ok(read),
    }
}

pub fn money(cell: &str) -> Result<Cents, Reason> {
    amount(unguarded(&seen(cell))).map_err(|mistake| match mistake {
        Mistake::AmountTooLarge { .. } => Reason::AmountTooLarge { cap: AMOUNT_CAP },
        _ => Reason::NotAnAmount,
    })
}

pub fn rhythm(cell: &str) -> Result<Rhythm, Reason> {
    match key(cell).as_str() {
        "fixe" | "regulier" | "reguliere" | "regular" | "standard" | "abcd" => Ok(Rhythm::Regular),
        "volant" | "volante" | "volant e" | "floating" | "flying" | "ftop" => Ok(Rhythm::Floating),
        // A column « volant ».
        _ => {
            yes_or_no(cell).map(|floats| if floats { Rhythm::Floating } else { Rhythm::Regular }).map_err(|_| Reason::NotARhythm)
        }
    }
}

pub fn yes_or_no(cell: &str) -> Result<bool, Reason> {
    match key(cell).as_str() {
        "oui" | "o" | "vrai" | "yes" | "y" | "true" | "t" | "1" | "x" | "ok" | "active" | "actif" => Ok(true),
        "non" | "n" | "faux" | "no" | "false" | "f" | "0" | "inactive" | "inactif" => Ok(false),
        _ => Err(Reason::NotYesOrNo),
    }
}

/// The year that a cell is of, up to the `last` one: one that it says, the one of a day, or, with a yes or an amount, the column's
/// own. What is as long as a year, or as a spreadsheet's own day, is no amount.
pub fn year(cell: &str, of_column: i32, last: i32) -> Result<Option<i32>, Reason> {
    let bare = cell.trim();
    if bare.len() == 4 && bare.bytes().all(|byte| byte.is_ascii_digit()) {
        let year = bare.parse::<i32>().ok().filter(|year| (2016..=last).contains(year));
        return year.map(Some).ok_or(Reason::NotAYear);
    }
    let first = NaiveDate::from_ymd_opt(2016, 1, 1).unwrap_or(NaiveDate::MIN);
    match day(bare, first, NaiveDate::from_ymd_opt(last, 12, 31).unwrap_or(NaiveDate::MAX)) {
        Ok(day) => return Ok(Some(day.year())),
        Err(Reason::NotADay) => {}
        Err(fault) => return Err(fault),
    }
    if let Ok(yes) = yes_or_no(bare) {
        return Ok(yes.then_some(of_column));
    }
    match money(bare) {
        Ok(cents) => Ok((cents > Cents::ZERO).then_some(of_column)),
        Err(_) => Err(Reason::NotAYear),
    }
}
