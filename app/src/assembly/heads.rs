//! What the pages of those who keep an assembly begin with: what it is, how far, who is there; and the ways between them.

use domain::assembly::{Attendance, Hands, Kind, Stage, Terms};
use domain::id::AssemblyId;
use domain::time::Instant;
use leptos::prelude::*;

use super::form::{AG, CALLED, DOOR, MINUTES, PREPARE, SESSION, stage_chip};
use crate::french::assembly::{kind, quorum, there, voices};
use crate::french::events::at;
use crate::french::{capitalized, nb};
use crate::ui::Chip;

/// What it is, when and where.
pub fn head(what: Kind, title: &str, (starts_at, place): (Instant, &str), stage: &Stage) -> AnyView {
    let (look, state) = stage_chip(stage);
    let place = if place.is_empty() { String::new() } else { format!(", {place}") };
    let when = nb(&format!("{}{place}", capitalized(&at(starts_at))));
    let off = match stage {
        Stage::Cancelled { word } => Some(view! { <p>{nb(&format!("« {word} »"))}</p> }),
        _ => None,
    };
    view! {
        <p class="soft">{kind(what)}</p>
        <h2 class="workshop__title">{nb(title)}</h2>
        <p class="cluster"><Chip look=look>{state}</Chip>{when}</p>
        {off}
    }
    .into_any()
}

/// Who is there, by voices, and whether they are enough: large enough for a wall.
pub fn gauge(attendance: &Attendance, terms: &Terms) -> AnyView {
    let needed = terms.needed(attendance.called);
    let (most, value) = (needed.to_string(), attendance.voices().min(needed).to_string());
    view! {
        <div class="quorum">
            <p class="quorum__figure">{voices(attendance.voices())}</p>
            <progress class="quorum__bar" max=most value=value aria-hidden="true"></progress>
            <p>{quorum(attendance, terms)}</p>
            <p class="soft">{there(attendance)}</p>
        </div>
    }
    .into_any()
}

/// The other pages of the same assembly that are for whoever reads this one.
pub fn ways(hands: &Hands, id: AssemblyId, stage: &Stage, here: &'static str) -> AnyView {
    let (called, sat) = (!stage.is_planned(), stage.is_open() || stage.is_closed());
    let all = [
        (PREPARE, "Préparer", hands.prepares || hands.keeps_mandates),
        (CALLED, "Convocations", hands.calls && called),
        (DOOR, "Émargement", hands.admits && called),
        (SESSION, "La séance", called),
        (MINUTES, "Procès-verbal", hands.presides && sat),
    ];
    let links: Vec<_> = all
        .into_iter()
        .filter(|(to, _, shown)| *shown && *to != here)
        .map(|(to, words, _)| {
            let href = format!("{to}/{id}");
            view! { <a class="button button--soft" href=href>{words}</a> }
        })
        .collect();
    view! {
        <nav class="cluster no-print" aria-label="Autour de cette assemblée">
            {links}
            <a class="button button--soft" href=AG>"Vue par les membres"</a>
        </nav>
    }
    .into_any()
}
