//! A seat on the board that somebody wants to leave.

use domain::calendar::PublicKind;
use domain::time::Instant;
use domain::view::exchanges::OfferCard as Card;
use leptos::prelude::*;

use crate::french::dates::day_and_hours_short;
use crate::french::reasons::{Speaking, sentence};
use crate::french::{capitalized, nb};

#[component]
pub fn OfferCard(card: Card, now: Instant) -> impl IntoView {
    let shift = card.when.shift;
    let title = format!("offre-{}", card.id);
    let (verb, label, sheet) = match card.kind {
        PublicKind::Give if card.for_me => (" te propose sa place", "Prendre la place", "prendre"),
        PublicKind::Give => (" donne sa place", "Prendre la place", "prendre"),
        PublicKind::Exchange => (" cherche un échange", "Proposer un échange", "proposer"),
    };
    let href = format!("/vacation/{shift}?feuille={sheet}&place={}", card.seat.position);
    let who = card.holder.name.to_string();
    let task = match (&card.skill, card.lead) {
        (_, true) => Some("Place d’animation".to_owned()),
        (Some(skill), _) => Some(skill.clone()),
        (None, _) => None,
    };
    let note = (!card.note.is_empty()).then(|| nb(&format!("« {} »", card.note)));
    let described = title.clone();
    let act = match &card.why_not {
        Some(reason) => {
            let told = sentence(reason, &Speaking::at(now));
            view! { <p class="card__soft">{told}</p> }.into_any()
        }
        None => {
            let main = if card.kind == PublicKind::Give { "button button--main" } else { "button button--fill" };
            view! {
                <div class="card__acts">
                    <a class=main href=href aria-describedby=described>{label}</a>
                </div>
            }
            .into_any()
        }
    };
    let labelled = title.clone();
    view! {
        <article class="card" aria-labelledby=labelled>
            <h3 class="card__date" id=title>
                <a class="card__link" href=format!("/vacation/{shift}")>
                    {capitalized(&day_and_hours_short(&card.when))}
                </a>
            </h3>
            <div class="offer__who">
                <span class="seat seat--offered" class:seat--lead=card.lead data-name=who.clone() aria-hidden="true">
                    <span>{card.holder.name.initials()}</span>
                </span>
                <span>{who}<span class="card__soft">{verb}</span></span>
            </div>
            {task.map(|task| view! { <p class="card__soft">{task}</p> })}
            {note.map(|note| view! { <p class="card__soft">{note}</p> })}
            {act}
        </article>
    }
}
