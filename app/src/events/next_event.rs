//! The next event on Accueil, answered with one tap.

use domain::time::Instant;
use domain::view::events::EventCard as Card;
use leptos::prelude::*;

use super::answering::{Answering, WaitingChip};
use super::clash::Clash;
use super::event_card::AnswerChip;
use crate::french::events::{effect, how_many, when};
use crate::french::nb;
use crate::ui::{EffectLine, EffectLook};

#[component]
pub fn NextEvent(card: Card, now: Instant) -> impl IntoView {
    let id = card.id;
    let (href, title) = (format!("/sortie/{id}"), nb(&card.title));
    let (said, many) = (when(&card.times, now), how_many(card.seats, card.free, card.waiting));
    let soft = nb(&format!("{} · {many}", card.place));
    let mine = card.mine.map(|mine| (mine.party, mine.placed));
    let (party, placed) = mine.unzip();
    // What a « oui » would come to is said only where it may be the next tap.
    let comes_to = (card.open && party.is_none()).then(|| effect(card.free, card.waiting));
    let answers = card.open.then(|| view! { <Answering event=id title=card.title.clone() mine=party back="/"/> });
    let closed = (!card.open).then(|| view! { <p class="card__soft">"Les réponses sont closes."</p> });
    view! {
        <section class="section" aria-labelledby="prochaine-sortie">
            <div class="section__head">
                <h2 id="prochaine-sortie">"Prochaine sortie"</h2>
                <a class="section__more" href="/sorties">"Tout voir"</a>
            </div>
            <article class="card event-card" aria-labelledby="prochaine-sortie-titre">
                <div class="card__head">
                    <p class="event-card__when">{said}</p>
                    <AnswerChip event=id mine=placed/>
                </div>
                <h3 class="card__title" id="prochaine-sortie-titre">
                    <a class="card__link" href=href>{title}</a>
                </h3>
                <p class="card__soft">{soft}</p>
                <WaitingChip event=id/>
                <Clash clash=card.clash/>
                {comes_to.map(|said| view! { <EffectLine look=EffectLook::Info icon="info">{said}</EffectLine> })}
                {answers}
                {closed}
            </article>
        </section>
    }
}
