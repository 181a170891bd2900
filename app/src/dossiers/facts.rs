//! What a dossier is: by when, who sees to it, whom to call, which papers go with it.

use domain::dossiers::{Contact, Matter, Paper, State};
use domain::time::{Instant, paris_day};
use domain::view::dossiers::DossierMoving;
use leptos::prelude::*;

use crate::french::dates::{date_with_year, moment};
use crate::french::dossiers::{about, due, euros, kind, stage};
use crate::french::nb;
use crate::ui::{Chip, ChipLook};

pub fn facts(moving: Memo<DossierMoving>, now: Instant) -> impl IntoView {
    move || moving.with(|moving| shown(moving, now))
}

fn shown(moving: &DossierMoving, now: Instant) -> AnyView {
    let today = paris_day(now);
    let look = match &moving.state {
        State::ToDo | State::UnderWay { .. } if moving.late => ChipLook::Missing,
        State::ToDo => ChipLook::Neutral,
        State::UnderWay { .. } => ChipLook::Mine,
        State::Done { .. } => ChipLook::Done,
        State::Dropped { .. } => ChipLook::Refused,
    };
    let who = match &moving.holder {
        Some(_) if moving.own => "Toi".to_owned(),
        Some(holder) => holder.to_string(),
        None => "Personne pour l’instant".to_owned(),
    };
    let day = moving.due.map(|day| line("Échéance", due(day, today, moving.late)));
    let text = (!moving.text.is_empty()).then(|| view! { <p class="dossier__text">{moving.text.clone()}</p> });
    let by = moving.by.as_ref().map(|by| {
        let said = nb(&format!("Ouvert par {by}, {}", moment(moving.at, now)));
        view! { <p class="card__soft">{said}</p> }
    });
    let (kind, stage) = (kind(moving.kind), stage(moving.state.stage()));
    view! {
        <p class="cluster">
            <Chip look=ChipLook::Plain>{kind}</Chip>
            <Chip look=look>{stage}</Chip>
        </p>
        {closed(moving, now)}
        {text}
        <dl class="dossier__facts">
            {line("Qui s’en charge", who)}
            {day}
            {of_its_kind(moving)}
        </dl>
        {papers(&moving.papers)}
        {by}
    }
    .into_any()
}

fn line(label: &'static str, said: String) -> AnyView {
    view! {
        <div>
            <dt>{label}</dt>
            <dd>{nb(&said)}</dd>
        </div>
    }
    .into_any()
}

/// How it ended.
fn closed(moving: &DossierMoving, now: Instant) -> Option<AnyView> {
    let by = moving.closed_by.as_ref()?;
    let said = match &moving.state {
        State::ToDo | State::UnderWay { .. } => return None,
        State::Done { at, .. } => format!("Fait, noté par {by} {}.", moment(*at, now)),
        State::Dropped { at, word, .. } => format!("Abandonné par {by} {} : « {word} »", moment(*at, now)),
    };
    Some(view! { <p class="soft">{nb(&said)}</p> }.into_any())
}

/// What belongs to its kind alone.
fn of_its_kind(moving: &DossierMoving) -> Vec<AnyView> {
    let mut lines = Vec::new();
    let said = match &moving.matter {
        Matter::Task => None,
        Matter::Partner { together, .. } => Some(together),
        Matter::Grant { funder, .. } => Some(funder),
        Matter::Press { outlet, .. } => Some(outlet),
        Matter::Lead { offers, .. } => Some(offers),
        Matter::Material { whom, .. } => Some(whom),
        Matter::Volunteer { .. } | Matter::Software { .. } => None,
    };
    if let (Some(label), Some(said)) = (about(moving.kind), said.filter(|said| !said.is_empty())) {
        lines.push(line(label, said.clone()));
    }
    match &moving.matter {
        Matter::Grant { amount: Some(amount), .. } => lines.push(line("Montant", euros(*amount))),
        Matter::Material { quantity, .. } => lines.push(line("Combien", quantity.to_string())),
        Matter::Volunteer { from, to, .. } => {
            lines.extend(moving.tutor.as_ref().map(|tutor| line("Qui accompagne", tutor.to_string())));
            lines.extend(from.map(|from| line("Premier jour", date_with_year(from))));
            lines.extend(to.map(|to| line("Dernier jour", date_with_year(to))));
        }
        Matter::Software { href, .. } if !href.is_empty() => {
            let shown = href.clone();
            let link = view! {
                <div>
                    <dt>"Adresse"</dt>
                    <dd><a class="link-alone" href=href.clone() rel="external noreferrer">{shown}</a></dd>
                </div>
            };
            lines.push(link.into_any());
        }
        _ => {}
    }
    lines.extend(moving.contact.as_ref().map(whom_to_call));
    lines
}

fn whom_to_call(contact: &Contact) -> AnyView {
    let Contact { name, phone, email } = contact.clone();
    let name = (!name.is_empty()).then(|| view! { <span>{nb(&name)}</span> });
    let phone = (!phone.is_empty()).then(|| {
        let digits: String = phone.chars().filter(|letter| letter.is_ascii_digit() || *letter == '+').collect();
        view! { <a class="button button--quiet" href=format!("tel:{digits}")>{phone}</a> }
    });
    let email = (!email.is_empty()).then(|| {
        view! { <a class="button button--quiet" href=format!("mailto:{email}")>{email.clone()}</a> }
    });
    view! {
        <div>
            <dt>"Contact"</dt>
            <dd class="cluster">{name}{phone}{email}</dd>
        </div>
    }
    .into_any()
}

fn papers(papers: &[Paper]) -> Option<AnyView> {
    let rows: Vec<_> = papers.iter().map(paper).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="section section--apart" aria-labelledby="pieces">
                <h2 id="pieces">"Pièces"</h2>
                <ul class="dossier__papers">{rows}</ul>
            </section>
        }
        .into_any()
    })
}

fn paper(paper: &Paper) -> AnyView {
    let label = nb(&paper.label);
    match &paper.href {
        None => view! { <li>{label}</li> }.into_any(),
        Some(href) => {
            let elsewhere = (!href.starts_with('/')).then_some("external noreferrer");
            view! { <li><a class="link-alone" href=href.clone() rel=elsewhere>{label}</a></li> }.into_any()
        }
    }
}
