//! How much, as people write it: « 1,5 », « 1/3 », and where time is counted « 9 h 01 ».

use super::Mistake;
use crate::ledger::{Counting, Credit};

/// Beyond this many figures nobody means it, and nothing overflows.
const FIGURES: usize = 6;
const UNITS: i64 = Credit::SHIFT.0 as i64;

/// Vacations; or time, where it is counted. Never rounded: what is typed is what is asked.
pub fn read_amount(text: &str, counting: Counting) -> Result<Credit, Mistake> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    if text.starts_with(['-', '−']) {
        return Err(Mistake::Negative);
    }
    let (part, of) = if text.contains('h') || text.ends_with("min") {
        let Counting::Minutes { a_shift } = counting else { return Err(Mistake::NotByTheClock) };
        (minutes(&text)?, i64::from(a_shift.max(1)))
    } else if let Some((part, of)) = text.split_once('/') {
        (figures(part)?, figures(of)?)
    } else {
        decimal(&text)?
    };
    if of == 0 {
        return Err(Mistake::NotANumber);
    }
    let units = part * UNITS;
    if units % of != 0 {
        return Err(Mistake::NotWhole);
    }
    i32::try_from(units / of).map(Credit).map_err(|_| Mistake::NotANumber)
}

fn figures(text: &str) -> Result<i64, Mistake> {
    let plain = !text.is_empty() && text.len() <= FIGURES && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().map_err(|_| Mistake::NotANumber) } else { Err(Mistake::NotANumber) }
}

/// « 1,5 » is 15 of 10.
fn decimal(text: &str) -> Result<(i64, i64), Mistake> {
    let Some((whole, rest)) = text.split_once([',', '.']) else { return Ok((figures(text)?, 1)) };
    let rest_of = 10_i64.pow(u32::try_from(rest.len().min(FIGURES)).unwrap_or_default());
    Ok((figures(whole)? * rest_of + figures(rest)?, rest_of))
}

/// « 9h01 », « 9h », « 45min », « 1h30min ».
fn minutes(text: &str) -> Result<i64, Mistake> {
    let text = text.strip_suffix("min").unwrap_or(text);
    match text.split_once('h') {
        None => figures(text),
        Some((hours, "")) => Ok(figures(hours)? * 60),
        Some((hours, minutes)) => Ok(figures(hours)? * 60 + figures(minutes)?),
    }
}

/// As a person would write it, so that reading it gives the same.
pub fn write_amount(credit: Credit, counting: Counting) -> String {
    let units = i64::from(credit.0);
    if units % (UNITS / 20) == 0 {
        return decimals(units * 100 / UNITS);
    }
    if let Counting::Minutes { a_shift } = counting
        && units * i64::from(a_shift) % UNITS == 0
    {
        return clock(units * i64::from(a_shift) / UNITS);
    }
    let (part, of) = reduced(units, UNITS);
    format!("{part}/{of}")
}

/// 150 hundredths are « 1,5 ».
fn decimals(hundredths: i64) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match (rest, rest % 10) {
        (0, _) => whole.to_string(),
        (_, 0) => format!("{whole},{}", rest / 10),
        _ => format!("{whole},{rest:02}"),
    }
}

fn clock(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes:02}"),
    }
}

fn reduced(part: i64, of: i64) -> (i64, i64) {
    let (mut a, mut b) = (part, of);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    (part / a, of / a)
}
