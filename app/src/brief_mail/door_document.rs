//! The whole document of a page for whoever comes from a mail or from outside: no script, no session.

use leptos::prelude::*;

use crate::ui::Door;
use crate::visit::Assets;

/// `heading` is its title, too. `found`: search engines may keep it.
pub fn door_document(heading: String, found: bool, inside: AnyView, assets: &Assets) -> impl IntoView + use<> {
    view! {
        <!DOCTYPE html>
        <html lang="fr" translate="no">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                {(!found).then(|| view! { <meta name="robots" content="noindex, nofollow"/> })}
                <meta name="format-detection" content="telephone=no"/>
                <title>{format!("{} · Alpar", heading.trim_end_matches('.'))}</title>
                <link rel="preload" href=assets.font.clone() r#as="font" r#type="font/woff2" crossorigin="anonymous"/>
                <link rel="stylesheet" href=assets.css.clone()/>
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml"/>
            </head>
            <body>
                <Door>
                    <h1 class="door__title">{heading}</h1>
                    {inside}
                </Door>
            </body>
        </html>
    }
}
