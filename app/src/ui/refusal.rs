//! What was not possible: what was wanted, why, who can lift it, and the next best thing.

use leptos::prelude::*;

use super::given::Words;
use super::{Chip, ChipLook};

/// A persistent card; `children` is the next best thing.
#[component]
pub fn RefusalCard(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// « Déjà prise », « Trop tard ».
    #[prop(default = "Pas possible".to_owned(), into)]
    label: String,
    /// What was wanted.
    #[prop(into)]
    title: String,
    #[prop(into)] sentence: String,
    /// Who can lift it.
    #[prop(optional, into)]
    who: Words,
    /// « demandé 14 h 20, reçu 16 h 05 »
    #[prop(optional, into)]
    when: Words,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let labelled = id.clone();
    view! {
        <article class="card card--refused" aria-labelledby=labelled>
            <div class="card__head card__head--start">
                <Chip look=ChipLook::Refused icon="circle-x">
                    {label}
                </Chip>
                {when.0.map(|when| view! { <span class="card__soft">{when}</span> })}
            </div>
            <h2 class="card__title" id=id>
                {title}
            </h2>
            <p>{sentence}</p>
            {who.0.map(|who| view! { <p class="card__soft">{who}</p> })}
            {children.map(|children| children())}
        </article>
    }
}
