//! Where somebody of the group writes a dossier at a table: a new one, of which they choose the kind first, or one that is there.

use domain::dossiers::{Dossier, DossierInHand, Kind, Past};
use domain::id::DossierId;
use domain::time::Instant;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::form::{DOSSIERS, address, apart, board_of, new_of, writing};
use super::written::{as_typed, dossier_fields, kinds_offered};
use super::{a_new_dossier, the_dossier};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::dates::moment;
use crate::french::dossiers::{act, done, kind as named};
use crate::french::nb;
use crate::governance::form::{NotDone, came_back};
use crate::governance::{Filled, typed};
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::Icon;

/// The act that opens one.
const OPEN: &str = "ouvrir";
/// The act that writes one again.
const REWRITE: &str = "ecrire";

#[component]
pub fn NewDossierPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let named = move || params.with(|params| params.get("group")).unwrap_or_default();
    let asked = Asked::new_blocking(named, a_new_dossier);
    view! {
        <Still title="Un nouveau dossier" back=("/coop", "La coop")>
            {move || {
                let kind = query.with(|query| query.get("sorte")).and_then(|kind| Kind::parse(&kind));
                asked.get().map(|answer| new(answer, kind))
            }}
        </Still>
    }
}

fn new(answer: Result<DossierInHand, ApiError>, asked: Option<Kind>) -> AnyView {
    let hand = match answer {
        Ok(hand) => hand,
        Err(error) => return apart(&error),
    };
    let back = came_back(OPEN, "").and_then(|typed| Kind::parse(typed.one("sorte")));
    let here = new_of(&hand.slug);
    let of_kind = move |kind: Kind| format!("{here}?sorte={}", kind.as_str());
    let board = view! {
        <p class="cluster no-print">
            <a class="button button--quiet" href=board_of(&hand.slug)>"Le tableau du groupe"</a>
        </p>
    };
    let Some(kind) = back.or(asked) else {
        return view! {
            <h2 class="workshop__title">{nb(&hand.name)}</h2>
            <NotDone/>
            {board}
            <section class="section" aria-labelledby="sorte">
                <h2 id="sorte">"De quelle sorte ?"</h2>
                {kinds_offered(of_kind, None)}
            </section>
        }
        .into_any();
    };
    let filled = Filled::of(OPEN, "", typed(vec![("sorte", kind.as_str().to_owned())]));
    let inside = dossier_fields(&filled, &hand, kind, "dossier");
    let with = vec![("group", hand.group.to_string()), ("sorte", kind.as_str().to_owned())];
    view! {
        <h2 class="workshop__title">{nb(&format!("{} : {}", hand.name, named(kind)))}</h2>
        <NotDone/>
        {board}
        {otherwise(kind, of_kind)}
        <Posted to=DOSSIERS act=OPEN of=hand.group.to_string() with=with class="stack">
            {inside}
            <button class="button button--main" type="submit">"Ouvrir le dossier"</button>
        </Posted>
    }
    .into_any()
}

#[component]
pub fn WriteDossierPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = move || params.with(|params| params.get("dossier")).and_then(|id| id.parse().ok()).unwrap_or(DossierId(Uuid::nil()));
    let asked = Asked::new_blocking(id, the_dossier);
    view! {
        <Still title="Un dossier" back=("/coop", "La coop")>
            {move || {
                let (kind, fait) = query.with(|query| (query.get("sorte"), query.get("fait")));
                let kind = kind.and_then(|kind| Kind::parse(&kind));
                asked.get().map(|answer| written(answer, kind, &fait.unwrap_or_default()))
            }}
        </Still>
    }
}

fn written(answer: Result<DossierInHand, ApiError>, asked: Option<Kind>, fait: &str) -> AnyView {
    let hand = match answer {
        Ok(hand) => hand,
        Err(error) => return apart(&error),
    };
    let Some(dossier) = &hand.dossier else { return apart(&ApiError::NotFound) };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let form = if dossier.is_open() {
        form(&hand, dossier, asked)
    } else {
        view! { <p>{nb("Ce dossier est clos : pour le changer, rouvre-le sur sa page.")}</p> }.into_any()
    };
    view! {
        <h2 class="workshop__title">{nb(&dossier.title)}</h2>
        {said}
        <NotDone/>
        <p class="cluster no-print">
            <a class="button button--quiet" href=address(dossier.id)>"Ce que le groupe lit"</a>
            <a class="button button--quiet" href=board_of(&hand.slug)>"Le tableau du groupe"</a>
        </p>
        {form}
        {history(&hand.history, hand.now)}
    }
    .into_any()
}

fn form(hand: &DossierInHand, dossier: &Dossier, asked: Option<Kind>) -> AnyView {
    let id = dossier.id;
    let back = came_back(REWRITE, &id.to_string()).and_then(|typed| Kind::parse(typed.one("sorte")));
    let kind = back.or(asked).unwrap_or_else(|| dossier.kind());
    let filled = Filled::of(REWRITE, &id.to_string(), as_typed(dossier));
    let inside = dossier_fields(&filled, hand, kind, "dossier");
    let with = vec![
        ("sur", id.to_string()),
        ("dossier", id.to_string()),
        ("base", filled.one("base")),
        ("sorte", kind.as_str().to_owned()),
    ];
    // Hours stay with whom they are of.
    let other = dossier.hours.is_empty().then(|| otherwise(kind, move |kind| writing(id, Some(kind))));
    view! {
        {other}
        <Posted to=DOSSIERS act=REWRITE of=id.to_string() with=with class="stack">
            {inside}
            <button class="button button--main" type="submit">"Enregistrer"</button>
        </Posted>
    }
    .into_any()
}

/// The same form for another kind: what is typed in this one is not carried over, so it comes before the fields.
fn otherwise(kind: Kind, href: impl Fn(Kind) -> String) -> AnyView {
    view! {
        <details class="history">
            <summary class="history__head">
                {nb(&format!("Sorte : {}. En choisir une autre", named(kind)))}
                <Icon name="chevron-down"/>
            </summary>
            {kinds_offered(href, Some(kind))}
        </details>
    }
    .into_any()
}

/// Who did what, newest first.
fn history(past: &[Past], now: Instant) -> AnyView {
    let lines: Vec<_> = past
        .iter()
        .map(|past| {
            let line = format!("{} {}, {}", past.by, act(&past.what), moment(past.at, now));
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
