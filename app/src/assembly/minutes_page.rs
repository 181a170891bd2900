//! « Le procès-verbal »: the figures stand there already, whoever writes it adds what was said.

use domain::assembly::AssemblyInHand;
use domain::id::AssemblyId;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::form::{AG, MINUTES, SESSION, apart};
use super::heads::{head, ways};
use super::one_assembly;
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::assembly::done;
use crate::french::assembly_minutes::draft;
use crate::french::nb;
use crate::governance::fields::text;
use crate::governance::form::NotDone;
use crate::governance::{Filled, typed};
use crate::procedures::form::Posted;
use crate::still::{Print, Still};
use crate::visit::Assets;

#[component]
pub fn AssemblyMinutesPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id =
        move || params.with(|params| params.get("assembly")).and_then(|id| id.parse().ok()).unwrap_or(AssemblyId(Uuid::nil()));
    let asked = Asked::new_blocking(id, one_assembly);
    view! {
        <Still title="Le procès-verbal" back=(AG, "L’assemblée")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<AssemblyInHand, ApiError>, fait: &str) -> AnyView {
    let in_hand = match answer {
        Ok(in_hand) => in_hand,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let assets = use_context::<Assets>().unwrap_or_default();
    let (assembly, hands) = (&in_hand.assembly, in_hand.hands);
    let stage = &assembly.stage;
    let sat = stage.is_open() || stage.is_closed();
    let early = (!sat).then(|| view! { <p class="soft">{nb("Il s’écrit à partir de l’ouverture.")}</p> });
    let editor = (sat && hands.presides).then(|| editor(&in_hand));
    // Of our own renderer.
    let read = (!assembly.minutes.is_empty()).then(|| {
        view! {
            <section class="section section--apart" aria-labelledby="lu">
                <h3 id="lu">"Tel que les membres le lisent"</h3>
                <div class="prose" inner_html=assembly.minutes.clone()></div>
                <div class="cluster no-print"><Print/></div>
            </section>
        }
    });
    view! {
        {head(assembly.kind, &assembly.title, (assembly.starts_at, assembly.place.as_str()), stage)}
        {ways(&hands, assembly.id, stage, MINUTES)}
        {said}
        <NotDone/>
        {early}
        {editor}
        {read}
        <script type="module" src=assets.workshop></script>
    }
    .into_any()
}

fn editor(in_hand: &AssemblyInHand) -> AnyView {
    let id = in_hand.assembly.id.to_string();
    let first = in_hand.minutes.is_empty();
    let known = if first { draft(in_hand) } else { in_hand.minutes.clone() };
    let filled = Filled::of("proces-verbal", "", typed(vec![("base", in_hand.minutes_revision.to_string()), ("text", known)]));
    let with = vec![("assemblee", id.clone()), ("base", filled.one("base"))];
    let body = text(&filled, "proces-verbal", ("text", "Le procès-verbal"), "24", true, "");
    let drafted = first.then(|| {
        view! {
            <p class="soft">
                {nb("Les présences, les pouvoirs et les votes y sont déjà. Enregistre-le quand ce qui s’est dit y est aussi : tous les membres le lisent.")}
            </p>
        }
    });
    view! {
        <section class="section no-print" aria-labelledby="ecrire">
            <h3 id="ecrire">"L’écrire"</h3>
            {drafted}
            <Posted to=SESSION act="proces-verbal" of=id with=with class="stack">
                {body}
                <button class="button button--main" type="submit">
                    "Enregistrer le procès-verbal"
                </button>
            </Posted>
        </section>
    }
    .into_any()
}
