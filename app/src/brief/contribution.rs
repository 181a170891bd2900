//! A contribution of mine: how far it is, and taking it back.

use domain::brief::{Block, BlockState};
use domain::command::Command;
use domain::id::BlockId;
use domain::view::proposing::Mine;
use leptos::prelude::*;

use super::proposing_page::PAGE;
use crate::acts::ActForm;
use crate::french::brief::state;
use crate::french::dates::iso_day;
use crate::french::nb;
use crate::offline::acts::Acts;
use crate::ui::{Chip, ChipLook};

/// Its card in a list, or alone over what is written of it.
#[component]
pub fn Contribution(
    block: Block,
    mine: Mine,
    collecting: Option<chrono::NaiveDate>,
    /// On its own page.
    #[prop(optional)]
    alone: bool,
) -> impl IntoView {
    let acts = Acts::expect();
    let id = block.id;
    let answered_by = match &block.state {
        BlockState::Refused { by, .. } => mine.people.get(by).map(ToString::to_string),
        _ => None,
    };
    let (word, said) = state(&block, collecting, answered_by.as_deref());
    let look = match &block.state {
        BlockState::Published { .. } => ChipLook::Done,
        BlockState::Refused { .. } => ChipLook::Missing,
        BlockState::Proposed if block.ready => ChipLook::Done,
        _ => ChipLook::Proposed,
    };
    let href = match &block.state {
        BlockState::Published { .. } => format!("/breve/{}#bloc-{id}", iso_day(block.monday)),
        _ => format!("{PAGE}/{id}"),
    };
    let title = nb(&block.said.title);
    let labelled = format!("contribution-{id}");
    let (heading, linked) = (labelled.clone(), !alone);
    let waits = Memo::new(move |_| is_waiting(acts, id));
    let crossed = (!block.beside.is_empty() && linked).then(|| {
        view! { <p><a href=format!("{PAGE}/{id}")>{nb("Deux versions se sont croisées : choisis celle qui reste.")}</a></p> }
    });
    let withdraw = block.is_proposed().then(|| {
        view! {
            <ActForm command=Command::WithdrawBlock { block: id } intent=nb(&format!("Retirer « {title} » de la brève")) back=PAGE>
                <button class="button button--quiet" type="submit">"Retirer"</button>
            </ActForm>
        }
    });
    view! {
        <article class="card" class=("card--waiting", move || waits.get()) aria-labelledby=labelled>
            <div class="card__head">
                {if linked {
                    view! { <h3 class="card__title" id=heading><a href=href>{title}</a></h3> }.into_any()
                } else {
                    view! { <h2 class="card__title" id=heading>{title}</h2> }.into_any()
                }}
                <Chip look=look>{word}</Chip>
            </div>
            <p class="card__soft">{said}</p>
            {move || waits.get().then(|| view! { <Chip look=ChipLook::Waiting>"En attente d’envoi"</Chip> })}
            {crossed}
            {withdraw}
        </article>
    }
}

/// Something about it is on its way.
fn is_waiting(acts: Acts, id: BlockId) -> bool {
    let about = |command: &Command| match command {
        Command::ProposeBlock { block, .. } | Command::EditBlock { block, .. } | Command::WithdrawBlock { block } => *block == id,
        _ => false,
    };
    acts.outbox.with(|outbox| outbox.entries.iter().any(|entry| entry.state.is_waiting() && entry.command().is_some_and(about)))
}
