//! Contributions that are not in the issue: not placed yet, put aside, or withdrawn.

use domain::brief::{Block, BlockState, PieceKey, Workshop};
use leptos::prelude::*;

use super::form::POSTED_TO;
use super::pieces::about;
use crate::french::dates::{iso_day, moment};
use crate::french::nb;
use crate::procedures::form::Posted;
use crate::ui::Icon;

/// What waits to be placed.
#[component]
pub fn Contributions(workshop: Workshop) -> impl IntoView {
    let placed = |block: &&Block| workshop.brief.pieces.iter().any(|piece| piece.key() == PieceKey::Block(block.id));
    let waiting: Vec<&Block> = workshop.blocks.iter().filter(|block| block.is_proposed() && !placed(block)).collect();
    let rows = waiting
        .iter()
        .map(|block| {
            view! {
                <li class="pieces__piece card" id=PieceKey::Block(block.id).to_string() tabindex="-1">
                    <h4 class="card__title">{nb(&block.said.title)}</h4>
                    {about(&workshop, block)}
                    <div class="card__acts">
                        {place(&workshop, block)}
                        <a
                            class="button button--soft"
                            href=format!("{POSTED_TO}/bloc/{}", block.id)
                            aria-label=nb(&format!("Relire et modifier « {} »", block.said.title))
                        >
                            "Relire et modifier"
                        </a>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="section section--apart" aria-labelledby="en-attente">
            <h3 id="en-attente">"Pas encore placé"</h3>
            {if waiting.is_empty() {
                view! { <p class="soft">{nb("Toutes les contributions sont dans la brève.")}</p> }.into_any()
            } else {
                view! { <ul class="pieces">{rows}</ul> }.into_any()
            }}
            <a class="button" href="/breve/proposer">
                <Icon name="square-plus"/>
                "Écrire un bloc"
            </a>
        </section>
    }
}

fn place(workshop: &Workshop, block: &Block) -> AnyView {
    let with = vec![("lundi", iso_day(workshop.brief.monday)), ("block", block.id.to_string())];
    let label = format!("Placer « {} » dans la brève", block.said.title);
    view! {
        <Posted to=POSTED_TO act="placer" of=block.id.to_string() with=with>
            <button class="button button--fill" type="submit" aria-label=nb(&label)>
                "Placer"
            </button>
        </Posted>
    }
    .into_any()
}

/// What does not come.
#[component]
pub fn Aside(workshop: Workshop) -> impl IntoView {
    let open = workshop.brief.stage.editable().is_ok();
    let rows: Vec<AnyView> = workshop.blocks.iter().filter_map(|block| aside(&workshop, block, open)).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="section section--apart" aria-labelledby="de-cote">
                <h3 class="visually-hidden" id="de-cote">"Mis de côté"</h3>
                <details class="history">
                    <summary class="history__head">
                        "Mis de côté"
                        <Icon name="chevron-down"/>
                    </summary>
                    <ul class="pieces">{rows}</ul>
                </details>
            </section>
        }
    })
}

fn aside(workshop: &Workshop, block: &Block, open: bool) -> Option<AnyView> {
    let (said, back) = match &block.state {
        BlockState::Refused { at, by, word } => {
            (format!("Refusé par {}, {} : « {word} »", workshop.who(*by), moment(*at, workshop.now)), open)
        }
        BlockState::Withdrawn { at } => (format!("Retiré par son auteur·e, {}", moment(*at, workshop.now)), false),
        BlockState::Proposed | BlockState::Published { .. } => return None,
    };
    Some(
        view! {
            <li class="pieces__piece card">
                <h4 class="card__title">{nb(&block.said.title)}</h4>
                <p class="soft">{nb(&said)}</p>
                {back.then(|| place(workshop, block))}
            </li>
        }
        .into_any(),
    )
}
