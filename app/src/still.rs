//! Still pages: the server renders them whole, and they run without the app. Links and plain forms do all the work; one
//! small script (`public/still.js`) prints, and keeps a form from leaving while there is no network.

use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::components::{Router, Routes, RoutesProps};

use crate::acts::Answered;
use crate::not_found::NotFound;
use crate::offline::acts::Acts;
use crate::offline::store::Store;
use crate::routes;
use crate::screen::Told;
use crate::ui::{Frame, Icon, PageHead, Width};
use crate::visit::Assets;

/// The pages alone: the server lists their addresses from it.
#[component]
pub fn StillPages() -> impl IntoView {
    provide_meta_context();
    // The forms are the app's own, and ask for these; without a browser both stay empty.
    let store = Store::new();
    provide_context(store);
    provide_context(Acts::new(store));
    let pages = RoutesProps::builder()
        .fallback(|| view! { <NotFound/> }.into_any())
        .children(ToChildren::to_children(routes::still_pages))
        .build();
    view! { <Router>{Routes(pages)}</Router> }
}

/// The whole document. The server provides [`Assets`].
pub fn document() -> impl IntoView {
    let assets = use_context::<Assets>().unwrap_or_default();
    view! {
        <!DOCTYPE html>
        <html lang="fr" translate="no">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="theme-color" content="#f7f2e8" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#131914" media="(prefers-color-scheme: dark)"/>
                <meta name="format-detection" content="telephone=no"/>
                <link rel="preload" href=assets.font r#as="font" r#type="font/woff2" crossorigin="anonymous"/>
                <link rel="stylesheet" href=assets.css/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/apple-touch-icon.png"/>
                <script r#type="module" src=assets.still></script>
                <MetaTags/>
            </head>
            <body>
                <StillPages/>
            </body>
        </html>
    }
}

/// A still page: its head, what became of the act that the address names, and what it shows.
#[component]
pub fn Still(
    #[prop(into)] title: String,
    /// Where « back » goes, and its words.
    back: (&'static str, &'static str),
    /// Its head stays off the paper.
    #[prop(optional)]
    printed: bool,
    #[prop(default = Width::Alone)] width: Width,
    /// What comes in the page, once the server has it.
    children: Children,
) -> impl IntoView {
    let told = Told::of_address();
    provide_context(told);
    let (href, words) = back;
    let head = view! {
        <PageHead title=title.clone() back=(href.to_owned(), words.to_owned())/>
        <p class="field__error" role="alert" data-offline hidden>
            <Icon name="cloud-off"/>
            "Hors ligne : rien n’est parti. Ce que tu as écrit est toujours là, réessaie avec le réseau."
        </p>
        <Suspense>{move || view! { <Answered told=told/> }}</Suspense>
    };
    let head = if printed { view! { <div class="no-print">{head}</div> }.into_any() } else { head.into_any() };
    view! {
        <Title text=format!("{title} · Alpar")/>
        <Frame width=width>
            {head}
            <Suspense>{children()}</Suspense>
        </Frame>
    }
}

/// « Imprimer », shown where the script can do it.
#[component]
pub fn Print(#[prop(optional)] main: bool) -> impl IntoView {
    view! {
        <button class=if main { "button button--fill" } else { "button" } type="button" data-print hidden>
            <Icon name="printer"/>
            "Imprimer"
        </button>
    }
}
