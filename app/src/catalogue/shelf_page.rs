//! The products of a range, or of the whole shop.

use domain::id::RangeId;
use domain::time::paris_day;
use domain::view::catalogue::{Filter, ShelfView};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::address::{ALL, RANGES, ShelfAddress};
use super::product_row::ProductRows;
use super::ranges_page::which_word;
use super::shelf_filters::{filters, not_known};
use crate::french::nb;
use crate::french::typography::counted;
use crate::leaves::leaves;
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Back, Empty, Frame, Width};

#[component]
pub fn ShelfPage() -> impl IntoView {
    let (params, address) = (use_params_map(), use_query_map());
    let range = move || match params.with(|params| params.get("range")).as_deref() {
        None | Some(ALL) => None,
        // What is no id is that of no range.
        Some(id) => Some(id.parse().unwrap_or(RangeId(Uuid::nil()))),
    };
    let address = Memo::new(move |_| address.with(|address| ShelfAddress::read(range(), address)));
    let query =
        move || address.with(|address| Query::Shelf { range: address.range, filter: address.filter.clone(), page: address.page });
    let show = move |view: View| view.shown(|view| page(view, address.get_untracked()));
    view! {
        <Title text="Un rayon · Alpar"/>
        <Screen query=query title="Rayon" coming="Le rayon arrive." show=show/>
    }
}

fn page(view: ShelfView, address: ShelfAddress) -> AnyView {
    let inside = if view.known { shelf(view, address).into_any() } else { not_there().into_any() };
    view! { <Frame width=Width::Alone>{inside}</Frame> }.into_any()
}

fn shelf(view: ShelfView, address: ShelfAddress) -> impl IntoView {
    let today = paris_day(view.now);
    let title = match (&view.range, view.filter.which, &view.filter.label) {
        (Some(range), ..) => range.name.clone(),
        (None, Some(which), _) => which_word(which).to_owned(),
        (None, None, Some(label)) => label.clone(),
        (None, None, None) => "Tout le magasin".to_owned(),
    };
    let (filters, unknown) = (filters(&view, &address), not_known(&view));
    let said = counted(view.leaf.total, "produit", "produits");
    let ShelfView { rows, leaf, filter, .. } = view;
    let list = if rows.is_empty() {
        nothing(&filter, &address).into_any()
    } else {
        let dated = !filter.without.is_empty();
        let others = leaves(leaf, "Pages", &|page| address.at(page).href());
        view! { <ProductRows rows=rows today=today others=others dated=dated/> }.into_any()
    };
    view! {
        <header class="page__head">
            <Back href=RANGES label="Rayons"/>
            <h1 class="page__title" tabindex="-1">{nb(&title)}</h1>
        </header>
        <PageTop/>
        {filters}
        {unknown}
        <p class="soft" role="status">{said}</p>
        {list}
    }
}

fn nothing(filter: &Filter, address: &ShelfAddress) -> impl IntoView + use<> {
    let (title, text) = if filter.is_on() {
        ("Aucun produit pour ces filtres", "Enlève un filtre pour en voir d’autres.")
    } else {
        ("Ce rayon est vide", "Il se remplit dès qu’Approvisionnement y met un produit.")
    };
    let href = address.with(Filter::default()).href();
    let way = filter.is_on().then(|| view! { <a class="button button--fill" href=href>"Enlever les filtres"</a> });
    view! {
        <Empty id="aucun" icon="wheat" title=title text=nb(text)>
            {way}
        </Empty>
    }
}

fn not_there() -> impl IntoView {
    view! {
        <header class="page__head">
            <Back href=RANGES label="Rayons"/>
        </header>
        <PageTop/>
        <Empty
            id="pas-la"
            icon="signpost"
            title="Ce rayon n’est pas là"
            text=nb("Il a changé de nom ou n’existe plus : tous les autres sont sur la page des rayons.")
            whole_page=true
        >
            <a class="button button--main" href=RANGES>"Voir les rayons"</a>
        </Empty>
    }
}
