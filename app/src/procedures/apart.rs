//! What stands where the server does not say what Distribution asks.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::french::nb;
use crate::still::not_come;
use crate::ui::Empty;

pub fn apart(error: &ApiError) -> AnyView {
    let (icon, title, text, href, words) = match error {
        ApiError::NotAllowed => (
            "key-round",
            "C’est une page de Distribution",
            "Le groupe Distribution et le bureau tiennent les procédures et les relevés. Tu les trouves dans « La coop ».",
            "/coop",
            "Voir la coop",
        ),
        ApiError::NotFound => (
            "signpost",
            "Cette liste n’est pas là",
            "Elle n’existe pas, ou n’existe plus.",
            "/distribution/procedures",
            "Voir les procédures",
        ),
        _ => return not_come(),
    };
    view! {
        <Empty id="distribution-non" icon=icon title=title text=nb(text)>
            <a class="button button--fill" href=href>
                {nb(words)}
            </a>
        </Empty>
    }
    .into_any()
}
