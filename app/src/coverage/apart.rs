//! What stands where the board is not for whoever looks, or where the server does not answer.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::french::nb;
use crate::still::not_come;
use crate::ui::Empty;

/// For an ordinary member.
pub fn not_for_you() -> AnyView {
    view! {
        <Empty
            id="couverture-non"
            icon="key-round"
            title="Cette page n’est pas pour toi"
            text=nb(
                "Association Alpar, les animateurs et animatrices, le bureau et la personne salariée y voient qui manque où. \
                 Pour toi, les places libres sont dans « Vacations ».",
            )
        >
            <a class="button button--fill" href="/vacations?libres=1">
                "Voir les places libres"
            </a>
        </Empty>
    }
    .into_any()
}

/// Instead of whom to call.
pub fn nobody_to_call(error: &ApiError) -> AnyView {
    let (icon, title, text) = match error {
        ApiError::NotAllowed => return not_for_you(),
        ApiError::NotFound => {
            ("signpost", "Cette vacation n’est pas là", "Elle n’existe pas, ou elle n’est pas encore au planning.")
        }
        _ => return not_come(),
    };
    view! {
        <Empty id="appeler-non" icon=icon title=title text=nb(text)>
            <a class="button button--fill" href="/couverture">
                "Revenir à « Qui manque où »"
            </a>
        </Empty>
    }
    .into_any()
}
