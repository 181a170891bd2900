//! One quiet line, never a block.

use leptos::prelude::*;

use super::Icon;
use super::given::Words;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum BannerLook {
    /// All is well.
    #[default]
    Plain,
    /// No network, old data.
    Offline,
    Info,
    /// Something is to do.
    Alert,
    /// Something went wrong, or is late.
    Refused,
}

impl BannerLook {
    fn class(self) -> &'static str {
        match self {
            BannerLook::Plain => "banner",
            BannerLook::Offline => "banner banner--offline",
            BannerLook::Info => "banner banner--info",
            BannerLook::Alert => "banner banner--alert",
            BannerLook::Refused => "banner banner--refused",
        }
    }
}

/// A line with an icon; a link when `href` is given, otherwise a status that is read aloud.
#[component]
pub fn Banner(
    #[prop(into)] icon: Oco<'static, str>,
    #[prop(optional)] look: BannerLook,
    #[prop(optional, into)] href: Option<String>,
    /// A second, softer line.
    #[prop(optional, into)]
    soft: Words,
    children: Children,
) -> impl IntoView {
    let body = view! {
        <Icon name=icon/>
        <span class="banner__body">{children()} {soft.0.map(|soft| view! { <span class="banner__soft">{soft}</span> })}</span>
    };
    match href {
        // A real navigation: what it leads to, only the server can show.
        Some(href) => view! { <a class=look.class() href=href rel="external">{body}</a> }.into_any(),
        None => view! { <p class=look.class() role="status">{body}</p> }.into_any(),
    }
}
