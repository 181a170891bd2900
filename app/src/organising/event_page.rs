//! One event in the hands of its organisers: how it stands, who comes, what can be done, and the form.

use domain::event::{Event, Overview, Partner, Programme, State};
use domain::id::EventId;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::after::after;
use super::fields::{Filled, fields};
use super::form::{NotDone, POSTED_TO, apart, came_back};
use super::people::answers;
use super::repeating::{rule_fields, scope_fields};
use super::steps::{history, steps};
use super::wanted::wanted;
use super::{EventInHand, organised_event};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::dates::{date_short, day_and_hour};
use crate::french::events::at;
use crate::french::organising::{done, price, rule, state};
use crate::french::{capitalized, nb};
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::{Chip, ChipLook, Icon};
use crate::visit::Assets;

#[component]
pub fn OrganisedEventPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = move || params.with(|params| params.get("event")).and_then(|id| id.parse().ok()).unwrap_or(EventId(Uuid::nil()));
    let asked = Asked::new_blocking(id, organised_event);
    view! {
        <Still title="Une sortie" back=(POSTED_TO, "Ce que tu organises")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<EventInHand, ApiError>, fait: &str) -> AnyView {
    let EventInHand { overview, items, posts, programme } = match answer {
        Ok(in_hand) => in_hand,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let event = &overview.event;
    let editable =
        !matches!(event.state, State::Cancelled { .. } | State::Removed { .. }) && event.terms.times.ends_at > overview.as_of;
    let people = (!event.state.is_draft() || !overview.parties.is_empty()).then(|| answers(&overview));
    let editing = editable.then(|| editing(&overview, &programme));
    let assets = use_context::<Assets>().unwrap_or_default();
    let title = nb(&event.terms.details.title);
    view! {
        <h2 class="workshop__title">{title}</h2>
        {said}
        <NotDone/>
        {facts(&overview, &programme)}
        {people}
        {after(&overview)}
        {steps(&overview)}
        {wanted(event.id, overview.rule.is_some(), &items, &posts)}
        {editing}
        {history(&overview)}
        <script type="module" src=assets.workshop></script>
    }
    .into_any()
}

/// How it stands, in a few lines.
fn facts(overview: &Overview, programme: &Programme) -> AnyView {
    let (event, now) = (&overview.event, overview.as_of);
    let look = match event.state {
        State::Published { .. } => ChipLook::Done,
        State::Cancelled { .. } | State::Removed { .. } => ChipLook::Refused,
        State::Draft | State::Scheduled { .. } => ChipLook::Waiting,
    };
    let word = match &event.state {
        State::Cancelled { word, .. } if !word.is_empty() => Some(nb(&format!("« {word} »"))),
        _ => None,
    };
    let (starts_at, closes_at) = (event.terms.times.starts_at, event.terms.times.closes_at);
    let mut lines = vec![format!("{}, {}", capitalized(&at(starts_at)), event.terms.details.place.name)];
    lines.push(format!("{} · réponses jusqu’à {}", price(event.terms.details.price), day_and_hour(closes_at, now)));
    lines.push(whose(event, programme));
    if let Some(known) = &overview.rule {
        lines.push(rule(known));
    }
    let lines: Vec<_> = lines.into_iter().map(|line| view! { <li>{nb(&line)}</li> }).collect();
    let others: Vec<_> = overview
        .series
        .iter()
        .map(|(id, starts_at)| {
            let href = format!("{POSTED_TO}/{id}");
            let day = date_short(domain::time::paris_day(*starts_at));
            view! { <li><a class="button button--soft" href=href>{day}</a></li> }
        })
        .collect();
    let others = (!others.is_empty()).then(|| {
        view! {
            <details class="history no-print">
                <summary class="history__head">
                    "Les autres dates"
                    <Icon name="chevron-down"/>
                </summary>
                <ul class="cluster">{others}</ul>
            </details>
        }
    });
    let shown = (!event.state.is_draft()).then(|| {
        let (page, file) = (format!("/sortie/{}", event.id), format!("/sortie/{}/agenda.ics", event.id));
        view! {
            <p class="cluster no-print">
                <a class="button button--quiet" href=page>"Ce que les membres voient"</a>
                <a class="button button--quiet" href=file download="">"Dans mon agenda"</a>
            </p>
        }
    });
    let state = nb(&state(&event.state, now));
    view! {
        <p><Chip look=look>{state}</Chip></p>
        {word.map(|word| view! { <p class="card">{word}</p> })}
        <ul class="organised__facts">{lines}</ul>
        {others}
        {shown}
    }
    .into_any()
}

/// « Vie sociale, avec la Ferme du Lac »
fn whose(event: &Event, programme: &Programme) -> String {
    let group = programme.group(event.group);
    match &event.terms.details.with {
        Some(Partner::Group(other)) => format!("{group}, avec {}", programme.group(*other)),
        Some(Partner::Outside(partner)) => format!("{group}, avec {partner}"),
        None => group,
    }
}

fn editing(overview: &Overview, programme: &Programme) -> AnyView {
    let event = &overview.event;
    let filled = Filled::of(event, "modifier");
    let in_series = overview.rule.is_some();
    let scope = came_back("modifier").map(|back| back.one("portee").to_owned()).unwrap_or_default();
    let (base, of) = (filled.one("base"), event.id.to_string());
    let with = vec![("event", of.clone()), ("base", base)];
    let inside = fields(&filled, programme);
    let rule = in_series.then(|| rule_fields(&filled, true));
    let scope = scope_fields(in_series, &scope);
    let open = filled.back || event.state.is_draft();
    view! {
        <details class="history section--apart no-print" open=open>
            <summary class="history__head">
                "Modifier"
                <Icon name="chevron-down"/>
            </summary>
            <Posted to=POSTED_TO act="modifier" of=of with=with class="stack">
                {inside}
                {rule}
                {scope}
                <button class="button button--main" type="submit">
                    "Enregistrer"
                </button>
            </Posted>
        </details>
    }
    .into_any()
}
