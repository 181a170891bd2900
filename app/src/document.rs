//! The document around the app, as the server renders it.

use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::App;
use crate::visit::{Assets, Signed};

const DESCRIPTION: &str = "L’application des membres d’Alpar, l’épicerie participative d’Annecy.";

/// The whole page. The server provides [`Assets`] and, when somebody is signed in, [`Signed`].
pub fn document() -> impl IntoView {
    let assets = use_context::<Assets>().unwrap_or_default();
    let signed = use_context::<Signed>();
    view! {
        <!DOCTYPE html>
        <html lang="fr" translate="no">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="description" content=DESCRIPTION/>
                <meta name="theme-color" content="#f7f2e8" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#131914" media="(prefers-color-scheme: dark)"/>
                <meta name="format-detection" content="telephone=no"/>
                <meta name="mobile-web-app-capable" content="yes"/>
                <meta name="apple-mobile-web-app-title" content="Alpar"/>
                {signed.map(|signed| view! {
                    <meta name="alpar-member" content=signed.member.to_string()/>
                    <meta name="alpar-time" content=signed.now.timestamp_millis().to_string()/>
                })}
                <link rel="preload" href=assets.font r#as="font" r#type="font/woff2" crossorigin="anonymous"/>
                <link rel="stylesheet" href=assets.css/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/apple-touch-icon.png"/>
                <link rel="modulepreload" href=assets.js/>
                <script r#type="module" src=assets.boot></script>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

fn meta(name: &str) -> Option<String> {
    let found = leptos::prelude::document().query_selector(&format!("meta[name={name}]")).ok()??;
    found.get_attribute("content")
}

/// Who the server rendered this page for; nobody on a public page or the offline shell. Reads
/// the server's time on the way. Runs in the browser.
pub fn member_of_page() -> Option<String> {
    if let Some(ms) = meta("alpar-time").and_then(|ms| ms.parse().ok()) {
        crate::offline::clock::server_said(ms);
    }
    meta("alpar-member")
}
