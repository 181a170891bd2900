//! The brief for people of the public: what is public of it, and asking for it by mail.

use app::brief_mail::public_page::{Asking, Open, brief_public_page};
use app::brief_mail::yes_page::{Yes, brief_yes_page};
use axum::extract::{Path, RawQuery, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use backend::brief::mail::{self, Asked, PublicBrief};
use backend::event;
use backend::public_page::{PUBLIC_BRIEF, place};
use chrono::NaiveDate;
use domain::event::Event;
use domain::view::brief::public_since;

use crate::client_ip::ClientIp;
use crate::door;
use crate::forms::Form;
use crate::problem::{self, Problem};
use crate::public_pages::{HTML, kept, site, written};
use crate::session::see_other;
use crate::state::Server;

/// `/breve/publique`: the last one; where there is none yet, it can be asked for.
pub async fn latest(State(server): State<Server>, asked: HeaderMap, RawQuery(query): RawQuery) -> Response {
    told(page(&server, &asked, None, asking(query.as_deref())).await)
}

/// `/breve/publique/{monday}`
pub async fn of_monday(
    State(server): State<Server>,
    Path(monday): Path<String>,
    asked: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let Ok(monday) = monday.parse::<NaiveDate>() else { return problem::NOT_FOUND.into_response() };
    told(page(&server, &asked, Some(monday), asking(query.as_deref())).await)
}

/// What became of asking for it: in the address, the same for every address that was typed.
fn asking(query: Option<&str>) -> Asking {
    match query {
        Some("abonnement=envoye") => Asking::Sent,
        Some("abonnement=adresse") => Asking::NotAnAddress,
        Some("abonnement=trop") => Asking::TooMany,
        _ => Asking::Open,
    }
}

async fn page(server: &Server, asked: &HeaderMap, monday: Option<NaiveDate>, asking: Asking) -> Result<Response, Problem> {
    let open = match mail::public_brief(&server.backend, monday).await? {
        Some(found) => Some(as_it_is(server, found).await?),
        None if monday.is_some() => return Err(problem::NOT_FOUND),
        None => None,
    };
    let path = monday.map_or_else(|| PUBLIC_BRIEF.to_owned(), |monday| format!("{PUBLIC_BRIEF}/{monday}"));
    let place = place(&server.backend).await?;
    let html = written(|| brief_public_page(open, path, asking, site(server, &place)));
    Ok(kept(asked, HTML, &html))
}

/// It, and what became of its events by now.
async fn as_it_is(server: &Server, found: PublicBrief) -> Result<Open, Problem> {
    let PublicBrief { issue, before, after } = found;
    let (brief, now) = (issue.brief, server.backend.now());
    let open = event::open_events(&server.backend).await?;
    let announced: Vec<(&Event, Option<u16>)> = open.iter().map(|open| (&open.event, open.left)).collect();
    let events = public_since(&brief, &announced, now);
    Ok(Open { brief, events, before, after, now })
}

/// `POST /breve/abonnement`: a mail asks for a yes; the answer is the same whether the address is known.
pub async fn subscribe(State(server): State<Server>, request: Request) -> Response {
    told(ask_for_it(&server, request).await)
}

async fn ask_for_it(server: &Server, request: Request) -> Result<Response, Problem> {
    server.limits.visitor_posts(ClientIp::of(&request, &server.config.trusted_proxies))?;
    let form = Form::read(request).await?;
    let typed = form.one("email").unwrap_or_default();
    let said = match mail::subscribe(&server.backend, typed, &server.config.public_url.origin).await? {
        Asked::Sent => "envoye",
        Asked::NotAnAddress => "adresse",
        Asked::TooMany => "trop",
    };
    Ok(see_other(&format!("/breve/publique?abonnement={said}#abonnement")))
}

/// `/breve/abonnement/{secret}`: the page behind the link of that mail. Nothing is written.
pub async fn ask(State(server): State<Server>, Path(token): Path<String>) -> Response {
    let shown = mail::awaits_yes(&server.backend, &token).await.map_err(Problem::from);
    told(shown.map(|awaits| yes_page(&server, if awaits { Yes::Asked } else { Yes::Nowhere }, &token)))
}

/// « Oui »
pub async fn yes(State(server): State<Server>, Path(token): Path<String>, request: Request) -> Response {
    told(take_yes(&server, &token, request).await)
}

async fn take_yes(server: &Server, token: &str, request: Request) -> Result<Response, Problem> {
    server.limits.visitor_posts(ClientIp::of(&request, &server.config.trusted_proxies))?;
    let said = mail::say_yes(&server.backend, token).await?;
    Ok(yes_page(server, if said { Yes::Said } else { Yes::Nowhere }, token))
}

fn yes_page(server: &Server, yes: Yes, token: &str) -> Response {
    let status = if yes == Yes::Nowhere { StatusCode::NOT_FOUND } else { StatusCode::OK };
    let action = format!("/breve/abonnement/{token}");
    door::page(status, false, &server.assets.app, |assets| brief_yes_page(yes, action, assets))
}

fn told(answer: Result<Response, Problem>) -> Response {
    answer.unwrap_or_else(IntoResponse::into_response)
}
