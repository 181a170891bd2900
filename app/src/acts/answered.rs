//! What became of the act that a still page's address names.

use domain::outcome::Outcome;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::act_form::DONE;
use super::act_outcome::told_sentence;
use super::done::on_still_page;
use super::refusal::Refusal;
use crate::french::nb;
use crate::screen::Told;
use crate::ui::Icon;

/// Read under the page's suspense.
#[component]
pub fn Answered(told: Told) -> impl IntoView {
    if let Some(Outcome::Refused { reason }) = told.outcome() {
        return view! { <Refusal reason=reason wanted="Rien n’a changé"/> }.into_any();
    }
    let kind = use_query_map().with(|query| query.get(DONE)).unwrap_or_default();
    let said = told_sentence(Some(told)).map(|plain| on_still_page(&kind).map_or(plain, str::to_owned));
    said.map(|said| view! { <Noted>{nb(&said)}</Noted> }).into_any()
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
