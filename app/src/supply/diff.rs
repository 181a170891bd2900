//! What a file would change, for somebody to read before it does.

use domain::catalogue::import::{Changed, Diff};
use domain::id::RangeId;
use leptos::prelude::*;

use super::FileInHand;
use crate::french::catalogue::money;
use crate::french::catalogue_import::{Names, changed as told, warning};
use crate::import::lines;

/// The most lines of a kind that a page shows.
const LINES_SHOWN: usize = 1_000;
/// The longest of them, in characters: a product of which everything changes.
const LINE_CAP: usize = 500;

pub fn differences(file: &FileInHand, diff: &Diff) -> AnyView {
    let names = Names { ranges: &file.ranges, suppliers: &file.suppliers };
    let (priced, other): (Vec<&Changed>, Vec<&Changed>) = diff.changed.iter().partition(|changed| changed.price.is_some());
    let line = |changed: &&Changed| short(told(changed, names));
    let range = |id: RangeId| file.ranges.iter().find(|range| range.id == id).map_or("", |range| range.name.as_str());
    let new = diff.new.iter().map(|new| match &new.facts {
        Some(facts) => short(format!("{}, {} ({})", new.name, money(facts.price()), range(facts.range))),
        None => short(new.name.clone()),
    });
    let gone = diff.gone.iter().map(|gone| short(gone.name.clone()));
    let back = diff.back.iter().map(|back| short(told(back, names)));
    let warnings = diff.warnings.iter().map(|one| short(warning(one)));
    view! {
        {lines("prix", "Prix qui changent", priced.iter().map(line).collect(), LINES_SHOWN, true)}
        {lines("nouveaux", "Nouveaux produits", new.collect(), LINES_SHOWN, true)}
        {lines("retires", "Plus dans le fichier : archivés", gone.collect(), LINES_SHOWN, true)}
        {lines("retour", "De retour", back.collect(), LINES_SHOWN, false)}
        {lines("autres", "Autres changements", other.iter().map(line).collect(), LINES_SHOWN, false)}
        {lines("attention", "À regarder", warnings.collect(), LINES_SHOWN, false)}
    }
    .into_any()
}

fn short(line: String) -> String {
    match line.char_indices().nth(LINE_CAP) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
