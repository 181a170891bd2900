//! What members are asked between two assemblies: what is open, what was; and for the committee, asking something.

use domain::governance::{Consultation, Consultations, OPTIONS_CAP};
use domain::time::Instant;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::fields::{choice, line, text};
use super::form::{CONSULTATIONS, NotDone, apart};
use super::{COORDINATION, Filled, asked_of_members, typed};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::dates::until_day;
use crate::french::governance::{done, tally};
use crate::french::nb;
use crate::french::typography::counted;
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::{Chip, ChipLook, Icon};
use crate::visit::Assets;

#[component]
pub fn ConsultationsPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Asked::new_blocking(|| (), |()| asked_of_members());
    view! {
        <Still title="Les consultations" back=(COORDINATION, "La coordination")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<Consultations, ApiError>, fait: &str) -> AnyView {
    let Consultations { now, opens, all, answered } = match answer {
        Ok(all) => all,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let (open, over): (Vec<Consultation>, Vec<Consultation>) = all.into_iter().partition(|one| one.is_open(now));
    let is_answered = |one: &Consultation| answered.contains(&one.id);
    let open: Vec<_> = open.iter().map(|one| row(one, is_answered(one), now)).collect();
    let over: Vec<_> = over.iter().map(|one| row(one, is_answered(one), now)).collect();
    let asking = opens.then(|| {
        let assets = use_context::<Assets>().unwrap_or_default();
        view! {
            {asking()}
            <script type="module" src=assets.workshop></script>
        }
    });
    view! {
        {said}
        <NotDone/>
        <p class="page__lead">
            {nb("Entre deux assemblées, on te demande ton avis. Il faut le réseau : une réponse compte dès qu’elle est arrivée, et personne ne répond deux fois.")}
        </p>
        {section("ouvertes", "Ouvertes", "Aucune consultation n’est ouverte.", open)}
        {section("closes", "Closes", "Aucune encore.", over)}
        {asking}
    }
    .into_any()
}

fn section(id: &'static str, title: &'static str, none: &'static str, rows: Vec<AnyView>) -> AnyView {
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

fn row(one: &Consultation, answered: bool, now: Instant) -> AnyView {
    let href = format!("{CONSULTATIONS}/{}", one.id);
    let answers = counted(usize::from(one.answered), "réponse", "réponses");
    let about = match &one.tally {
        Some(came) => format!("{} ({answers})", tally(came)),
        None => format!("{}, {answers}", until_day(one.closes_at)),
    };
    let chip = match (answered, one.is_open(now)) {
        (true, _) => Some((ChipLook::Done, "Répondu")),
        (false, true) => Some((ChipLook::Waiting, "À répondre")),
        (false, false) => None,
    };
    view! {
        <li class="row">
            <span class="row__body">
                <a class="row__link row__title" href=href>
                    {nb(&one.title)}
                </a>
                <span class="row__soft">{nb(&about)}</span>
            </span>
            <span class="row__end">{chip.map(|(look, word)| view! { <Chip look=look>{word}</Chip> })}</span>
        </li>
    }
    .into_any()
}

fn asking() -> AnyView {
    let filled = Filled::of("consulter", "", typed(Vec::new()));
    let title = line(&filled, "consulter", "title", "La question", "text", "En une phrase");
    let body = text(&filled, "consulter", ("text", "Ce qu’il faut savoir pour répondre"), "8", true, "");
    let ways = vec![
        ("consensus".to_owned(), "Par consensus : d’accord, réserve, objection".to_owned()),
        ("resistance".to_owned(), "Par points de résistance : de 0 à 10 pour chaque solution".to_owned()),
    ];
    let how = choice(&filled, "consulter", ("maniere", "Comment on répond"), "", ways);
    let hint =
        format!("Par points de résistance seulement : une par ligne, {OPTIONS_CAP} au plus, « Rien ne change » parmi elles");
    let options = text(&filled, "consulter", ("choix", "Les solutions"), "5", false, &hint);
    let closes =
        line(&filled, "consulter", "ferme", "On répond jusqu’à", "datetime-local", "Un jour au moins, à l’heure de Paris");
    view! {
        <details class="history section--apart" open=filled.back>
            <summary class="history__head">
                "Consulter les membres"
                <Icon name="chevron-down"/>
            </summary>
            <Posted to=CONSULTATIONS act="consulter" of="" class="stack">
                {title}
                {body}
                {how}
                {options}
                {closes}
                <button class="button button--main" type="submit">
                    "Ouvrir la consultation"
                </button>
            </Posted>
        </details>
    }
    .into_any()
}
