//! « Échange direct »: somebody asks for my seat against theirs.

use domain::command::Command;
use domain::time::Instant;
use domain::view::exchanges::ProposalCard as Card;
use leptos::prelude::*;

use super::Moves;
use crate::acts::ActForm;
use crate::french::dates::{answer_by, day_and_hours_short};
use crate::french::{bearing, nb};
use crate::ui::EffectLine;

#[component]
pub fn ProposalCard(
    card: Card,
    now: Instant,
    /// Where the answer shows without WASM.
    #[prop(into)]
    back: String,
) -> impl IntoView {
    let title = format!("proposition-{}", card.id);
    let who = card.with.name.to_string();
    let intent = format!(
        "Échanger avec {} : {} contre {}",
        card.with.name.first,
        day_and_hours_short(&card.gives),
        day_and_hours_short(&card.takes),
    );
    let note = (!card.note.is_empty()).then(|| nb(&format!("« {} »", card.note)));
    let labelled = title.clone();
    view! {
        <article class="card" aria-labelledby=labelled>
            <div class="card__head card__head--start">
                <h3 class="chip chip--proposed" id=title>"Échange direct"</h3>
                <span class="card__soft">{answer_by(card.answer_by, now)}</span>
            </div>
            <div class="offer__who">
                <span class="seat" data-name=who.clone()>{card.with.name.initials()}</span>
                <span>{who}<span class="card__soft">" te propose un échange"</span></span>
            </div>
            <div class="loop">
                <Moves gives=card.gives takes=card.takes/>
            </div>
            {note.map(|note| view! { <p class="card__soft">{note}</p> })}
            <EffectLine>{bearing::after("Si tu acceptes", &card.bearing)}</EffectLine>
            <div class="card__acts">
                <ActForm
                    command=Command::AcceptProposal { proposal: card.id }
                    intent=intent
                    back=back.clone()
                >
                    <button class="button button--main" type="submit">"Accepter"</button>
                </ActForm>
                <ActForm
                    command=Command::RefuseProposal { proposal: card.id }
                    intent=format!("Refuser l’échange proposé par {}", card.with.name.first)
                    back=back
                >
                    <button class="button" type="submit">"Refuser"</button>
                </ActForm>
            </div>
        </article>
    }
}
