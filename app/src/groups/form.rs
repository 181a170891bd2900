//! Plain forms of those who run a group.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::governance::form::instead;

/// A group's page is below it.
pub const GROUP: &str = "/groupe";
/// Where its forms are posted.
pub const GROUPS: &str = "/groupes";
/// Below a group's page: where those who run it write.
pub const HAND: &str = "gerer";

/// What stands where the server does not say what somebody asks of a group.
pub fn apart(error: &ApiError) -> AnyView {
    instead(
        error,
        (
            "C’est l’affaire de qui répond du groupe",
            "Ses référent·es tiennent sa page et ses comptes rendus ; tant qu’il n’en a pas, ses membres. La page du groupe dit qui c’est.",
        ),
        ("/coop", "Voir les groupes"),
    )
}
