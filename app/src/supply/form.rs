//! Plain forms that post what the group types and decides. What cannot be done comes back with the page, with why and with all
//! that was typed.

use domain::catalogue::import::{self, Field, NotApproved, NotUndone, Since};
use domain::catalogue::{Mistake, Unread, Wrong};
use leptos::prelude::*;

use crate::api::ApiError;
pub use crate::filled::came_back;
use crate::french::catalogue_import::field;
use crate::french::nb;
use crate::french::supply::{field_of, sentences};
use crate::import::Kind;
use crate::still::{not_come, not_done};
use crate::ui::Empty;

/// Where they are posted, and where what is to do stands.
pub const POSTED_TO: &str = "/approvisionnement";
/// Where the till's file is posted.
pub const IMPORT: &str = "/approvisionnement/importer";
pub const FILE: Kind<Field> = Kind { posted_to: POSTED_TO, import: IMPORT, field, is_long: true };
/// The same as a file.
pub const EXPORT: &str = "/approvisionnement/catalogue.csv";
/// A product is below it.
pub const PRODUCT: &str = "/approvisionnement/produit";
/// Where one is begun.
pub const NEW_PRODUCT: &str = "/approvisionnement/produit/nouveau";
pub const RANGES: &str = "/approvisionnement/rayons";
/// The margin of the co-op.
pub const MARGIN: &str = "/approvisionnement/marge";
/// A supplier is below it.
pub const SUPPLIERS: &str = "/approvisionnement/fournisseurs";
pub const NEW_SUPPLIER: &str = "/approvisionnement/fournisseurs/nouveau";

/// Why what a form asked was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    Typed(Mistake),
    Unread(Unread),
    /// The file is none that is read.
    File(import::Refused),
    NotApproved(NotApproved),
    NotUndone(NotUndone),
}

/// All of it.
#[derive(Debug, Clone, Default)]
pub struct Refused(pub Vec<Why>);

impl Refused {
    pub fn typed(mistakes: Vec<Mistake>) -> Refused {
        Refused(mistakes.into_iter().map(Why::Typed).collect())
    }

    pub fn wrong(wrong: Wrong) -> Refused {
        let Wrong { unread, mistakes } = wrong;
        Refused(unread.into_iter().map(Why::Unread).chain(mistakes.into_iter().map(Why::Typed)).collect())
    }

    /// What is wrong with one field.
    pub fn of_field(&self, field: &str) -> Option<String> {
        self.0.iter().find(|why| field_of(why) == field).and_then(|why| sentences(why).into_iter().next())
    }

    /// Somebody changed it while this was written.
    pub fn is_stale(&self) -> bool {
        self.0.iter().any(|why| matches!(why, Why::Typed(Mistake::Stale { .. })))
    }
}

/// The story in a preview: safe HTML, of our own renderer.
#[derive(Debug, Clone, Default)]
pub struct Told(pub String);

/// What an undo left as it was.
#[derive(Debug, Clone, Default)]
pub struct Stays(pub Vec<Since>);

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
            "C’est une page d’Approvisionnement",
            "Le groupe Approvisionnement tient les gammes. Un produit manque, ou tu en voudrais un autre ? Dis-le depuis les rayons.",
            "/rayons",
            "Voir les rayons",
        ),
        ApiError::NotFound => {
            ("signpost", "Ce n’est pas là", "Ça n’existe pas, ou plus.", POSTED_TO, "Voir ce qu’il y a à faire")
        }
        _ => return not_come(),
    };
    view! {
        <Empty id="approvisionnement-non" icon=icon title=title text=nb(text)>
            <a class="button button--fill" href=href>
                {nb(words)}
            </a>
        </Empty>
    }
    .into_any()
}
