//! One product, at an address of its own.

use domain::brief::{Picture, Source};
use domain::catalogue::{Product, Supplier};
use domain::id::ProductId;
use domain::time::{Instant, paris_day};
use domain::view::catalogue::{
    AroundProduct, Filter, KnownProduct, Presented, ProductRow as Row, ProductView, around as around_of,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::address::{RANGES, across, of_range, of_supplier};
use super::allergens::allergens;
use super::made_of::{price, table};
use super::product_acts::ProductActs;
use super::product_row::{ProductRow, stock_chip};
use super::thumb::thumb;
use crate::french::brief::{short, source};
use crate::french::catalogue::net;
use crate::french::dates::iso_day;
use crate::french::nb;
use crate::offline::store::Store;
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Back, Empty, Frame, Icon, Width};

#[component]
pub fn ProductPage() -> impl IntoView {
    let params = use_params_map();
    // What is no id is that of no product.
    let id = move || params.with(|params| params.get("product")).and_then(|id| id.parse().ok()).unwrap_or(ProductId(Uuid::nil()));
    let query = move || Query::Product(id());
    view! {
        <Title text="Un produit · Alpar"/>
        <Screen query=query title="Produit" coming="Le produit arrive." show=show/>
    }
}

fn show(view: View) -> AnyView {
    view.shown(page)
}

fn page(view: ProductView) -> AnyView {
    let ProductView { now, known, .. } = view;
    let inside = known.map_or_else(|| not_there().into_any(), |known| product(known, now).into_any());
    view! { <Frame width=Width::Alone>{inside}</Frame> }.into_any()
}

/// What changes with what I do, as it is now.
fn following(id: ProductId, first: AroundProduct) -> Memo<AroundProduct> {
    let store = Store::expect();
    Memo::new(move |_| store.following_shop(|seen, shop| around_of(seen, shop, id)).unwrap_or_else(|| first.clone()))
}

fn product(known: KnownProduct, now: Instant) -> impl IntoView {
    let KnownProduct { product, composed, stock, range, supplier, cheaper, presented, around } = known;
    let (id, today) = (product.id, paris_day(now));
    let around = following(id, around);
    let (back, back_label) =
        range.map_or_else(|| (RANGES.to_owned(), "Rayons".to_owned()), |range| (of_range(range.id), nb(&range.name)));
    let mut soft: Vec<String> = Vec::new();
    soft.extend(Some(product.brand.clone()).filter(|brand| !brand.is_empty()));
    soft.extend(product.net.map(net));
    let soft = soft.join(" · ");
    // It was written by our renderer and passed the server's allow-list: nothing in it runs.
    let story = Some(product.story.clone()).filter(|html| !html.is_empty());
    let name = product.name.clone();
    view! {
        <article class="product">
            <header class="page__head">
                <Back href=back label=back_label/>
                <h1 class="page__title" tabindex="-1">{nb(&name)}</h1>
            </header>
            <PageTop/>
            {product.photo.clone().map(photo)}
            {(!soft.is_empty()).then(|| view! { <p class="page__lead">{nb(&soft)}</p> })}
            {price(&product, composed)}
            {stock_chip(stock, today)}
            <ProductActs product=id name=name is_there=stock.is_there() around=around now=now/>
            {table(&product, composed, today)}
            {allergens(&product.allergens)}
            {from(&product, supplier)}
            {story.map(|html| view! { <div class="prose section--apart" inner_html=html></div> })}
            {cheaper_ones(cheaper, now)}
            {presented.map(presented_in)}
        </article>
    }
}

pub fn photo(picture: Picture) -> impl IntoView {
    let Picture { id, alt, width, height } = picture;
    let (address, width, height) = (format!("/pictures/{id}"), width.to_string(), height.to_string());
    view! { <img class="product__photo" src=address alt=alt width=width height=height decoding="async"/> }
}

/// Where it comes from, who brings it, what it is labelled.
fn from(product: &Product, supplier: Option<Supplier>) -> impl IntoView + use<> {
    let origin = Some(product.origin.clone()).filter(|origin| !origin.is_empty());
    let labels = product
        .labels
        .iter()
        .map(|label| {
            let href = across(Filter { label: Some(label.clone()), ..Filter::default() });
            view! { <a class="filter" href=href>{nb(label)}</a> }
        })
        .collect::<Vec<_>>();
    let supplier = supplier.map(|supplier| {
        let said = supplier_place(&supplier);
        let before = match supplier.small_photo() {
            Some(photo) => thumb(&supplier.name, Some(photo)).into_any(),
            None => view! { <Icon name="truck"/> }.into_any(),
        };
        view! {
            <li class="product__fact">
                {before}
                <span>
                    <a href=of_supplier(supplier.id)>{nb(&supplier.name)}</a>
                    {said.map(|said| format!(", {said}"))}
                </span>
            </li>
        }
    });
    let any = origin.is_some() || supplier.is_some() || !labels.is_empty();
    any.then(|| {
        view! {
            <section class="section section--apart" aria-labelledby="d-ou">
                <h2 id="d-ou">"D’où il vient"</h2>
                <ul class="product__facts" role="list">
                    {origin
                        .map(|origin| {
                            view! {
                                <li class="product__fact">
                                    <Icon name="signpost"/>
                                    <span>{nb(&format!("Origine : {origin}"))}</span>
                                </li>
                            }
                        })}
                    {supplier}
                </ul>
                {(!labels.is_empty()).then(|| view! { <nav class="cluster" aria-label="Labels">{labels}</nav> })}
            </section>
        }
    })
}

/// « Thônes, à 21 km »
pub fn supplier_place(supplier: &Supplier) -> Option<String> {
    let place = Some(supplier.place.clone()).filter(|place| !place.is_empty());
    let far = supplier.distance_km.map(|km| format!("à {km} km"));
    let parts: Vec<String> = place.into_iter().chain(far).collect();
    (!parts.is_empty()).then(|| nb(&parts.join(", ")))
}

fn cheaper_ones(cheaper: Vec<Row>, now: Instant) -> Option<impl IntoView> {
    let today = paris_day(now);
    (!cheaper.is_empty()).then(|| {
        let rows = cheaper.into_iter().map(|row| view! { <ProductRow row=row today=today/> }).collect_view();
        view! {
            <section class="section section--apart" aria-labelledby="moins-cher">
                <h2 id="moins-cher">{nb("Moins cher au kilo ou au litre")}</h2>
                <p class="soft">{nb("Dans le même rayon, et en magasin aujourd’hui.")}</p>
                <ul class="list" role="list">{rows}</ul>
            </section>
        }
    })
}

fn presented_in(presented: Presented) -> impl IntoView {
    let Presented { monday, title } = presented;
    let (said, title) = (short(monday), title.unwrap_or_else(|| source(Source::Products).to_owned()));
    view! {
        <section class="section section--apart" aria-labelledby="dans-la-breve">
            <h2 id="dans-la-breve">"Dans la brève"</h2>
            <ul class="list" role="list">
                <li class="row">
                    <Icon name="newspaper"/>
                    <span class="row__body">
                        <a class="row__link row__title" href=format!("/breve/{}", iso_day(monday))>{nb(&title)}</a>
                        <span class="row__soft">{said}</span>
                    </span>
                    <Icon name="chevron-right"/>
                </li>
            </ul>
        </section>
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
            title="Ce produit n’est pas là"
            text=nb("Il n’est plus au catalogue : cherche-le par son nom, il a peut-être changé de fournisseur.")
            whole_page=true
        >
            <a class="button button--main" href=RANGES>"Chercher dans les rayons"</a>
        </Empty>
    }
}
