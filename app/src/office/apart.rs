//! What stands where the server does not say what the office asks.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::french::nb;
use crate::still::not_come;
use crate::ui::Empty;

/// Whose page it is, that there is no such member, or that the server could not say.
pub fn apart(error: &ApiError) -> AnyView {
    apart_saying(
        error,
        "Les membres d’Administratif et financier, et la personne salariée, appellent celles et ceux que nos messages \
         n’atteignent pas. Tu les trouves dans « La coop ».",
    )
}

/// The same, where the page is about something else: what the office does there.
pub fn apart_saying(error: &ApiError, office: &'static str) -> AnyView {
    let (icon, title, text) = match error {
        ApiError::NotAllowed => ("key-round", "C’est une page du bureau", office),
        ApiError::NotFound => ("signpost", "Cette personne n’est pas là", "Elle n’est pas membre de la coop, ou ne l’est plus."),
        _ => return not_come(),
    };
    let (href, words) = if *error == ApiError::NotAllowed { ("/coop", "Voir la coop") } else { ("/moi", "Revenir à « Moi »") };
    view! {
        <Empty id="bureau-non" icon=icon title=title text=nb(text)>
            <a class="button button--fill" href=href>
                {words}
            </a>
        </Empty>
    }
    .into_any()
}
