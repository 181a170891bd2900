//! The solidarity pot: a vacation done ahead for somebody who cannot, or one from it.

use domain::command::Command;
use domain::reason::Reason;
use domain::time::Instant;
use domain::view::commitment::PotView;
use leptos::prelude::*;

use super::commitment_page::PAGE;
use crate::acts::ActForm;
use crate::french::nb;
use crate::french::reasons::{Speaking, sentence};

#[component]
pub fn Pot(pot: PotView, now: Instant) -> impl IntoView {
    let way = |why_not: Option<Reason>, command: Command, intent: &'static str, words: &'static str, effect: &'static str| {
        match why_not {
            Some(reason) => view! { <p class="soft">{sentence(&reason, &Speaking::at(now))}</p> }.into_any(),
            None => view! {
                <ActForm command=command intent=intent back=PAGE class="stack">
                    <p>{nb(effect)}</p>
                    <button class="button" type="submit">{words}</button>
                </ActForm>
            }
            .into_any(),
        }
    };
    view! {
        <section class="section section--apart" aria-labelledby="pot">
            <h2 id="pot">"Le pot solidaire"</h2>
            <p class="soft">"On y met une vacation d’avance ; elle sert à quelqu’un qui ne peut pas suivre en ce moment."</p>
            {way(
                pot.give,
                Command::GiveSolidarity,
                "Donner une vacation au pot solidaire",
                "Donner une vacation",
                "Tu donnes : ton avance baisse d’une vacation.",
            )}
            {way(
                pot.draw,
                Command::DrawSolidarity,
                "Demander une vacation au pot solidaire",
                "Prendre une vacation du pot",
                "Tu en prends une : il te restera une vacation de moins à faire. Personne d’autre ne le voit.",
            )}
        </section>
    }
}
