//! What those who run a group write of it: its page, whom it looks for, what was said at its meetings; and who did what.

use domain::groups::{GroupInHand, Past};
use domain::time::Instant;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::form::{GROUP, GROUPS, apart};
use super::minutes_forms::minutes;
use super::the_group;
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::dates::moment;
use crate::french::groups::{act, done};
use crate::french::nb;
use crate::governance::fields::text;
use crate::governance::form::NotDone;
use crate::governance::{Filled, typed};
use crate::organising::form::NEW;
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::Icon;
use crate::visit::Assets;

#[component]
pub fn GroupHandPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let named = move || params.with(|params| params.get("group")).unwrap_or_default();
    let asked = Asked::new_blocking(named, the_group);
    view! {
        <Still title="Tenir la page du groupe" back=("/coop", "La coop")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<GroupInHand, ApiError>, fait: &str) -> AnyView {
    let group = match answer {
        Ok(group) => group,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let assets = use_context::<Assets>().unwrap_or_default();
    let shown = format!("{GROUP}/{}", group.slug);
    view! {
        <h2 class="workshop__title">{nb(&group.name)}</h2>
        {said}
        <NotDone/>
        <p class="cluster no-print">
            <a class="button button--quiet" href=shown>"Ce que les membres voient"</a>
            <a class="button button--quiet" href=NEW>"Annoncer une réunion"</a>
        </p>
        {its_page(&group)}
        {minutes(&group)}
        {history(&group.history, group.now)}
        <script type="module" src=assets.workshop></script>
    }
    .into_any()
}

fn its_page(group: &GroupInHand) -> AnyView {
    let known = typed(vec![
        ("base", group.revision.to_string()),
        ("role", group.role.clone()),
        ("page", group.page.clone()),
        ("appel", group.call.as_ref().map(|call| call.text.clone()).unwrap_or_default()),
    ]);
    let filled = Filled::of("page", "", known);
    let with = vec![("group", group.id.to_string()), ("base", filled.one("base"))];
    let role = text(&filled, "groupe", ("role", "À quoi il sert"), "3", false, "En une phrase ou deux");
    let page = text(&filled, "groupe", ("page", "Sa page"), "10", true, "Quand on se réunit, comment on travaille. ");
    let call = text(&filled, "groupe", ("appel", "On cherche…"), "2", false, "Rien : le groupe ne cherche personne en ce moment");
    view! {
        <section class="section" aria-labelledby="sa-page">
            <h3 id="sa-page">"La page du groupe"</h3>
            <Posted to=GROUPS act="page" of=group.id.to_string() with=with class="stack">
                {role}
                {page}
                {call}
                <button class="button button--main" type="submit">
                    "Enregistrer"
                </button>
            </Posted>
        </section>
    }
    .into_any()
}

/// Who did what, newest first.
fn history(past: &[Past], now: Instant) -> AnyView {
    let lines: Vec<_> = past
        .iter()
        .map(|past| {
            let about = past.about.as_ref().map(ToString::to_string);
            let own = past.about.as_ref() == Some(&past.by);
            let line = format!("{} {}, {}", past.by, act(&past.what, about.as_deref(), own), moment(past.at, now));
            view! { <li>{nb(&line)}</li> }
        })
        .collect();
    view! {
        <details class="history section--apart no-print">
            <summary class="history__head">
                "Qui a fait quoi"
                <Icon name="chevron-down"/>
            </summary>
            <ul class="workshop__lines">{lines}</ul>
        </details>
    }
    .into_any()
}
