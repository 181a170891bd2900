//! Plain forms of those who govern, of those of a group, and of the office. What cannot be done comes back with the page, with why
//! and with all that was typed.

use domain::assembly::AssemblyMistake;
use domain::governance::GovernanceMistake;
use domain::groups::Mistake;
use domain::procedures::Fields;
use domain::{desk as at_desk, dossiers as on_board, objectives as of_committee};
use leptos::prelude::*;

use crate::api::ApiError;
use crate::filled;
use crate::french::{assembly_mistakes, desk, dossiers, governance, groups, nb, objectives};
use crate::still::{not_come, not_done};
use crate::ui::Empty;

/// Where the committee's forms are posted, and where what it has to do stands.
pub const POSTED_TO: &str = "/gouvernance";
/// A meeting is below it.
pub const MEETING: &str = "/gouvernance/reunion";
pub const MANDATES: &str = "/gouvernance/mandats";
/// A decision is below it.
pub const DECISION: &str = "/gouvernance/decision";
/// What members are asked, and where they answer; one of them is below it.
pub const CONSULTATIONS: &str = "/consultations";

/// Why what a form asked was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    Group(Mistake),
    Governance(GovernanceMistake),
    Dossier(on_board::Mistake),
    Desk(at_desk::Mistake),
    Objective(of_committee::Mistake),
    Assembly(AssemblyMistake),
}

impl Why {
    fn field(&self) -> &'static str {
        match self {
            Why::Group(mistake) => groups::field_of(mistake),
            Why::Governance(mistake) => governance::field_of(mistake),
            Why::Dossier(mistake) => dossiers::field_of(mistake),
            Why::Desk(mistake) => desk::field_of(mistake),
            Why::Objective(mistake) => objectives::field_of(mistake),
            Why::Assembly(mistake) => assembly_mistakes::field_of(mistake),
        }
    }

    fn sentence(&self) -> String {
        match self {
            Why::Group(mistake) => groups::mistake(mistake),
            Why::Governance(mistake) => governance::mistake(mistake),
            Why::Dossier(mistake) => dossiers::mistake(mistake),
            Why::Desk(mistake) => desk::mistake(mistake),
            Why::Objective(mistake) => objectives::mistake(mistake),
            Why::Assembly(mistake) => assembly_mistakes::mistake(mistake),
        }
    }
}

/// All of it.
#[derive(Debug, Clone, Default)]
pub struct Refused(pub Vec<Why>);

impl Refused {
    pub fn of_group(mistakes: Vec<Mistake>) -> Refused {
        Refused(mistakes.into_iter().map(Why::Group).collect())
    }

    pub fn of_governance(mistakes: Vec<GovernanceMistake>) -> Refused {
        Refused(mistakes.into_iter().map(Why::Governance).collect())
    }

    pub fn of_dossier(mistakes: Vec<on_board::Mistake>) -> Refused {
        Refused(mistakes.into_iter().map(Why::Dossier).collect())
    }

    pub fn of_desk(mistakes: Vec<at_desk::Mistake>) -> Refused {
        Refused(mistakes.into_iter().map(Why::Desk).collect())
    }

    pub fn of_objective(mistakes: Vec<of_committee::Mistake>) -> Refused {
        Refused(mistakes.into_iter().map(Why::Objective).collect())
    }

    pub fn of_assembly(mistakes: Vec<AssemblyMistake>) -> Refused {
        Refused(mistakes.into_iter().map(Why::Assembly).collect())
    }

    /// What is wrong with one field.
    pub fn of_field(&self, field: &str) -> Option<String> {
        self.0.iter().find(|why| why.field() == field).map(Why::sentence)
    }

    /// Somebody changed it while this was written.
    pub fn is_stale(&self) -> bool {
        let stale = |why: &Why| {
            matches!(
                why,
                Why::Group(Mistake::Stale { .. })
                    | Why::Governance(GovernanceMistake::Stale { .. })
                    | Why::Dossier(on_board::Mistake::Stale { .. })
                    | Why::Objective(of_committee::Mistake::Stale { .. })
                    | Why::Assembly(AssemblyMistake::Stale { .. })
            )
        };
        self.0.iter().any(stale)
    }
}

/// What the page's form came back with; nothing where the page is only read.
pub fn refused() -> Refused {
    use_context().unwrap_or_default()
}

/// What was typed into the form of `act`, about `of` where a page has several, where it came back.
pub fn came_back(act: &str, of: &str) -> Option<Fields> {
    filled::came_back(act).filter(|typed| typed.one("sur") == of)
}

/// Said at the top of a page whose form came back.
#[component]
pub fn NotDone() -> impl IntoView {
    not_done("Rien n’est fait. Ce que tu as écrit est toujours là.", refused().0.iter().map(Why::sentence).collect())
}

/// What stands where the server does not say what somebody asks of the committee's pages.
pub fn apart(error: &ApiError) -> AnyView {
    instead(
        error,
        (
            "C’est une page de gouvernance",
            "Le comité tient les réunions, les mandats et le registre ; les référent·es notent ce que leur groupe décide. Un point à \
             ajouter, une question ? C’est sur la page de la coordination.",
        ),
        (super::COORDINATION, "Voir la coordination"),
    )
}

/// The same of a page that is not for everybody, or not there.
pub fn instead(
    error: &ApiError,
    (title, text): (&'static str, &'static str),
    (href, words): (&'static str, &'static str),
) -> AnyView {
    let (icon, title, text) = match error {
        ApiError::NotAllowed => ("key-round", title, text),
        ApiError::NotFound => ("signpost", "Ce n’est pas là", "Ça n’existe pas, ou plus."),
        _ => return not_come(),
    };
    view! {
        <Empty id="pas-pour-toi" icon=icon title=title text=nb(text)>
            <a class="button button--fill" href=href>
                {nb(words)}
            </a>
        </Empty>
    }
    .into_any()
}
