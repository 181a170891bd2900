//! Plain forms that post what organisers decide and write. What cannot be done comes back with the page, with why and with all
//! that was typed.

use domain::event::Mistake;
use leptos::prelude::*;

use crate::api::ApiError;
pub use crate::filled::came_back;
use crate::french::nb;
use crate::french::organising::{field_of, mistake as sentence};
use crate::still::{not_come, not_done};
use crate::ui::Empty;

/// Where they are posted, and where the list is.
pub const POSTED_TO: &str = "/organiser";
/// Where an event is begun.
pub const NEW: &str = "/organiser/nouvelle";

/// Why what a form asked was not done.
#[derive(Debug, Clone, Default)]
pub struct Refused(pub Vec<Mistake>);

impl Refused {
    /// Every why, in sentences.
    fn sentences(&self) -> Vec<String> {
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
    not_done("Rien n’est fait. Ce que tu as écrit est toujours là.", refused().sentences())
}

/// What stands where the server does not say what somebody asks: the same for an event that is not theirs and for none.
pub fn apart(error: &ApiError) -> AnyView {
    let (title, text) = match error {
        ApiError::NotAllowed | ApiError::NotFound => (
            "C’est l’affaire de qui organise",
            "Vie sociale annonce les sorties ; les référent·es, les réunions de leur groupe. Une idée ? Écris-leur depuis « La coop ».",
        ),
        _ => return not_come(),
    };
    view! {
        <Empty id="organiser-non" icon="key-round" title=title text=nb(text)>
            <a class="button button--fill" href="/sorties">
                "Voir les sorties"
            </a>
        </Empty>
    }
    .into_any()
}
