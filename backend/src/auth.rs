//! Signing in with a code, sessions, and who somebody is.
//!
//! A session is an opaque token in a cookie; the database holds its hash. Values such as
//! [`SignedIn`] and [`Office`] exist only because a check made them.

mod assembly;
mod authority;
mod boards;
mod code;
mod covers;
mod desk;
mod devices;
mod governs;
mod organiser;
mod people;
mod runs;
mod session;

use chrono::Duration;
use sha2::{Digest, Sha256};

use crate::Backend;
use crate::error::Error;

pub(crate) use assembly::hands;
pub use assembly::{Admits, Calls, Prepares, Presides, Tells};
pub use authority::{Distribution, Editor, KeepsCatalogue, Lead, Office};
pub(crate) use authority::{MINE, rights};
pub(crate) use boards::KEEPS_BOARD;
pub use boards::KeepsBoard;
pub use code::{CodeRequest, Verified, request_code, verify_code};
pub use covers::Covers;
pub use desk::{AtDesk, Employee};
pub(crate) use desk::{away, stands_in};
pub use devices::{Device, devices, revoke, revoke_others, sign_out};
pub(crate) use devices::{end_all, forget_person};
pub(crate) use governs::in_force;
pub use governs::{KeepsMandates, OnCommittee};
pub use organiser::Organiser;
pub(crate) use organiser::{MAKES_ANY_EVENT, MAKES_EVENTS, MAKES_THIS_EVENT};
pub use people::{choose_person, people_behind, people_of_ticket, switch_person};
pub(crate) use runs::RUNS_GROUP;
pub use runs::RunsGroup;
pub use session::{SignedIn, SignedOut, session};

/// How long a session lasts without a visit. Days.
pub const SESSION_D: u64 = 180;
/// How long an ended session is remembered, to tell its device why. Days.
pub const TOMBSTONE_D: i64 = 90;
/// How long a code is good. Minutes.
pub const CODE_MIN: i64 = 10;
/// How many times a code may be mistyped.
pub const CODE_TRIES: i16 = 5;

/// Forgets what signing in leaves behind: codes, requests and tickets after a day, sessions after
/// their time as tombstones.
pub async fn purge(backend: &Backend) -> Result<(), Error> {
    let now = backend.now();
    for forget in [
        "delete from sign_in_code where expires_at < $1",
        "delete from sign_in_request where at < $1",
        "delete from sign_in_ticket where expires_at < $1",
    ] {
        sqlx::query(forget).bind(now - Duration::days(1)).execute(&backend.pool).await?;
    }
    session::forget(backend, now).await
}

pub(crate) fn hash(text: &str) -> Vec<u8> {
    Sha256::digest(text.as_bytes()).to_vec()
}

/// 256 bits that nobody can guess, in hexadecimal.
pub(crate) fn token() -> String {
    use rand::RngCore;
    let mut bytes = [0u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    hex::encode(bytes)
}

/// An address as it is kept and compared.
pub(crate) fn address(typed: &str) -> Option<String> {
    domain::members::email_address(typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_compared_without_its_capitals() {
        assert_eq!(address(" Camille@Exemple.FR ").as_deref(), Some("camille@exemple.fr"));
        for wrong in ["", "camille", "@exemple.fr", "a@b", "a b@c.fr", "a@b@c.fr", "a@.fr", "a@b.fr\n<x"] {
            assert_eq!(address(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn two_tokens_are_never_the_same() {
        assert_ne!(token(), token());
        assert_eq!(token().len(), 64);
    }
}
