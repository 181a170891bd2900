//! What a file would change, for somebody to read before it does.

use domain::catalogue::import::{Changed, Diff};
use domain::id::RangeId;
use leptos::prelude::*;

use super::FileInHand;
use crate::french::catalogue::money;
use crate::french::catalogue_import::{Names, changed as told, warning};
use crate::french::nb;
use crate::french::typography::{NO_BREAK, counted};
use crate::ui::Icon;

/// The most lines of a kind that a page shows.
const LINES_SHOWN: usize = 1_000;
/// The longest of them, in characters: a product of which everything changes.
const LINE_CAP: usize = 500;

pub fn differences(file: &FileInHand, diff: &Diff) -> AnyView {
    let names = Names { ranges: &file.ranges, suppliers: &file.suppliers };
    let (priced, other): (Vec<&Changed>, Vec<&Changed>) = diff.changed.iter().partition(|changed| changed.price.is_some());
    let line = |changed: &&Changed| told(changed, names);
    let range = |id: RangeId| file.ranges.iter().find(|range| range.id == id).map_or("", |range| range.name.as_str());
    let new = diff.new.iter().map(|new| match &new.facts {
        Some(facts) => format!("{}, {} ({})", new.name, money(facts.price()), range(facts.range)),
        None => new.name.clone(),
    });
    let gone = diff.gone.iter().map(|gone| gone.name.clone());
    let back = diff.back.iter().map(|back| told(back, names));
    view! {
        {lines("prix", "Prix qui changent", priced.iter().map(line).collect(), true)}
        {lines("nouveaux", "Nouveaux produits", new.collect(), true)}
        {lines("retires", "Plus dans le fichier : archivés", gone.collect(), true)}
        {lines("retour", "De retour", back.collect(), false)}
        {lines("autres", "Autres changements", other.iter().map(line).collect(), false)}
        {lines("attention", "À regarder", diff.warnings.iter().map(warning).collect(), false)}
    }
    .into_any()
}

fn lines(id: &'static str, title: &str, said: Vec<String>, open: bool) -> AnyView {
    if said.is_empty() {
        return ().into_any();
    }
    let more = said.len().saturating_sub(LINES_SHOWN);
    let more = (more > 0).then(|| view! { <p class="soft">{nb(&format!("Et {}.", counted(more, "autre", "autres")))}</p> });
    let title = format!("{}{NO_BREAK}({})", nb(title), said.len());
    let rows: Vec<_> = said.into_iter().take(LINES_SHOWN).map(|line| view! { <li>{nb(&short(line))}</li> }).collect();
    view! {
        <details class="history section--apart" open=open id=id>
            <summary class="history__head">
                {title}
                <Icon name="chevron-down"/>
            </summary>
            <ul class="supply__lines supply__diff">{rows}</ul>
            {more}
        </details>
    }
    .into_any()
}

fn short(line: String) -> String {
    match line.char_indices().nth(LINE_CAP) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
