//! Where dossiers are, and where their forms are posted.

use domain::dossiers::Kind;
use domain::id::DossierId;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::governance::form::instead;
use crate::groups::form::GROUP;

/// A dossier is below it.
pub const DOSSIER: &str = "/dossier";
/// Where the forms of the still pages are posted.
pub const DOSSIERS: &str = "/dossiers";
/// Below a group's page: its board.
pub const BOARD: &str = "dossiers";
/// Below a board: where a new one is written.
pub const NEW: &str = "nouveau";
/// Below a dossier: where it is written.
pub const WRITE: &str = "ecrire";

/// `group`: its slug, or its id.
pub fn board_of(group: &str) -> String {
    format!("{GROUP}/{group}/{BOARD}")
}

pub fn address(dossier: DossierId) -> String {
    format!("{DOSSIER}/{dossier}")
}

/// Where a new dossier of a group is written.
pub fn new_of(group: &str) -> String {
    format!("{GROUP}/{group}/{BOARD}/{NEW}")
}

/// Where it is written; as another kind, where one is chosen.
pub fn writing(dossier: DossierId, kind: Option<Kind>) -> String {
    let asked = kind.map(|kind| format!("?sorte={}", kind.as_str())).unwrap_or_default();
    format!("{DOSSIER}/{dossier}/{WRITE}{asked}")
}

/// The icon of a kind.
pub fn icon(kind: Kind) -> &'static str {
    match kind {
        Kind::Task => "list-checks",
        Kind::Partner => "handshake",
        Kind::Volunteer => "users",
        Kind::Grant => "scale",
        Kind::Press => "newspaper",
        Kind::Lead => "truck",
        Kind::Material => "store",
        Kind::Software => "monitor",
    }
}

/// What stands where the server does not say what somebody asks of a board.
pub fn apart(error: &ApiError) -> AnyView {
    instead(
        error,
        (
            "C’est l’affaire du groupe",
            "Les dossiers d’un groupe sont à ses membres, et à la personne salariée. La page du groupe dit comment le rejoindre.",
        ),
        ("/coop", "Voir les groupes"),
    )
}
