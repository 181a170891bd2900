//! An event in a list: when, what, where, who comes, and what I answered.

use domain::event::Placed;
use domain::id::EventId;
use domain::time::Instant;
use domain::view::events::EventCard as Card;
use leptos::prelude::*;

use super::answering::{WaitingChip, answer_waits};
use super::clash::Clash;
use super::facts::cover_of;
use crate::french::events::{how_many, likely, standing, stood, when};
use crate::french::nb;
use crate::offline::acts::Acts;
use crate::ui::{Chip, ChipLook};

#[component]
pub fn EventCard(card: Card, now: Instant) -> impl IntoView {
    let event = card.id;
    let (href, id) = (format!("/sortie/{event}"), format!("sortie-{event}"));
    let labelled = id.clone();
    let (said, title, place) = (when(&card.times, now), nb(&card.title), nb(&card.place));
    let (off, over) = (card.cancelled.is_some(), card.over);
    let class = if off || over { "card event-card event-card--off" } else { "card event-card" };
    // Who came is not known of one that is over.
    let many = (!off && !over).then(|| how_many(card.seats, card.free, card.waiting));
    let public = card.public.then(|| view! { <Chip look=ChipLook::Proposed>"Ouverte à tout le monde"</Chip> });
    let clash = (!off).then(|| view! { <Clash clash=card.clash/> });
    view! {
        <article class=class aria-labelledby=labelled>
            {card.cover.map(|cover| cover_of(cover, true))}
            <div class="card__head">
                <p class="event-card__when">{said}</p>
                <AnswerChip event=event mine=card.mine.map(|mine| mine.placed) off=off over=over/>
            </div>
            <h2 class="card__title" id=id>
                <a class="card__link" href=href>{title}</a>
            </h2>
            <p class="card__soft">{place}</p>
            {many.map(|said| view! { <p class="card__soft">{said}</p> })}
            {public}
            <WaitingChip event=event/>
            {clash}
        </article>
    }
}

/// « Liste d’attente, n° 3 », with a « sans doute » until it has left this device; « Annulée » where it does not take place.
#[component]
pub fn AnswerChip(
    event: EventId,
    mine: Option<Placed>,
    #[prop(optional)] off: bool,
    /// What was said stands in the past.
    #[prop(optional)]
    over: bool,
) -> impl IntoView {
    if off {
        return view! { <Chip look=ChipLook::Refused icon="calendar-x">"Annulée"</Chip> }.into_any();
    }
    let said = standing_said(event, over);
    mine.map(|placed| {
        let (look, icon) = match placed {
            _ if over => (ChipLook::Plain, "circle-dot"),
            Placed::Seated { .. } => (ChipLook::Mine, "check"),
            Placed::Waiting { .. } => (ChipLook::Waiting, "hourglass"),
            Placed::Maybe => (ChipLook::Neutral, "circle-dot"),
            Placed::No => (ChipLook::Plain, "circle-minus"),
        };
        view! { <Chip look=look icon=icon>{move || said(placed)}</Chip> }
    })
    .into_any()
}

/// The words of an answer, by how far it is.
pub fn standing_said(event: EventId, over: bool) -> impl Fn(Placed) -> String + Copy + Send + 'static {
    let acts = Acts::expect();
    let waits = Memo::new(move |_| answer_waits(acts, event));
    move |placed| match (over, waits.get()) {
        (true, _) => stood(placed).to_owned(),
        (false, true) => likely(placed),
        (false, false) => standing(placed),
    }
}
