//! A decision that was written down wrongly is written again.

use domain::governance::Desk;
use domain::id::DecisionId;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::decision_form::{as_typed, decision_fields};
use super::form::{NotDone, POSTED_TO, apart};
use super::{DECISIONS, Filled, governing_desk};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::governance::done;
use crate::french::nb;
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::visit::Assets;

#[component]
pub fn GoverningDecisionPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id =
        move || params.with(|params| params.get("decision")).and_then(|id| id.parse().ok()).unwrap_or(DecisionId(Uuid::nil()));
    let asked = Asked::new_blocking(id, |id| governing_desk(Some(id)));
    view! {
        <Still title="Une décision" back=(POSTED_TO, "Tenir la gouvernance")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<Desk, ApiError>, fait: &str) -> AnyView {
    let desk = match answer {
        Ok(desk) => desk,
        Err(error) => return apart(&error),
    };
    let Some((decision, markdown, revision)) = &desk.decision else { return apart(&ApiError::NotFound) };
    let id = decision.id;
    let replaces = desk.decisions.iter().map(|(known, _)| known).find(|known| known.superseded_by == Some(id));
    let known = as_typed(decision, markdown, *revision, replaces.map(|known| known.id));
    let filled = Filled::of("decision", &id.to_string(), known);
    let inside = decision_fields(&filled, &desk, Some(id), "decision");
    let with = vec![("sur", id.to_string()), ("decision", id.to_string()), ("base", filled.one("base"))];
    let shown = format!("{DECISIONS}#decision-{id}");
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let assets = use_context::<Assets>().unwrap_or_default();
    view! {
        <h2 class="workshop__title">{nb(&decision.title)}</h2>
        {said}
        <NotDone/>
        <p class="cluster no-print">
            <a class="button button--quiet" href=shown>"Ce que les membres voient"</a>
        </p>
        <Posted to=POSTED_TO act="decision" of=id.to_string() with=with class="stack">
            {inside}
            <button class="button button--main" type="submit">
                "Enregistrer"
            </button>
        </Posted>
        <script type="module" src=assets.workshop></script>
    }
    .into_any()
}
