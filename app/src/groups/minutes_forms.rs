//! What was said at a group's meetings: a new one, and those that are written.

use chrono::NaiveDate;
use domain::groups::{GroupInHand, MinutesInHand};
use domain::id::EventId;
use domain::procedures::Fields;
use domain::time::{Instant, paris_day};
use leptos::prelude::*;

use super::form::GROUPS;
use crate::french::dates::{date_short, date_with_year, iso_day, moment};
use crate::french::nb;
use crate::governance::fields::{choice, line, text};
use crate::governance::{Filled, typed};
use crate::procedures::form::Posted;
use crate::ui::Icon;

pub fn minutes(group: &GroupInHand) -> AnyView {
    let written: Vec<_> = group.minutes.iter().map(|known| one(group, known)).collect();
    view! {
        <section class="section section--apart" aria-labelledby="comptes-rendus">
            <h3 id="comptes-rendus">"Les comptes rendus"</h3>
            {new(group)}
            {written}
        </section>
    }
    .into_any()
}

fn new(group: &GroupInHand) -> AnyView {
    // The last meeting is the one that somebody writes of.
    let last = group.meetings.first();
    let on = last.map_or_else(|| paris_day(group.now), |(_, at, _)| paris_day(*at));
    let title = last.map(|(_, _, title)| title.clone()).unwrap_or_default();
    let known = as_typed(None, last.map(|(id, ..)| *id), on, &title, "");
    let filled = Filled::of("compte-rendu", "nouveau", known);
    let with = vec![("group", group.id.to_string()), ("sur", "nouveau".to_owned())];
    let inside = fields(&filled, "nouveau", &group.meetings);
    view! {
        <details class="history" open=filled.back>
            <summary class="history__head">
                "Écrire un compte rendu"
                <Icon name="chevron-down"/>
            </summary>
            <Posted to=GROUPS act="compte-rendu" of=format!("{} nouveau", group.id) with=with class="stack">
                {inside}
                <button class="button button--main" type="submit">
                    "Publier le compte rendu"
                </button>
            </Posted>
        </details>
    }
    .into_any()
}

fn one(group: &GroupInHand, minutes: &MinutesInHand) -> AnyView {
    let id = minutes.id.to_string();
    let known = as_typed(Some(minutes.revision), minutes.event, minutes.on, &minutes.title, &minutes.text);
    let filled = Filled::of("compte-rendu", &id, known);
    let with = vec![("group", group.id.to_string()), ("sur", id.clone()), ("minutes", id.clone()), ("base", filled.one("base"))];
    let inside = fields(&filled, &id, &group.meetings);
    let head = nb(&format!("{}, {}", minutes.title, date_with_year(minutes.on)));
    let by = nb(&format!("Écrit par {} {}", minutes.by, moment(minutes.at, group.now)));
    view! {
        <details class="history" open=filled.back>
            <summary class="history__head">
                {head}
                <Icon name="chevron-down"/>
            </summary>
            <p class="soft">{by}</p>
            <Posted to=GROUPS act="compte-rendu" of=id with=with class="stack">
                {inside}
                <button class="button button--main" type="submit">
                    "Enregistrer"
                </button>
            </Posted>
        </details>
    }
    .into_any()
}

fn as_typed(revision: Option<i32>, event: Option<EventId>, on: NaiveDate, title: &str, text: &str) -> Fields {
    typed(vec![
        ("base", revision.unwrap_or_default().to_string()),
        ("reunion", event.map(|event| event.to_string()).unwrap_or_default()),
        ("jour", iso_day(on)),
        ("title", title.to_owned()),
        ("text", text.to_owned()),
    ])
}

fn fields(filled: &Filled, of: &str, meetings: &[(EventId, Instant, String)]) -> AnyView {
    let mut options = vec![(String::new(), "Aucune de celles qui sont annoncées".to_owned())];
    options.extend(meetings.iter().map(|(id, at, title)| (id.to_string(), format!("{title}, {}", date_short(paris_day(*at))))));
    // The meeting that it is of may be older than those that are offered.
    let chosen = filled.one("reunion");
    if !options.iter().any(|(id, _)| *id == chosen) {
        options.push((chosen, "Une réunion plus ancienne".to_owned()));
    }
    let meeting = choice(filled, of, ("reunion", "De quelle réunion"), "", options);
    let (on, title) = (line(filled, of, "jour", "Le jour", "date", ""), line(filled, of, "title", "Titre", "text", ""));
    let text = text(filled, of, ("text", "Ce qui s’est dit"), "14", true, "");
    view! {
        {meeting}
        {on}
        {title}
        {text}
    }
    .into_any()
}
