//! The page behind the link of the mail that asks a visitor for a yes: it says yes, and later no. Looking does nothing.

use domain::event::{Event, Placed, State};
use domain::reason::Reason;
use domain::time::Instant;
use leptos::prelude::*;

use super::public_page::PRESENTATION;
use crate::door_document::door_document;
use crate::french::events::{at, placed as stands};
use crate::french::nb;
use crate::french::reasons::{Speaking, sentence};
use crate::french::typography::counted;
use crate::ui::Icon;
use crate::visit::Assets;

/// What the link is about.
#[derive(Debug, Clone)]
pub struct Invited {
    pub event: Event,
    pub name: String,
    pub guests: u8,
    /// Nothing before the yes.
    pub placed: Option<Placed>,
    /// Seats that are free, where there is an end to them.
    pub left: Option<u16>,
    /// Why what was just asked was not done.
    pub refused: Option<Reason>,
    pub now: Instant,
}

/// The whole document. `answer` is where its forms post.
pub fn visit_page(invited: Option<Invited>, answer: String, assets: &Assets) -> impl IntoView + use<> {
    let (heading, inside) = match invited {
        Some(invited) => known(invited, answer),
        None => ("Ce lien ne mène à rien", nowhere()),
    };
    door_document(nb(heading), false, inside, assets)
}

fn known(invited: Invited, answer: String) -> (&'static str, AnyView) {
    let Invited { event, name, guests, placed, left, refused, now } = invited;
    let heading = match placed {
        None => "Tu viens ?",
        Some(Placed::Seated { .. }) => "Tu as ta place",
        Some(Placed::Waiting { .. }) => "Tu es sur la liste d’attente",
        Some(Placed::Maybe | Placed::No) => "Tu ne viens pas",
    };
    let (starts_at, details) = (event.terms.times.starts_at, &event.terms.details);
    let party = 1 + u16::from(guests);
    let people = counted(usize::from(party), "personne", "personnes");
    let what = format!("« {} », {}, {}.", details.title, at(starts_at), details.place.name);
    let who = format!("Au nom de {name}, {people}.");
    let why = refused.map(|reason| {
        let why = nb(&sentence(&reason, &Speaking::at(now)));
        view! {
            <p class="field__error" role="alert">
                <Icon name="circle-alert"/>
                {why}
            </p>
        }
    });
    let off = match &event.state {
        State::Cancelled { word, .. } => Some(format!("Elle n’a pas lieu. {word}")),
        State::Removed { .. } => Some("Cette date n’est plus au programme.".to_owned()),
        _ if starts_at <= now => Some("Elle a commencé, ou elle est passée.".to_owned()),
        _ => None,
    };
    let forms = if off.is_some() { ().into_any() } else { forms(placed, answer) };
    let inside = view! {
        {why}
        <p>{nb(&what)}</p>
        <p class="soft">{nb(&who)}</p>
        {off.map(|off| view! { <p class="card">{nb(off.trim())}</p> })}
        {placed.map(|placed| view! { <p role="status">{nb(&stands(placed, party, left))}</p> })}
        {forms}
        <p class="door__soft small">{nb("Garde le mail : c’est de là que tu annules, si tu ne peux plus venir.")}</p>
    };
    (heading, inside.into_any())
}

/// Yes where there is none yet or a seat is to be had, no where there is something to give up.
fn forms(placed: Option<Placed>, answer: String) -> AnyView {
    let yes = match placed {
        None => Some("Oui, je viens"),
        Some(Placed::Waiting { free, .. }) if free > 0 => Some("Prendre la place"),
        Some(Placed::Maybe | Placed::No) => Some("Finalement, je viens"),
        Some(Placed::Waiting { .. } | Placed::Seated { .. }) => None,
    };
    let no = match placed {
        Some(Placed::Seated { .. } | Placed::Waiting { .. }) => Some("Je ne viens plus"),
        None | Some(Placed::Maybe | Placed::No) => None,
    };
    let button = |says: &'static str, words: &'static str, class: &'static str, action: String| {
        view! {
            <form class="door__form" method="post" action=action>
                <input type="hidden" name="geste" value=says/>
                <button class=class type="submit">{words}</button>
            </form>
        }
    };
    let also = answer.clone();
    view! {
        {yes.map(|words| button("oui", words, "button button--main button--block", answer))}
        {no.map(|words| button("non", words, "button button--block", also))}
    }
    .into_any()
}

fn nowhere() -> AnyView {
    view! {
        <p>{nb("Il est incomplet, trop vieux, ou un mail plus récent l’a remplacé. Rien n’a changé.")}</p>
        <a class="button button--main button--block" href=PRESENTATION>"Voir ce qui est prévu"</a>
    }
    .into_any()
}
