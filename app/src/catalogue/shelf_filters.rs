//! What a shelf may be seen by: each filter is a link to the same shelf with it on, or off again.

use domain::catalogue::Allergen;
use domain::view::catalogue::{Filter, Order, ShelfView};
use leptos::prelude::*;

use super::address::ShelfAddress;
use super::ranges_page::which_word;
use crate::french::catalogue::allergen;
use crate::french::{capitalized, nb};
use crate::ui::Icon;

/// So many labels stand among the first filters.
const LABELS: usize = 6;

pub fn filters(view: &ShelfView, address: &ShelfAddress) -> impl IntoView + use<> {
    let now = &address.filter;
    let cheapest = now.order == Order::PerMeasure;
    let order = if cheapest { Order::Name } else { Order::PerMeasure };
    let mut first = vec![link("Le moins cher au kilo".to_owned(), cheapest, &address.with(Filter { order, ..now.clone() }))];
    for which in &view.which {
        let on = now.which == Some(*which);
        let filter = Filter { which: (!on).then_some(*which), ..now.clone() };
        first.push(link(which_word(*which).to_owned(), on, &address.with(filter)));
    }
    for (at, (label, _)) in view.labels.iter().enumerate() {
        let on = now.label.as_ref() == Some(label);
        if on || at < LABELS {
            let filter = Filter { label: (!on).then(|| label.clone()), ..now.clone() };
            first.push(link(label.clone(), on, &address.with(filter)));
        }
    }
    view! {
        <nav class="filters" aria-label="Filtres">{first}</nav>
        {without(address)}
        {other_labels(view, address)}
        {suppliers(view, address)}
    }
}

/// All of them, where not all stand among the first filters.
fn other_labels(view: &ShelfView, address: &ShelfAddress) -> Option<impl IntoView + use<>> {
    let now = &address.filter;
    let links: Vec<AnyView> = view
        .labels
        .iter()
        .map(|(label, _)| {
            let on = now.label.as_ref() == Some(label);
            link(label.clone(), on, &address.with(Filter { label: (!on).then(|| label.clone()), ..now.clone() }))
        })
        .collect();
    (links.len() > LABELS).then(|| {
        view! {
            <details class="shelf-fold">
                <summary>{nb("Tous les labels…")}</summary>
                <nav class="shelf-fold__links" aria-label="Label">
                    {links}
                </nav>
            </details>
        }
    })
}

fn link(words: String, on: bool, to: &ShelfAddress) -> AnyView {
    view! {
        // One filter after another: the page stays where it is.
        <a class="filter" href=to.href() aria-current=on.then_some("true") data-noscroll="">
            <Icon name="check"/>
            {nb(&words)}
        </a>
    }
    .into_any()
}

/// « Sans gluten, sans lait »
fn without(address: &ShelfAddress) -> impl IntoView + use<> {
    let now = &address.filter;
    let links = Allergen::ALL
        .into_iter()
        .map(|known| {
            let on = now.without.contains(&known);
            let mut without = now.without.clone();
            if on {
                without.retain(|other| *other != known);
            } else {
                without.push(known);
            }
            link(capitalized(allergen(known)), on, &address.with(Filter { without, ..now.clone() }))
        })
        .collect_view();
    let said = match now.without.len() {
        0 => "Sans allergène…".to_owned(),
        _ => capitalized(&without_words(&now.without)),
    };
    let open = !now.without.is_empty();
    view! {
        <details class="shelf-fold" open=open>
            <summary>{nb(&said)}</summary>
            <nav class="shelf-fold__links" aria-label="Sans">
                {links}
            </nav>
        </details>
    }
}

/// « sans gluten, sans lait »
pub fn without_words(without: &[Allergen]) -> String {
    let words: Vec<String> = without.iter().map(|known| format!("sans {}", allergen(*known))).collect();
    words.join(", ")
}

fn suppliers(view: &ShelfView, address: &ShelfAddress) -> Option<impl IntoView + use<>> {
    let now = &address.filter;
    let links: Vec<AnyView> = view
        .suppliers
        .iter()
        .map(|(id, name, _)| {
            let on = now.supplier == Some(*id);
            link(name.clone(), on, &address.with(Filter { supplier: (!on).then_some(*id), ..now.clone() }))
        })
        .collect();
    let chosen = view.suppliers.iter().find(|(id, ..)| now.supplier == Some(*id)).map(|(_, name, _)| name.clone());
    let open = chosen.is_some();
    (links.len() > 1).then(|| {
        view! {
            <details class="shelf-fold" open=open>
                <summary>{nb(&chosen.unwrap_or_else(|| "Fournisseur…".to_owned()))}</summary>
                <nav class="shelf-fold__links" aria-label="Fournisseur">
                    {links}
                </nav>
            </details>
        }
    })
}

/// What the list leaves out for want of knowing, said as long as it is asked to be without anything.
pub fn not_known(view: &ShelfView) -> Option<impl IntoView + use<>> {
    let without = &view.filter.without;
    let said = match view.unknown {
        0 => "Aucun autre n’est écarté faute de savoir.".to_owned(),
        1 => "1 autre est écarté : personne ne sait ce qu’il en est. Regarde son étiquette.".to_owned(),
        many => format!("{many} autres sont écartés : personne ne sait ce qu’il en est. Regarde leur étiquette."),
    };
    let shown = format!(
        "Seulement ce que l’étiquette ou le fournisseur dit {}, même en traces. {said}",
        without_words(without).replace(", sans", " et sans"),
    );
    (!without.is_empty()).then(|| {
        view! {
            <p class="shelf-unknown" role="note">
                <Icon name="info"/>
                <span>{nb(&shown)}</span>
            </p>
        }
    })
}
