//! Plain forms that post what Communication writes and decides. What cannot be done comes back with the page, with why and
//! with all that was typed.

use domain::public_page::Mistake;
use leptos::prelude::*;

use crate::api::ApiError;
pub use crate::filled::came_back;
use crate::french::nb;
use crate::french::public_pages::{field_of, mistake as sentence};
use crate::still::{not_come, not_done};
use crate::ui::Empty;

/// Where they are posted, and where the list is; each page is below.
pub const POSTED_TO: &str = "/communication/pages";

/// Why what a form asked was not done.
#[derive(Debug, Clone, Default)]
pub struct Refused(pub Vec<Mistake>);

impl Refused {
    /// Every why, in sentences.
    pub fn sentences(&self) -> Vec<String> {
        self.0.iter().map(|mistake| nb(&sentence(mistake))).collect()
    }

    /// What is wrong with one field.
    pub fn of_field(&self, field: &str) -> Option<String> {
        self.0.iter().find(|mistake| field_of(mistake) == field).map(|mistake| nb(&sentence(mistake)))
    }
}

/// What the page's form came back with; nothing where the page is only read.
pub fn refused() -> Refused {
    use_context().unwrap_or_default()
}

/// Said at the top of a page whose form came back.
#[component]
pub fn NotDone() -> impl IntoView {
    not_done("Rien n’est publié. Ce que tu as écrit est toujours là.", refused().sentences())
}

/// What stands where the server does not say what an editor asks.
pub fn apart(error: &ApiError) -> AnyView {
    let (icon, title, text, href, words) = match error {
        ApiError::NotAllowed => (
            "key-round",
            "C’est l’affaire de Communication",
            "Le groupe Communication écrit les pages que tout le monde lit. Une idée, une erreur ? Écris-lui depuis « La coop ».",
            "/coop",
            "Voir les groupes",
        ),
        ApiError::NotFound => {
            ("signpost", "Il n’y a rien ici", "Cette page n’existe pas.", POSTED_TO, "Voir les pages publiques")
        }
        _ => return not_come(),
    };
    view! {
        <Empty id="pages-non" icon=icon title=title text=nb(text)>
            <a class="button button--fill" href=href>
                {words}
            </a>
        </Empty>
    }
    .into_any()
}
