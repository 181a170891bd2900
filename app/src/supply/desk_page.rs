//! « Tenir les gammes »: what is to do, a search, and the ways to everything else.

use domain::catalogue::import::ImportLine;
use domain::catalogue::{ANSWER_CAP, Missing, MissingOf, Verdict};
use domain::command::Command;
use domain::time::Instant;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::form::{IMPORT, MARGIN, NEW_PRODUCT, NotDone, POSTED_TO, PRODUCT, RANGES, SUPPLIERS, apart};
use super::{Asking, Desk, Row, supply_desk};
use crate::acts::{Noted, PlainAct};
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::catalogue::{missing as told_missing, wanted_by};
use crate::french::dates::{ago, moment};
use crate::french::nb;
use crate::french::supply::{counts, done, search_found};
use crate::french::typography::counted;
use crate::still::Still;
use crate::ui::{Field, Icon, RowLink, TextField};

/// How many of each kind are shown at once.
const ROWS_SHOWN: usize = 30;

#[component]
pub fn SupplyPage() -> impl IntoView {
    let query = use_query_map();
    let typed = move || query.with(|query| query.get("q")).unwrap_or_default();
    let asked = Asked::new_blocking(typed, supply_desk);
    view! {
        <Still title="Tenir les gammes" back=("/moi", "Moi")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait, &typed()))
            }}
        </Still>
    }
}

fn page(answer: Result<Desk, ApiError>, fait: &str, typed: &str) -> AnyView {
    let desk = match answer {
        Ok(desk) => desk,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let found = (!typed.trim().is_empty()).then(|| found(&desk.found));
    let nothing = "Aucun produit n’attend ses allergènes.";
    view! {
        {said}
        <NotDone/>
        {search(typed)}
        {found}
        <p class="cluster">
            <a class="button button--main" href=NEW_PRODUCT>"Ajouter un produit"</a>
        </p>
        {wishes(&desk)}
        {absent(&desk)}
        {incomplete("sans-allergenes", "Sans allergènes", nothing, &desk.without_allergens)}
        {incomplete("sans-photo", "Sans photo", "Aucun produit n’attend de photo.", &desk.without_photo)}
        {ways(desk.last.as_ref(), desk.as_of)}
    }
    .into_any()
}

fn search(typed: &str) -> AnyView {
    view! {
        <form method="get" action=POSTED_TO class="supply__search" role="search">
            <TextField
                id="q"
                name="q"
                kind="search"
                label="Chercher un produit"
                value=typed.to_owned()
                hint=nb("Un nom, une marque")
            />
            <button class="button" type="submit">
                "Chercher"
            </button>
        </form>
    }
    .into_any()
}

fn found(rows: &[Row]) -> AnyView {
    let listed = list(rows);
    view! {
        <section class="section" aria-labelledby="trouves">
            <h2 id="trouves">{search_found(rows.len())}</h2>
            {listed}
        </section>
    }
    .into_any()
}

fn list(rows: &[Row]) -> AnyView {
    let shown: Vec<_> = rows.iter().take(ROWS_SHOWN).map(row).collect();
    let more = rows.len().saturating_sub(ROWS_SHOWN);
    let more = (more > 0).then(|| view! { <p class="soft">{nb(&format!("Et {}.", counted(more, "autre", "autres")))}</p> });
    view! {
        <ul class="list">{shown}</ul>
        {more}
    }
    .into_any()
}

fn row(row: &Row) -> AnyView {
    let href = format!("{PRODUCT}/{}", row.id);
    view! {
        <li class="row">
            <span class="row__body">
                <a class="row__link row__title" href=href>
                    {nb(&row.name)}
                </a>
                <span class="row__soft">{nb(&row.about)}</span>
            </span>
        </li>
    }
    .into_any()
}

/// What members would like to find, each with its three answers.
fn wishes(desk: &Desk) -> AnyView {
    let cards: Vec<_> = desk.wishes.iter().map(|wish| asking(wish, desk.as_of)).collect();
    let body = if cards.is_empty() {
        view! { <p class="soft">{nb("Aucune demande n’attend de réponse.")}</p> }.into_any()
    } else {
        view! { <div class="stack">{cards}</div> }.into_any()
    };
    view! {
        <section class="section section--apart" aria-labelledby="demandes">
            <h2 id="demandes">{nb("« J’aimerais trouver… »")}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn asking(wish: &Asking, as_of: Instant) -> AnyView {
    let id = format!("demande-{}", wish.id);
    let named_by = id.clone();
    let about = format!("{} · {}, {}", wanted_by(wish.wanted_by), wish.by, ago(wish.at, as_of));
    let later = wish.later.as_ref().map(|why| nb(&format!("Plus tard : « {why} »")));
    let answers: Vec<_> = [(Verdict::Yes, "Oui"), (Verdict::Later, "Plus tard"), (Verdict::No, "Non")]
        .into_iter()
        .map(|(verdict, word)| answer(wish, verdict, word))
        .collect();
    view! {
        <article class="card" aria-labelledby=named_by>
            <h3 class="card__title" id=id>{nb(&wish.text)}</h3>
            <p class="card__soft">{nb(&about)}</p>
            {later.map(|later| view! { <p class="card__soft">{later}</p> })}
            <details class="history">
                <summary class="history__head">
                    "Répondre"
                    <Icon name="chevron-down"/>
                </summary>
                <div class="supply__answers">{answers}</div>
            </details>
        </article>
    }
    .into_any()
}

/// One form for each answer: it says what it does.
fn answer(wish: &Asking, verdict: Verdict, word: &'static str) -> AnyView {
    let (key, label, required) = match verdict {
        Verdict::Yes => ("oui", "Un mot, si tu veux", false),
        Verdict::Later => ("plus-tard", "Pourquoi, et quand", true),
        Verdict::No => ("non", "Pourquoi", true),
    };
    let field = format!("mot-{key}-{}", wish.id);
    let said = nb(&format!("{word} : {}", wish.text));
    let command = Command::AnswerSuggestion { suggestion: wish.id, verdict, why: String::new() };
    view! {
        <PlainAct command=command back=POSTED_TO typed=true class="stack">
            <Field id=field.clone() label=label>
                <input class="field__input" id=field name="why" maxlength=ANSWER_CAP.to_string() required=required/>
            </Field>
            <button class="button" type="submit" aria-label=said>
                {word}
            </button>
        </PlainAct>
    }
    .into_any()
}

/// What members did not find.
fn absent(desk: &Desk) -> AnyView {
    let rows: Vec<_> = desk.missing.iter().map(|(missing, name)| gone(missing, name)).collect();
    let body = if rows.is_empty() {
        view! { <p class="soft">{nb("Rien n’est signalé absent.")}</p> }.into_any()
    } else {
        view! { <ul class="list">{rows}</ul> }.into_any()
    };
    view! {
        <section class="section section--apart" aria-labelledby="absents">
            <h2 id="absents">{nb("« Plus en rayon »")}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn gone(of: &MissingOf, name: &str) -> AnyView {
    let href = format!("{PRODUCT}/{}", of.product);
    let told = told_missing(&Missing { since: of.since, last: of.last, reports: usize::from(of.reports) });
    let label = nb(&format!("C’est réglé : {name}"));
    view! {
        <li class="row">
            <span class="row__body">
                <a class="row__link row__title" href=href>
                    {nb(name)}
                </a>
                <span class="row__soft">{told}</span>
            </span>
            <PlainAct command=Command::CloseReport { product: of.product } back=POSTED_TO class="supply__undo">
                <button class="button button--soft" type="submit" aria-label=label>
                    "C’est réglé"
                </button>
            </PlainAct>
        </li>
    }
    .into_any()
}

fn incomplete(id: &'static str, title: &'static str, none: &'static str, rows: &[Row]) -> AnyView {
    if rows.is_empty() {
        return view! {
            <section class="section section--apart" aria-labelledby=id>
                <h2 id=id>{title}</h2>
                <p class="soft">{nb(none)}</p>
            </section>
        }
        .into_any();
    }
    let count = counted(rows.len(), "produit", "produits");
    let listed = list(rows);
    view! {
        <section class="section section--apart" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <details class="history">
                <summary class="history__head">
                    {count}
                    <Icon name="chevron-down"/>
                </summary>
                {listed}
            </details>
        </section>
    }
    .into_any()
}

fn ways(last: Option<&ImportLine>, as_of: Instant) -> AnyView {
    let last = last.map(|last| format!("Le dernier : {}, {}", moment(last.approved_at, as_of), counts(&last.counts)));
    let last = nb(&last.unwrap_or_else(|| "Aucun fichier importé pour l’instant".to_owned()));
    view! {
        <nav class="section section--apart" aria-label="Le reste">
            <ul class="list">
                <RowLink icon="download" href=IMPORT title="Le fichier de la caisse" soft=last/>
                <RowLink icon="truck" href=SUPPLIERS title="Les fournisseurs" soft="Qui, où, quels jours, leur histoire"/>
                <RowLink icon="calculator" href=MARGIN title="La marge" soft="Ce que la coop ajoute au prix d’achat"/>
                <RowLink icon="list-checks" href=RANGES title="Les rayons" soft="Leurs noms, leur ordre"/>
            </ul>
        </nav>
    }
    .into_any()
}
