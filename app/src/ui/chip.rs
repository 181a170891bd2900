//! A state in two or three words.

use leptos::prelude::*;

use super::Icon;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ChipLook {
    #[default]
    Neutral,
    Done,
    Mine,
    /// Somebody is missing.
    Missing,
    /// Waiting, offered.
    Waiting,
    /// Proposed to me.
    Proposed,
    Refused,
    /// Words alone.
    Plain,
}

impl ChipLook {
    pub fn class(self) -> &'static str {
        match self {
            ChipLook::Neutral => "chip",
            ChipLook::Done => "chip chip--done",
            ChipLook::Mine => "chip chip--mine",
            ChipLook::Missing => "chip chip--missing",
            ChipLook::Waiting => "chip chip--waiting",
            ChipLook::Proposed => "chip chip--proposed",
            ChipLook::Refused => "chip chip--refused",
            ChipLook::Plain => "chip chip--plain",
        }
    }
}

#[component]
pub fn Chip(
    #[prop(optional)] look: ChipLook,
    #[prop(optional, into)] icon: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    view! {
        <span class=look.class()>
            {icon.map(|name| view! { <Icon name=name small=true/> })}
            {children()}
        </span>
    }
}
