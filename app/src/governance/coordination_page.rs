//! The coordination: when it meets, what it is to speak of, what was said; and what members are asked between assemblies.

use domain::event::Times;
use domain::governance::{Consultation, Decision, Meeting};
use domain::time::Instant;
use domain::view::governance::{CoordinationMoving, CoordinationView, MeetingOn, moving as moving_of};
use leptos::prelude::*;
use leptos_meta::Title;

use super::agenda::{adding, points};
use super::form::CONSULTATIONS;
use super::{DECISIONS, GoverningDoor};
use crate::french::dates::{iso, until_day};
use crate::french::events::when;
use crate::french::governance::tally;
use crate::french::nb;
use crate::french::typography::{counted, listed};
use crate::offline::store::Store;
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Chip, ChipLook, Frame, Icon, PageHead, Time, Width};

#[component]
pub fn CoordinationPage() -> impl IntoView {
    view! {
        <Title text="La coordination · Alpar"/>
        <Screen query=|| Query::Coordination title="La coordination" coming="L’ordre du jour arrive." show=show/>
    }
}

fn show(view: View) -> AnyView {
    view.shown(page)
}

/// What moves under the page, as it is now; what is being typed there stays as it is.
fn following(first: CoordinationMoving) -> Memo<CoordinationMoving> {
    let store = Store::expect();
    Memo::new(move |_| {
        // A meeting begins, and is over, by the clock.
        store.now.track();
        store.following_groups(|seen, groups, _| moving_of(seen, groups)).unwrap_or_else(|| first.clone())
    })
}

fn page(view: CoordinationView) -> AnyView {
    let CoordinationView { now, moving, .. } = view;
    let moving = following(moving);
    let ahead = Memo::new(move |_| moving.with(|moving| moving.meetings.clone()));
    let waiting = Memo::new(move |_| moving.with(|moving| moving.waiting.clone()));
    let past = Memo::new(move |_| moving.with(|moving| moving.past.clone()));
    let asked = Memo::new(move |_| moving.with(|moving| moving.consultations.clone()));
    let governs = Memo::new(move |_| moving.with(|moving| moving.governs));
    let to_come = move || {
        let meetings = ahead.get();
        if meetings.is_empty() {
            return view! { <p class="soft">{nb("Aucune réunion n’est annoncée : ce que tu ajoutes attend la prochaine.")}</p> }
                .into_any();
        }
        meetings.into_iter().map(|meeting| to_be(meeting, now)).collect::<Vec<_>>().into_any()
    };
    let waits = move || {
        let waiting = waiting.get();
        (!waiting.is_empty()).then(|| {
            view! {
                <h3>"Ce qui attend une réunion"</h3>
                {points(waiting)}
            }
        })
    };
    view! {
        <Frame width=Width::Alone>
            <PageHead title="La coordination" back=("/coop".to_owned(), "La coop".to_owned())/>
            <PageTop/>
            <p class="page__lead">
                {nb("Chaque mois, le comité et les référent·es de tous les groupes. Chaque membre peut y mettre un point.")}
            </p>
            {move || governs.get().then(|| view! { <GoverningDoor/> })}
            <section class="section" aria-labelledby="ordre-du-jour">
                <h2 id="ordre-du-jour">"L’ordre du jour"</h2>
                {to_come}
                {waits}
                {adding()}
            </section>
            <section class="section section--apart" aria-labelledby="consultations">
                <h2 id="consultations">"Entre deux assemblées"</h2>
                {move || consultations(asked.get(), now)}
            </section>
            <section class="section section--apart" aria-labelledby="reunions-passees">
                <h2 id="reunions-passees">"Les réunions passées"</h2>
                {move || {
                    let past = past.get();
                    if past.is_empty() {
                        view! { <p class="soft">{nb("Aucune cette année.")}</p> }.into_any()
                    } else {
                        past.into_iter().map(|meeting| was(meeting, now)).collect::<Vec<_>>().into_any()
                    }
                }}
            </section>
        </Frame>
    }
    .into_any()
}

fn times(meeting: &Meeting) -> Times {
    Times { starts_at: meeting.starts_at, ends_at: meeting.ends_at, closes_at: meeting.starts_at }
}

/// One to come, with what it is to speak of.
fn to_be(on: MeetingOn, now: Instant) -> AnyView {
    let MeetingOn { meeting, points: agenda, excused, .. } = on;
    let (id, said) = (format!("reunion-{}", meeting.id), when(&times(&meeting), now));
    let labelled = id.clone();
    let off = meeting.cancelled.as_ref().map(|word| {
        view! {
            <p><Chip look=ChipLook::Refused>"N’a pas lieu"</Chip></p>
            <p>{nb(&format!("« {word} »"))}</p>
        }
    });
    let takes_place = meeting.cancelled.is_none();
    let minutes: u32 = agenda.iter().filter_map(|on| on.point.length).map(u32::from).sum();
    let planned = (minutes > 0).then(|| {
        let points = counted(agenda.len(), "point", "points");
        view! { <p class="card__soft">{nb(&format!("{points}, {minutes} min prévues"))}</p> }
    });
    let absent = (!excused.is_empty()).then(|| {
        let names: Vec<String> = excused.iter().map(ToString::to_string).collect();
        view! { <p class="card__soft">{nb(&format!("Excusé·es : {}", listed(&names, names.len())))}</p> }
    });
    let agenda = takes_place.then(|| points(agenda));
    view! {
        <article class="card" aria-labelledby=labelled>
            <h3 class="card__date" id=id>
                <Time datetime=iso(meeting.starts_at) shown=said/>
            </h3>
            <p>{nb(&meeting.place)}</p>
            {off}
            {planned}
            {agenda}
            {absent}
        </article>
    }
    .into_any()
}

/// One that was: who was there, what was said and decided.
fn was(on: MeetingOn, now: Instant) -> AnyView {
    let MeetingOn { meeting, points: agenda, present, excused, decisions } = on;
    let head = when(&times(&meeting), now);
    let off = meeting.cancelled.as_ref().map(|word| {
        view! { <p>{nb(&format!("N’a pas eu lieu : « {word} »"))}</p> }
    });
    let names = |who: &[domain::members::ShortName]| {
        let names: Vec<String> = who.iter().map(ToString::to_string).collect();
        listed(&names, names.len())
    };
    let there = (!present.is_empty()).then(|| {
        let count = counted(present.len(), "personne présente", "personnes présentes");
        view! { <p class="soft">{nb(&format!("{count} : {}", names(&present)))}</p> }
    });
    let absent = (!excused.is_empty()).then(|| view! { <p class="soft">{nb(&format!("Excusé·es : {}", names(&excused)))}</p> });
    let said = if meeting.minutes.is_empty() {
        view! {
            <p class="soft">{nb("Le compte rendu n’est pas encore écrit.")}</p>
            {points(agenda)}
        }
        .into_any()
    } else {
        // Of our own renderer.
        view! { <div class="prose" inner_html=meeting.minutes.clone()></div> }.into_any()
    };
    view! {
        <details class="history">
            <summary class="history__head">
                <Time datetime=iso(meeting.starts_at) shown=head/>
                <Icon name="chevron-down"/>
            </summary>
            {off}
            {there}
            {absent}
            {said}
            {decided(&decisions)}
        </details>
    }
    .into_any()
}

fn decided(decisions: &[Decision]) -> Option<AnyView> {
    let rows: Vec<_> = decisions
        .iter()
        .map(|decision| {
            let href = format!("{DECISIONS}#decision-{}", decision.id);
            view! { <li><a class="group__link" href=href>{nb(&decision.title)}</a></li> }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <p class="row__title">"Décidé ce soir-là"</p>
            <ul class="workshop__lines">{rows}</ul>
        }
        .into_any()
    })
}

fn consultations(asked: Vec<Consultation>, now: Instant) -> AnyView {
    if asked.is_empty() {
        return view! { <p class="soft">{nb("On ne te demande rien en ce moment.")}</p> }.into_any();
    }
    let rows: Vec<_> = asked.into_iter().map(|one| consultation(&one, now)).collect();
    view! {
        <p class="soft">{nb("On répond avec le réseau : une réponse compte dès qu’elle est là, et se change jusqu’à la clôture.")}</p>
        <ul class="list">{rows}</ul>
    }
    .into_any()
}

fn consultation(one: &Consultation, now: Instant) -> AnyView {
    let href = format!("{CONSULTATIONS}/{}", one.id);
    let answers = counted(usize::from(one.answered), "réponse", "réponses");
    let (about, chip) = if one.is_open(now) {
        (format!("{}, {answers}", until_day(one.closes_at)), Some(view! { <Chip look=ChipLook::Waiting>"Ouverte"</Chip> }))
    } else {
        let came = one.tally.as_ref().map_or_else(|| "close".to_owned(), tally);
        (format!("{came} ({answers})"), None)
    };
    view! {
        <li class="row">
            <span class="row__body">
                <a class="row__link row__title" href=href rel="external">
                    {nb(&one.title)}
                </a>
                <span class="row__soft">{nb(&about)}</span>
            </span>
            <span class="row__end">{chip}</span>
        </li>
    }
    .into_any()
}
