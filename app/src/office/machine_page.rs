//! « La machine »: what could not be delivered, what waits too long, and whether the periodic work is done.

use chrono::Duration;
use domain::machine::{Job, Machine, Trouble, Undelivered, Waiting};
use domain::time::Instant;
use leptos::prelude::*;

use super::apart::apart;
use crate::api::{self, ApiError};
use crate::asked::Asked;
use crate::french::dates::{ago, since};
use crate::french::machine::{by, name, why};
use crate::french::nb;
use crate::french::typography::counted;
use crate::still::Still;
use crate::ui::{Chip, ChipLook};

#[component]
pub fn MachinePage() -> impl IntoView {
    let machine = Asked::new_blocking(|| (), |()| api::machine_state());
    view! {
        <Still title="La machine" back=("/moi", "Moi")>
            {move || machine.get().map(shown)}
        </Still>
    }
}

fn shown(answer: Result<Machine, ApiError>) -> AnyView {
    let machine = match answer {
        Ok(machine) => machine,
        Err(error) => return apart(&error),
    };
    let now = machine.now;
    let lead = match machine.troubles() {
        0 => "Tout marche. Tu n’as rien à faire.".to_owned(),
        some => format!("{} à regarder. Transmets cette page à qui s’occupe du serveur.", counted(some, "chose", "choses")),
    };
    let waiting: Vec<_> = [
        (machine.codes, "Codes de connexion qui ne partent pas", "Ces membres attendent à la porte."),
        (machine.overdue, "Messages en retard", "Ils auraient dû partir."),
        (machine.undone, "Travaux que personne ne fait", "Leur heure est passée."),
    ]
    .into_iter()
    .filter(|(waiting, ..)| waiting.count > 0)
    .map(|(waiting, title, soft)| line(waiting, title, soft, now))
    .collect();
    let undelivered: Vec<_> = machine.undelivered.into_iter().map(|known| undelivered(known, now)).collect();
    let jobs = machine.jobs.into_iter().map(|known| job(known, now)).collect_view();
    view! {
        <p class="page__lead">{nb(&lead)}</p>
        {(!waiting.is_empty()).then(|| view! {
            <section class="section section--apart" aria-labelledby="attend">
                <h2 id="attend">"Ce qui attend trop"</h2>
                <ul class="list">{waiting}</ul>
            </section>
        })}
        <section class="section section--apart" aria-labelledby="pas-arrive">
            <h2 id="pas-arrive">"Ce qui n’est pas arrivé"</h2>
            {if undelivered.is_empty() {
                view! { <p class="soft">"Rien ces sept derniers jours."</p> }.into_any()
            } else {
                view! { <ul class="list">{undelivered}</ul> }.into_any()
            }}
            <p class="soft">
                {nb("Les adresses qui nous reviennent sont dans ")}
                <a href="/bureau/joindre">"À joindre"</a>
                "."
            </p>
        </section>
        <section class="section section--apart" aria-labelledby="travaux">
            <h2 id="travaux">"Ce qui tourne tout seul"</h2>
            <ul class="list">{jobs}</ul>
        </section>
    }
    .into_any()
}

fn line(waiting: Waiting, title: &'static str, soft: &'static str, now: Instant) -> AnyView {
    let when = waiting.since.map(|at| format!(" Le plus ancien {}.", since(at, now))).unwrap_or_default();
    view! {
        <li class="row">
            <span class="row__body">
                <span class="row__title">{title}</span>
                <span class="row__soft">{nb(&format!("{soft}{when}"))}</span>
            </span>
            <span class="row__end">
                <Chip look=ChipLook::Refused>{waiting.count}</Chip>
            </span>
        </li>
    }
    .into_any()
}

fn undelivered(known: Undelivered, now: Instant) -> AnyView {
    let tried = if known.still_tried { "On essaie encore." } else { "On a renoncé." };
    let last = format!("{}, le dernier {}. {tried}", since(known.since, now), ago(known.last, now));
    view! {
        <li class="row">
            <span class="row__body">
                <span class="row__title">{by(known.channel)}</span>
                {reason(&known.why)}
                <span class="row__soft">{nb(&crate::french::capitalized(&last))}</span>
            </span>
            <span class="row__end">
                <Chip look=if known.still_tried { ChipLook::Waiting } else { ChipLook::Refused }>{known.count}</Chip>
            </span>
        </li>
    }
    .into_any()
}

/// In French, or as the other side said it.
fn reason(said: &str) -> AnyView {
    match why(said) {
        Some(said) => view! { <span class="row__soft">{nb(&said)}</span> }.into_any(),
        None => view! { <span class="row__soft" lang="en">{said.to_owned()}</span> }.into_any(),
    }
}

fn job(known: Job, now: Instant) -> AnyView {
    let trouble = known.trouble(now);
    let (look, word) = match trouble {
        None => (ChipLook::Done, "Marche"),
        Some(Trouble::Failing) => (ChipLook::Refused, "Échoue"),
        Some(Trouble::Late) => (ChipLook::Waiting, "En retard"),
    };
    let last = match known.last_ok_at {
        None => "Pas encore réussi.".to_owned(),
        Some(at) if now - at < Duration::hours(1) => "Réussi il y a moins d’une heure.".to_owned(),
        Some(at) => format!("Réussi {}.", ago(at, now)),
    };
    let failed = (known.failures > 0).then(|| {
        let times = counted(usize::try_from(known.failures).unwrap_or_default(), "échec", "échecs");
        let from = known.failing_since.map(|at| format!(" {}", since(at, now))).unwrap_or_default();
        view! {
            <span class="row__soft">{nb(&format!("{times}{from}."))}</span>
            {known.why.as_deref().map(reason)}
        }
    });
    view! {
        <li class="row">
            <span class="row__body">
                <span class="row__title">{name(&known.name)}</span>
                <span class="row__soft">{nb(&last)}</span>
                {failed}
            </span>
            <span class="row__end">
                <Chip look=look>{word}</Chip>
            </span>
        </li>
    }
    .into_any()
}
