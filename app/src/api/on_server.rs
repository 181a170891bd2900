//! Who is asking, and what an error becomes: the server's side of every server function.

use std::sync::Arc;

use backend::Backend;
use backend::auth::SignedIn;
use backend::error::Error;
use chrono::NaiveDate;
use leptos::prelude::{expect_context, use_context};

use super::ApiError;
use crate::selection::{Others, Query, Selects, View};

/// Sets the answer's status while rendering.
pub fn answer_with(status: u16) {
    let status = axum::http::StatusCode::from_u16(status);
    if let (Some(response), Ok(status)) = (use_context::<leptos_axum::ResponseOptions>(), status) {
        response.set_status(status);
    }
}

/// How pages get their data while they are rendered.
pub fn selects() -> Selects {
    Selects(Arc::new(|query| Box::pin(async move { select(query).await.ok().flatten() })))
}

async fn select(query: Query) -> Result<Option<View>, ApiError> {
    let (backend, who) = signed_in()?;
    let shared = expect_context::<Arc<backend::snapshots::Shared>>();
    let seen = shared.seen(&backend, &who).await.map_err(api_error)?;
    let groups = match query {
        Query::Groups | Query::Proposing | Query::Event(_) => Some(shared.groups(&backend, &who).await.map_err(api_error)?),
        _ => None,
    };
    let briefs = match query {
        Query::Home | Query::Brief { .. } | Query::Proposing => Some(shared.briefs(&backend, &who).await.map_err(api_error)?),
        _ => None,
    };
    let events = match query {
        Query::Home | Query::Brief { .. } | Query::Events { .. } | Query::Event(_) => {
            Some(shared.events(&backend, &who).await.map_err(api_error)?)
        }
        _ => None,
    };
    let others = Others { groups: groups.as_deref(), briefs: briefs.as_deref(), events: events.as_deref() };
    let selected = crate::selection::select(&query, seen.as_seen(), others);
    if selected.as_ref().is_none_or(|view| view.lacks_its_subject(&query)) {
        answer_with(404);
    }
    Ok(selected)
}

/// The member whose session came with the request.
pub fn signed_in() -> Result<(Backend, SignedIn), ApiError> {
    match use_context::<SignedIn>() {
        Some(who) => Ok((expect_context::<Backend>(), who)),
        None => {
            answer_with(401);
            Err(ApiError::SignedOut)
        }
    }
}

/// The snapshots as somebody of the office sees them; nobody else gets any.
pub async fn of_the_office(backend: &Backend, who: &SignedIn) -> Result<backend::snapshots::SeenAt, ApiError> {
    let shared = expect_context::<Arc<backend::snapshots::Shared>>();
    let at = shared.seen(backend, who).await.map_err(api_error)?;
    if at.me.rights.office {
        return Ok(at);
    }
    answer_with(403);
    Err(ApiError::NotAllowed)
}

pub fn api_error(error: Error) -> ApiError {
    let (status, told) = match error {
        Error::SignedOut => (401, ApiError::SignedOut),
        Error::NotAllowed => (403, ApiError::NotAllowed),
        Error::NotFound => (404, ApiError::NotFound),
        Error::Unavailable(_) | Error::Unreadable(_) | Error::Conflict => (503, ApiError::Unavailable),
    };
    answer_with(status);
    told
}

/// A Monday as it stands in an address; none where nothing stands there.
pub fn monday_named(monday: &str) -> Result<Option<NaiveDate>, ApiError> {
    if monday.is_empty() { Ok(None) } else { monday.parse().map(Some).map_err(|_| api_error(Error::NotFound)) }
}
