//! The brief for people of the public: what is for them in it, and asking for it by mail. No script.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::brief::{Published, Shown};
use domain::id::EventId;
use domain::time::Instant;
use domain::view::brief::EventSince;
use leptos::prelude::*;

use crate::brief::Pieces;
use crate::french::brief::corrected;
use crate::french::dates::{date_long, date_short, iso_day};
use crate::french::nb;
use crate::french::typography::listed;
use crate::public_pages::document::{Head, Site, site_document};
use crate::ui::Icon;

/// A brief of which there is nothing left but what is public.
#[derive(Debug, Clone)]
pub struct Open {
    pub brief: Published,
    /// What became of the events of its lines.
    pub events: BTreeMap<EventId, EventSince>,
    pub before: Option<NaiveDate>,
    pub after: Option<NaiveDate>,
    pub now: Instant,
}

/// What became of asking for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    Open,
    Sent,
    NotAnAddress,
    /// So many asked that nobody is sent anything now.
    TooMany,
}

/// So many of its titles are named where search engines show it.
const TITLES: usize = 4;
/// What they show at most, in characters.
const ABOUT_CAP: usize = 200;

/// The whole document; `path` is its address.
pub fn brief_public_page(open: Option<Open>, path: String, asking: Asking, site: Site<'_>) -> impl IntoView + use<> {
    let title = match &open {
        Some(open) => format!("La brève du {}", date_long(open.brief.monday)),
        None => "La brève d’Alpar".to_owned(),
    };
    let head = Head { title, description: about(open.as_ref()), path, data: Vec::new(), found: true };
    let inside = view! {
        {open.map_or_else(|| nothing_yet().into_any(), |open| read(open).into_any())}
        {subscribing(asking)}
    };
    site_document(head, None, inside.into_any(), site)
}

/// What is in it, by its titles.
fn about(open: Option<&Open>) -> String {
    let pieces = open.into_iter().flat_map(|open| &open.brief.pieces);
    let titles: Vec<String> = pieces
        .filter_map(|piece| match piece {
            Shown::Block { title, .. } => Some(title.clone()),
            Shown::Live { .. } => None,
        })
        .collect();
    let said = match titles.as_slice() {
        [] => "La brève du lundi d’Alpar, l’épicerie participative de Meythet : ce qui se passe à la coop, pour tout le monde."
            .to_owned(),
        titles => format!("La brève du lundi d’Alpar, pour tout le monde. Au sommaire : {}.", listed(titles, TITLES)),
    };
    match said.chars().count() > ABOUT_CAP {
        true => said.chars().take(ABOUT_CAP - 1).chain(['…']).collect(),
        false => said,
    }
}

fn nothing_yet() -> impl IntoView {
    view! { <p>"La première brève pour tout le monde paraît bientôt. Demande-la, elle viendra chez toi."</p> }
}

fn read(open: Open) -> impl IntoView {
    let Open { brief, events, before, after, now } = open;
    let corrections = brief.corrected.iter().map(|word| view! { <p class="brief__corrected">{corrected(word, now)}</p> });
    let way = |monday: Option<NaiveDate>, rel: &'static str, words: &'static str| {
        monday.map(|monday| {
            view! {
                <a class="button button--soft" rel=rel href=format!("/breve/publique/{}", iso_day(monday))>
                    {words}
                    <span class="visually-hidden">{nb(&format!(" : {}", date_short(monday)))}</span>
                </a>
            }
        })
    };
    view! {
        <article class="brief">
            {corrections.collect_view()}
            <Pieces pieces=brief.pieces since=BTreeMap::new() events=events public=true/>
        </article>
        <nav class="cluster" aria-label="Les autres brèves">
            {way(before, "prev", "La précédente")}
            {way(after, "next", "La suivante")}
        </nav>
    }
}

fn subscribing(asking: Asking) -> impl IntoView {
    let wrong = asking == Asking::NotAnAddress;
    let told = match asking {
        Asking::Sent => {
            Some("Regarde tes mails : si cette adresse ne la reçoit pas encore, un message t’y attend pour confirmer.")
        }
        Asking::TooMany => {
            Some("Beaucoup de monde la demande en ce moment : aucun mail n’est parti. Redemande-la dans une heure.")
        }
        Asking::Open | Asking::NotAnAddress => None,
    };
    view! {
        <section class="section section--apart" id="abonnement" aria-labelledby="abonnement-titre">
            <h2 id="abonnement-titre">"La recevoir par mail"</h2>
            {told.map(|said| view! { <p role="status">{nb(said)}</p> })}
            <form class="door__form" method="post" action="/breve/abonnement">
                <div class="field" class:field--wrong=wrong>
                    <label class="field__label" for="email">"Ton adresse e-mail"</label>
                    <input
                        class="field__input"
                        id="email"
                        name="email"
                        type="email"
                        autocomplete="email"
                        inputmode="email"
                        maxlength="254"
                        required
                        aria-invalid=wrong.then_some("true")
                        aria-describedby=if wrong { "email-faux email-aide" } else { "email-aide" }
                    />
                    {wrong.then(|| view! {
                        <p class="field__error" id="email-faux" role="alert">
                            <Icon name="circle-alert"/>
                            "Ce n’est pas une adresse : vérifie ce que tu as écrit."
                        </p>
                    })}
                    <span class="field__hint" id="email-aide">"Un mail par semaine. Un clic pour ne plus la recevoir."</span>
                </div>
                <button class="button button--block" type="submit">"Recevoir la brève"</button>
            </form>
        </section>
    }
}
