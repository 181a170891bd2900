//! Public events for people without an account: the page, coming to one by name and address, and the page behind the mail.
//! Nothing tells whether an address is known, or who comes.

use app::organising::public_page::{Asking, Open, PRESENTATION, Typed, Wrong, presentation_page};
use app::organising::yes_page::{Invited, visit_page};
use axum::extract::{Path, RawQuery, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use backend::event::{self, OpenEvent, Registered, Registration, Visit};
use backend::public_page::place;
use domain::id::EventId;
use domain::reason::Reason;

use crate::client_ip::ClientIp;
use crate::door;
use crate::forms::Form;
use crate::problem::{self, Problem};
use crate::public_pages::{HTML, kept, site, unkept, written};
use crate::session::see_other;
use crate::state::Server;

/// `/presentation`
pub async fn show(State(server): State<Server>, asked: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let asking = if query.as_deref() == Some("inscription=envoyee") { Asking::Sent } else { Asking::Open };
    told(page(&server, asking).await.map(|html| kept(&asked, HTML, &html)))
}

async fn page(server: &Server, asking: Asking) -> Result<String, Problem> {
    let open = |OpenEvent { event, html, left }: OpenEvent| Open { event, html, left };
    let events: Vec<Open> = event::open_events(&server.backend).await?.into_iter().map(open).collect();
    let (now, place) = (server.backend.now(), place(&server.backend).await?);
    Ok(written(|| presentation_page(events, asking, now, site(server, &place))))
}

/// `POST /presentation/inscription`: a mail asks for a yes; the answer is the same whether the address is known.
pub async fn register(State(server): State<Server>, request: Request) -> Response {
    told(ask_to_come(&server, request).await)
}

async fn ask_to_come(server: &Server, request: Request) -> Result<Response, Problem> {
    server.limits.visitor_posts(ClientIp::of(&request, &server.config.trusted_proxies))?;
    let form = Form::read(request).await?;
    let one = |name: &str| form.one(name).unwrap_or_default().to_owned();
    let event: EventId = one("event").parse().map_err(|_| problem::NOT_FOUND)?;
    let typed =
        Typed { event: Some(event), name: one("name"), email: one("email"), guests: one("guests"), children: one("children") };
    let wrong = match (number(&typed.guests), number(&typed.children)) {
        (Some(guests), Some(children)) => {
            let wanted = Registration { name: &typed.name, email: &typed.email, guests, children };
            match event::register(&server.backend, event, wanted, &server.config.public_url.origin).await? {
                Registered::Sent => return Ok(see_other(&format!("{PRESENTATION}?inscription=envoyee"))),
                Registered::NotAnAddress => Wrong::NotAnAddress,
                Registered::NoName => Wrong::NoName,
                Registered::TooMany => Wrong::TooMany,
                Registered::Refused(reason) => Wrong::Refused(reason),
            }
        }
        _ => Wrong::NoNumber,
    };
    let status = match wrong {
        Wrong::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Wrong::NoName | Wrong::NotAnAddress | Wrong::NoNumber | Wrong::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let html = page(server, Asking::Wrong(Box::new(typed), wrong)).await?;
    Ok(unkept(status, html))
}

/// How many come along: nothing typed is nobody.
fn number(typed: &str) -> Option<u8> {
    if typed.is_empty() {
        return Some(0);
    }
    typed.bytes().all(|byte| byte.is_ascii_digit()).then(|| typed.parse().ok()).flatten()
}

/// `/sortie/inscription/{secret}`: the page behind the link of that mail. Mail scanners open every link: nothing is written.
pub async fn visit(State(server): State<Server>, Path(token): Path<String>) -> Response {
    told(stands(&server, &token, None).await)
}

/// « Oui, je viens », « Je ne viens plus »
pub async fn say(State(server): State<Server>, Path(token): Path<String>, request: Request) -> Response {
    told(take(&server, &token, request).await)
}

async fn take(server: &Server, token: &str, request: Request) -> Result<Response, Problem> {
    server.limits.visitor_posts(ClientIp::of(&request, &server.config.trusted_proxies))?;
    let form = Form::read(request).await?;
    let said = match form.one("geste") {
        Some("oui") => event::say_yes(&server.backend, token).await?,
        Some("non") => event::say_no(&server.backend, token).await?,
        _ => return Err(problem::NOT_UNDERSTOOD),
    };
    server.live.changed();
    stands(server, token, said.and_then(Result::err)).await
}

async fn stands(server: &Server, token: &str, refused: Option<Reason>) -> Result<Response, Problem> {
    let now = server.backend.now();
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let found = event::visit(&server.backend, token).await?;
    let status = if found.is_none() { StatusCode::NOT_FOUND } else { status };
    let invited =
        found.map(|Visit { event, name, guests, placed, left, .. }| Invited { event, name, guests, placed, left, refused, now });
    let answer = format!("/sortie/inscription/{token}");
    Ok(door::page(status, false, &server.assets.app, |assets| visit_page(invited, answer, assets)))
}

fn told(answer: Result<Response, Problem>) -> Response {
    answer.unwrap_or_else(IntoResponse::into_response)
}
