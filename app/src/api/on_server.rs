//! Who is asking, and what an error becomes: the server's side of every server function.

use std::sync::Arc;

use backend::Backend;
use backend::auth::SignedIn;
use backend::error::Error;
use backend::snapshots::Shelves;
use chrono::NaiveDate;
use domain::time::{Instant, paris_day};
use domain::view::catalogue::{Found, RangesView, Shop, found};
use leptos::prelude::{expect_context, use_context};

use super::ApiError;
use crate::selection::{Others, Query, Selects, View};

/// The most products that a server finds for a page.
const FOUND_CAP: usize = 60;
/// The longest words that it looks for, in characters.
const TYPED_CAP: usize = 120;

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
    let of_shop = query.needs_shop();
    let seen = match query {
        Query::Events { .. } | Query::Event(_) => shared.seen_at_events(&backend, &who).await,
        _ if of_shop => shared.seen_apart(&backend, &who).await,
        _ => shared.seen(&backend, &who).await,
    };
    let seen = seen.map_err(api_error)?;
    let groups = if query.wants_groups() { Some(shared.groups(&backend, &who).await.map_err(api_error)?) } else { None };
    let briefs = match query {
        Query::Home | Query::Brief { .. } | Query::Proposing => Some(shared.briefs(&backend, &who).await.map_err(api_error)?),
        // It says which one presented it.
        Query::Product(_) => Some(shared.last_briefs(&backend, &who).await.map_err(api_error)?),
        _ => None,
    };
    let events = match query {
        Query::Home | Query::Brief { .. } | Query::Events { .. } | Query::Event(_) | Query::Group(_) => {
            Some(shared.events(&backend, &who).await.map_err(api_error)?)
        }
        _ => None,
    };
    let shelves = if of_shop { Some(shared.catalogue(&backend, &who).await.map_err(api_error)?) } else { None };
    let shop = shelves.as_deref().map(|shelves| Shop {
        catalogue: &shelves.index,
        shelves: shelves.on.iter().map(|shelf| &**shelf).collect(),
        stories: Some(&*shelves.stories),
        me: &seen.me,
    });
    let others = Others { groups: groups.as_deref(), briefs: briefs.as_deref(), events: events.as_deref(), shop: shop.as_ref() };
    let mut selected =
        crate::chapters::on_server(query.chapter()).and_then(|chapter| (chapter.select)(&query, seen.as_seen(), others));
    if let (Query::Ranges { typed }, Some(shop), Some(shelves)) = (&query, &shop, &shelves)
        && let Some(mut view) = selected.clone().and_then(View::downcast::<RangesView>)
    {
        view.found = looked_for(shop, shelves, typed, seen.now);
        selected = Some(View::of(view));
    }
    if selected.as_ref().is_none_or(|view| view.lacks_its_subject(&query)) {
        answer_with(404);
    }
    Ok(selected)
}

/// What answers to what was typed, for a page that is not alive: a device searches by itself.
fn looked_for(shop: &Shop<'_>, shelves: &Shelves, typed: &str, now: Instant) -> Option<Found> {
    let typed: String = typed.trim().chars().take(TYPED_CAP).collect();
    if typed.is_empty() {
        return None;
    }
    found(shop, shelves.searched(), &typed, FOUND_CAP, paris_day(now))
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
