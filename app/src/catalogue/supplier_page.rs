//! Who makes or brings it, and all that they bring.

use domain::id::SupplierId;
use domain::time::{Instant, paris_day};
use domain::view::catalogue::{KnownSupplier, SupplierView};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::address::{RANGES, of_supplier, page as page_asked};
use super::product_page::{photo, supplier_place};
use super::product_row::ProductRows;
use crate::french::dates::weekday;
use crate::french::nb;
use crate::french::typography::counted;
use crate::leaves::leaves;
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
    let query = move || Query::Supplier { id: id(), page: address.with(page_asked) };
    view! {
        <Title text="Un fournisseur · Alpar"/>
        <Screen query=query title="Fournisseur" coming="Le fournisseur arrive." show=show/>
    }
}

fn show(view: View) -> AnyView {
    view.shown(page)
}

fn page(view: SupplierView) -> AnyView {
    let SupplierView { now, known, .. } = view;
    let inside = known.map_or_else(|| not_there().into_any(), |known| supplier(known, now).into_any());
    view! { <Frame width=Width::Alone>{inside}</Frame> }.into_any()
}

fn supplier(known: KnownSupplier, now: Instant) -> impl IntoView {
    let KnownSupplier { supplier, rows, leaf } = known;
    let place = supplier_place(&supplier);
    let days: Vec<&str> = supplier.delivers.iter().map(|day| weekday(*day)).collect();
    let delivers = (!days.is_empty()).then(|| nb(&format!("Livre le {}", days.join(", le "))));
    // It was written by our renderer and passed the server's allow-list: nothing in it runs.
    let story = Some(supplier.story.clone()).filter(|html| !html.is_empty());
    let others = leaves(leaf, "Pages", &|page| format!("{}?page={page}", of_supplier(supplier.id)));
    let brings = if rows.is_empty() {
        view! { <p class="soft">{nb("Rien d’eux n’est en rayon pour l’instant.")}</p> }.into_any()
    } else {
        view! { <ProductRows rows=rows today=paris_day(now) others=others/> }.into_any()
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
                <p class="soft">{counted(leaf.total, "produit", "produits")}</p>
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
