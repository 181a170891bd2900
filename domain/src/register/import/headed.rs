//! gestion-compte's list of members has no titles: number, first name, name, address, phone, from the first line on.

use super::Table;
use crate::import::title_with_unit;
use crate::members::{email_address, phone_number};

/// What stands above such a list, as a mapping guesses it.
const TITLES: [&str; 5] = ["Numéro de membre", "Prénom", "Nom", "E-mail", "Téléphone"];

/// The table with titles: where the first line has an e-mail address or a number of phone in it, it is somebody's, and no title.
pub fn headed(table: Table) -> Table {
    if !table.header.iter().any(|title| email_address(title).is_some() || phone_number(title).is_some()) {
        return table;
    }
    let Table { header, rows } = table;
    let width = rows.iter().map(|(_, cells)| cells.len()).chain([header.len()]).max().unwrap_or_default();
    let first = (1, as_said(header));
    let mut all: Vec<(u32, Vec<String>)> = std::iter::once(first).chain(rows).collect();
    // Those whose last cells are empty are as wide as the others.
    for (_, cells) in &mut all {
        cells.resize(width.max(cells.len()), String::new());
    }
    let is_theirs = width == TITLES.len() && all.iter().all(|(_, cells)| cells[3].trim().is_empty() || cells[3].contains('@'));
    let title = |at: usize| if is_theirs { TITLES[at].to_owned() } else { format!("Colonne {}", at + 1) };
    Table { header: (0..width).map(title).collect(), rows: all }
}

/// Without what told them apart while they were taken for titles ([`told_apart`](crate::import::told_apart)): somebody may say
/// one thing twice, or nothing.
fn as_said(titles: Vec<String>) -> Vec<String> {
    let mut cells: Vec<String> = Vec::with_capacity(titles.len());
    for (place, title) in (1..).zip(titles) {
        let again = title.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
        let again = again.filter(|(_, turn)| turn.parse::<usize>().is_ok()).map(|(said, _)| said);
        let again = again.filter(|said| cells.iter().any(|cell| title_with_unit(cell) == title_with_unit(said)));
        let cell = match again {
            Some(said) => said.to_owned(),
            None if title == format!("Colonne {place}") => String::new(),
            None => title,
        };
        cells.push(cell);
    }
    cells
}
