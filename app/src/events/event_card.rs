//! An event in a list: when, what, where, who comes, and what I answered.

use domain::event::Placed;
use domain::time::Instant;
use domain::view::events::EventCard as Card;
use leptos::prelude::*;

use super::clash::Clash;
use super::facts::cover_of;
use crate::french::events::{how_many, standing, when};
use crate::french::nb;
use crate::ui::{Chip, ChipLook};

#[component]
pub fn EventCard(card: Card, now: Instant) -> impl IntoView {
    let (href, id) = (format!("/sortie/{}", card.id), format!("sortie-{}", card.id));
    let labelled = id.clone();
    let (said, title, place) = (when(&card.times, now), nb(&card.title), nb(&card.place));
    let off = card.cancelled.is_some();
    let class = if off || card.over { "card event-card event-card--off" } else { "card event-card" };
    let many = (!off).then(|| how_many(card.seats, card.free, card.waiting));
    let public = card.public.then(|| view! { <Chip look=ChipLook::Proposed>"Ouverte à tout le monde"</Chip> });
    let clash = (!off).then(|| view! { <Clash clash=card.clash/> });
    view! {
        <article class=class aria-labelledby=labelled>
            {card.cover.map(|cover| cover_of(cover, true))}
            <div class="card__head">
                <p class="event-card__when">{said}</p>
                <AnswerChip mine=card.mine.map(|mine| mine.placed) off=off/>
            </div>
            <h2 class="card__title" id=id>
                <a class="card__link" href=href>{title}</a>
            </h2>
            <p class="card__soft">{place}</p>
            {many.map(|said| view! { <p class="card__soft">{said}</p> })}
            {public}
            {clash}
        </article>
    }
}

/// « Liste d’attente, n° 3 »; « Annulée » where it does not take place.
#[component]
pub fn AnswerChip(mine: Option<Placed>, off: bool) -> impl IntoView {
    if off {
        return view! { <Chip look=ChipLook::Refused icon="calendar-x">"Annulée"</Chip> }.into_any();
    }
    mine.map(|placed| {
        let (look, icon) = match placed {
            Placed::Seated { .. } => (ChipLook::Mine, "check"),
            Placed::Waiting { .. } => (ChipLook::Waiting, "hourglass"),
            Placed::Maybe => (ChipLook::Neutral, "circle-dot"),
            Placed::No => (ChipLook::Plain, "circle-minus"),
        };
        let said = standing(placed);
        view! { <Chip look=look icon=icon>{said}</Chip> }
    })
    .into_any()
}
