//! `/api/v1/push`: whether this device shows pushes, and that it does from now on, or no longer.

use axum::Json;
use axum::extract::{Extension, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use backend::auth::SignedIn;
use backend::notify::devices;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::{is_for, private};
use crate::forms::body;
use crate::problem::{self, Problem};
use crate::state::Server;

/// The longest request, in bytes.
const REQUEST_CAP: usize = 4 * 1024;

#[derive(Serialize)]
struct Known<'a> {
    /// What the browser gives its push service, in base64url (RFC 8292).
    key: &'a str,
    /// Where this device's pushes go; nothing while it shows none.
    endpoint: Option<String>,
}

/// `GET /api/v1/push`
pub async fn device(State(server): State<Server>, Extension(who): Extension<SignedIn>) -> Response {
    match devices::endpoint_of(&server.backend, &who).await {
        Ok(endpoint) => {
            let mut response = Json(Known { key: server.pusher.public_key(), endpoint }).into_response();
            private(response.headers_mut());
            response
        }
        Err(error) => Problem::from(error).into_response(),
    }
}

/// As a browser writes it (`PushSubscription.toJSON()`).
#[derive(Deserialize)]
struct Subscription {
    endpoint: String,
    keys: Keys,
}

#[derive(Deserialize)]
struct Keys {
    p256dh: String,
    auth: String,
}

/// `POST /api/v1/push`
pub async fn subscribe(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    begin(&server, &who, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn begin(server: &Server, who: &SignedIn, request: Request) -> Result<Response, Problem> {
    is_for(request.headers(), who)?;
    let body = body(request, "application/json", REQUEST_CAP).await?;
    let Subscription { endpoint, keys } = serde_json::from_slice(&body).map_err(|_| problem::MALFORMED)?;
    let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).map_err(|_| problem::MALFORMED);
    let (p256dh, auth) = (bytes(&keys.p256dh)?, bytes(&keys.auth)?);
    if web_push_native::p256::PublicKey::from_sec1_bytes(&p256dh).is_err() || auth.len() != 16 {
        return Err(problem::MALFORMED);
    }
    if !server.pusher.services().knows(&endpoint) {
        return Err(problem::UNKNOWN_PUSH_SERVICE);
    }
    devices::subscribe(&server.backend, who, &endpoint, &p256dh, &auth).await?;
    server.live.changed();
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `POST /api/v1/push/off`
pub async fn unsubscribe(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    if let Err(problem) = is_for(request.headers(), &who) {
        return problem.into_response();
    }
    match devices::unsubscribe(&server.backend, &who).await {
        Ok(()) => {
            server.live.changed();
            StatusCode::NO_CONTENT.into_response()
        }
        Err(error) => Problem::from(error).into_response(),
    }
}
