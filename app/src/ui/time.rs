//! A date for three readers: the eye, a screen reader, a machine.

use leptos::prelude::*;

use super::given::Words;

#[component]
pub fn Time(
    /// ISO 8601.
    #[prop(into)]
    datetime: String,
    /// « sam. 28 nov., 9 h – 12 h »
    #[prop(into)]
    shown: String,
    /// « samedi 28 novembre, de 9 heures à 12 heures »; without it, what is shown is read.
    #[prop(optional, into)]
    spoken: Words,
) -> impl IntoView {
    match spoken.0 {
        None => view! { <time datetime=datetime>{shown}</time> }.into_any(),
        Some(spoken) => view! {
            <time datetime=datetime>
                <span aria-hidden="true">{shown}</span>
                <span class="visually-hidden">{spoken}</span>
            </time>
        }
        .into_any(),
    }
}
