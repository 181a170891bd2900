//! What became of the act that a still page's address names.

use domain::outcome::Outcome;
use leptos::prelude::*;

use super::act_outcome::told_sentence;
use super::refusal::Refusal;
use crate::screen::Told;
use crate::ui::Icon;

/// Read under the page's suspense.
#[component]
pub fn Answered(told: Told) -> impl IntoView {
    if let Some(Outcome::Refused { reason }) = told.outcome() {
        return view! { <Refusal reason=reason wanted="Rien n’a changé"/> }.into_any();
    }
    let said = told_sentence(Some(told)).map(|said| view! { <Noted>{said}</Noted> });
    said.into_any()
}

/// A quiet line that stays: it is done.
#[component]
pub fn Noted(children: Children) -> impl IntoView {
    view! {
        <div class="notice notice--done" role="status">
            <span class="notice__icon">
                <Icon name="circle-check"/>
            </span>
            <p class="notice__text">{children()}</p>
        </div>
    }
}
