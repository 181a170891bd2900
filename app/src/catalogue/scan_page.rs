//! A barcode, read by the camera or typed: the product, what a label of the scales says, or that it is not known here.

use chrono::NaiveDate;
use domain::catalogue::{Barcode, Carried, Measure, Net};
use domain::time::paris_day;
use domain::view::catalogue::{Label, ProductRow, Read, ScanView};
use leptos::ev::SubmitEvent;
use leptos::leptos_dom::helpers::is_server;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use wasm_bindgen::JsCast;
use web_sys::{CustomEvent, FormData, HtmlFormElement};

use super::address::{RANGES, SCAN, WISHES, encoded, of_product};
use super::product_row::{beside_price, price_of, stock_chip};
use super::thumb::thumb;
use crate::acts::value;
use crate::french::catalogue::{barcode_mistake, carried, money, net, per_measure};
use crate::french::nb;
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Empty, Frame, PageHead, TextField, Width};

/// Said once the camera's place is shown: `boot.js` brings it to life.
const SCANNING: &str = "alpar:scanning";

#[component]
pub fn ScanPage() -> impl IntoView {
    let address = use_query_map();
    let query = move || Query::Scan { typed: address.with(|query| query.get("code")).unwrap_or_default() };
    view! {
        <Title text="Scanner · Alpar"/>
        <Screen query=query title="Scanner" coming="Le catalogue arrive." show=show/>
    }
}

fn show(view: View) -> AnyView {
    view.shown(scanning)
}

fn scanning(view: ScanView) -> AnyView {
    let back = (RANGES.to_owned(), "Rayons".to_owned());
    let mistake = match &view.read {
        Some(Read::Mistake(mistake)) => Some(barcode_mistake(*mistake)),
        _ => None,
    };
    let today = paris_day(view.now);
    let found = match view.read {
        Some(Read::Known { row, label }) => Some(known(*row, label, today)),
        Some(Read::Unknown { barcode, carried }) => Some(unknown(&barcode, carried, view.whole)),
        Some(Read::Mistake(_)) | None => None,
    };
    view! {
        <Frame width=Width::Alone>
            <PageHead title="Scanner" back=back/>
            <PageTop/>
            <Camera/>
            <div class="scan__found" role="status">{found}</div>
            <CodeForm typed=view.typed mistake=mistake/>
        </Frame>
    }
    .into_any()
}

/// Where `scan.js` puts the camera; nothing without it.
#[component]
fn Camera() -> impl IntoView {
    Effect::new(move |_| {
        if let Ok(event) = CustomEvent::new(SCANNING) {
            drop(window().dispatch_event(&event));
        }
    });
    // The server's page is replaced by the app's, and must not open a camera of its own.
    let place = (!is_server()).then_some("");
    view! { <div class="scan" data-scan=place></div> }
}

/// By hand, and what the camera fills in: a plain form that asks the same page again.
#[component]
fn CodeForm(typed: String, mistake: Option<String>) -> impl IntoView {
    let navigate = use_navigate();
    let submit = move |event: SubmitEvent| {
        let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        let code = form.and_then(|form| FormData::new_with_form(&form).ok()).and_then(|data| value(&data, "code"));
        if let Some(code) = code {
            event.prevent_default();
            let stays = NavigateOptions { replace: true, scroll: false, ..Default::default() };
            navigate(&format!("{SCAN}?code={}", encoded(&code)), stays);
        }
    };
    view! {
        <form class="stack" method="get" action=SCAN data-scan-code="" on:submit=submit>
            <TextField
                id="code"
                name="code"
                label="Ou tape le code-barres"
                hint=nb("Les 8 ou 13 chiffres sous les barres.")
                value=typed
                error=mistake
                inputmode="numeric"
                autocomplete="off"
                maxlength=20
            />
            <button class="button button--block" type="submit">"Chercher"</button>
        </form>
    }
}

fn known(row: ProductRow, label: Option<Label>, today: NaiveDate) -> AnyView {
    let price = match label {
        Some(label) => label_words(label, row.per.map(per_measure)),
        None => price_of(row.price, row.sold_by, row.per),
    };
    let beside = beside_price(&row).map(|said| view! { <p class="card__soft">{said}</p> });
    let brand = (!row.brand.is_empty()).then(|| view! { <p class="card__soft">{row.brand}</p> });
    view! {
        <article class="card" aria-labelledby="trouve">
            <div class="card__head scan__what">
                {thumb(&row.name, row.thumbnail)}
                <h2 class="card__title" id="trouve">{nb(&row.name)}</h2>
            </div>
            {brand}
            <p class="scan__price">{price}</p>
            {beside}
            {stock_chip(row.stock, today)}
            <div class="card__acts">
                <a class="button button--main button--block" href=of_product(row.id)>"Voir le produit"</a>
            </div>
        </article>
    }
    .into_any()
}

/// « 342 g, soit 4,24 € à 12,40 €/kg », « 7,49 €, soit environ 604 g à 12,40 €/kg »
fn label_words(label: Label, per: Option<String>) -> String {
    let at = per.map(|per| format!(" à {per}")).unwrap_or_default();
    nb(&match label {
        Label::Weight { grams, costs: Some(costs) } => format!("{}, soit {}{at}", weight(grams), money(costs)),
        Label::Weight { grams, costs: None } => weight(grams),
        Label::Price { price, weighs: Some(grams) } => format!("{}, soit environ {}{at}", money(price), weight(grams)),
        Label::Price { price, weighs: None } => money(price),
    })
}

fn weight(grams: u32) -> String {
    net(Net { amount: grams, of: Measure::Gram })
}

fn unknown(barcode: &Barcode, label: Option<Carried>, whole: bool) -> AnyView {
    let text = match (label, whole) {
        (_, false) => format!(
            "Le code {barcode} n’est pas dans ce que cet appareil garde du catalogue, qui n’y est pas encore en entier. Réessaie avec du réseau."
        ),
        (Some(label), true) => {
            format!("L’étiquette de la balance dit {}, mais aucun produit du catalogue n’a ce numéro d’article.", carried(label))
        }
        (None, true) => format!(
            "Aucun produit du catalogue n’a le code {barcode}. Il y est peut-être sans son code : cherche-le par son nom."
        ),
    };
    view! {
        <Empty id="inconnu" icon="qr-code" title="Produit inconnu" text=nb(&text)>
            <a class="button button--main" href=RANGES>"Le chercher par son nom"</a>
            <a class="button button--quiet" href=WISHES>{nb("J’aimerais le trouver à la coop")}</a>
        </Empty>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use domain::catalogue::Cents;

    use super::*;

    #[test]
    fn a_label_says_what_it_carries_and_what_follows() {
        let plain = |label, per: Option<&str>| label_words(label, per.map(str::to_owned)).replace(['\u{a0}', '\u{202f}'], " ");
        let cases = [
            (Label::Weight { grams: 342, costs: Some(Cents(424)) }, Some("12,40 €/kg"), "342 g, soit 4,24 € à 12,40 €/kg"),
            (Label::Weight { grams: 342, costs: None }, None, "342 g"),
            (
                Label::Price { price: Cents(749), weighs: Some(604) },
                Some("12,40 €/kg"),
                "7,49 €, soit environ 604 g à 12,40 €/kg",
            ),
            (Label::Price { price: Cents(749), weighs: None }, Some("12,40 €/kg"), "7,49 €"),
        ];
        for (label, per, said) in cases {
            assert_eq!(plain(label, per), said);
        }
    }
}
