//! What columns are known by.

use std::collections::BTreeSet;

use super::key;

/// A column's [`key`], its abbreviations in one piece.
pub(crate) fn title(column: &str) -> String {
    key(&column.replace('.', ""))
}

/// And with what its numbers are of: « Prix d'achat H.T. (€) » → `prix d achat ht eur`, « Marge % » → `marge pct`
pub(crate) fn title_with_unit(column: &str) -> String {
    title(&column.replace('€', " eur ").replace('%', " pct "))
}

/// The titles of a header, each told from the others: one that is there already gets its turn, « Libellé (2) », and one that says
/// nothing its place, « Colonne 3 ».
pub fn told_apart(titles: Vec<String>) -> Vec<String> {
    let mut known = BTreeSet::new();
    let mut apart = Vec::with_capacity(titles.len());
    for (place, said) in (1..).zip(titles) {
        let said = if title_with_unit(&said).is_empty() { format!("Colonne {place}") } else { said };
        let mut called = said.clone();
        let mut turn = 1;
        while !known.insert(title_with_unit(&called)) {
            turn += 1;
            called = format!("{said} ({turn})");
        }
        apart.push(called);
    }
    apart
}
