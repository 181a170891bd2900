//! An act that is held for a while, with « Annuler ».

use leptos::prelude::*;

/// `left` counts down in seconds; whoever listens hears the act once, not each second.
#[component]
pub fn UndoBar(
    /// What was done: « Place proposée à l’échange ».
    #[prop(into)]
    text: String,
    /// Seconds before it leaves.
    #[prop(into)]
    left: Signal<u32>,
    #[prop(into)] on_undo: Callback<()>,
) -> impl IntoView {
    let whole = left.get_untracked();
    view! {
        <div class="toast" style=("--toast-for", format!("{whole}s"))>
            <p class="toast__text">
                <span role="status">{text}</span>
                <span class="toast__soft">
                    "Part dans "<span aria-hidden="true">{move || left.get()}</span>
                    <span class="visually-hidden">{format!("{whole} secondes")}</span><span aria-hidden="true">"\u{a0}s"</span>
                </span>
            </p>
            <button class="button" type="button" on:click=move |_| on_undo.run(())>
                "Annuler"
            </button>
            <span class="toast__left" aria-hidden="true"></span>
        </div>
    }
}
