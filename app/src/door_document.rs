//! The whole document of a page for whoever comes from a mail or from outside: no script, no session.

use leptos::prelude::*;

use crate::document::looks;
use crate::ui::Door;
use crate::visit::Assets;

/// `heading` is its title, too. `found`: search engines may keep it.
pub fn door_document(heading: String, found: bool, inside: AnyView, assets: &Assets) -> impl IntoView + use<> {
    view! {
        <!DOCTYPE html>
        <html lang="fr" translate="no">
            <head>
                {looks(assets)}
                {(!found).then(|| view! { <meta name="robots" content="noindex, nofollow"/> })}
                <title>{format!("{} · Alpar", heading.trim_end_matches('.'))}</title>
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
