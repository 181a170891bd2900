//! `/desabonner/{secret}`: the end of the brief by mail, for whoever has a copy: by a page, or by one press in a mail program
//! (RFC 8058), which sends no cookie and says nothing of where it comes from.

use app::brief_mail::leaving_page::{Stands, brief_leaving_page};
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use backend::brief::mail::{self, Leaving};

use crate::client_ip::ClientIp;
use crate::door;
use crate::forms::bytes;
use crate::problem::Problem;
use crate::state::Server;

/// What a mail program or our form posts, in bytes.
const BODY_CAP: usize = 4 * 1024;

/// Where a copy's link leads.
pub fn path(token: &str) -> String {
    format!("/desabonner/{token}")
}

/// Shows what can be done. Mail scanners open every link: nothing is written.
pub async fn show(State(server): State<Server>, Path(token): Path<String>) -> Response {
    told(stands(&server, &token, false).await.map(|stands| page(&server, stands, &token)))
}

/// Ends it, whoever presses and however often; or has it back, where our own form says so.
pub async fn press(State(server): State<Server>, Path(token): Path<String>, request: Request) -> Response {
    told(do_it(&server, &token, request).await)
}

async fn do_it(server: &Server, token: &str, request: Request) -> Result<Response, Problem> {
    server.limits.visitor_posts(ClientIp::of(&request, &server.config.trusted_proxies))?;
    // As a form or in parts, with the words of the standard or without: what is posted here means one thing.
    let body = bytes(request.into_body(), BODY_CAP).await?;
    let back = url::form_urlencoded::parse(&body).any(|(name, value)| name == "geste" && value == "reabonner");
    if back {
        mail::come_back(&server.backend, token).await?;
    } else {
        mail::leave(&server.backend, token).await?;
    }
    server.live.changed();
    let stands = stands(server, token, back).await?;
    Ok(page(server, stands, token))
}

async fn stands(server: &Server, token: &str, came_back: bool) -> Result<Stands, Problem> {
    Ok(match mail::leaving(&server.backend, token).await? {
        None => Stands::Nowhere,
        Some(Leaving { address, receives: true, .. }) => Stands::Receives { address: address.unwrap_or_default(), came_back },
        Some(Leaving { address, is_member: true, .. }) => Stands::MemberLeft { address: address.unwrap_or_default() },
        Some(Leaving { .. }) => Stands::Forgotten,
    })
}

fn page(server: &Server, stands: Stands, token: &str) -> Response {
    let status = if stands == Stands::Nowhere { StatusCode::NOT_FOUND } else { StatusCode::OK };
    door::page(status, false, &server.assets.app, |assets| brief_leaving_page(stands, path(token), assets))
}

fn told(answer: Result<Response, Problem>) -> Response {
    answer.unwrap_or_else(IntoResponse::into_response)
}
