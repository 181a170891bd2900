//! « Les pages publiques »: each with what is read of it since when, and where the shop is.

use domain::public_page::{Listed, Overview};
use domain::time::Instant;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::form::{NotDone, POSTED_TO, apart};
use super::place_form::place_form;
use super::public_pages;
use super::versions::signed;
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::nb;
use crate::french::public_pages::{done, name};
use crate::still::Still;
use crate::ui::Icon;

#[component]
pub fn PublicPagesPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Asked::new_blocking(|| (), |()| public_pages());
    view! {
        <Still title="Les pages publiques" back=("/moi", "Moi")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<Overview, ApiError>, fait: &str) -> AnyView {
    let overview = match answer {
        Ok(overview) => overview,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let rows: Vec<AnyView> = overview.pages.iter().map(|listed| row(listed, overview.now)).collect();
    let place = place_form(&overview);
    view! {
        {said}
        <NotDone/>
        <p class="soft">
            {nb("Tout le monde les lit, sans compte : qui passe devant la vitrine, qui cherche une épicerie, la presse.")}
        </p>
        <ul class="list">{rows}</ul>
        {place}
    }
    .into_any()
}

fn row(listed: &Listed, now: Instant) -> AnyView {
    let href = format!("{POSTED_TO}/{}", listed.page);
    let since = match signed(&listed.signed, now) {
        Some(signed) => format!("Publié par {signed}"),
        None => "Le texte de départ".to_owned(),
    };
    let waits = listed.draft.then_some(" · ton texte attend");
    let soft = nb(&format!("{} · {since}{}", listed.title, waits.unwrap_or_default()));
    view! {
        <li class="row">
            <Icon name="newspaper"/>
            <span class="row__body">
                <a class="row__link row__title" href=href>
                    {name(listed.page)}
                </a>
                <span class="row__soft">{soft}</span>
            </span>
            <span class="row__end">
                <Icon name="chevron-right"/>
            </span>
        </li>
    }
    .into_any()
}
