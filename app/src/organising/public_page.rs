//! « La présentation »: public events for people without an account, and coming to one. No script, and nothing of who comes.

use domain::event::{Event, State};
use domain::id::EventId;
use domain::reason::Reason;
use domain::time::Instant;
use leptos::prelude::*;

use crate::french::dates::day_long;
use crate::french::events::at;
use crate::french::organising::price;
use crate::french::reasons::{Speaking, sentence};
use crate::french::typography::counted;
use crate::french::{capitalized, nb};
use crate::public_pages::document::{Head, Site, site_document};
use crate::public_pages::ld;
use crate::ui::{Icon, TextField};

/// Where the page is.
pub const PRESENTATION: &str = "/presentation";
/// Where its forms are posted.
pub const REGISTRATION: &str = "/presentation/inscription";

/// A public event.
#[derive(Debug, Clone)]
pub struct Open {
    pub event: Event,
    /// Its description: written by our renderer, and passed the server's allow-list.
    pub html: String,
    /// Seats that are left, where there is a capacity.
    pub left: Option<u16>,
}

/// What was typed into a form.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub event: Option<EventId>,
    pub name: String,
    pub email: String,
    pub guests: String,
    pub children: String,
}

/// What is wrong with it.
#[derive(Debug, Clone)]
pub enum Wrong {
    NoName,
    NotAnAddress,
    /// How many come along is no number.
    NoNumber,
    /// So many asked that nobody is sent anything now.
    TooMany,
    Refused(Reason),
}

/// What became of asking to come.
#[derive(Debug, Clone)]
pub enum Asking {
    Open,
    Sent,
    Wrong(Box<Typed>, Wrong),
}

/// What search engines show of it.
const ABOUT: &str = "Les prochains rendez-vous d’Alpar ouverts à tout le monde : la présentation du mois, les fêtes, les ateliers. \
                     Inscris-toi avec ton nom et ton adresse.";

/// The whole document.
pub fn presentation_page(events: Vec<Open>, asking: Asking, now: Instant, site: Site<'_>) -> impl IntoView + use<> {
    let sent = matches!(asking, Asking::Sent);
    let none = events.is_empty();
    let head = Head {
        title: "Viens nous voir".to_owned(),
        description: ABOUT.to_owned(),
        path: PRESENTATION.to_owned(),
        data: events.iter().map(|open| ld::event(&open.event, open.left, site.origin)).collect(),
        // What came back to whoever typed it is no page to find.
        found: !matches!(asking, Asking::Wrong(..)),
    };
    let events: Vec<AnyView> = events.into_iter().map(|open| one(open, &asking, now)).collect();
    let inside = view! {
        <p>{nb("Alpar est l’épicerie de ses membres, à Annecy. Viens la voir, poser tes questions, ou manger avec nous.")}</p>
        {sent.then(|| view! {
            <p class="effect effect--info" role="status">
                {nb("Regarde tes mails : si tu n’es pas déjà sur la liste, un message t’y attend pour confirmer. Sans lui, rien n’est réservé.")}
            </p>
        })}
        {none.then(|| view! { <p>{nb("Rien n’est prévu pour le moment. Reviens bientôt.")}</p> })}
        {events}
    };
    site_document(head, None, inside.into_any(), site)
}

fn one(open: Open, asking: &Asking, now: Instant) -> AnyView {
    let Open { event, html, left } = open;
    let id = format!("sortie-{}", event.id);
    let titled = format!("{id}-titre");
    let named_by = titled.clone();
    let details = &event.terms.details;
    let cover = details.cover.as_ref().map(|cover| {
        let (src, alt) = (format!("/pictures/{}", cover.id), cover.alt.clone());
        let (width, height) = (cover.width.to_string(), cover.height.to_string());
        view! { <img class="event__cover" src=src alt=alt width=width height=height loading="lazy"/> }
    });
    let when = capitalized(&at(event.terms.times.starts_at));
    let place = details.place.name.clone();
    let map =
        details.place.map.clone().map(|map| view! { <a class="event__map" href=map rel="external noreferrer">"Le plan"</a> });
    let about = price(details.price);
    let title = nb(&details.title);
    let coming = coming(&event, left, asking, now);
    view! {
        <section class="card" id=id aria-labelledby=named_by>
            {cover}
            <h2 id=titled>{title}</h2>
            <ul class="event__facts">
                <li class="event__fact">
                    <Icon name="calendar-days"/>
                    <strong>{nb(&when)}</strong>
                </li>
                <li class="event__fact">
                    <Icon name="signpost"/>
                    <span>{nb(&place)} " " {map}</span>
                </li>
                <li class="event__fact">
                    <Icon name="store"/>
                    <span>{nb(&about)}</span>
                </li>
            </ul>
            <div class="prose" inner_html=html></div>
            {coming}
        </section>
    }
    .into_any()
}

/// Its form; or why there is none.
fn coming(event: &Event, left: Option<u16>, asking: &Asking, now: Instant) -> AnyView {
    if let State::Cancelled { word, .. } = &event.state {
        let said = nb(format!("N’a pas lieu. {word}").trim());
        return view! {
            <p class="event__off">
                <Icon name="calendar-x"/>
                <span>{said}</span>
            </p>
        }
        .into_any();
    }
    let times = &event.terms.times;
    let said = if times.starts_at <= now {
        Some("C’est maintenant.".to_owned())
    } else if times.closes_at < now {
        Some(format!("Les inscriptions sont closes depuis le {}.", day_long(domain::time::paris_day(times.closes_at))))
    } else {
        None
    };
    if let Some(said) = said {
        return view! { <p class="effect effect--info">{nb(&said)}</p> }.into_any();
    }
    let places = match left {
        None => None,
        Some(0) => Some("C’est complet : tu peux t’inscrire sur la liste d’attente.".to_owned()),
        Some(left) => Some(format!("Il reste {}.", counted(usize::from(left), "place", "places"))),
    };
    let (typed, wrong) = match asking {
        Asking::Wrong(typed, wrong) if typed.event == Some(event.id) => (Typed::clone(typed), Some(wrong.clone())),
        _ => (Typed::default(), None),
    };
    let bad_name = matches!(wrong, Some(Wrong::NoName)).then(|| nb("Écris ton nom, en 80 caractères au plus."));
    let bad_email =
        matches!(wrong, Some(Wrong::NotAnAddress)).then(|| nb("Ce n’est pas une adresse : vérifie ce que tu as écrit."));
    let bad_number = matches!(wrong, Some(Wrong::NoNumber)).then(|| nb("Écris un nombre, ou rien."));
    let refused = match &wrong {
        Some(Wrong::Refused(reason)) => Some(nb(&sentence(reason, &Speaking::at(now)))),
        Some(Wrong::TooMany) => {
            Some(nb("Beaucoup de monde s’inscrit en ce moment : réessaie dans une heure, ou viens simplement ce jour-là."))
        }
        Some(Wrong::NoName | Wrong::NotAnAddress | Wrong::NoNumber) | None => None,
    };
    let fields = of_the_form(event, typed, [bad_name, bad_email, bad_number]);
    let event_id = event.id.to_string();
    view! {
        {places.map(|places| view! { <p>{nb(&places)}</p> })}
        {refused.map(|why| view! {
            <p class="field__error" role="alert">
                <Icon name="circle-alert"/>
                {why}
            </p>
        })}
        <form class="door__form" method="post" action=REGISTRATION>
            <input type="hidden" name="event" value=event_id/>
            {fields}
            <button class="button button--main button--block" type="submit">"Je viens"</button>
        </form>
        <p class="door__soft small">
            {nb("Ton nom et ton adresse ne servent qu’à cela, et sont oubliés 30 jours après.")}
        </p>
    }
    .into_any()
}

/// Who comes, and with whom where it is allowed. The ids are the event's own: there may be several forms on the page.
fn of_the_form(event: &Event, typed: Typed, wrong: [Option<String>; 3]) -> AnyView {
    let [bad_name, bad_email, bad_number] = wrong;
    let id = |field: &str| format!("{field}-{}", event.id);
    let details = &event.terms.details;
    let cap = details.guests;
    let guests = (cap > 0).then(|| {
        view! {
            <TextField
                id=id("avec")
                name="guests"
                label="Combien t’accompagnent"
                value=typed.guests.clone()
                inputmode="numeric"
                hint=nb(&format!("{cap} au plus"))
                error=bad_number
            />
        }
    });
    let children = (cap > 0 && details.children).then(|| {
        view! {
            <TextField
                id=id("enfants")
                name="children"
                label="Dont combien d’enfants"
                value=typed.children.clone()
                inputmode="numeric"
            />
        }
    });
    view! {
        <TextField
            id=id("nom")
            name="name"
            label="Ton nom"
            value=typed.name.clone()
            autocomplete="name"
            error=bad_name
            required=true
        />
        <TextField
            id=id("mail")
            name="email"
            kind="email"
            label="Ton adresse e-mail"
            value=typed.email.clone()
            autocomplete="email"
            inputmode="email"
            hint=nb("Un message t’y demande de confirmer")
            error=bad_email
            required=true
        />
        {guests}
        {children}
    }
    .into_any()
}
