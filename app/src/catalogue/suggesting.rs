//! « J’aimerais trouver… »

use std::sync::Arc;

use domain::catalogue::SUGGESTION_CAP;
use domain::command::Command;
use domain::id::SuggestionId;
use leptos::prelude::*;
use uuid::Uuid;
use web_sys::FormData;

use super::address::WISHES;
use crate::acts::{ActForm, Read, value};
use crate::french::nb;

/// A line and a button; `text`: what stands there.
#[component]
pub fn Suggesting(
    /// Unique on the page.
    id: &'static str,
    #[prop(into)] text: Signal<String>,
) -> impl IntoView {
    let read: Read = Arc::new(|data: &FormData| {
        let text = value(data, "text")?;
        let intent = nb(&format!("J’aimerais trouver : {text}"));
        Some((Command::Suggest { suggestion: SuggestionId(Uuid::nil()), text }, intent))
    });
    // Its text is the input, its id is made when it is sent.
    let command = Command::Suggest { suggestion: SuggestionId(Uuid::nil()), text: String::new() };
    let hint = format!("{id}-aide");
    let described = hint.clone();
    view! {
        <ActForm command=command intent="" back=WISHES read=read again=true class="stack">
            <div class="field">
                <label class="field__label" for=id>"J’aimerais trouver…"</label>
                <input
                    class="field__input"
                    id=id
                    name="text"
                    type="text"
                    required
                    autocomplete="off"
                    maxlength=SUGGESTION_CAP.to_string()
                    aria-describedby=described
                    value=text.get_untracked()
                    prop:value=move || text.get()
                />
                <span class="field__hint" id=hint>
                    {nb("Tous les membres le voient, et peuvent dire « moi aussi ». Approvisionnement répond.")}
                </span>
            </div>
            <button class="button button--fill" type="submit">"Demander"</button>
        </ActForm>
    }
}
