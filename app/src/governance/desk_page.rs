//! What the committee has before it: its meetings, what waits, the mandates, the register. Whoever runs a group finds the register
//! here, for what their group decides.

use domain::governance::{Desk, Meeting};
use domain::id::{GroupId, MemberId};
use domain::procedures::Fields;
use domain::time::{Instant, paris_day};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::decision_form::decision_fields;
use super::fields::line;
use super::form::{CONSULTATIONS, DECISION, MANDATES, MEETING, NotDone, POSTED_TO, apart};
use super::{COORDINATION, Filled, governing_desk, typed};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::assembly::form::PREPARE;
use crate::french::dates::date_with_year;
use crate::french::events::at;
use crate::french::governance::{decided_by, done, level};
use crate::french::typography::counted;
use crate::french::{capitalized, nb};
use crate::organising::fields::wall;
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::{Chip, ChipLook, Icon, RowLink};
use crate::visit::Assets;

/// The way here, where members read what comes of it.
#[component]
pub fn GoverningDoor() -> impl IntoView {
    view! {
        <nav class="no-print section--apart" aria-label="Gouvernance">
            <ul class="list">
                <RowLink
                    icon="scale"
                    href=POSTED_TO
                    title="Tenir la gouvernance"
                    soft="Réunions, comptes rendus, registre des décisions"
                    external=true
                />
            </ul>
        </nav>
    }
}

#[component]
pub fn GoverningPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Asked::new_blocking(|| (), |()| governing_desk(None));
    view! {
        <Still title="Tenir la gouvernance" back=(COORDINATION, "La coordination")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<Desk, ApiError>, fait: &str) -> AnyView {
    let desk = match answer {
        Ok(desk) => desk,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let assets = use_context::<Assets>().unwrap_or_default();
    let of_committee = desk.committee.then(|| {
        view! {
            {meetings(&desk)}
            {waiting(&desk)}
            <nav class="section--apart" aria-label="Autour de la gouvernance">
                <ul class="list">
                    <RowLink icon="megaphone" href=PREPARE title="Les assemblées" soft="Prévoir, convoquer, et leurs suites"/>
                    <RowLink icon="id-card" href=MANDATES title="Les mandats" soft="Élections, cooptations, fins de mandat"/>
                    <RowLink icon="list-checks" href=CONSULTATIONS title="Les consultations" soft="Demander à tous les membres"/>
                </ul>
            </nav>
        }
    });
    view! {
        {said}
        <NotDone/>
        {of_committee}
        {register(&desk)}
        <script type="module" src=assets.workshop></script>
    }
    .into_any()
}

fn meetings(desk: &Desk) -> AnyView {
    let rows: Vec<_> = desk.meetings.iter().map(|meeting| meeting_row(meeting, desk.now)).collect();
    let none = rows.is_empty().then(|| view! { <p class="soft">{nb("Aucune réunion n’est annoncée.")}</p> });
    let list = (!rows.is_empty()).then(|| view! { <ul class="list">{rows}</ul> });
    view! {
        <section class="section" aria-labelledby="reunions">
            <h2 id="reunions">"Les réunions de coordination"</h2>
            {none}
            {list}
            {planning(desk)}
        </section>
    }
    .into_any()
}

fn meeting_row(meeting: &Meeting, now: Instant) -> AnyView {
    let href = format!("{MEETING}/{}", meeting.id);
    let mut about = vec![meeting.place.clone()];
    if !meeting.present.is_empty() {
        about.push(counted(meeting.present.len(), "personne présente", "personnes présentes"));
    }
    let (look, state) = if meeting.cancelled.is_some() {
        (ChipLook::Refused, "Annulée")
    } else if now < meeting.starts_at {
        (ChipLook::Waiting, "À venir")
    } else if meeting.minutes.is_empty() {
        (ChipLook::Missing, "Compte rendu à écrire")
    } else {
        (ChipLook::Done, "Compte rendu écrit")
    };
    view! {
        <li class="row">
            <span class="row__body">
                <a class="row__link row__title" href=href>
                    {nb(&capitalized(&at(meeting.starts_at)))}
                </a>
                <span class="row__soft">{nb(&about.join(" · "))}</span>
            </span>
            <span class="row__end"><Chip look=look>{state}</Chip></span>
        </li>
    }
    .into_any()
}

/// The fields of a meeting that is planned, or moved.
pub fn meeting_fields(filled: &Filled, of: &str) -> AnyView {
    let starts = line(filled, of, "debut", "Début", "datetime-local", "À l’heure de Paris");
    let ends = line(filled, of, "fin", "Fin", "datetime-local", "");
    let place = line(filled, of, "lieu", "Où", "text", "");
    view! {
        {starts}
        {ends}
        {place}
    }
    .into_any()
}

/// A meeting as somebody would have typed it.
pub fn meeting_typed(meeting: &Meeting) -> Fields {
    typed(vec![("debut", wall(meeting.starts_at)), ("fin", wall(meeting.ends_at)), ("lieu", meeting.place.clone())])
}

/// The next one begins as the last one was: same place, four weeks later.
fn planning(desk: &Desk) -> AnyView {
    let last = desk.meetings.iter().filter(|meeting| meeting.cancelled.is_none()).max_by_key(|meeting| meeting.starts_at);
    let known = last.map_or_else(
        || typed(Vec::new()),
        |last| {
            let mut next = last.clone();
            let four_weeks = chrono::Duration::weeks(4);
            while next.starts_at <= desk.now {
                (next.starts_at, next.ends_at) = (next.starts_at + four_weeks, next.ends_at + four_weeks);
            }
            if next.starts_at == last.starts_at {
                (next.starts_at, next.ends_at) = (next.starts_at + four_weeks, next.ends_at + four_weeks);
            }
            meeting_typed(&next)
        },
    );
    let filled = Filled::of("reunion", "", known);
    let inside = meeting_fields(&filled, "reunion");
    view! {
        <details class="history" open=filled.back>
            <summary class="history__head">
                "Annoncer une réunion"
                <Icon name="chevron-down"/>
            </summary>
            <p class="soft">{nb("Le comité et les référent·es sont prévenus ; les points qui attendent y vont.")}</p>
            <Posted to=POSTED_TO act="reunion" of="" class="stack">
                {inside}
                <button class="button button--main" type="submit">
                    "Annoncer"
                </button>
            </Posted>
        </details>
    }
    .into_any()
}

fn waiting(desk: &Desk) -> Option<AnyView> {
    let name =
        |id: MemberId| desk.names.iter().find(|(known, _)| *known == id).map(|(_, name)| name.to_string()).unwrap_or_default();
    let rows: Vec<_> =
        desk.waiting.iter().map(|point| view! { <li>{nb(&format!("{}, par {}", point.title, name(point.by)))}</li> }).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="section section--apart" aria-labelledby="attend">
                <h2 id="attend">"Ce qui attend une réunion"</h2>
                <ul class="workshop__lines">{rows}</ul>
            </section>
        }
        .into_any()
    })
}

fn register(desk: &Desk) -> AnyView {
    let today = paris_day(desk.now);
    let filled = Filled::of("decision", "", typed(vec![("jour", crate::french::dates::iso_day(today))]));
    let inside = decision_fields(&filled, desk, None, "decision");
    let group = |id: GroupId| desk.all_groups.iter().find(|(known, _)| *known == id).map(|(_, name)| name.as_str());
    let rows: Vec<_> = desk
        .decisions
        .iter()
        .map(|(decision, _)| {
            let href = format!("{DECISION}/{}", decision.id);
            let mut about =
                vec![date_with_year(decision.on), decided_by(decision.by, group), level(decision.by.level()).to_owned()];
            about.extend((!decision.holds(today)).then(|| "ne vaut plus".to_owned()));
            view! {
                <li class="row">
                    <span class="row__body">
                        <a class="row__link row__title" href=href>
                            {nb(&decision.title)}
                        </a>
                        <span class="row__soft">{nb(&about.join(" · "))}</span>
                    </span>
                </li>
            }
        })
        .collect();
    let list = (!rows.is_empty()).then(|| view! { <ul class="list">{rows}</ul> });
    view! {
        <section class="section section--apart" aria-labelledby="registre">
            <h2 id="registre">"Le registre des décisions"</h2>
            <details class="history" open=filled.back>
                <summary class="history__head">
                    "Noter une décision"
                    <Icon name="chevron-down"/>
                </summary>
                <Posted to=POSTED_TO act="decision" of="" class="stack">
                    {inside}
                    <button class="button button--main" type="submit">
                        "Mettre au registre"
                    </button>
                </Posted>
            </details>
            {list}
        </section>
    }
    .into_any()
}
