//! How each value is spelt in a cell: read from the till's file, and written into ours so that it reads back the same.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::fault::Reason;
use crate::catalogue::{
    AmountMistake, Availability, BARCODES_CAP, Barcode, Cents, DayOfYear, Measure, Net, PRICE_CAP, RATE_CAP, Rate, SoldBy,
    VAT_RATES,
};
use crate::cell::{FORMULA, begins_a_formula, is_garbled, one_line, unguarded};
use crate::import::key;

/// The fewest digits of a barcode.
const SHORTEST: usize = 8;
/// The longest cell of barcodes: as many as a product may have, each with what stands between them. In characters.
const BARCODES_LONG: usize = BARCODES_CAP * 15;

/// One line of at most `cap` characters; empty where nothing is said.
pub(super) fn text(cell: &str, cap: usize) -> Result<String, Reason> {
    let bare = unguarded(cell);
    let line = one_line(bare);
    // What is not seen before it hides none.
    let is_formula = begins_a_formula(cell) || begins_a_formula(&line);
    if bare.len() == cell.len() && is_formula && !is_number(cell) {
        return Err(Reason::Formula);
    }
    if is_garbled(cell) {
        return Err(Reason::Garbled);
    }
    if line.chars().count() > cap { Err(Reason::TooLong { cap }) } else { Ok(line) }
}

fn is_number(cell: &str) -> bool {
    Cents::parse_to_the_cent(cell) != Err(AmountMistake::Unreadable)
}

/// `3,20`, `3,2045 €`, to the nearest cent; 0 is one.
pub(super) fn money(cell: &str) -> Result<Cents, Reason> {
    Cents::parse_to_the_cent(cell).map_err(|mistake| match mistake {
        AmountMistake::Unreadable => Reason::NotANumber,
        AmountMistake::TooPrecise => Reason::TooPrecise,
        AmountMistake::Negative => Reason::Negative,
        AmountMistake::AboveCap => Reason::TooDear { cap: PRICE_CAP },
    })
}

/// More than nothing.
pub(super) fn purchase(cell: &str) -> Result<Cents, Reason> {
    let cents = money(cell)?;
    if cents == Cents::ZERO { Err(Reason::Zero) } else { Ok(cents) }
}

pub(super) fn margin(cell: &str) -> Result<Rate, Reason> {
    Rate::parse(cell).map_err(|mistake| match mistake {
        AmountMistake::Unreadable => Reason::NotANumber,
        AmountMistake::TooPrecise => Reason::TooPrecise,
        AmountMistake::Negative => Reason::Negative,
        AmountMistake::AboveCap => Reason::RateTooHigh { cap: RATE_CAP },
    })
}

/// `5,5`, `20 %`, `TVA 5,5 %`
pub(super) fn vat(cell: &str) -> Result<Rate, Reason> {
    let cell = cell.trim();
    let rate = Rate::parse(cell.strip_prefix("TVA").unwrap_or(cell)).map_err(|mistake| match mistake {
        AmountMistake::Unreadable => Reason::NotANumber,
        AmountMistake::Negative => Reason::Negative,
        AmountMistake::TooPrecise | AmountMistake::AboveCap => Reason::NotARateOfVat,
    })?;
    if VAT_RATES.contains(&rate) { Ok(rate) } else { Err(Reason::NotARateOfVat) }
}

/// One or several; none where the till says 0.
pub(super) fn barcodes(cell: &str) -> Result<Vec<Barcode>, Reason> {
    let cell = cell.trim().trim_start_matches('\'');
    if cell.starts_with(FORMULA) {
        return Err(Reason::Formula);
    }
    if cell.chars().count() > BARCODES_LONG {
        return Err(Reason::TooLong { cap: BARCODES_LONG });
    }
    if cell.bytes().all(|byte| byte == b'0') {
        return Ok(Vec::new());
    }
    if is_scientific(cell) {
        return Err(Reason::Scientific);
    }
    let mistake = match cell.parse::<Barcode>() {
        Ok(barcode) => return Ok(vec![barcode]),
        Err(mistake) => mistake,
    };
    let between = |letter: char| letter.is_whitespace() || [',', ';', '/', '|'].contains(&letter);
    let pieces: Vec<&str> = cell.split(between).filter(|piece| !piece.is_empty()).collect();
    // « 3 265470 024418 » is one that is wrong, and not several.
    if pieces.iter().all(|piece| piece.len() < SHORTEST) {
        return Err(Reason::Barcode(mistake));
    }
    let mut read = Vec::new();
    for piece in pieces {
        let barcode: Barcode = piece.parse().map_err(Reason::Barcode)?;
        if !read.contains(&barcode) {
            read.push(barcode);
        }
    }
    if read.len() > BARCODES_CAP {
        return Err(Reason::TooManyBarcodes { cap: BARCODES_CAP });
    }
    Ok(read)
}

/// « 3,26547E+12 »
pub(super) fn is_scientific(cell: &str) -> bool {
    let parts = cell.split_once("E+").or_else(|| cell.split_once("e+"));
    parts.is_some_and(|(before, after)| is_number(before) && is_number(after))
}

pub(super) fn sold_by(cell: &str) -> Result<SoldBy, Reason> {
    Ok(match key(cell).as_str() {
        "piece" | "pieces" | "a la piece" | "par piece" | "pce" | "pc" | "p" | "u" | "unite" | "unites" | "unite s"
        | "a l unite" | "uvc" => SoldBy::Piece,
        "kg" | "kilo" | "kilogramme" | "au kilo" | "au kg" | "le kg" | "poids" | "au poids" | "vrac" | "en vrac" => {
            SoldBy::Weight
        }
        "l" | "litre" | "litres" | "au litre" | "le litre" | "volume" | "au volume" => SoldBy::Volume,
        _ => return Err(Reason::NotASoldBy),
    })
}

pub(super) fn availability(cell: &str) -> Result<Availability, Reason> {
    let key = key(cell);
    let is_digits = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    let (numbers, words): (Vec<&str>, Vec<&str>) = key.split(' ').partition(is_digits);
    let read = match (words.join(" ").as_str(), numbers.as_slice()) {
        ("en rayon" | "en stock" | "disponible" | "oui", []) => Some(Availability::InRange),
        ("nouveau jusqu au", [day, month, year]) => date(day, month, year).map(|until| Availability::New { until }),
        ("de saison du au" | "saison du au" | "du au", [day, month, to_day, to_month]) => {
            let between = day_of_year(day, month).zip(day_of_year(to_day, to_month));
            between.map(|(from, to)| Availability::Seasonal { from, to })
        }
        ("rupture" | "en rupture" | "epuise", []) => Some(Availability::Out { until: None }),
        ("rupture jusqu au" | "en rupture jusqu au", [day, month, year]) => {
            date(day, month, year).map(|until| Availability::Out { until: Some(until) })
        }
        ("fin de stock" | "fin de serie" | "fin", []) => Some(Availability::Ending),
        _ => None,
    };
    read.ok_or(Reason::NotAnAvailability)
}

/// The years in which something is new or out of stock.
pub(in crate::catalogue) const YEARS: Range<i32> = 2000..2200;

fn date(day: &str, month: &str, year: &str) -> Option<NaiveDate> {
    let year = year.parse::<i32>().ok().filter(|year| YEARS.contains(year))?;
    NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)
}

fn day_of_year(day: &str, month: &str) -> Option<DayOfYear> {
    DayOfYear::new(month.parse().ok()?, day.parse().ok()?)
}

/// `3,20`
pub(super) fn of_money(cents: Cents) -> String {
    let sign = if cents.0 < 0 { "-" } else { "" };
    let cents = cents.0.unsigned_abs();
    format!("{sign}{},{:02}", cents / 100, cents % 100)
}

/// `5,5`
pub(super) fn of_rate(rate: Rate) -> String {
    let text = format!("{},{:02}", rate.0 / 100, rate.0 % 100);
    text.trim_end_matches('0').trim_end_matches(',').to_owned()
}

/// `500 g`, `1500 ml`
pub(super) fn of_net(net: Net) -> String {
    let unit = match net.of {
        Measure::Gram => "g",
        Measure::Millilitre => "ml",
    };
    format!("{} {unit}", net.amount)
}

pub(super) fn of_sold_by(sold_by: SoldBy) -> &'static str {
    match sold_by {
        SoldBy::Piece => "pièce",
        SoldBy::Weight => "kg",
        SoldBy::Volume => "litre",
    }
}

pub(super) fn of_availability(availability: &Availability) -> String {
    let until = |day: &NaiveDate| format!("jusqu'au {:02}/{:02}/{}", day.day(), day.month(), day.year());
    match availability {
        Availability::InRange => "en rayon".to_owned(),
        Availability::New { until: last } => format!("nouveau {}", until(last)),
        Availability::Seasonal { from, to } => {
            format!("de saison du {:02}/{:02} au {:02}/{:02}", from.day, from.month, to.day, to.month)
        }
        Availability::Out { until: None } => "rupture".to_owned(),
        Availability::Out { until: Some(day) } => format!("rupture {}", until(day)),
        Availability::Ending => "fin de stock".to_owned(),
    }
}
