//! Sorties: those to come, those that were, mine; and the year's programme.

use chrono::{Datelike, NaiveDate};
use domain::time::{Instant, paris_day};
use domain::view::events::{EventCard as Card, EventsView, Which};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

use super::answering::WaitingChip;
use super::event_card::{EventCard, standing_said};
use crate::acts::to_see;
use crate::french::dates::month;
use crate::french::events::when;
use crate::french::{capitalized, nb};
use crate::offline::acts::Acts;
use crate::organising::form::{NEW, POSTED_TO};
use crate::organising::public_page::PRESENTATION;
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Chip, ChipLook, Empty, Frame, PageHead, RowLink, Segment, Segmented, Width};

pub const PAGE: &str = "/sorties";

#[component]
pub fn EventsPage() -> impl IntoView {
    let address = use_query_map();
    let query = move || Query::Events { which: address.with(asked) };
    view! {
        <Title text="Sorties · Alpar"/>
        <Screen query=query title="Sorties" coming="Les sorties arrivent." show=show/>
    }
}

fn asked(address: &ParamsMap) -> Which {
    match address.get("voir").as_deref() {
        Some("passees") => Which::Past,
        Some("miennes") => Which::Mine,
        Some("annee") => Which::Year,
        _ => Which::Coming,
    }
}

fn show(view: View) -> AnyView {
    view.shown(page)
}

fn page(view: EventsView) -> AnyView {
    let EventsView { now, name, which, organises, cards, .. } = view;
    let waiting = to_see(Acts::expect());
    let segment = |label: &str, asked: &str, of: Which| {
        let href = if asked.is_empty() { PAGE.to_owned() } else { format!("{PAGE}?voir={asked}") };
        Segment::new(label, href, which == of)
    };
    let segments = vec![
        segment("À venir", "", Which::Coming),
        segment("Les miennes", "miennes", Which::Mine),
        segment("Passées", "passees", Which::Past),
        segment("L’année", "annee", Which::Year),
    ];
    let list = match (cards.is_empty(), which) {
        (true, _) => nothing(which).into_any(),
        (false, Which::Year) => programme(cards, now).into_any(),
        (false, _) => {
            let cards = cards.into_iter().map(|card| view! { <EventCard card=card now=now/> }).collect_view();
            view! { <div class="stack">{cards}</div> }.into_any()
        }
    };
    view! {
        <Frame width=Width::Alone>
            <PageHead title="Sorties" initials=name.initials() waiting=waiting/>
            <PageTop/>
            <Segmented label="Quelles sorties" segments=segments/>
            {list}
            {ways(organises)}
        </Frame>
    }
    .into_any()
}

/// To the page for people without an account, which is passed on to them, and to what organisers do.
fn ways(organises: bool) -> impl IntoView {
    view! {
        <nav class="no-print section--apart" aria-label="Autour des sorties">
            <ul class="list">
                {organises
                    .then(|| {
                        view! {
                            <RowLink
                                icon="square-plus"
                                href=NEW
                                title="Nouvelle sortie"
                                soft="Elle reste un brouillon jusqu’à ce que tu la publies"
                                external=true
                            />
                            <RowLink
                                icon="party-popper"
                                href=POSTED_TO
                                title="Organiser"
                                soft="Annoncer une sortie, voir qui vient"
                                external=true
                            />
                        }
                    })}
                <RowLink
                    icon="store"
                    href=PRESENTATION
                    title="Réunion de présentation"
                    soft="La page à donner à qui n’est pas membre"
                    external=true
                />
            </ul>
        </nav>
    }
}

fn nothing(which: Which) -> impl IntoView {
    let (title, text) = match which {
        Which::Coming | Which::Year => (
            "Rien d’annoncé pour l’instant",
            "Les soupes, les fêtes et les visites s’affichent ici dès que Vie sociale les annonce.",
        ),
        Which::Past => ("Rien ces dernières semaines", "Les sorties des huit dernières semaines restent ici."),
        Which::Mine => {
            ("Tu n’as encore dit oui à rien", "Dis oui ou peut-être à une sortie : elle s’affiche ici, avec ce que tu apportes.")
        }
    };
    let way = (which != Which::Coming).then(|| view! { <a class="button button--main" href=PAGE>"Voir ce qui vient"</a> });
    view! {
        <Empty id="aucune" icon="party-popper" title=title text=nb(text)>
            {way}
        </Empty>
    }
}

/// « Le programme de l’année »: month after month, a line each.
fn programme(cards: Vec<Card>, now: Instant) -> impl IntoView {
    view! {
        <p class="page__lead">{nb("Le programme de l’année : tout ce qui est annoncé pour les douze mois qui viennent.")}</p>
        {months(cards, now)}
    }
}

fn months(cards: Vec<Card>, now: Instant) -> impl IntoView {
    let mut months: Vec<((i32, u32), Vec<Card>)> = Vec::new();
    for card in cards {
        let of = month_of(paris_day(card.times.starts_at));
        match months.last_mut() {
            Some((known, cards)) if *known == of => cards.push(card),
            _ => months.push((of, vec![card])),
        }
    }
    months
        .into_iter()
        .map(|((year, number), cards)| {
            let id = format!("mois-{year}-{number:02}");
            let labelled = id.clone();
            let title = capitalized(&format!("{} {year}", month(number)));
            let rows = cards.into_iter().map(|card| line(card, now)).collect_view();
            view! {
                <section class="section" aria-labelledby=labelled>
                    <h2 id=id>{title}</h2>
                    <ul class="list">{rows}</ul>
                </section>
            }
        })
        .collect_view()
}

fn month_of(on: NaiveDate) -> (i32, u32) {
    (on.year(), on.month())
}

fn line(card: Card, now: Instant) -> impl IntoView {
    let event = card.id;
    let (href, title) = (format!("/sortie/{event}"), nb(&card.title));
    let soft = format!("{} · {}", when(&card.times, now), card.place);
    let off = card.cancelled.is_some();
    let said = standing_said(event, card.over);
    let mine = card.mine.filter(|_| !off).map(|mine| mine.placed);
    view! {
        <li class="row">
            <span class="row__body">
                <a class="row__link row__title" href=href>{title}</a>
                <span class="row__soft">{nb(&soft)}</span>
            </span>
            {off.then(|| view! { <Chip look=ChipLook::Refused>"Annulée"</Chip> })}
            {mine.map(|placed| view! { <Chip look=ChipLook::Plain>{move || said(placed)}</Chip> })}
            <WaitingChip event=event/>
        </li>
    }
}
