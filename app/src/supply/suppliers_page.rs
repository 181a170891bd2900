//! Who brings what: the list, and one of them with all that is said of them.

use chrono::Weekday;
use domain::catalogue::{SupplierInHand, WEEKDAYS, WrittenSupplier};
use domain::id::SupplierId;
use domain::procedures::Fields;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::filled::{Filled, typed};
use super::form::{NEW_SUPPLIER, NotDone, POSTED_TO, SUPPLIERS, apart};
use super::picture::{as_typed as picture_typed, picture};
use super::product_form::prose;
use super::{SupplierPage, Suppliers, supply_supplier, supply_suppliers};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::catalogue::thumb::thumb;
use crate::french::supply::done;
use crate::french::typography::counted;
use crate::french::{capitalized, nb};
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::{TextField, Tick};
use crate::visit::Assets;

fn key_of(day: Weekday) -> &'static str {
    WEEKDAYS.into_iter().find(|(known, _)| *known == day).map_or("", |(_, name)| name)
}

#[component]
pub fn SupplySuppliersPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Asked::new_blocking(|| (), |()| supply_suppliers());
    view! {
        <Still title="Les fournisseurs" back=(POSTED_TO, "Approvisionnement")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| list(answer, &fait))
            }}
        </Still>
    }
}

fn list(answer: Result<Suppliers, ApiError>, fait: &str) -> AnyView {
    let Suppliers { suppliers, .. } = match answer {
        Ok(suppliers) => suppliers,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let rows: Vec<_> = suppliers.iter().map(row).collect();
    let body = if rows.is_empty() {
        view! { <p class="soft">{nb("Aucun fournisseur pour l’instant.")}</p> }.into_any()
    } else {
        view! { <ul class="list">{rows}</ul> }.into_any()
    };
    view! {
        {said}
        <p class="cluster">
            <a class="button button--main" href=NEW_SUPPLIER>"Ajouter un fournisseur"</a>
        </p>
        {body}
    }
    .into_any()
}

fn row(supplier: &SupplierInHand) -> AnyView {
    let href = format!("{SUPPLIERS}/{}", supplier.id);
    let written = &supplier.written;
    let mut about = Vec::new();
    about.extend((!written.place.is_empty()).then(|| written.place.clone()));
    about.extend(written.distance_km.map(|km| format!("{km} km")));
    let days: Vec<&str> = written.delivers.iter().map(|day| key_of(*day)).collect();
    about.extend((!days.is_empty()).then(|| days.join(", ")));
    about.push(counted(usize::try_from(supplier.products).unwrap_or(usize::MAX), "produit", "produits"));
    view! {
        <li class="row">
            {thumb(&written.name, supplier.thumbnail)}
            <span class="row__body">
                <a class="row__link row__title" href=href>
                    {nb(&written.name)}
                </a>
                <span class="row__soft">{nb(&about.join(" · "))}</span>
            </span>
        </li>
    }
    .into_any()
}

#[component]
pub fn SupplySupplierPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id =
        move || params.with(|params| params.get("supplier")).and_then(|id| id.parse().ok()).unwrap_or(SupplierId(Uuid::nil()));
    let asked = Asked::new_blocking(id, supply_supplier);
    view! {
        <Still title="Un fournisseur" back=(SUPPLIERS, "Les fournisseurs")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| one(answer, &fait))
            }}
        </Still>
    }
}

fn one(answer: Result<SupplierPage, ApiError>, fait: &str) -> AnyView {
    let SupplierPage { supplier, me } = match answer {
        Ok(page) => page,
        Err(error) => return apart(&error),
    };
    let id = supplier.id.to_string();
    let filled = Filled::of("fournisseur", as_typed(&supplier.written, supplier.revision));
    let inside = fields(&filled, me.to_string());
    let with = vec![("supplier", id.clone()), ("base", filled.one("base"))];
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let assets = use_context::<Assets>().unwrap_or_default();
    let removing = (supplier.products == 0).then(|| {
        let with = vec![("supplier", id.clone())];
        view! {
            <section class="section section--apart" aria-label="Retirer ce fournisseur">
                <p class="soft">{nb("Il n’apporte plus aucun produit.")}</p>
                <Posted to=POSTED_TO act="retirer-fournisseur" of=id.clone() with=with>
                    <button class="button" type="submit">
                        "Retirer ce fournisseur"
                    </button>
                </Posted>
            </section>
        }
    });
    view! {
        <h2 class="workshop__title">{nb(&supplier.written.name)}</h2>
        {said}
        <NotDone/>
        <Posted to=POSTED_TO act="fournisseur" of=id.clone() with=with class="stack">
            {inside}
            <button class="button button--main" type="submit">
                "Enregistrer"
            </button>
        </Posted>
        {removing}
        <script type="module" src=assets.workshop></script>
    }
    .into_any()
}

#[component]
pub fn SupplyNewSupplierPage() -> impl IntoView {
    let asked = Asked::new_blocking(|| (), |()| supply_suppliers());
    view! {
        <Still title="Un nouveau fournisseur" back=(SUPPLIERS, "Les fournisseurs")>
            {move || asked.get().map(new)}
        </Still>
    }
}

fn new(answer: Result<Suppliers, ApiError>) -> AnyView {
    let Suppliers { me, .. } = match answer {
        Ok(suppliers) => suppliers,
        Err(error) => return apart(&error),
    };
    let filled = Filled::of("nouveau-fournisseur", typed(Vec::new()));
    let inside = fields(&filled, me.to_string());
    let assets = use_context::<Assets>().unwrap_or_default();
    view! {
        <NotDone/>
        <Posted to=POSTED_TO act="nouveau-fournisseur" of="" class="stack">
            {inside}
            <button class="button button--main" type="submit">
                "Ajouter"
            </button>
        </Posted>
        <script type="module" src=assets.workshop></script>
    }
    .into_any()
}

/// A supplier as somebody would have typed them.
fn as_typed(written: &WrittenSupplier, revision: i32) -> Fields {
    let mut fields = vec![
        ("base", revision.to_string()),
        ("name", written.name.clone()),
        ("place", written.place.clone()),
        ("distance", written.distance_km.map(|km| km.to_string()).unwrap_or_default()),
        ("story", written.story.clone()),
    ];
    fields.extend(written.delivers.iter().map(|day| ("delivers", key_of(*day).to_owned())));
    if let Some(photo) = &written.photo {
        fields.extend(picture_typed(photo));
    }
    typed(fields)
}

fn fields(filled: &Filled, me: String) -> AnyView {
    let ticked = filled.all("delivers");
    let now = filled.all_now("delivers").map(|days| {
        let days = if days.is_empty() { "rien".to_owned() } else { days.join(", ") };
        view! { <p class="field__hint">{nb(&format!("Maintenant : {days}"))}</p> }
    });
    let days: Vec<_> = WEEKDAYS
        .into_iter()
        .map(|(_, name)| {
            let checked = ticked.iter().any(|day| day == name);
            view! { <Tick name="delivers" value=name title=capitalized(name) checked=checked/> }
        })
        .collect();
    view! {
        <TextField
            id="name"
            name="name"
            label="Nom"
            value=filled.one("name")
            hint=filled.hint("name", "")
            error=filled.wrong("name")
            required=true
        />
        <TextField
            id="place"
            name="place"
            label="Où"
            value=filled.one("place")
            hint=filled.hint("place", "« Thônes »")
            error=filled.wrong("place")
        />
        <TextField
            id="distance"
            name="distance"
            label="À combien de kilomètres, par la route"
            value=filled.one("distance")
            inputmode="numeric"
            hint=filled.hint("distance", "Rien : personne ne l’a mesuré")
            error=filled.wrong("distance")
        />
        <fieldset class="field">
            <legend class="field__label">"Livre le"</legend>
            {days}
            {now}
        </fieldset>
        {prose(filled)}
        {picture(filled, me)}
    }
    .into_any()
}
