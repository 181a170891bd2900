//! Two people wrote from the same version: both are shown, and one of them is kept, or something new of both.

use domain::brief::{Block, Said};
use domain::time::Instant;
use domain::view::proposing::Mine;
use leptos::prelude::*;

use super::draft::Draft;
use super::proposing_page::PAGE;
use crate::acts::ActForm;
use crate::french::dates::moment;
use crate::french::nb;

/// Nothing where nothing stands beside what is shown. `closed`: contributions are, so Communication settles it.
#[component]
pub fn Crossing(block: Block, mine: Mine, now: Instant, closed: bool) -> impl IntoView {
    let beside = block.revisions_beside();
    if beside.is_empty() {
        return ().into_any();
    }
    let settled = move |block: &Block, said: Said, words: &'static str, at: usize| {
        let draft = Draft::of(&Block { said: said.clone(), ..block.clone() });
        let title = nb(&format!("Garder une version de « {} »", said.title));
        let (id, heading) = (block.id, format!("version-{at}"));
        let keep = draft.command(id, false, beside.clone()).filter(|_| !closed).map(|command| {
            view! {
                <ActForm command=command intent=title back=format!("{PAGE}/{id}")>
                    <button class="button button--fill" type="submit" aria-describedby=heading>"Garder celle-ci"</button>
                </ActForm>
            }
        });
        view! {
            <p class="card__soft" id=format!("version-{at}")>{words}</p>
            <p class="card__title">{nb(&said.title)}</p>
            <p class="brief__typed">{said.text}</p>
            {said.picture.map(|picture| view! { <p class="card__soft">{nb(&format!("Image : {}", picture.alt))}</p> })}
            {said.link.map(|link| view! { <p class="card__soft">{format!("{} → {}", link.label, link.href)}</p> })}
            {keep}
        }
    };
    let shown = settled(&block, block.said.clone(), "La version montrée", 0);
    let versions = block
        .beside
        .iter()
        .enumerate()
        .map(|(at, version)| {
            let who = mine.people.get(&version.by).map_or_else(|| "Quelqu’un".to_owned(), ToString::to_string);
            let by = nb(&format!("Écrite par {who}, {}", moment(version.at, now)));
            view! {
                <li class="card card--inner">
                    <p class="card__soft">{by}</p>
                    {settled(&block, version.said.clone(), "Une autre version", at + 1)}
                </li>
            }
        })
        .collect_view();
    let what = if closed {
        "La brève est bouclée : Communication voit les deux, et choisit. Rien n’est perdu."
    } else {
        "Rien n’est perdu. Garde l’une, ou écris plus bas celle qui les remplace toutes."
    };
    view! {
        <section class="section" aria-labelledby="croisees">
            <h2 id="croisees">"Deux versions se sont croisées"</h2>
            <p>{nb(what)}</p>
            <ul class="stack">
                <li class="card card--inner">{shown}</li>
                {versions}
            </ul>
        </section>
    }
    .into_any()
}
