//! The register as a file: read again, it changes nothing.
//!
//! Plain cells; what looks like a formula is guarded where bytes are written (`server::csv`), and read back without its guard.

use chrono::{Datelike, NaiveDate};

use super::Table;
use super::fact::{Facts, Register};
use crate::catalogue::Cents;
use crate::members::Rhythm;
use crate::order;

/// Those who are members, by number.
pub fn table(register: &Register, today: NaiveDate) -> Table {
    let mut people: Vec<&Facts> = register.values().filter(|kept| kept.there).map(|kept| &kept.facts).collect();
    order::by_key(&mut people, |facts| facts.number);
    let year = today.year();
    let header = [
        "Numéro de membre",
        "Nom",
        "Prénom",
        "E-mail",
        "Téléphone",
        "Adresse",
        "Date d’adhésion",
        "Rythme",
        "Montant de la part",
        "Date de la part",
    ];
    let header = header.into_iter().map(str::to_owned).chain([format!("Adhésion {year}")]).collect();
    Table { header, rows: (2..).zip(people).map(|(line, facts)| (line, cells(facts, year))).collect() }
}

fn cells(facts: &Facts, year: i32) -> Vec<String> {
    let rhythm = match facts.rhythm {
        Rhythm::Regular => "fixe",
        Rhythm::Floating => "volant",
    };
    let day = |day: NaiveDate| format!("{:02}/{:02}/{}", day.day(), day.month(), day.year());
    let money = |cents: Cents| format!("{},{:02}", cents.0 / 100, cents.0 % 100);
    vec![
        facts.number.to_string(),
        facts.last_name.clone(),
        facts.first_name.clone(),
        facts.email.clone(),
        facts.phone.clone().unwrap_or_default(),
        facts.address.clone(),
        day(facts.joined_on),
        rhythm.to_owned(),
        facts.share.map(|share| money(share.cents)).unwrap_or_default(),
        facts.share.map(|share| day(share.on)).unwrap_or_default(),
        if facts.years.contains(&year) { "oui".to_owned() } else { String::new() },
    ]
}
