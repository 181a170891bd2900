//! One thing that waits: what it is, by when, and where it is dealt with.

use chrono::NaiveDate;
use domain::desk::{Item, Reader, Urgency, What};
use leptos::prelude::*;

use super::form::{HANDLED, POSTED_TO};
use crate::dossiers::form::address;
use crate::french::desk::{by, more, what, who_can};
use crate::french::nb;
use crate::governance::fields::line;
use crate::governance::{COMMITTEE, Filled, typed};
use crate::groups::form::GROUP;
use crate::objectives::form::OBJECTIVES;
use crate::procedures::form::Posted;
use crate::register::form::{ARRIVALS, ERASURES, MEMBERS};
use crate::ui::{Chip, ChipLook, Icon};

/// `at`: which of the queue it is.
pub fn row(at: usize, item: &Item, reader: &Reader, today: NaiveDate) -> AnyView {
    let title = what(item);
    let head = match opens(&item.what, reader) {
        Some((href, still)) => {
            let elsewhere = still.then_some("external");
            view! { <a class="row__link row__title" href=href rel=elsewhere>{title.clone()}</a> }.into_any()
        }
        None => view! { <span class="row__title">{title.clone()}</span> }.into_any(),
    };
    let more = more(item).map(|said| view! { <span class="row__soft">{said}</span> });
    let others = opens(&item.what, reader).is_none().then(|| nb(who_can(&item.what))).filter(|said| !said.is_empty());
    let others = others.map(|said| view! { <span class="row__soft">{said}</span> });
    let look = match Urgency::of(item.due, today) {
        Urgency::Late => ChipLook::Refused,
        Urgency::Today => ChipLook::Missing,
        Urgency::Soon => ChipLook::Waiting,
        Urgency::Later => ChipLook::Neutral,
    };
    let handled = item.what.thing().map(|thing| handling(at, &thing, &title));
    let (icon, by) = (icon(&item.what), by(item.due, today));
    view! {
        <li class="row desk__row">
            <Icon name=icon/>
            <div class="row__body">
                {head}
                {more}
                {others}
                <p><Chip look=look>{by}</Chip></p>
                {handled}
            </div>
        </li>
    }
    .into_any()
}

fn icon(what: &What) -> &'static str {
    match what {
        What::LeaveAsked { .. } => "calendar-x",
        What::Behind { .. } => "hourglass",
        What::Bounced { .. } => "mail",
        What::LeadMissing { .. } => "circle-alert",
        What::ImportWaiting { .. } | What::MembersWaiting { .. } => "download",
        What::ShopReported { .. } | What::IncidentReported { .. } => "store",
        What::JoiningLeft { .. } => "users",
        What::MandateLapses { .. } => "id-card",
        What::DossierDue { kind, .. } => crate::dossiers::form::icon(*kind),
        What::FigureMissing { .. } => "calculator",
        What::ErasureAsked { .. } => "circle-x",
        What::ShareMissing { .. } | What::ShareDue { .. } | What::RefundDue { .. } => "scale",
        What::NewcomerStuck { .. } => "handshake",
    }
}

/// Where it is dealt with, and whether the server alone has that page; nowhere where its reader may not open it.
fn opens(what: &What, reader: &Reader) -> Option<(String, bool)> {
    match what {
        What::LeaveAsked { request, .. } => reader.office.then(|| (format!("/bureau/demandes#demande-{request}"), true)),
        What::Behind { member, .. } => reader.office.then(|| (format!("/bureau/engagement/{member}"), true)),
        What::Bounced { .. } => reader.office.then(|| ("/bureau/joindre".to_owned(), true)),
        What::LeadMissing { when } if reader.office => Some((format!("/couverture/{}", when.shift), true)),
        What::LeadMissing { when } | What::ShopReported { when, .. } | What::IncidentReported { when, .. } => {
            Some((format!("/vacation/{}", when.shift), false))
        }
        What::ImportWaiting { import, .. } => {
            reader.keeps_catalogue.then(|| (format!("{}/{import}", crate::supply::form::IMPORT), true))
        }
        What::ErasureAsked { .. } => reader.office.then(|| (ERASURES.to_owned(), true)),
        What::ShareMissing { member } | What::ShareDue { member, .. } | What::RefundDue { member } => {
            reader.office.then(|| (format!("{MEMBERS}/{member}"), true))
        }
        What::NewcomerStuck { .. } => reader.office.then(|| (ARRIVALS.to_owned(), true)),
        What::MembersWaiting { import, .. } => {
            reader.office.then(|| (format!("{}/{import}", crate::register::form::IMPORT), true))
        }
        What::JoiningLeft { slug, .. } => Some((format!("{GROUP}/{slug}"), false)),
        What::MandateLapses { .. } => Some((COMMITTEE.to_owned(), false)),
        What::DossierDue { dossier, of, .. } => reader.boards.contains(of).then(|| (address(*dossier), false)),
        What::FigureMissing { objective, .. } => Some((format!("{OBJECTIVES}/{objective}"), true)),
    }
}

/// What nothing else says to be over.
fn handling(at: usize, thing: &str, title: &str) -> AnyView {
    let of = format!("traite-{at}");
    let filled = Filled::of(HANDLED, thing, typed(Vec::new()));
    let word = line(&filled, &of, "mot", "Ce qui a été fait", "text", "Facultatif");
    let with = vec![("sur", thing.to_owned()), ("quoi", thing.to_owned())];
    let label = nb(&format!("Noter comme traité : {title}"));
    view! {
        <details class="history desk__handled" open=filled.back>
            <summary class="history__head">
                "C’est traité"
                <Icon name="chevron-down"/>
            </summary>
            <Posted to=POSTED_TO act=HANDLED of=thing.to_owned() with=with class="stack">
                {word}
                <button class="button" type="submit" aria-label=label>"Noter comme traité"</button>
            </Posted>
        </details>
    }
    .into_any()
}
