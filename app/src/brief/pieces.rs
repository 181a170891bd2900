//! What an issue is made of: what was written, and what the data said that Monday, with what became of it since.

use std::collections::BTreeMap;

use domain::brief::{Link, Picture, Shown, Source, Sourced};
use domain::id::{EventId, ShiftId};
use domain::reason::When;
use domain::view::brief::{EventSince, Listed, Since};
use leptos::prelude::*;

use crate::french::brief::{anchor, anniversary, novelty, outing, outing_since, places, source, taken_since};
use crate::french::dates::day_and_hours_short;
use crate::french::{capitalized, nb};
use crate::organising::public_page::PRESENTATION;

/// What became of the lines since, as far as it is known here.
struct Became {
    shifts: BTreeMap<ShiftId, Since>,
    events: BTreeMap<EventId, EventSince>,
    public: bool,
}

/// The pieces in their order; the title of the first block is the page's own, where `headed`.
#[component]
pub fn Pieces(
    pieces: Vec<Shown>,
    since: BTreeMap<ShiftId, Since>,
    #[prop(optional)] events: BTreeMap<EventId, EventSince>,
    /// People without an account read it: events lead to where they say that they come.
    #[prop(optional)]
    public: bool,
    /// The page's title says the first block's.
    #[prop(optional)]
    headed: bool,
) -> impl IntoView {
    let became = Became { shifts: since, events, public };
    let first = pieces.iter().position(|piece| matches!(piece, Shown::Block { .. })).filter(|_| headed);
    pieces
        .into_iter()
        .enumerate()
        .map(|(at, piece)| match piece {
            Shown::Block { id, group, title, html, picture, link } => {
                let title = (first != Some(at)).then_some(title);
                written(id.to_string(), title, group, html, picture, link)
            }
            Shown::Live { source, intro, lines } => live(source, &intro, lines, &became),
        })
        .collect_view()
}

/// Where a piece is in its page.
pub fn id_of(piece: &Shown) -> String {
    match piece {
        Shown::Block { id, .. } => format!("bloc-{id}"),
        Shown::Live { source, .. } => format!("bloc-{}", anchor(*source)),
    }
}

fn written(
    id: String,
    title: Option<String>,
    group: String,
    html: String,
    picture: Option<Picture>,
    link: Option<Link>,
) -> AnyView {
    let picture = picture.map(|Picture { id, alt, width, height }| {
        let (address, width, height) = (format!("/pictures/{id}"), width.to_string(), height.to_string());
        view! { <img class="brief__picture" src=address alt=alt width=width height=height loading="lazy" decoding="async"/> }
    });
    let link = link.map(|Link { href, label }| {
        // Elsewhere is the browser's own business; a path of the app is the router's.
        let elsewhere = (!href.starts_with('/')).then_some("external noreferrer");
        view! { <p><a class="brief__link" href=href rel=elsewhere>{nb(&label)}</a></p> }
    });
    // It was written by our renderer and passed the server's allow-list when the issue came out: nothing in it runs.
    view! {
        <section class="brief__piece" id=format!("bloc-{id}")>
            {title.map(|title| view! { <h2 class="brief__title">{nb(&title)}</h2> })}
            {picture}
            <div class="prose" inner_html=html></div>
            {link}
            <p class="brief__group">{nb(&group)}</p>
        </section>
    }
    .into_any()
}

fn live(of: Source, intro: &str, lines: Vec<Sourced>, became: &Became) -> AnyView {
    let mut taken = 0;
    let lines = lines
        .into_iter()
        .map(|line| match line {
            Sourced::Shift { shift, when, seats } => {
                let now = became.shifts.get(&shift);
                taken += now.map_or(0, |since| since.taken);
                seats_of(&when, seats.len(), now)
            }
            Sourced::Event { event, title, starts_at, place, full, .. } => {
                let page = if became.public { format!("{PRESENTATION}#sortie-{event}") } else { format!("/sortie/{event}") };
                let now = became.events.get(&event);
                // Where its event is not, it leads nowhere.
                let page = now.is_none_or(|now| now.listed == Listed::Still).then_some(page);
                event_of(page, &title, outing(starts_at, &place, full), now, full)
            }
            Sourced::Product { product, name, brand, price, sold_by } => {
                product_of(&format!("/produit/{product}"), &name, &novelty(&brand, price, sold_by))
            }
            Sourced::Anniversary { name, years } => view! { <li class="brief__line">{anniversary(&name, years)}</li> }.into_any(),
        })
        .collect_view();
    let id = format!("bloc-{}", anchor(of));
    let labelled = format!("{id}-titre");
    let heading = labelled.clone();
    view! {
        <section class="brief__live" id=id aria-labelledby=labelled>
            <h2 class="brief__title" id=heading>{source(of)}</h2>
            {(!intro.is_empty()).then(|| view! { <p>{nb(intro)}</p> })}
            <ul class="brief__lines">{lines}</ul>
            {taken_since(taken).map(|said| view! { <p class="brief__since">{said}</p> })}
        </section>
    }
    .into_any()
}

/// « Mar. 24 nov., 9 h – 12 h · 2 places », and the act where there is one still.
fn seats_of(when: &When, seats: usize, now: Option<&Since>) -> AnyView {
    let date = capitalized(&day_and_hours_short(when));
    let (page, label) = (format!("/vacation/{}", when.shift), format!("Prendre une place : {date}"));
    let act = now.and_then(|now| now.free).map(|seat| {
        let href = format!("{page}?feuille=prendre&place={}", seat.position);
        view! { <a class="button button--fill" href=href aria-label=nb(&label)>"Prendre"</a> }
    });
    let full = now.is_some_and(|now| now.taken == seats).then(|| view! { <span class="brief__since">"Complet"</span> });
    view! {
        <li class="brief__line">
            <span>
                <a href=page.clone()>{date}</a>
                {nb(&format!(" · {}", places(seats)))}
            </span>
            {act}
            {full}
        </li>
    }
    .into_any()
}

/// « Soirée soupe · le ven. 4 déc. à 19 h · À la coop », what became of it, and the way to answer where I have not.
fn event_of(page: Option<String>, title: &str, about: String, now: Option<&EventSince>, was_full: bool) -> AnyView {
    let label = nb(&format!("Répondre : {title}"));
    let act = page.clone().filter(|_| now.is_some_and(|now| now.open)).map(|href| {
        view! { <a class="button button--fill" href=href aria-label=label>"Répondre"</a> }
    });
    let title = nb(title);
    let title = match page {
        Some(page) => view! { <a href=page>{title}</a> }.into_any(),
        None => title.into_any(),
    };
    let since = now.and_then(|now| outing_since(now, was_full)).map(|said| view! { <span class="brief__since">{said}</span> });
    view! {
        <li class="brief__line">
            <span>
                {title}
                {format!(" · {about}")}
            </span>
            {since}
            {act}
        </li>
    }
    .into_any()
}

/// « Yaourt de brebis · Ferme du Mont · 3,20 € »
fn product_of(page: &str, name: &str, about: &str) -> AnyView {
    view! {
        <li class="brief__line">
            <span>
                <a href=page.to_owned()>{nb(name)}</a>
                {format!(" · {about}")}
            </span>
        </li>
    }
    .into_any()
}
