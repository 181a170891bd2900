//! The shape of what comes, while it comes.

use leptos::prelude::*;

/// `cards` cards to come; `label` tells whoever listens what is on its way.
#[component]
pub fn Skeleton(#[prop(into)] label: String, #[prop(default = 3)] cards: usize) -> impl IntoView {
    let card = || {
        view! {
            <div class="card skeleton" aria-hidden="true">
                <div class="skeleton__bar skeleton__bar--title"></div>
                <div class="skeleton__bar"></div>
                <div class="skeleton__bar skeleton__bar--button"></div>
            </div>
        }
    };
    view! {
        <p class="visually-hidden" role="status">
            {label}
        </p>
        {(0..cards).map(|_| card()).collect_view()}
    }
}
