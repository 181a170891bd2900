//! A coordination meeting in the hands of the committee: its agenda in order, who was there, what was said; and it moves, or does
//! not take place.

use domain::governance::{MeetingInHand, first_minutes};
use domain::id::MeetingId;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::desk_page::{meeting_fields, meeting_typed};
use super::fields::{line, text};
use super::form::{DECISION, NotDone, POSTED_TO, apart};
use super::meeting_parts::{agenda, presences};
use super::{Filled, governing_meeting, typed};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::events::at;
use crate::french::governance::done;
use crate::french::{capitalized, nb};
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::{Chip, ChipLook, Icon};
use crate::visit::Assets;

#[component]
pub fn GoverningMeetingPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = move || params.with(|params| params.get("meeting")).and_then(|id| id.parse().ok()).unwrap_or(MeetingId(Uuid::nil()));
    let asked = Asked::new_blocking(id, governing_meeting);
    view! {
        <Still title="Une réunion de coordination" back=(POSTED_TO, "Tenir la gouvernance")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<MeetingInHand, ApiError>, fait: &str) -> AnyView {
    let in_hand = match answer {
        Ok(in_hand) => in_hand,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let assets = use_context::<Assets>().unwrap_or_default();
    let meeting = &in_hand.meeting;
    let (begun, off) = (meeting.starts_at <= in_hand.now, meeting.cancelled.is_some());
    let cancelled = meeting.cancelled.as_ref().map(|word| {
        view! {
            <p><Chip look=ChipLook::Refused>"N’a pas lieu"</Chip></p>
            <p>{nb(&format!("« {word} »"))}</p>
        }
    });
    let parts = (!off).then(|| {
        view! {
            {agenda(&in_hand)}
            {presences(&in_hand, begun)}
            {begun.then(|| minutes(&in_hand))}
            {begun.then(|| decided(&in_hand))}
            {(!begun).then(|| changing(&in_hand))}
        }
    });
    view! {
        <h2 class="workshop__title">{nb(&capitalized(&at(meeting.starts_at)))}</h2>
        <p>{nb(&meeting.place)}</p>
        {cancelled}
        {said}
        <NotDone/>
        {parts}
        <script type="module" src=assets.workshop></script>
    }
    .into_any()
}

/// A heading for each point is there already.
fn minutes(in_hand: &MeetingInHand) -> AnyView {
    let id = in_hand.meeting.id.to_string();
    let known = if in_hand.minutes.is_empty() { first_minutes(&in_hand.points) } else { in_hand.minutes.clone() };
    let known = typed(vec![("base", in_hand.revision.to_string()), ("text", known)]);
    let filled = Filled::of("compte-rendu", "", known);
    let with = vec![("reunion", id.clone()), ("base", filled.one("base"))];
    let body = text(&filled, "compte-rendu", ("text", "Ce qui s’est dit"), "18", true, "Un titre par point : ## Le titre. ");
    view! {
        <section class="section section--apart" aria-labelledby="compte-rendu">
            <h3 id="compte-rendu">"Le compte rendu"</h3>
            <Posted to=POSTED_TO act="compte-rendu" of=id with=with class="stack">
                {body}
                <button class="button button--main" type="submit">
                    "Enregistrer le compte rendu"
                </button>
            </Posted>
        </section>
    }
    .into_any()
}

fn decided(in_hand: &MeetingInHand) -> AnyView {
    let rows: Vec<_> = in_hand
        .decisions
        .iter()
        .map(|decision| {
            let href = format!("{DECISION}/{}", decision.id);
            view! { <li><a class="group__link" href=href>{nb(&decision.title)}</a></li> }
        })
        .collect();
    let none = rows.is_empty().then(|| view! { <p class="soft">{nb("Aucune décision n’est notée pour cette réunion.")}</p> });
    view! {
        <section class="section section--apart" aria-labelledby="decide">
            <h3 id="decide">"Ce qui y est décidé"</h3>
            {none}
            <ul class="workshop__lines">{rows}</ul>
            <p><a class="button button--quiet" href=POSTED_TO>"Noter une décision"</a></p>
        </section>
    }
    .into_any()
}

fn changing(in_hand: &MeetingInHand) -> AnyView {
    let id = in_hand.meeting.id.to_string();
    let moved = Filled::of("deplacer", "", meeting_typed(&in_hand.meeting));
    let fields = meeting_fields(&moved, "deplacer");
    let off = Filled::of("annuler", "", typed(Vec::new()));
    let word = line(&off, "annuler", "mot", "Pourquoi", "text", "Les personnes attendues lisent ce mot");
    let (with_moved, with_off) = (vec![("reunion", id.clone())], vec![("reunion", id.clone())]);
    view! {
        <section class="section section--apart no-print" aria-labelledby="changer">
            <h3 id="changer">"Changer la réunion"</h3>
            <details class="history" open=moved.back>
                <summary class="history__head">
                    "Déplacer"
                    <Icon name="chevron-down"/>
                </summary>
                <Posted to=POSTED_TO act="deplacer" of=id.clone() with=with_moved class="stack">
                    {fields}
                    <button class="button button--main" type="submit">
                        "Enregistrer"
                    </button>
                </Posted>
            </details>
            <details class="history" open=off.back>
                <summary class="history__head">
                    "Annuler, avec un mot"
                    <Icon name="chevron-down"/>
                </summary>
                <Posted to=POSTED_TO act="annuler" of=id with=with_off class="stack">
                    {word}
                    <button class="button" type="submit">
                        "Annuler la réunion"
                    </button>
                </Posted>
            </details>
        </section>
    }
    .into_any()
}
