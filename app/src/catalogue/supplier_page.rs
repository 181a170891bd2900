//! Who makes or brings it, and all that they bring.

use domain::id::SupplierId;
use domain::time::{Instant, paris_day};
use domain::view::catalogue::{KnownSupplier, SupplierView};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::address::{RANGES, further, of_supplier, shown};
use super::product_page::{photo, supplier_place};
use super::product_row::ProductRows;
use crate::french::dates::weekday;
use crate::french::nb;
use crate::french::typography::counted;
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Back, Empty, Frame, Icon, Width};

#[component]
pub fn SupplierPage() -> impl IntoView {
    let (params, address) = (use_params_map(), use_query_map());
    // What is no id is that of nobody.
    let id =
        move || params.with(|params| params.get("supplier")).and_then(|id| id.parse().ok()).unwrap_or(SupplierId(Uuid::nil()));
    let further = Memo::new(move |_| address.with(further));
    let query = move || Query::Supplier { id: id(), shown: shown(further.get()) };
    let show = move |view: View| view.shown(|view| page(view, further.get_untracked()));
    view! {
        <Title text="Un fournisseur · Alpar"/>
        <Screen query=query title="Fournisseur" coming="Le fournisseur arrive." show=show/>
    }
}

fn page(view: SupplierView, further: usize) -> AnyView {
    let SupplierView { now, known, .. } = view;
    let inside = known.map_or_else(|| not_there().into_any(), |known| supplier(known, further, now).into_any());
    view! { <Frame width=Width::Alone>{inside}</Frame> }.into_any()
}

fn supplier(known: KnownSupplier, further: usize, now: Instant) -> impl IntoView {
    let KnownSupplier { supplier, rows, total } = known;
    let place = supplier_place(&supplier);
    let days: Vec<&str> = supplier.delivers.iter().map(|day| weekday(*day)).collect();
    let delivers = (!days.is_empty()).then(|| nb(&format!("Livre le {}", days.join(", le "))));
    // It was written by our renderer and passed the server's allow-list: nothing in it runs.
    let story = Some(supplier.story.clone()).filter(|html| !html.is_empty());
    let more = format!("{}?suite={}", of_supplier(supplier.id), further + 1);
    let brings = if rows.is_empty() {
        view! { <p class="soft">{nb("Rien d’eux n’est en rayon pour l’instant.")}</p> }.into_any()
    } else {
        view! { <ProductRows rows=rows total=total today=paris_day(now) more=more/> }.into_any()
    };
    let fact = |icon: &'static str, said: String| {
        view! {
            <li class="product__fact">
                <Icon name=icon/>
                <span>{said}</span>
            </li>
        }
    };
    view! {
        <article class="product">
            <header class="page__head">
                <Back href=RANGES label="Rayons"/>
                <h1 class="page__title" tabindex="-1">{nb(&supplier.name)}</h1>
            </header>
            <PageTop/>
            {supplier.photo.clone().map(photo)}
            <ul class="product__facts" role="list">
                {place.map(|said| fact("signpost", said))} {delivers.map(|said| fact("truck", said))}
            </ul>
            {story.map(|html| view! { <div class="prose" inner_html=html></div> })}
            <section class="section section--apart" aria-labelledby="apporte">
                <h2 id="apporte">"Ce qu’on trouve d’eux"</h2>
                <p class="soft">{counted(total, "produit", "produits")}</p>
                {brings}
            </section>
        </article>
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
            title="Ce fournisseur n’est pas là"
            text=nb("Il n’apporte plus rien à la coop, ou son adresse a changé.")
            whole_page=true
        >
            <a class="button button--main" href=RANGES>"Voir les rayons"</a>
        </Empty>
    }
}
