//! `/acte/{secret}`: the page behind a mail's link, with one act and no session.

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use backend::notify;
use domain::notify::Choice;
use domain::view::mail_act::{Around, MailAct, Stands};

use crate::client_ip::ClientIp;
use crate::door;
use crate::forms::Form;
use crate::problem::{self, Problem};
use crate::session::see_other;
use crate::state::Server;

/// Where a mail's link leads.
pub fn path(token: &str) -> String {
    format!("/acte/{token}")
}

/// Shows what can be done, or what was. Mail scanners open every link: nothing is written.
pub async fn show(State(server): State<Server>, Path(token): Path<String>) -> Response {
    match look(&server, &token).await {
        Ok(shown) => page(&server, shown, &token),
        Err(error) => Problem::from(error).into_response(),
    }
}

/// Takes the answer, and sends the browser back to the page, which shows what became of it.
pub async fn answer(State(server): State<Server>, Path(token): Path<String>, request: Request) -> Response {
    take(&server, &token, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn take(server: &Server, token: &str, request: Request) -> Result<Response, Problem> {
    server.limits.visitor_posts(ClientIp::of(&request, &server.config.trusted_proxies))?;
    let form = Form::read(request).await?;
    let choice = form.one("choice").and_then(Choice::parse).ok_or(problem::MALFORMED)?;
    if !notify::press(&server.backend, token, choice).await? {
        return Ok(page(server, None, token));
    }
    server.live.changed();
    Ok(see_other(&path(token)))
}

async fn look(server: &Server, token: &str) -> Result<Option<(MailAct, Around)>, backend::error::Error> {
    let Some(shown) = notify::mail_act(&server.backend, token).await? else { return Ok(None) };
    let around = match shown.stands {
        Stands::Expired => Around::default(),
        _ => shown.around(server.shared.seen_by(&server.backend, shown.mailed.member).await?.as_seen()),
    };
    Ok(Some((shown, around)))
}

fn page(server: &Server, shown: Option<(MailAct, Around)>, token: &str) -> Response {
    let status = match &shown {
        None => StatusCode::NOT_FOUND,
        Some((shown, _)) if shown.stands == Stands::Expired => StatusCode::GONE,
        Some(_) => StatusCode::OK,
    };
    door::page(status, false, &server.assets.app, |assets| app::mail_act_page::mail_act_page(shown, path(token), assets))
}
