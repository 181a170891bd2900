//! A way out of several, with its effect; one that is shut says until when it was open.

use leptos::prelude::*;

use super::Icon;
use super::given::Words;

#[component]
pub fn Way(
    icon: &'static str,
    #[prop(into)] title: String,
    #[prop(optional, into)] soft: Words,
    #[prop(into)] href: String,
) -> impl IntoView {
    view! {
        <a class="choice" href=href data-noscroll="">
            <Icon name=icon/>
            <span class="choice__body">
                <span class="choice__title">{title}</span>
                {soft.0.map(|soft| view! { <span class="choice__soft">{soft}</span> })}
            </span>
            <Icon name="chevron-right"/>
        </a>
    }
}

#[component]
pub fn WayOff(icon: &'static str, #[prop(into)] title: String, #[prop(into)] why: String) -> impl IntoView {
    view! {
        <div class="choice choice--off">
            <Icon name=icon/>
            <span class="choice__body">
                <span class="choice__title">{title}</span>
                <span class="choice__soft">{why}</span>
            </span>
        </div>
    }
}
