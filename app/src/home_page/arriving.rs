//! « Arriver »: a newcomer's steps, and what comes next.

use domain::register::Arriving;
use leptos::prelude::*;

use crate::french::nb;
use crate::french::register::{step, step_help};
use crate::register::form::ARRIVING;
use crate::register::stages;
use crate::ui::Icon;

#[component]
pub fn ArrivingCard(way: Arriving) -> impl IntoView {
    let done = way.stages.iter().filter(|stage| stage.done).count();
    let all = way.stages.len();
    let next = way.next.map(|next| {
        view! {
            <p>
                <strong>{nb(step(next))}</strong>
                <br/>
                {nb(step_help(next))}
            </p>
        }
    });
    let count = nb(&format!("{done} étapes sur {all}"));
    let list = stages(&way);
    view! {
        <section class="card" aria-labelledby="arriver">
            <div class="card__head">
                <h2 class="card__title" id="arriver">"Tu arrives"</h2>
                <span class="chip chip--proposed">{count}</span>
            </div>
            {next}
            <details class="history">
                <summary class="history__head">
                    "Toutes les étapes"
                    <Icon name="chevron-down"/>
                </summary>
                {list}
            </details>
            <div class="card__acts">
                <a class="button button--fill" href=ARRIVING>
                    "La suite"
                </a>
            </div>
        </section>
    }
}
