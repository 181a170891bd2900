//! `POST /mail/dsn`: a mail server hands in what came back (RFC 3464): for whom, and whether for good.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use backend::brief::mail;
use sha2::{Digest, Sha256};

use crate::client_ip::ClientIp;
use crate::forms::bytes;
use crate::problem::{self, Problem};
use crate::state::Server;

mod report;

use report::Report;
pub use report::is_of_the_address;

/// The longest report, in bytes: it may hold the mail that came back.
const REPORT_CAP: usize = 256 * 1024;

/// Takes a whole report, or the body of one. It answers the same whether the mail was one of ours.
pub async fn post(State(server): State<Server>, request: Request) -> Response {
    take(&server, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn take(server: &Server, request: Request) -> Result<Response, Problem> {
    // Without a secret there is no such door.
    let secret = server.config.dsn_secret.as_deref().ok_or(problem::NOT_FOUND)?;
    if !knows(secret, request.headers()) {
        server.limits.visitor_posts(ClientIp::of(&request, &server.config.trusted_proxies))?;
        return Err(problem::UNKNOWN_SESSION);
    }
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
    let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if !["message/rfc822", "multipart/report"].contains(&essence.as_str()) {
        return Err(problem::WRONG_TYPE);
    }
    let body = bytes(request.into_body(), REPORT_CAP).await?;
    let report = if essence == "message/rfc822" {
        Report::read(&body)
    } else {
        // Its boundary stands in the head of the request.
        Report::read(&[format!("Content-Type: {kind}\r\n\r\n").as_bytes(), &body].concat())
    };
    let report = report.ok_or(problem::MALFORMED)?;
    if let (Some(why), Some(message_id)) = (report.for_good, &report.message_id) {
        let known = mail::returned(&server.backend, message_id, &why).await?;
        tracing::info!(known, why, "a mail came back");
        server.live.changed();
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `Authorization: Bearer …`. What is compared are hashes: how long it takes says nothing.
fn knows(secret: &str, headers: &HeaderMap) -> bool {
    let said = headers.get(header::AUTHORIZATION).and_then(|said| said.to_str().ok());
    let said = said.and_then(|said| said.strip_prefix("Bearer ")).unwrap_or_default();
    Sha256::digest(said.trim()) == Sha256::digest(secret)
}
