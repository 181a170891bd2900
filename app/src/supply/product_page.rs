//! One product in the hands of the group: its form, what it cost, and out of the catalogue or back.

use domain::catalogue::import::{Archived, Mapping};
use domain::catalogue::{PriceVersion, SoldBy, composed};
use domain::id::ProductId;
use domain::time::Instant;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::filled::Filled;
use super::form::{NotDone, POSTED_TO, RANGES, apart};
use super::product_form::{as_typed, fields, new_typed};
use super::{NewProduct, ProductPage, supply_new_product, supply_product};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::catalogue::{made_of, money};
use crate::french::dates::moment;
use crate::french::nb;
use crate::french::supply::done;
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::{Chip, ChipLook, Icon};
use crate::visit::Assets;

#[component]
pub fn SupplyProductPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = move || params.with(|params| params.get("product")).and_then(|id| id.parse().ok()).unwrap_or(ProductId(Uuid::nil()));
    let asked = Asked::new_blocking(id, supply_product);
    view! {
        <Still title="Un produit" back=(POSTED_TO, "Approvisionnement")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<ProductPage, ApiError>, fait: &str) -> AnyView {
    let ProductPage { product, choices, mapping, margin, prices, me, as_of } = match answer {
        Ok(page) => page,
        Err(error) => return apart(&error),
    };
    let id = product.id.to_string();
    let known = as_typed(&product.written.facts, &product.written.by_hand, product.revision, margin);
    let filled = Filled::of("produit", known);
    let inside = fields(&filled, &choices, &mapping, margin, me.to_string());
    let with = vec![("product", id.clone()), ("base", filled.one("base"))];
    let assets = use_context::<Assets>().unwrap_or_default();
    let out = product.archived != Archived::No;
    let said = done(if out && fait == "produit" { "produit-archive" } else { fait });
    let said = said.map(|said| view! { <Noted>{nb(said)}</Noted> });
    let chip = out.then(|| {
        let word = if product.archived == Archived::ByHand {
            "Archivé à la main"
        } else {
            "Archivé : plus dans le fichier de la caisse"
        };
        view! { <p><Chip look=ChipLook::Refused>{nb(word)}</Chip></p> }
    });
    // Just archived: the way back stands where somebody looks first.
    let undo = (out && fait == "archiver").then(|| archiving(&id, true));
    let later = (!(out && fait == "archiver")).then(|| archiving(&id, out));
    let shown = format!("/produit/{id}");
    view! {
        <h2 class="workshop__title">{nb(&product.written.facts.name)}</h2>
        {said}
        {undo}
        <NotDone/>
        {chip}
        {(!out).then(|| view! { <p><a class="button button--quiet" href=shown>"Ce que les membres voient"</a></p> })}
        <Posted to=POSTED_TO act="produit" of=id with=with class="stack">
            {inside}
            <button class="button button--main" type="submit">
                "Enregistrer"
            </button>
        </Posted>
        {history(&prices, as_of)}
        {later}
        <script type="module" src=assets.workshop></script>
    }
    .into_any()
}

/// Out of the catalogue, or back into it.
fn archiving(id: &str, out: bool) -> AnyView {
    let (act, word, soft) = if out {
        ("remettre", "Le remettre au catalogue", "Les membres le voient de nouveau.")
    } else {
        ("archiver", "Archiver ce produit", "Les membres ne le voient plus, et aucun import ne le ramène. Ça s’annule.")
    };
    let with = vec![("product", id.to_owned())];
    let of = id.to_owned();
    view! {
        <section class="section section--apart" aria-label=word>
            <p class="soft">{nb(soft)}</p>
            <Posted to=POSTED_TO act=act of=of with=with>
                <button class="button" type="submit">
                    {word}
                </button>
            </Posted>
        </section>
    }
    .into_any()
}

fn history(prices: &[PriceVersion], as_of: Instant) -> AnyView {
    if prices.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = prices
        .iter()
        .map(|version| {
            let made = composed(version.purchase, version.margin, version.vat);
            let since = nb(&moment(version.at, as_of));
            let of = match version.sold_by {
                SoldBy::Piece => "",
                SoldBy::Weight => " le kilo",
                SoldBy::Volume => " le litre",
            };
            let price = nb(&format!("{}{of}", money(made.price)));
            view! {
                <li class="row">
                    <span class="row__body">
                        <span class="row__title">{price}</span>
                        <span class="row__soft">{since}</span>
                        <span class="row__soft">{made_of(&made)}</span>
                    </span>
                </li>
            }
        })
        .collect();
    view! {
        <details class="history section--apart">
            <summary class="history__head">
                "Ce qu’il a coûté"
                <Icon name="chevron-down"/>
            </summary>
            <ol class="list">{rows}</ol>
        </details>
    }
    .into_any()
}

#[component]
pub fn SupplyNewProductPage() -> impl IntoView {
    let asked = Asked::new_blocking(|| (), |()| supply_new_product());
    view! {
        <Still title="Un nouveau produit" back=(POSTED_TO, "Approvisionnement")>
            {move || asked.get().map(new_page)}
        </Still>
    }
}

fn new_page(answer: Result<NewProduct, ApiError>) -> AnyView {
    let NewProduct { choices, margin, me } = match answer {
        Ok(new) => new,
        Err(error) => return apart(&error),
    };
    let filled = Filled::of("nouveau-produit", new_typed());
    // No import brought it.
    let inside = fields(&filled, &choices, &Mapping::default(), margin, me.to_string());
    let assets = use_context::<Assets>().unwrap_or_default();
    let nowhere = choices.ranges.is_empty().then(|| {
        view! {
            <p class="card">
                {nb("Il n’y a pas encore de rayon :")}
                " "
                <a href=RANGES>"ajoute d’abord un rayon"</a>
                "."
            </p>
        }
    });
    view! {
        {nowhere}
        <NotDone/>
        <Posted to=POSTED_TO act="nouveau-produit" of="" class="stack">
            {inside}
            <button class="button button--main" type="submit">
                "Ajouter au catalogue"
            </button>
        </Posted>
        <script type="module" src=assets.workshop></script>
    }
    .into_any()
}
