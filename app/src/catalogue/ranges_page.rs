//! Rayons: what one looks for first, then the ranges, then the other ways through the shop.

use domain::time::paris_day;
use domain::view::catalogue::{Browse, Filter, Found, Order, RangesView, Tile, Which};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::address::{LIST, SCAN, SUPPLY, WISHES, across, of_range, of_supplier};
use super::finding::{Finding, Search, answers};
use crate::acts::to_see;
use crate::french::nb;
use crate::french::typography::counted;
use crate::offline::acts::Acts;
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Empty, Frame, Icon, PageHead, RowLink, Width};

/// So many ways through the shop stand in the open.
const IN_THE_OPEN: usize = 12;

#[component]
pub fn RangesPage() -> impl IntoView {
    let search = Search::of_page();
    let address = use_query_map();
    let query = move || Query::Ranges { typed: address.with(|address| address.get("q")).unwrap_or_default() };
    let show = move |view: View| view.shown(|view| page(view, search));
    view! {
        <Title text="Rayons · Alpar"/>
        <Screen query=query title="Rayons" coming="Les rayons arrivent." show=show/>
    }
}

fn page(view: RangesView, search: Search) -> AnyView {
    let RangesView { now, name, tiles, browse, keeps, to_buy, wishes, found, .. } = view;
    let waiting = to_see(Acts::expect());
    let inside = if tiles.is_empty() { nothing_yet().into_any() } else { ranges(tiles, browse).into_any() };
    let found = found.map(|found: Found| answers(found, paris_day(now)));
    let away = Memo::new(move |_| search.is_on());
    view! {
        <Frame width=Width::Alone>
            <PageHead title="Rayons" initials=name.initials() waiting=waiting/>
            <PageTop/>
            <Finding search=search/>
            {found}
            {ways(to_buy, wishes, keeps)}
            // Whoever looks for something reads what answers; a page that is short is laid out at each key, too.
            <div class="stack" class=("kept-away", move || away.get())>
                {inside}
            </div>
        </Frame>
    }
    .into_any()
}

fn nothing_yet() -> impl IntoView {
    let text = "Approvisionnement remplit les rayons : prix, origine et allergènes seront ici, même sans réseau.";
    view! { <Empty id="aucun" icon="wheat" title="Les rayons se remplissent" text=nb(text)/> }
}

fn ways(to_buy: usize, wishes: usize, keeps: bool) -> impl IntoView {
    let list = match to_buy {
        0 => "Ce qu’il te faut, et ce que tu aimes".to_owned(),
        some => counted(some, "chose à prendre", "choses à prendre"),
    };
    let wished = match wishes {
        0 => "Demande ce qui manque en magasin".to_owned(),
        some => counted(some, "demande en attente de réponse", "demandes en attente de réponse"),
    };
    view! {
        <nav class="no-print" aria-label="Autour des rayons">
            <ul class="list">
                <RowLink icon="list-checks" href=LIST title="Ma liste" soft=list/>
                <RowLink icon="qr-code" href=SCAN title="Scanner un code-barres" soft="Avec l’appareil photo, ou à la main"/>
                <RowLink icon="hand-heart" href=WISHES title="J’aimerais trouver…" soft=wished/>
                {keeps
                    .then(|| {
                        view! {
                            <RowLink
                                icon="truck"
                                href=SUPPLY
                                title="Tenir les rayons"
                                soft="Produits, fournisseurs, fichier de la caisse"
                                external=true
                            />
                        }
                    })}
            </ul>
        </nav>
    }
}

fn ranges(tiles: Vec<Tile>, browse: Browse) -> impl IntoView {
    let tiles = tiles
        .into_iter()
        .map(|Tile { id, name, products }| {
            view! {
                <li>
                    <a class="range-tile" href=of_range(id)>
                        <span class="range-tile__name">{nb(&name)}</span>
                        <span class="range-tile__count">{counted(usize::from(products), "produit", "produits")}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="section section--apart" aria-labelledby="les-rayons">
            <h2 id="les-rayons">"Par rayon"</h2>
            <ul class="range-tiles" role="list">{tiles}</ul>
        </section>
        {ways_through(browse)}
    }
}

/// By what is special about them, by label, by supplier.
fn ways_through(browse: Browse) -> impl IntoView {
    let Browse { suppliers, labels, which } = browse;
    let which = which
        .into_iter()
        .map(|(which, count)| {
            let href = across(Filter { which: Some(which), order: Order::Name, ..Filter::default() });
            chip(href, which_word(which).to_owned(), count)
        })
        .collect::<Vec<_>>();
    let labels = labels
        .into_iter()
        .map(|(label, count)| chip(across(Filter { label: Some(label.clone()), ..Filter::default() }), label, count))
        .collect::<Vec<_>>();
    let suppliers = suppliers.into_iter().map(|(id, name, count)| chip(of_supplier(id), name, count)).collect::<Vec<_>>();
    view! {
        {through("en-ce-moment", "En ce moment, et en vrac", "façons", which)}
        {through("par-etiquette", "Par label", "labels", labels)}
        {through("par-fournisseur", "Par fournisseur", "fournisseurs", suppliers)}
    }
}

/// Where there are many ways they are behind a fold, which says how many.
fn through(id: &'static str, title: &'static str, many: &'static str, chips: Vec<AnyView>) -> Option<impl IntoView> {
    let count = chips.len();
    let chips = view! { <ul class="range-chips" role="list">{chips}</ul> };
    let inside = if count > IN_THE_OPEN {
        view! {
            <details class="shelf-fold">
                <summary>{nb(&format!("Les {count} {many}"))}</summary>
                <div class="shelf-fold__links">{chips}</div>
            </details>
        }
        .into_any()
    } else {
        chips.into_any()
    };
    (count > 0).then(|| {
        view! {
            <section class="section section--apart" aria-labelledby=id>
                <h2 id=id>{title}</h2>
                {inside}
            </section>
        }
    })
}

fn chip(href: String, words: String, count: usize) -> AnyView {
    view! {
        <li>
            <a class="filter" href=href>
                <Icon name="check"/>
                {nb(&words)}
                <span class="range-chips__count">{count}</span>
            </a>
        </li>
    }
    .into_any()
}

/// « Nouveautés », « En vrac »
pub fn which_word(which: Which) -> &'static str {
    match which {
        Which::New => "Nouveautés",
        Which::Seasonal => "De saison",
        Which::Ending => "Fins de série",
        Which::Bulk => "En vrac",
    }
}
