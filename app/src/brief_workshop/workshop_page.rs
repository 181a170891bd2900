//! « Préparer la brève »: the issue in the making.

use domain::brief::Workshop;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::brief_workshop;
use super::form::{NotDone, POSTED_TO, asked};
use super::pieces::Pieces;
use super::settings::SettingsForm;
use super::stages::{Stages, history};
use super::waiting::{Aside, Contributions};
use super::words::{done, of_monday};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::dates::{date_short, iso_day};
use crate::french::nb;
use crate::still::Still;
use crate::ui::Empty;

#[component]
pub fn WorkshopPage() -> impl IntoView {
    let query = use_query_map();
    let monday = move || query.with(|query| asked(query, "lundi"));
    let workshop = Asked::new_blocking(monday, brief_workshop);
    view! {
        <Still title="Préparer la brève" back=("/moi", "Moi")>
            {move || workshop.get().map(|answer| page(answer, &query.with(|query| asked(query, "fait"))))}
        </Still>
    }
}

fn page(answer: Result<Workshop, ApiError>, fait: &str) -> AnyView {
    let workshop = match answer {
        Ok(workshop) => workshop,
        Err(error) => return apart(&error),
    };
    let monday = workshop.brief.monday;
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let way = |to: Option<chrono::NaiveDate>, word: &str| {
        to.map(|to| {
            let href = format!("{POSTED_TO}?lundi={}", iso_day(to));
            let label = format!("{word} : {}", date_short(to));
            view! {
                <a class="button button--quiet" href=href>
                    {nb(&label)}
                </a>
            }
        })
    };
    let ways = view! {
        <nav class="workshop__ways" aria-label="Autres brèves">
            {way(workshop.before, "Celle d’avant")}
            {way(workshop.after, "Celle d’après")}
        </nav>
    };
    let preview = format!("{POSTED_TO}/apercu?lundi={}", iso_day(monday));
    let open = workshop.brief.stage.editable().is_ok();
    view! {
        <h2 class="workshop__title">{of_monday(monday)}</h2>
        {ways}
        {said}
        <NotDone/>
        <Stages workshop=workshop.clone()/>
        <Pieces workshop=workshop.clone()/>
        <p class="workshop__preview">
            <a class="button" href=preview>
                {if workshop.brief.stage.is_published() { "Ce qui est lu" } else { "Aperçu : ce qui paraîtra" }}
            </a>
            <a class="button button--quiet" href=format!("{POSTED_TO}/envoi/{}", iso_day(monday))>"L’envoi par mail, et un essai"</a>
        </p>
        {open.then(|| view! { <Contributions workshop=workshop.clone()/> })}
        <Aside workshop=workshop.clone()/>
        <SettingsForm workshop=workshop.clone()/>
        {history(&workshop)}
    }
    .into_any()
}

/// What stands where the server does not say what an editor asks.
pub fn apart(error: &ApiError) -> AnyView {
    let (icon, title, text, href, words) = match error {
        ApiError::NotAllowed => (
            "key-round",
            "C’est l’atelier de Communication",
            "Le groupe Communication range, relit et publie la brève. Pour y écrire, propose un bloc au nom de ton groupe.",
            "/breve/proposer",
            "Proposer un bloc",
        ),
        ApiError::NotFound => {
            ("signpost", "Il n’y a rien ici", "Cette brève ou ce bloc n’existe pas.", POSTED_TO, "Voir la brève en préparation")
        }
        _ => (
            "cloud-off",
            "Il faut le réseau, cette fois",
            "La brève se prépare en ligne. Ce que tu écris pour elle se garde sur ton téléphone.",
            "/breve",
            "Lire la brève",
        ),
    };
    view! {
        <Empty id="communication-non" icon=icon title=title text=nb(text)>
            <a class="button button--fill" href=href>
                {nb(words)}
            </a>
        </Empty>
    }
    .into_any()
}
