//! Whose commitment to look at: a member is found by name or number. For the office alone.

use domain::office::Found;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::apart::apart;
use crate::api;
use crate::asked::Asked;
use crate::french::nb;
use crate::french::typography::counted;
use crate::shifts::find::answers;
use crate::still::Still;
use crate::ui::{Empty, Icon, TextField};

const PAGE: &str = "/bureau/engagement";
/// More names than these are not read one by one.
const SHOWN: usize = 30;

#[component]
pub fn LedgersPage() -> impl IntoView {
    let query = use_query_map();
    let typed = move || query.with(|query| query.get("nom")).unwrap_or_default();
    let found = Asked::new_blocking(typed, api::find_members);
    view! {
        <Still title="L’engagement d’un membre" back=("/moi", "Moi")>
            <form method="get" action=PAGE class="stack" role="search">
                <TextField id="nom" name="nom" label="Nom ou numéro" value=typed() autocomplete="off" required=true/>
                <button class="button button--fill" type="submit">"Chercher"</button>
            </form>
            {move || {
                let asked = !typed().trim().is_empty();
                found
                    .get()
                    .map(|answer| match answer {
                        Ok(people) => asked.then(|| shown(people)).into_any(),
                        Err(error) => apart(&error),
                    })
                }}
        </Still>
    }
}

/// Whether somebody's name or number answers to what was typed; nobody's to nothing.
pub fn is_called(found: &Found, typed: &str) -> bool {
    let typed = typed.trim();
    let number = typed.parse().is_ok_and(|number: i32| number == found.number);
    !typed.is_empty() && (number || answers(&format!("{} {}", found.first_name, found.last_name), typed))
}

fn shown(people: Vec<Found>) -> AnyView {
    if people.is_empty() {
        let text = "Essaie le début du prénom ou du nom, ou le numéro de membre.";
        return view! { <Empty id="personne" icon="users" title="Personne de ce nom" text=text/> }.into_any();
    }
    let count = people.len();
    let more = (count > SHOWN).then(|| {
        let said = format!("Et {} : précise le nom.", counted(count - SHOWN, "autre", "autres"));
        view! { <p class="soft">{nb(&said)}</p> }
    });
    let rows = people
        .into_iter()
        .take(SHOWN)
        .map(|found| {
            view! {
                <li class="row">
                    <span class="row__body">
                        <a class="row__link row__title" href=format!("{PAGE}/{}", found.member)>
                            {format!("{} {}", found.first_name, found.last_name)}
                        </a>
                        <span class="row__soft">{nb(&format!("N° {:04}", found.number))}</span>
                    </span>
                    <span class="row__end"><Icon name="chevron-right"/></span>
                </li>
            }
        })
        .collect_view();
    view! {
        <h2 class="visually-hidden">"Trouvé"</h2>
        <ul class="list">{rows}</ul>
        {more}
    }
    .into_any()
}
