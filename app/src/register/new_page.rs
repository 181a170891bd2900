//! Somebody is added to the register, and is on their way in from then on.

use domain::register::Written;
use leptos::prelude::*;

use super::card_forms::{fields, skills_to_tick};
use super::filled::Filled;
use super::form::{MEMBERS, NotDone, apart};
use super::{NewMember, register_new};
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::dates::iso_day;
use crate::french::nb;
use crate::procedures::form::Posted;
use crate::still::Still;

#[component]
pub fn NewMemberPage() -> impl IntoView {
    let asked = Asked::new_blocking(|| (), |()| register_new());
    view! {
        <Still title="Un nouveau membre" back=(MEMBERS, "Membres")>
            {move || asked.get().map(page)}
        </Still>
    }
}

fn page(answer: Result<NewMember, ApiError>) -> AnyView {
    let NewMember { skills, today } = match answer {
        Ok(new) => new,
        Err(error) => return apart(&error),
    };
    let known = vec![("rhythm", "floating".to_owned()), ("joined_on", iso_day(today))];
    let filled = Filled::of("ajouter", known);
    let inside = fields(&filled);
    let learnt = skills_to_tick(&filled, &skills);
    view! {
        <NotDone/>
        <p class="soft">
            {nb("Le numéro est donné tout seul. La suite (part, entrée dans l’application, première vacation) se suit dans « Arrivées ».")}
        </p>
        <Posted to=MEMBERS act="ajouter" of="" class="stack">
            {inside}
            {learnt}
            <button class="button button--main" type="submit">
                "Ajouter"
            </button>
        </Posted>
    }
    .into_any()
}

/// A card as somebody would have typed it, with the revision that it is.
pub fn as_typed(written: &Written, revision: i32) -> Vec<(&'static str, String)> {
    let mut known = written.typed();
    known.push(("base", revision.to_string()));
    known
}
