//! A contribution that was refused: its text is not lost, and may be sent anew.

use domain::command::Command;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

use super::draft::{Draft, take_up};
use super::proposing_page::PAGE;
use crate::french::nb;
use crate::offline::acts::Acts;

/// What was written, and « Reprendre », which makes a draft of it; nothing for any other act.
#[component]
pub fn TakenUp(command: Command) -> impl IntoView {
    let Some(draft) = Draft::of_command(&command) else { return ().into_any() };
    let (acts, navigate) = (Acts::expect(), use_navigate());
    let other = RwSignal::new(false);
    let text = draft.text.clone();
    let again = move |_| {
        let (draft, navigate) = (draft.clone(), navigate.clone());
        spawn_local(async move {
            if take_up(acts, draft).await {
                navigate(PAGE, Default::default());
            } else {
                other.try_set(true);
            }
        });
    };
    view! {
        <details class="history">
            <summary class="history__head">"Ce que tu avais écrit"</summary>
            <p class="brief__typed">{text}</p>
            <button class="button" type="button" on:click=again>"Reprendre ce texte"</button>
            <p class="field__error" role="alert" hidden=move || !other.get()>
                {nb("Un autre brouillon attend dans « Écrire pour la brève » : envoie-le d’abord, ou copie ce texte.")}
            </p>
        </details>
    }
    .into_any()
}
