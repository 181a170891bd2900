//! « Ce qui a été fait sur mon compte »: by whom, and when. For whoever it concerns, and for the office.

use domain::id::MemberId;
use domain::register::{Trail, TrailLine};
use domain::time::Instant;
use leptos::prelude::*;

use super::card_page::member_of_address;
use super::form::{MEMBERS, apart};
use super::{TrailOf, register_trail};
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::clock::hour;
use crate::french::dates::date_with_year;
use crate::french::nb;
use crate::french::register::deed;
use crate::still::Still;
use crate::ui::Empty;

#[component]
pub fn TrailPage() -> impl IntoView {
    let asked = Asked::new_blocking(|| (), |()| register_trail(None));
    view! {
        <Still title="Ce qui a été fait sur mon compte" back=("/moi/profil", "Mon profil")>
            {move || asked.get().map(page)}
        </Still>
    }
}

#[component]
pub fn MemberTrailPage() -> impl IntoView {
    let asked = Asked::new_blocking(member_of_address(), |member: MemberId| register_trail(Some(member)));
    view! {
        <Still title="Ce qui a été fait" back=(MEMBERS, "Membres")>
            {move || asked.get().map(page)}
        </Still>
    }
}

fn page(answer: Result<TrailOf, ApiError>) -> AnyView {
    let TrailOf { trail, name } = match answer {
        Ok(found) => found,
        Err(error) => return apart(&error),
    };
    let own = name.is_none();
    let title = name.map(|name| view! { <h2 class="workshop__title">{nb(&name)}</h2> });
    view! {
        {title}
        <p class="soft">{nb("Chaque ligne s’ajoute et ne change plus. Ce que disait la fiche avant n’y est pas.")}</p>
        {lines(&trail, own)}
    }
    .into_any()
}

fn lines(trail: &Trail, own: bool) -> AnyView {
    if trail.lines.is_empty() {
        return view! { <Empty id="rien" icon="list-checks" title="Rien n’a été fait depuis que c’est noté"/> }.into_any();
    }
    let rows: Vec<_> = trail.lines.iter().map(|line| row(line, own)).collect();
    view! { <ol class="list register__trail">{rows}</ol> }.into_any()
}

fn row(line: &TrailLine, own: bool) -> AnyView {
    let by = match (&line.by, line.own) {
        (_, true) if own => "par toi".to_owned(),
        (_, true) => "par la personne elle-même".to_owned(),
        (Some(by), false) => format!("par {by}"),
        (None, false) => "par l’application, la nuit".to_owned(),
    };
    let about = format!("{by}, {}", when(line.at));
    view! {
        <li class="row">
            <span class="row__body">
                <span class="row__title">{deed(&line.deed)}</span>
                <span class="row__soft">{nb(&about)}</span>
            </span>
        </li>
    }
    .into_any()
}

fn when(at: Instant) -> String {
    format!("le {} à {}", date_with_year(domain::time::paris_day(at)), hour(at))
}
