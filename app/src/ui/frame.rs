//! The frame of every member page: the bar, the page, what concerns me beside it.

use leptos::prelude::*;

use super::Nav;
use super::given::Part;

/// How the page shares a wide window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Width {
    /// A column of text, with the aside.
    #[default]
    Text,
    /// The week, the board: as wide as it goes, with the aside.
    Wide,
    /// A column alone.
    Alone,
}

impl Width {
    fn class(self) -> &'static str {
        match self {
            Width::Text => "page",
            Width::Wide => "page page--wide",
            Width::Alone => "page page--alone",
        }
    }
}

/// The bar is on every screen. The page begins with its own head (`PageHead`).
#[component]
pub fn Frame(
    #[prop(optional)] width: Width,
    /// « Ce qui te concerne », on the right of a wide window and below on a phone.
    #[prop(optional, into)]
    aside: Part,
    /// The aside is only for wide windows: the phone has it elsewhere.
    #[prop(optional)]
    aside_wide: bool,
    /// Over the page: an open sheet, a toast.
    #[prop(optional, into)]
    over: Part,
    children: Children,
) -> impl IntoView {
    let aside_class = if aside_wide { "page__aside page__aside--wide" } else { "page__aside" };
    view! {
        <div class="app">
            // The browser's own jump: the router would only scroll, and leave the focus where it was.
            <a class="skip" href="#contenu" rel="external">
                "Aller au contenu"
            </a>
            <Nav/>
            <div class=width.class()>
                <main class="page__main" id="contenu">
                    {children()}
                </main>
                {aside.0.map(|aside| {
                        view! {
                            <aside class=aside_class aria-label="Ce qui te concerne">
                                {aside}
                            </aside>
                        }
                    })}
            </div>
            {over.0}
        </div>
    }
}
