//! A row of a list that leads elsewhere, with how much waits there.

use leptos::prelude::*;

use super::given::Words;
use super::{Chip, ChipLook, Icon};

#[component]
pub fn RowLink(
    icon: &'static str,
    href: &'static str,
    title: &'static str,
    #[prop(optional, into)] soft: Words,
    /// It is no page of the app: the browser goes there, not the router.
    #[prop(optional)]
    external: bool,
    /// None waits: the row says only where it leads.
    #[prop(optional, into)]
    waiting: Option<Signal<usize>>,
) -> impl IntoView {
    view! {
        <li class="row">
            <Icon name=icon/>
            <span class="row__body">
                <a class="row__link row__title" href=href rel=external.then_some("external")>
                    {title}
                </a>
                {soft.0.map(|soft| view! { <span class="row__soft">{soft}</span> })}
            </span>
            <span class="row__end">
                {move || match waiting.map_or(0, |waiting| waiting.get()) {
                    0 => view! { <Icon name="chevron-right"/> }.into_any(),
                    some => view! { <Chip look=ChipLook::Missing>{some}</Chip> }.into_any(),
                }}
            </span>
        </li>
    }
}
