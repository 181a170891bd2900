//! Whom to call for a shift.

use std::collections::BTreeMap;

use domain::coverage::{Candidate, Group, Need};
use domain::id::ShiftId;
use domain::members::Skill;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::apart::nobody_to_call;
use crate::api::{self, ApiError, Callable};
use crate::asked::Asked;
use crate::french::coverage::{habit, need};
use crate::french::dates::day_and_hours;
use crate::french::typography::counted;
use crate::french::{capitalized, nb};
use crate::still::Still;
use crate::ui::{Empty, Icon};

#[component]
pub fn CallingPage() -> impl IntoView {
    let params = use_params_map();
    let shift = move || params.with(|params| params.get("id")).and_then(|id| id.parse().ok()).unwrap_or(ShiftId(Uuid::nil()));
    let callable = Asked::new_blocking(shift, api::whom_to_call);
    view! {
        <Still title="Qui appeler" back=("/couverture", "Qui manque où")>
            {move || callable.get().map(shown)}
        </Still>
    }
}

fn shown(answer: Result<Callable, ApiError>) -> AnyView {
    let Callable { when, groups, labels } = match answer {
        Ok(callable) => callable,
        Err(error) => return nobody_to_call(&error),
    };
    let shift = format!("/vacation/{}", when.shift);
    let lead = view! { <p class="page__lead">{capitalized(&day_and_hours(&when))}</p> };
    if groups.is_empty() {
        return view! {
            {lead}
            <Empty
                id="complet"
                icon="circle-check"
                title="Personne ne manque"
                text=nb("Toutes les places sont tenues, ou la vacation n’a plus lieu.")
            >
                <a class="button button--fill" href=shift>
                    "Voir la vacation"
                </a>
            </Empty>
        }
        .into_any();
    }
    let with_phones = groups.iter().flat_map(|group| &group.people).any(|one| one.phone.is_some());
    let advice = if with_phones {
        "Les numéros ne se montrent qu’au bureau. Les premiers noms sont celles et ceux à qui une vacation rend service, puis les habitué·es de cette heure."
    } else {
        "Parle-leur au magasin, ou demande au bureau de les appeler. La veille, l’appel urgent prévient d’un coup toutes celles et tous ceux qui peuvent venir."
    };
    let sections = groups.into_iter().enumerate().map(|(at, group)| section(at, group, &labels)).collect_view();
    view! {
        {lead}
        <p class="soft">{nb(advice)}</p>
        {sections}
        <div class="section--apart">
            <a class="button button--soft" href=shift>
                "Voir la vacation"
            </a>
        </div>
    }
    .into_any()
}

fn section(at: usize, group: Group, labels: &BTreeMap<Skill, String>) -> impl IntoView + use<> {
    let id = format!("appeler-{at}");
    let labelled = id.clone();
    let label = match &group.need {
        Need::Skill(skill) => labels.get(skill).map_or_else(|| skill.to_string(), |label| label.to_lowercase()),
        _ => String::new(),
    };
    let people = if group.people.is_empty() {
        view! { <p class="soft">{nb("Personne n’est libre à cette heure avec ce qu’il faut.")}</p> }.into_any()
    } else {
        let rows = group.people.into_iter().map(person).collect_view();
        view! { <ul class="list">{rows}</ul> }.into_any()
    };
    let others = (group.others > 0).then(
        || view! { <p class="soft">{nb(&format!("Et {}.", counted(group.others, "autre personne", "autres personnes")))}</p> },
    );
    view! {
        <section class="section section--apart" aria-labelledby=labelled>
            <h2 id=id>{need(&group.need, &label)}</h2>
            {people}
            {others}
        </section>
    }
}

fn person(one: Candidate) -> impl IntoView {
    let name = one.name.to_string();
    let often = habit(one.habit).map(|said| view! { <span class="row__soft">{said}</span> });
    let phone = one.phone.map(|phone| {
        view! {
            <a
                class="button button--soft"
                href=format!("tel:{}", phone.replace([' ', '.', '\u{a0}'], ""))
                aria-label=format!("Appeler {name}, {phone}")
            >
                <Icon name="smartphone" small=true/>
                {phone.clone()}
            </a>
        }
    });
    view! {
        <li class="row">
            <span class="seat" aria-hidden="true">
                {one.name.initials()}
            </span>
            <span class="row__body">
                <span class="row__title">{name.clone()}</span>
                {often}
            </span>
            {phone}
        </li>
    }
}
