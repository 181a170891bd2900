//! Plain forms that post what the office types and decides of members. What cannot be done comes back with the page, with why
//! and with all that was typed.

use domain::import::Refused as NoFile;
use domain::register::Mistake;
use domain::register::import::{Field, NotApproved, NotUndone, Since, Undo};
use leptos::prelude::*;

use crate::api::ApiError;
pub use crate::filled::came_back;
use crate::french::nb;
use crate::french::register::{field_of, sentences};
use crate::french::register_import::field;
use crate::import::Kind;
use crate::still::{not_come, not_done};
use crate::ui::Empty;

/// Where they are posted, and where the register stands; a member is below it.
pub const MEMBERS: &str = "/bureau/membres";
/// Where somebody is added.
pub const NEW: &str = "/bureau/membres/nouveau";
pub const DUPLICATES: &str = "/bureau/membres/doublons";
pub const INVITATIONS: &str = "/bureau/membres/invitations";
pub const ERASURES: &str = "/bureau/membres/effacements";
/// Where a file of members is posted; one is below it.
pub const IMPORT: &str = "/bureau/membres/importer";
pub const FILE: Kind<Field> = Kind { posted_to: MEMBERS, import: IMPORT, field, is_long: false };
/// The same as a file.
pub const EXPORT: &str = "/bureau/membres/registre.csv";
pub const ARRIVALS: &str = "/bureau/arrivees";
/// What every member reads of the co-op's money.
pub const CAPITAL: &str = "/capital";
/// My own way in.
pub const ARRIVING: &str = "/arriver";
/// What was done to my account.
pub const TRAIL: &str = "/moi/journal";
pub const PHOTO: &str = "/moi/photo";
/// My data, to take away.
pub const DATA: &str = "/moi/donnees";
/// My certificate.
pub const CERTIFICATE: &str = "/moi/part/attestation.pdf";

/// Why what a form asked was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    Mistake(Mistake),
    /// The file is none that is read.
    File(NoFile),
    NotApproved(NotApproved),
    NotUndone(NotUndone),
}

/// All of it.
#[derive(Debug, Clone, Default)]
pub struct Refused(pub Vec<Why>);

impl Refused {
    pub fn of(mistakes: Vec<Mistake>) -> Refused {
        Refused(mistakes.into_iter().map(Why::Mistake).collect())
    }

    /// What is wrong with one field.
    pub fn of_field(&self, field: &str) -> Option<String> {
        self.0.iter().find(|why| field_of(why) == field).and_then(|why| sentences(why).into_iter().next())
    }

    /// Somebody changed it while this was written.
    pub fn is_stale(&self) -> bool {
        self.0.iter().any(|why| matches!(why, Why::Mistake(Mistake::Stale { .. })))
    }
}

/// What an undo left as it was.
#[derive(Debug, Clone, Default)]
pub struct Stays {
    pub since: Vec<Since>,
    /// So many were erased since.
    pub erased: usize,
}

impl Stays {
    pub fn of(undo: Undo) -> Stays {
        Stays { since: undo.since, erased: undo.erased }
    }

    pub fn is_empty(&self) -> bool {
        self.since.is_empty() && self.erased == 0
    }
}

/// What the page's form came back with; nothing where the page is only read.
pub fn refused() -> Refused {
    use_context().unwrap_or_default()
}

/// Said at the top of a page whose form came back.
#[component]
pub fn NotDone() -> impl IntoView {
    not_done("Rien n’est fait.", refused().0.iter().flat_map(sentences).collect())
}

/// What stands where the server does not say what somebody asks.
pub fn apart(error: &ApiError) -> AnyView {
    let (icon, title, text, href, words) = match error {
        ApiError::NotAllowed => (
            "key-round",
            "C’est une page du bureau",
            "Les membres d’Administratif et financier, et la personne salariée, tiennent le registre. Ta propre fiche est sur « Moi ».",
            "/moi/profil",
            "Voir ma fiche",
        ),
        ApiError::NotFound => ("signpost", "Ce n’est pas là", "Ça n’existe pas, ou plus.", MEMBERS, "Voir le registre"),
        _ => return not_come(),
    };
    view! {
        <Empty id="registre-non" icon=icon title=title text=nb(text)>
            <a class="button button--fill" href=href>
                {nb(words)}
            </a>
        </Empty>
    }
    .into_any()
}
