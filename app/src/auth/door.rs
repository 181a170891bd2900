//! A page before one is inside: its title, and one thing to do.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::ui;

#[component]
pub fn Door(
    #[prop(into)] title: String,
    /// The mountain line, drawn once, on the first page.
    #[prop(optional)]
    ridge: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <Title text=format!("{title} · Alpar")/>
        <ui::Door ridge=ridge>
            <h1 class="door__title" tabindex="-1">{title}</h1>
            {children()}
        </ui::Door>
    }
}
