//! All objectives: what is to be reached, and where it stands.

use domain::objectives::{Course, Objectives, Reached};
use domain::time::paris_day;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::form::{OBJECTIVES, SET};
use super::objective_courses;
use super::written::{begun, objective_fields};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::nb;
use crate::french::objectives::{done, span, standing, target};
use crate::governance::Filled;
use crate::governance::form::NotDone;
use crate::procedures::form::Posted;
use crate::still::{Still, not_come};
use crate::ui::{Chip, ChipLook, Icon};

#[component]
pub fn ObjectivesPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Asked::new_blocking(|| (), |()| objective_courses());
    view! {
        <Still title="Les objectifs" back=("/coop", "La coop")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<Objectives, ApiError>, fait: &str) -> AnyView {
    let Ok(known) = answer else { return not_come() };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let today = paris_day(known.now);
    let (now, over): (Vec<&Course>, Vec<&Course>) = known.all.iter().partition(|course| course.objective.is_in_force(today));
    let none = now.is_empty().then(|| view! { <p class="soft">{nb("Aucun objectif n’est fixé en ce moment.")}</p> });
    let rows: Vec<_> = now.into_iter().map(row).collect();
    let past: Vec<_> = over.into_iter().map(row).collect();
    let past = (!past.is_empty()).then(|| {
        view! {
            <details class="history section--apart">
                <summary class="history__head">
                    "Les objectifs passés"
                    <Icon name="chevron-down"/>
                </summary>
                <ul class="list">{past}</ul>
            </details>
        }
    });
    view! {
        {said}
        <NotDone/>
        <p class="page__lead">
            {nb("Ce que le comité demande à la personne salariée, et comment ça avance, mois par mois. Tous les membres le lisent.")}
        </p>
        {none}
        <ul class="list">{rows}</ul>
        {known.sets.then(|| setting(&known))}
        {past}
    }
    .into_any()
}

fn row(course: &Course) -> AnyView {
    let objective = &course.objective;
    let href = format!("{OBJECTIVES}/{}", objective.id);
    let about = format!("{}, {}", target(objective), span(objective));
    let (look, word) = match (course.reached(), objective.closed.is_some()) {
        (_, true) => (ChipLook::Neutral, "Clos"),
        (Reached::Yes, _) => (ChipLook::Done, "Atteint"),
        (Reached::NotYet, _) => (ChipLook::Waiting, "Pas encore"),
        (Reached::Unknown, _) => (ChipLook::Neutral, "Sans chiffre"),
    };
    view! {
        <li class="row">
            <span class="row__body">
                <a class="row__link row__title" href=href>{nb(&objective.label)}</a>
                <span class="row__soft">{nb(&about)}</span>
                <span class="row__soft">{standing(course)}</span>
            </span>
            <span class="row__end"><Chip look=look>{word}</Chip></span>
        </li>
    }
    .into_any()
}

fn setting(known: &Objectives) -> AnyView {
    let filled = Filled::of(SET, "", begun(known.now));
    let inside = objective_fields(&filled, "objectif");
    view! {
        <details class="history section--apart" open=filled.back>
            <summary class="history__head">
                "Fixer un objectif"
                <Icon name="chevron-down"/>
            </summary>
            <Posted to=OBJECTIVES act=SET of="" class="stack">
                {inside}
                <button class="button button--main" type="submit">"Fixer cet objectif"</button>
            </Posted>
        </details>
    }
    .into_any()
}
