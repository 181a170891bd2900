//! Still pages: the server renders them whole, and they run without the app. Links and plain forms do all the work; one
//! small script (`public/still.js`) prints, and keeps a form from leaving while there is no network.

use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};

use crate::acts::Answered;
use crate::document::{installs, looks};
use crate::french::nb;
use crate::offline::acts::Acts;
use crate::offline::store::Store;
use crate::routes;
use crate::screen::Told;
use crate::ui::{Empty, Frame, Icon, PageHead, Width};
use crate::visit::Assets;

/// The pages alone: the server lists their addresses from it.
#[component]
pub fn StillPages() -> impl IntoView {
    provide_meta_context();
    // The forms are the app's own, and ask for these; without a browser both stay empty.
    let store = Store::new();
    provide_context(store);
    provide_context(Acts::new(store));
    routes::router(routes::still_pages)
}

/// The whole document. The server provides [`Assets`].
pub fn document() -> impl IntoView {
    let assets = use_context::<Assets>().unwrap_or_default();
    view! {
        <!DOCTYPE html>
        <html lang="fr" translate="no">
            <head>
                {looks(&assets)}
                {installs()}
                <meta name="theme-color" content="#f7f2e8" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#131914" media="(prefers-color-scheme: dark)"/>
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

/// Said at the top of a page whose form came back, with why; nothing where there is no why.
pub fn not_done(title: &'static str, why: Vec<String>) -> AnyView {
    if why.is_empty() {
        return ().into_any();
    }
    let why: Vec<_> = why.into_iter().map(|why| view! { <li>{why}</li> }).collect();
    view! {
        <div class="workshop__wrong" role="alert" id="pourquoi" tabindex="-1">
            <p class="field__error">
                <Icon name="circle-alert"/>
                {nb(title)}
            </p>
            <ul>{why}</ul>
        </div>
    }
    .into_any()
}

/// Instead of what the server could not say.
pub fn not_come() -> AnyView {
    let text = "Le serveur n’a pas pu répondre. Rien n’est perdu : réessaie dans un moment.";
    view! {
        <Empty id="pas-venue" icon="cloud-alert" title="La page n’est pas venue" text=nb(text)>
            <a class="button button--fill" href="">
                "Réessayer"
            </a>
        </Empty>
    }
    .into_any()
}
