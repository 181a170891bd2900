//! Shifts and events for the member's own calendar: one as a file, all of them at a secret address.

pub mod ical;

use axum::Json;
use axum::extract::{Extension, Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use backend::agenda::{self, Event};
use backend::auth::SignedIn;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::id::{EventId, ShiftId};
use ical::{Method, calendar, whole};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::api::is_for;
use crate::problem::{self, Problem};
use crate::state::Server;

/// `GET /vacation/{id}/agenda.ics`: a shift as a file, whoever holds it.
pub async fn one_shift(State(server): State<Server>, Extension(who): Extension<SignedIn>, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse::<ShiftId>() else { return problem::NOT_FOUND.into_response() };
    match one(&server, &who, id).await {
        Ok(Some(event)) => file(&calendar(&[event], Method::Publish, &server.config.public_url.origin), true),
        Ok(None) => problem::NOT_FOUND.into_response(),
        Err(error) => Problem::from(error).into_response(),
    }
}

async fn one(server: &Server, who: &SignedIn, id: ShiftId) -> Result<Option<Event>, backend::error::Error> {
    if let Some(mine) = agenda::events(&server.backend, who.member, Some(&[id])).await?.into_iter().find(|event| event.stands) {
        return Ok(Some(mine));
    }
    // Not mine: still a date to note.
    let calendar = server.shared.calendar(&server.backend, who).await?;
    Ok(calendar.shift(id).map(|shift| Event {
        shift_id: shift.id,
        starts_at: shift.starts_at,
        ends_at: shift.ends_at,
        stands: shift.is_planned(),
        sequence: 0,
        changed_at: None,
        lead: shift.lead().map(|lead| calendar.name(lead).to_string()),
        task: None,
    }))
}

/// `GET /sortie/{event}/agenda.ics`: an event as a file, once it is announced.
pub async fn one_event(State(server): State<Server>, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse::<EventId>() else { return problem::NOT_FOUND.into_response() };
    match backend::event::dated(&server.backend, id).await {
        Ok(Some(event)) => file(&whole(&[], &[event], "Sorties Alpar", Method::Publish, &server.config.public_url.origin), true),
        Ok(None) => problem::NOT_FOUND.into_response(),
        Err(error) => Problem::from(error).into_response(),
    }
}

/// `GET /agenda/{secret}`: all of them, for whoever has the address; 304 while nothing changed.
pub async fn feed(State(server): State<Server>, Path(secret): Path<String>, headers: HeaderMap) -> Response {
    let Some(secret) = secret.strip_suffix(".ics") else { return problem::NOT_FOUND.into_response() };
    let text = match all(&server, secret).await {
        Ok(Some(text)) => text,
        Ok(None) => return problem::NOT_FOUND.into_response(),
        Err(error) => return Problem::from(error).into_response(),
    };
    let etag = format!("\"{}\"", hex::encode(&Sha256::digest(&text)[..16]));
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let mut response = if known.is_some_and(|known| known.split(',').any(|one| one.trim().trim_start_matches("W/") == etag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        file(&text, false)
    };
    if let Ok(etag) = HeaderValue::try_from(etag) {
        response.headers_mut().insert(header::ETAG, etag);
    }
    response
}

/// The whole calendar of whoever has the secret; nothing where it is nobody's.
async fn all(server: &Server, secret: &str) -> Result<Option<String>, backend::error::Error> {
    let Some(member) = agenda::owner(&server.backend, &hash_of(secret)).await? else { return Ok(None) };
    let shifts = agenda::events(&server.backend, member, None).await?;
    let events = backend::event::of_member(&server.backend, member).await?;
    let origin = &server.config.public_url.origin;
    Ok(Some(whole(&shifts, &events, "Mes vacations Alpar", Method::Publish, origin)))
}

#[derive(Serialize)]
struct Renewed {
    address: String,
}

/// `POST /api/v1/agenda`: a new address, told once; the one before leads nowhere from here on.
pub async fn renew(State(server): State<Server>, Extension(who): Extension<SignedIn>, headers: HeaderMap) -> Response {
    if let Err(problem) = is_for(&headers, &who) {
        return problem.into_response();
    }
    let secret = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 24]>());
    if let Err(error) = agenda::renew(&server.backend, &who, &hash_of(&secret)).await {
        return Problem::from(error).into_response();
    }
    server.live.changed();
    let address = format!("{}/agenda/{secret}.ics", server.config.public_url.origin);
    let mut response = Json(Renewed { address }).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn hash_of(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

fn file(text: &str, download: bool) -> Response {
    let mut response = text.to_owned().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if download {
        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"alpar.ics\""));
    }
    response
}
