//! All assemblies, in the hands of the committee: the next one is planned here, and what holds for those that come is set.

use domain::assembly::{Assemblies, Listed, NOTICE_CAP, PROXIES_CAP};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::all_assemblies;
use super::form::{AG, PREPARE, apart, settings_typed, stage_chip};
use super::papers::assembly_fields;
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::assembly::{done, kind};
use crate::french::events::at;
use crate::french::nb;
use crate::governance::fields::line;
use crate::governance::form::NotDone;
use crate::governance::{Filled, typed};
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::{Chip, Icon};
use crate::visit::Assets;

#[component]
pub fn AssembliesPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Asked::new_blocking(|| (), |()| all_assemblies());
    view! {
        <Still title="Préparer une assemblée" back=(AG, "L’assemblée")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<Assemblies, ApiError>, fait: &str) -> AnyView {
    let known = match answer {
        Ok(known) => known,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let assets = use_context::<Assets>().unwrap_or_default();
    let rows: Vec<_> = known.all.iter().map(row).collect();
    let list = if rows.is_empty() {
        view! { <p class="soft">{nb("Aucune assemblée n’est encore prévue.")}</p> }.into_any()
    } else {
        view! { <ul class="list">{rows}</ul> }.into_any()
    };
    let of_committee = known.committee.then(|| {
        view! {
            {planning(&known)}
            {rules(&known)}
        }
    });
    view! {
        {said}
        <NotDone/>
        <section class="section" aria-labelledby="assemblees">
            <h2 id="assemblees">"Les assemblées"</h2>
            {list}
        </section>
        {of_committee}
        <script type="module" src=assets.workshop></script>
    }
    .into_any()
}

fn row(one: &Listed) -> AnyView {
    let href = format!("{PREPARE}/{}", one.id);
    let (look, state) = stage_chip(&one.stage);
    let mut about = format!("{}, {}", kind(one.kind), at(one.starts_at));
    if one.without_quorum {
        about.push_str(" · faute de quorum, elle n’a rien voté");
    }
    view! {
        <li class="row">
            <span class="row__body">
                <a class="row__link row__title" href=href>
                    {nb(&one.title)}
                </a>
                <span class="row__soft">{nb(&about)}</span>
            </span>
            <span class="row__end"><Chip look=look>{state}</Chip></span>
        </li>
    }
    .into_any()
}

fn planning(known: &Assemblies) -> AnyView {
    let filled = Filled::of("prevoir", "", typed(Vec::new()));
    let inside = assembly_fields(&filled, "prevoir", &seconds(&known.all));
    view! {
        <details class="history section--apart" open=filled.back>
            <summary class="history__head">
                "Prévoir une assemblée"
                <Icon name="chevron-down"/>
            </summary>
            <p class="soft">{nb("Rien ne part : les membres ne la voient qu’à la convocation.")}</p>
            <Posted to=PREPARE act="prevoir" of="" class="stack">
                {inside}
                <button class="button button--main" type="submit">
                    "Prévoir"
                </button>
            </Posted>
        </details>
    }
    .into_any()
}

/// Those that may be called a second time, by their id.
pub fn seconds(all: &[Listed]) -> Vec<(String, String)> {
    let too_few = all.iter().filter(|one| one.without_quorum);
    too_few.map(|one| (one.id.to_string(), format!("« {} », {}", one.title, at(one.starts_at)))).collect()
}

fn rules(known: &Assemblies) -> AnyView {
    let filled = Filled::of("regles", "", settings_typed(&known.settings));
    let figure = |name: &'static str, label: &'static str, hint: &str| line(&filled, "regles", name, label, "number", hint);
    let notice = figure("preavis", "Préavis, en jours", &format!("De 1 à {NOTICE_CAP} : la convocation part au moins si tôt"));
    let quorum = figure("quorum", "Quorum d’une assemblée ordinaire, en %", "Des membres présents ou représentés");
    let extra = figure("quorum-extra", "Quorum d’une assemblée extraordinaire, en %", "Pour ce qui change les statuts");
    let proxies =
        figure("pouvoirs", "Pouvoirs par personne, au plus", &format!("De 0 à {PROXIES_CAP}, en plus de sa propre voix"));
    view! {
        <details class="history" open=filled.back>
            <summary class="history__head">
                "Les règles des statuts"
                <Icon name="chevron-down"/>
            </summary>
            <p class="soft">
                {nb("Ce que disent les statuts. Une assemblée déjà convoquée garde les siennes.")}
            </p>
            <Posted to=PREPARE act="regles" of="" class="stack">
                {notice}
                {quorum}
                {extra}
                {proxies}
                <button class="button button--fill" type="submit">
                    "Enregistrer les règles"
                </button>
            </Posted>
        </details>
    }
    .into_any()
}
