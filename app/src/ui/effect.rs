//! What a choice changes, said before the tap.

use leptos::prelude::*;

use super::Icon;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum EffectLook {
    #[default]
    Plain,
    /// Something is left to do.
    Less,
    Info,
}

impl EffectLook {
    fn class(self) -> &'static str {
        match self {
            EffectLook::Plain => "effect",
            EffectLook::Less => "effect effect--less",
            EffectLook::Info => "effect effect--info",
        }
    }
}

#[component]
pub fn Effect(
    #[prop(optional)] look: EffectLook,
    #[prop(default = "scale")] icon: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <p class=look.class()>
            <Icon name=icon/>
            <span>{children()}</span>
        </p>
    }
}
