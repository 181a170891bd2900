//! gestion-compte's list of members has no titles: number, first name, name, address, phone, from the first line on.

use super::Table;
use crate::members::email_address;

/// What stands above such a list, as a mapping guesses it.
const TITLES: [&str; 5] = ["Numéro de membre", "Prénom", "Nom", "E-mail", "Téléphone"];

/// The table with titles: where the first line has an e-mail address in it, it is somebody's, and no title.
pub fn headed(table: Table) -> Table {
    if !table.header.iter().any(|title| email_address(title).is_some()) {
        return table;
    }
    let Table { header, rows } = table;
    let width = rows.iter().map(|(_, cells)| cells.len()).chain([header.len()]).max().unwrap_or_default();
    let first = (1, header);
    let mut all: Vec<(u32, Vec<String>)> = std::iter::once(first).chain(rows).collect();
    // Those whose last cells are empty are as wide as the others.
    for (_, cells) in &mut all {
        cells.resize(width.max(cells.len()), String::new());
    }
    let is_theirs = width == TITLES.len() && all.iter().all(|(_, cells)| cells[3].trim().is_empty() || cells[3].contains('@'));
    let title = |at: usize| if is_theirs { TITLES[at].to_owned() } else { format!("Colonne {}", at + 1) };
    Table { header: (0..width).map(title).collect(), rows: all }
}
