//! « Échange possible »: a loop that lacks only my yes.

use domain::command::Command;
use domain::time::Instant;
use domain::view::exchanges::LoopCard as Card;
use leptos::prelude::*;

use super::Moves;
use crate::acts::ActForm;
use crate::french::bearing;
use crate::french::dates::{answer_by, day_and_hours_short};
use crate::ui::{EffectLine, Icon};

#[component]
pub fn LoopCard(
    card: Card,
    now: Instant,
    /// Where the answer shows without WASM.
    #[prop(into)]
    back: String,
) -> impl IntoView {
    let title = format!("boucle-{}", card.id);
    let last = card.names.len().saturating_sub(1);
    let path = card
        .names
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let me = at == last;
            view! {
                <li class="loop__person" class:loop__person--me=me>
                    {(at > 0).then(|| view! { <Icon name="arrow-right"/> })}
                    {if me { "toi".to_owned() } else { name.first.clone() }}
                </li>
            }
        })
        .collect_view();
    let intent =
        format!("Accepter l’échange : {} contre {}", day_and_hours_short(&card.gives), day_and_hours_short(&card.takes),);
    let labelled = title.clone();
    view! {
        <article class="card" aria-labelledby=labelled>
            <div class="card__head card__head--start">
                <h3 class="chip chip--proposed" id=title>"Échange possible"</h3>
                <span class="card__soft">{answer_by(card.answer_by, now)}</span>
            </div>
            <div class="loop">
                <Moves gives=card.gives takes=card.takes skill=card.skill/>
                <ol class="loop__path" aria-label="Qui prend la place de qui">{path}</ol>
            </div>
            <EffectLine>{bearing::after("Si tu acceptes", &card.bearing)}</EffectLine>
            <div class="card__acts">
                <ActForm command=Command::AcceptLoop { lacking: card.id } intent=intent back=back.clone()>
                    <button class="button button--main" type="submit">"Accepter"</button>
                </ActForm>
                <ActForm
                    command=Command::DeclineLoop { lacking: card.id }
                    intent="Refuser un échange possible"
                    back=back
                >
                    <button class="button" type="submit">"Pas cette fois"</button>
                </ActForm>
            </div>
        </article>
    }
}
