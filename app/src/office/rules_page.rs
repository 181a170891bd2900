//! « Les règles »: what is asked of members today, what is to come, and every version. For the office.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::apart::apart_saying;
use crate::api::ApiError;
use crate::api::rules::{self, Aspect, CHANGE, Difference, RulesView, Stage, VersionSaid};
use crate::asked::Asked;
use crate::french::nb;
use crate::still::Still;
use crate::ui::{Banner, Chip, ChipLook, Icon};

/// So many versions of the past are shown; the others are folded.
const SHOWN: usize = 5;

#[component]
pub fn RulesPage() -> impl IntoView {
    let query = use_query_map();
    let saved = move || query.with(|query| query.get("enregistre")).unwrap_or_default();
    let asked = Asked::new_blocking(saved, rules::rules);
    view! {
        <Still title="Les règles" back=("/moi", "Moi")>
            {move || asked.get().map(shown)}
        </Still>
    }
}

/// Not of the office, or not reached.
pub fn closed(error: &ApiError) -> AnyView {
    apart_saying(
        error,
        "Les membres d’Administratif et financier, et la personne salariée, y règlent ce que la coop a décidé de demander.",
        "Les règles se lisent et s’essaient sur le serveur : reviens ici quand le réseau est là.",
    )
}

fn shown(answer: Result<RulesView, ApiError>) -> AnyView {
    let RulesView { saved, today, coming, history } = match answer {
        Ok(rules) => rules,
        Err(error) => return closed(&error),
    };
    let aspects = today.into_iter().map(aspect).collect_view();
    let coming = (!coming.is_empty()).then(|| {
        view! {
            <section class="section section--apart" aria-labelledby="a-venir">
                <h2 id="a-venir">"À venir"</h2>
                <p class="soft">{nb("Une version du même jour prend la place de celle-ci, tant que ce jour n’est pas venu.")}</p>
                <ul class="stack">{versions(coming)}</ul>
            </section>
        }
    });
    view! {
        {saved.map(|said| view! { <Banner icon="circle-check">{said}</Banner> })}
        <p class="page__lead">{nb("Ce que la coop demande se règle ici, sans rien recompter : un changement vaut pour la suite.")}</p>
        <div class="cluster">
            <a class="button button--fill" href=CHANGE>
                <Icon name="scale"/>
                "Changer les règles"
            </a>
        </div>
        <section class="section section--apart" aria-labelledby="aujourdhui">
            <h2 id="aujourdhui">{nb("Ce qu’on demande aujourd’hui")}</h2>
            <dl class="card rules">{aspects}</dl>
        </section>
        {coming}
        <History history=history/>
    }
    .into_any()
}

#[component]
fn History(mut history: Vec<VersionSaid>) -> impl IntoView {
    let older = history.split_off(history.len().min(SHOWN));
    let body = if history.is_empty() {
        view! { <p class="soft">{nb("Rien n’a encore été changé : ce sont les règles de départ. Le premier changement viendra ici, avec son pourquoi.")}</p> }
            .into_any()
    } else {
        view! { <ul class="stack">{versions(history)}</ul> }.into_any()
    };
    let older = (!older.is_empty()).then(|| {
        view! {
            <details>
                <summary class="rules__fold">
                    <Icon name="chevron-down"/>
                    {nb(&format!("Voir les {} plus anciennes", older.len()))}
                </summary>
                <ul class="stack">{versions(older)}</ul>
            </details>
        }
    });
    view! {
        <section class="section section--apart" aria-labelledby="historique">
            <h2 id="historique">"Toutes les versions"</h2>
            {body}
            {older}
        </section>
    }
}

fn aspect(aspect: Aspect) -> AnyView {
    let said = aspect.said.into_iter().map(|said| view! { <dd>{said}</dd> }).collect_view();
    view! {
        <div class="rules__aspect">
            <dt>{aspect.title}</dt>
            {said}
        </div>
    }
    .into_any()
}

fn versions(versions: Vec<VersionSaid>) -> Vec<AnyView> {
    versions.into_iter().map(version).collect()
}

fn version(version: VersionSaid) -> AnyView {
    let chip = match version.stage {
        Stage::Coming => Some((ChipLook::Proposed, "À venir")),
        Stage::InForce => Some((ChipLook::Done, "En vigueur")),
        Stage::Replaced => Some((ChipLook::Neutral, "Remplacée")),
        Stage::Over => None,
    };
    let changes = match version.changes {
        None => view! { <p class="card__soft">"La première version."</p> }.into_any(),
        Some(changes) => differences(changes),
    };
    view! {
        <li class="card">
            <div class="card__head">
                <h3 class="card__title">{version.from}</h3>
                {chip.map(|(look, word)| view! { <Chip look=look>{word}</Chip> })}
            </div>
            <p>{nb(&format!("« {} »", version.why))}</p>
            <p class="card__soft">{version.by}</p>
            {changes}
        </li>
    }
    .into_any()
}

/// What changes, side by side with what was.
pub fn differences(changes: Vec<Difference>) -> AnyView {
    if changes.is_empty() {
        return view! { <p class="card__soft">{nb("Rien ne change par rapport à la version d’avant.")}</p> }.into_any();
    }
    let lines = |word: &'static str, class: &'static str, said: Vec<String>| {
        (!said.is_empty()).then(|| {
            view! {
                <dd class=class>
                    <span class="rules__word">{word}</span>
                    {said.join(" ")}
                </dd>
            }
        })
    };
    let sides = changes
        .into_iter()
        .map(|change| {
            view! {
                <div class="rules__aspect">
                    <dt>{change.title}</dt>
                    {lines("Avant", "rules__before", change.before)}
                    {lines("Après", "rules__after", change.after)}
                </div>
            }
        })
        .collect_view();
    view! { <dl class="rules rules--changes">{sides}</dl> }.into_any()
}
