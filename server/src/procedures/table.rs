//! The records as a table that French spreadsheets open: UTF-8 with its mark, semicolons, decimal commas.

use app::french::capitalized;
use app::french::intents::arrival_word;
use chrono::{NaiveDate, NaiveTime};
use domain::procedures::Records;
use domain::time::{Instant, paris_clock, paris_day};

use crate::csv::{MARK, line};

const HEADS: [&str; 9] = ["Quoi", "Date", "Heure", "Nom", "Valeur", "Limites ou manques", "Conforme", "Par", "Remarques"];

pub fn of(records: &Records) -> String {
    let mut text = String::from(MARK);
    line(&mut text, &HEADS.map(str::to_owned));
    for read in &records.readings {
        let within = if read.is_within() { "oui" } else { "non" };
        let limits = format!("{} à {}", tenths(read.low), tenths(read.high));
        let (on, at) = moment(read.at);
        let (fridge, by) = (read.fridge.clone(), read.by.to_string());
        line(
            &mut text,
            &["Température".into(), on, at, fridge, tenths(read.tenths), limits, within.into(), by, read.note.clone()],
        );
    }
    for list in &records.lists {
        let all = list.done.len() + list.missing.len();
        let within = if list.missing.is_empty() { "oui" } else { "non" };
        let by: Vec<String> = list.by.iter().map(ToString::to_string).collect();
        let done = format!("{} sur {all}", list.done.len());
        let name = format!("{} (version {})", list.name, list.version);
        let missing = list.missing.join(" | ");
        let (on, at) = (date(list.on), clock(list.from));
        line(&mut text, &["Liste".into(), on, at, name, done, missing, within.into(), by.join(", "), String::new()]);
    }
    for came in &records.deliveries {
        let name = if came.what.is_empty() { came.supplier.clone() } else { format!("{} : {}", came.supplier, came.what) };
        let state = capitalized(arrival_word(came.state));
        let (_, at) = moment(came.at);
        let none = String::new;
        let by = came.by.to_string();
        line(&mut text, &["Livraison".into(), date(came.on), at, name, state, none(), none(), by, came.remarks.clone()]);
    }
    text
}

fn date(on: NaiveDate) -> String {
    on.format("%d/%m/%Y").to_string()
}

fn clock(at: NaiveTime) -> String {
    at.format("%H:%M").to_string()
}

fn moment(at: Instant) -> (String, String) {
    (date(paris_day(at)), clock(paris_clock(at)))
}

/// « -18,5 »
fn tenths(tenths: i16) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{sign}{},{}", tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10)
}
