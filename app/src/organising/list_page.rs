//! « Ce que tu organises »: drafts, what is to come, what was lately.

use domain::event::{Organised, Programme};
use domain::time::Instant;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::form::{NEW, POSTED_TO, apart};
use super::organised_programme;
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::events::at;
use crate::french::organising::{done, state};
use crate::french::typography::counted;
use crate::french::{capitalized, nb};
use crate::still::Still;

#[component]
pub fn OrganisingPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Asked::new_blocking(|| (), |()| organised_programme());
    view! {
        <Still title="Ce que tu organises" back=("/moi", "Moi")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<Programme, ApiError>, fait: &str) -> AnyView {
    let Programme { as_of: now, events, .. } = match answer {
        Ok(programme) => programme,
        Err(error) => return apart(&error),
    };
    let (drafts, out): (Vec<Organised>, Vec<Organised>) = events.into_iter().partition(|known| known.event.state.is_draft());
    let (past, to_come): (Vec<Organised>, Vec<Organised>) =
        out.into_iter().partition(|known| known.event.terms.times.ends_at <= now);
    let past = past.into_iter().rev().collect();
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    view! {
        {said}
        <p class="cluster">
            <a class="button button--main" href=NEW>"Annoncer une sortie"</a>
            <a class="button button--quiet" href="/presentation">"La page publique"</a>
        </p>
        {section("brouillons", "Brouillons", "Aucun brouillon.", drafts, now)}
        {section("a-venir", "À venir", "Rien d’annoncé.", to_come, now)}
        {section("passees", "Passées", "Rien ces deux derniers mois.", past, now)}
    }
    .into_any()
}

fn section(id: &'static str, title: &'static str, none: &'static str, events: Vec<Organised>, now: Instant) -> AnyView {
    let rows = events.into_iter().map(|known| row(&known, now)).collect::<Vec<_>>();
    let body = if rows.is_empty() {
        view! { <p class="soft">{nb(none)}</p> }.into_any()
    } else {
        view! { <ul class="list">{rows}</ul> }.into_any()
    };
    view! {
        <section class="section section--apart" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn row(known: &Organised, now: Instant) -> AnyView {
    let event = &known.event;
    let href = format!("{POSTED_TO}/{}", event.id);
    let mut about = vec![capitalized(&at(event.terms.times.starts_at)), state(&event.state, now)];
    if !event.state.is_draft() {
        let of = event.terms.capacity.map(|capacity| format!(" sur {capacity}")).unwrap_or_default();
        about.push(format!("{}{of}", counted(usize::from(known.seated), "place prise", "places prises")));
    }
    if known.waiting > 0 {
        about.push(format!("{} en attente", known.waiting));
    }
    let (title, about) = (nb(&event.terms.details.title), nb(&about.join(" · ")));
    view! {
        <li class="row">
            <span class="row__body">
                <a class="row__link row__title" href=href>
                    {title}
                </a>
                <span class="row__soft">{about}</span>
            </span>
        </li>
    }
    .into_any()
}
