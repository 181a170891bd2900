//! What can go wrong besides a refusal. A refusal is an outcome, never an error.

use thiserror::Error;

/// The browser sees the kind, never what the database said.
#[derive(Debug, Error)]
pub enum Error {
    /// The database is away, or kept conflicting: try again later.
    #[error("the database cannot answer now")]
    Unavailable(#[source] sqlx::Error),
    /// The session is over; the device must sign in again.
    #[error("not signed in")]
    SignedOut,
    #[error("not allowed")]
    NotAllowed,
    #[error("not there")]
    NotFound,
    /// The act lost against another one in the meantime: it is run again, never shown.
    #[error("lost against another act")]
    Conflict,
    /// The database holds something that this build cannot read: a bug, logged with its place.
    #[error("unreadable data: {0}")]
    Unreadable(&'static str),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Error {
        match error {
            sqlx::Error::RowNotFound => Error::NotFound,
            other => Error::Unavailable(other),
        }
    }
}

impl Error {
    /// Whether the transaction lost against another one and may simply be run again:
    /// serialization failure, deadlock, exclusion or unique violation.
    pub fn may_retry(&self) -> bool {
        matches!(self, Error::Conflict) || matches!(self.code().as_deref(), Some("40001" | "40P01" | "23P01" | "23505"))
    }

    /// The unique constraint or index that refused a row.
    pub(crate) fn constraint(&self) -> Option<&str> {
        match self {
            Error::Unavailable(sqlx::Error::Database(error)) => error.constraint(),
            _ => None,
        }
    }

    /// PostgreSQL's code of what went wrong.
    pub(crate) fn code(&self) -> Option<String> {
        match self {
            Error::Unavailable(sqlx::Error::Database(error)) => error.code().map(Into::into),
            _ => None,
        }
    }
}
