//! The frame of public pages: signing in, installing, an invitation. No bar, one column.

use leptos::prelude::*;

/// The shop's name, the ridge where the page wants it, then the page.
#[component]
pub fn Door(
    /// Draws the mountain line under the name.
    #[prop(optional)]
    ridge: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="app app--door">
            <main class="door" id="contenu">
                <div>
                    <p class="door__brand">"alpar"</p>
                    {ridge.then(|| view! { <Ridge/> })}
                </div>
                {children()}
            </main>
        </div>
    }
}

#[component]
fn Ridge() -> impl IntoView {
    view! {
        <svg class="ridge" viewBox="0 0 400 90" aria-hidden="true">
            <path d="M2 86 40 62l22 12 46-50 20 18 18-14 34 38 24-18 40-46 34 40 22-16 36 38 22-12 40 34"></path>
            <path d="m92 42 16 14 14-8M236 28l14 16 20-2" opacity=".55"></path>
        </svg>
    }
}
