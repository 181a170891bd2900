//! One objective: its course, drawn and in a table; for the employee, a month's figure; for the committee, changing and closing it.

use domain::id::ObjectiveId;
use domain::objectives::{Course, Objectives, Source};
use domain::time::Instant;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::form::{CLOSE, EDIT, FIGURE, OBJECTIVES};
use super::objective_course;
use super::plot::course as drawn;
use super::written::{as_typed, figure_begun, figure_fields, objective_fields};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::nb;
use crate::french::objectives::{closed, done, source, span, standing, target};
use crate::governance::fields::line;
use crate::governance::form::{NotDone, instead};
use crate::governance::{Filled, typed};
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::Icon;

#[component]
pub fn ObjectivePage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id =
        move || params.with(|params| params.get("objective")).and_then(|id| id.parse().ok()).unwrap_or(ObjectiveId(Uuid::nil()));
    let asked = Asked::new_blocking(id, objective_course);
    view! {
        <Still title="Un objectif" back=(OBJECTIVES, "Les objectifs")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<Objectives, ApiError>, fait: &str) -> AnyView {
    let known = match answer {
        Ok(known) => known,
        Err(error) => return apart(&error),
    };
    let Some(course) = known.all.first() else { return apart(&ApiError::NotFound) };
    let objective = &course.objective;
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let over = closed(objective).map(|said| view! { <p class="soft">{said}</p> });
    let measure = (!objective.measure.is_empty()).then(|| view! { <p class="objective__measure">{nb(&objective.measure)}</p> });
    let open = objective.closed.is_none();
    let figure = (known.types && open && objective.source == Source::Typed).then(|| typing(course, known.now));
    let governed = (known.sets && open).then(|| governing(course));
    view! {
        <h2 class="workshop__title">{nb(&objective.label)}</h2>
        {said}
        <NotDone/>
        <p class="page__lead">{nb(&format!("{}, {}.", target(objective), span(objective)))}</p>
        <p>{standing(course)}</p>
        {over}
        {measure}
        <p class="soft">{nb(&format!("{}.", source(objective.source)))}</p>
        {figure}
        {drawn(course)}
        {governed}
    }
    .into_any()
}

fn typing(course: &Course, now: Instant) -> AnyView {
    let id = course.objective.id.to_string();
    let filled = Filled::of(FIGURE, &id, figure_begun(course, now));
    let inside = figure_fields(&filled, course);
    let with = vec![("sur", id.clone()), ("objectif", id.clone())];
    let title = nb(&format!("Noter un chiffre, en {}", course.objective.unit));
    view! {
        <section class="section section--apart no-print" aria-labelledby="noter">
            <h3 id="noter">{title}</h3>
            <Posted to=OBJECTIVES act=FIGURE of=id with=with class="stack">
                {inside}
                <button class="button button--main" type="submit">"Noter ce chiffre"</button>
            </Posted>
        </section>
    }
    .into_any()
}

fn governing(course: &Course) -> AnyView {
    let objective = &course.objective;
    let id = objective.id.to_string();
    let edited = Filled::of(EDIT, &id, as_typed(objective));
    let inside = objective_fields(&edited, "objectif");
    let with = vec![("sur", id.clone()), ("objectif", id.clone()), ("base", edited.one("base"))];
    let closing = Filled::of(CLOSE, &id, typed(Vec::new()));
    let word = line(&closing, "clore", "mot", "Pourquoi", "text", "Tous les membres le lisent");
    let of_closing = vec![("sur", id.clone()), ("objectif", id.clone())];
    view! {
        <section class="section section--apart no-print" aria-labelledby="tenir">
            <h3 id="tenir">"Pour le comité"</h3>
            <details class="history" open=edited.back>
                <summary class="history__head">
                    "Changer l’objectif"
                    <Icon name="chevron-down"/>
                </summary>
                <Posted to=OBJECTIVES act=EDIT of=id.clone() with=with class="stack">
                    {inside}
                    <button class="button button--main" type="submit">"Enregistrer"</button>
                </Posted>
            </details>
            <details class="history" open=closing.back>
                <summary class="history__head">
                    "Clore l’objectif avant son terme"
                    <Icon name="chevron-down"/>
                </summary>
                <p class="soft">{nb("Ses chiffres restent lisibles ; plus rien n’y change ensuite.")}</p>
                <Posted to=OBJECTIVES act=CLOSE of=id with=of_closing class="stack">
                    {word}
                    <button class="button" type="submit">"Clore"</button>
                </Posted>
            </details>
        </section>
    }
    .into_any()
}

fn apart(error: &ApiError) -> AnyView {
    instead(error, ("Ce n’est pas là", "Ça n’existe pas, ou plus."), (OBJECTIVES, "Voir les objectifs"))
}
