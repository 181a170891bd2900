//! Signing in and out, by plain forms: an address, the code that was sent there, who one is.

use axum::extract::{Extension, Request, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use backend::auth::{self, CodeRequest, SignedIn, Verified};
use domain::id::{MemberId, SessionId};

use crate::client_ip::ClientIp;
use crate::cookies::{Cookie, SESSION_S, STEP_S};
use crate::device;
use crate::forms::Form;
use crate::problem::{self, Problem};
use crate::session::see_other;
use crate::state::Server;

/// `POST /connexion`: sends a code, if the address is a member's; answers the same if it is not.
pub async fn email(State(server): State<Server>, Extension(ip): Extension<ClientIp>, request: Request) -> Response {
    told(send_code(&server, ip, request).await)
}

async fn send_code(server: &Server, ip: ClientIp, request: Request) -> Result<Response, Problem> {
    let https = server.https();
    let earlier = Cookie::Return.read(request.headers(), https);
    let form = Form::read(request).await?;
    let back = form.one("retour").or(earlier.as_deref()).and_then(same_site_path).unwrap_or("/");
    let email = form.one("email").unwrap_or_default();
    let wrong = |what: &str| see_other(&way_back(&format!("/connexion?{what}"), back));
    match auth::request_code(&server.backend, email, ip.household()).await? {
        CodeRequest::NotAnAddress => Ok(wrong("erreur=adresse")),
        CodeRequest::TooMany { wait_s } => Ok(wrong(&format!("erreur=trop-de-demandes&attends={wait_s}"))),
        CodeRequest::Sent => {
            let mut response = see_other("/connexion/code");
            let headers = response.headers_mut();
            headers.append(header::SET_COOKIE, Cookie::Email.set(email, STEP_S, https));
            headers.append(header::SET_COOKIE, Cookie::Return.set(back, STEP_S, https));
            Ok(response)
        }
    }
}

/// `POST /connexion/code`: the six digits, typed in the app.
pub async fn code(State(server): State<Server>, who: Option<Extension<SignedIn>>, request: Request) -> Response {
    told(check_code(&server, who.map(|Extension(who)| who), request).await)
}

async fn check_code(server: &Server, before: Option<SignedIn>, request: Request) -> Result<Response, Problem> {
    let https = server.https();
    let headers = request.headers().clone();
    let form = Form::read(request).await?;
    let Some(email) = Cookie::Email.read(&headers, https) else { return Ok(see_other("/connexion?erreur=code-expire")) };
    let code = form.one("code").unwrap_or_default();
    Ok(match auth::verify_code(&server.backend, &email, code, &device::name(&headers)).await? {
        Verified::SignedIn { token } => arrived(server, before, &headers, &token).await?,
        Verified::Choose { ticket } => {
            let mut response = see_other("/connexion/qui");
            response.headers_mut().append(header::SET_COOKIE, Cookie::Ticket.set(&ticket, STEP_S, https));
            response
        }
        Verified::Wrong { left } => see_other(&format!("/connexion/code?erreur=code-faux&reste={left}")),
        Verified::Expired => see_other("/connexion/code?erreur=code-expire"),
        Verified::TooManyTries => see_other("/connexion/code?erreur=trop-d-essais"),
    })
}

/// `POST /connexion/qui`: one of the people behind the address; also to change while signed in.
pub async fn who(State(server): State<Server>, who: Option<Extension<SignedIn>>, request: Request) -> Response {
    told(choose(&server, who.map(|Extension(who)| who), request).await)
}

async fn choose(server: &Server, before: Option<SignedIn>, request: Request) -> Result<Response, Problem> {
    let headers = request.headers().clone();
    let form = Form::read(request).await?;
    let member: MemberId = form.one("membre").and_then(|id| id.parse().ok()).ok_or(problem::MALFORMED)?;
    let device = device::name(&headers);
    if let Some(ticket) = Cookie::Ticket.read(&headers, server.https()) {
        return match auth::choose_person(&server.backend, &ticket, member, &device).await? {
            Some(token) => arrived(server, before, &headers, &token).await,
            None => Ok(see_other("/connexion?erreur=code-expire")),
        };
    }
    let Some(now) = before else { return Ok(see_other("/connexion?erreur=session")) };
    let token = auth::switch_person(&server.backend, &now, member, &device).await?;
    arrived(server, Some(now), &headers, &token).await
}

/// A new session: the device's earlier one ends, and so does what led here.
async fn arrived(server: &Server, before: Option<SignedIn>, asked: &HeaderMap, token: &str) -> Result<Response, Problem> {
    if let Some(before) = before {
        auth::sign_out(&server.backend, &before).await?;
        server.live.end(before.session);
    }
    let https = server.https();
    let back = Cookie::Return.read(asked, https);
    let mut response = see_other(back.as_deref().and_then(same_site_path).unwrap_or("/"));
    let headers = response.headers_mut();
    headers.append(header::SET_COOKIE, Cookie::Session.set(token, SESSION_S, https));
    for step in [Cookie::Email, Cookie::Ticket, Cookie::Return] {
        headers.append(header::SET_COOKIE, step.clear(https));
    }
    Ok(response)
}

/// `POST /deconnexion`
pub async fn out(State(server): State<Server>, Extension(who): Extension<SignedIn>) -> Response {
    if let Err(error) = auth::sign_out(&server.backend, &who).await {
        return Problem::from(error).into_response();
    }
    server.live.end(who.session);
    let mut response = see_other("/connexion");
    for cookie in [Cookie::Session, Cookie::Ticket, Cookie::Invitation] {
        response.headers_mut().append(header::SET_COOKIE, cookie.clear(server.https()));
    }
    response
}

/// `POST /moi/appareils/revoquer`: another device of mine, or this one.
pub async fn revoke(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    told(end_device(&server, &who, request).await)
}

async fn end_device(server: &Server, who: &SignedIn, request: Request) -> Result<Response, Problem> {
    let form = Form::read(request).await?;
    let session: SessionId = form.one("session").and_then(|id| id.parse().ok()).ok_or(problem::MALFORMED)?;
    auth::revoke(&server.backend, who, session).await?;
    server.live.end(session);
    Ok(see_other("/moi/appareils"))
}

fn told(answer: Result<Response, Problem>) -> Response {
    answer.unwrap_or_else(IntoResponse::into_response)
}

/// A path on this site, as far as any browser is concerned; nothing else is a way back.
pub fn same_site_path(text: &str) -> Option<&str> {
    let path = text.starts_with('/') && !text.starts_with("//") && text.len() <= 1024;
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    (path && plain).then_some(text)
}

/// `page`, told where to go afterwards.
pub fn way_back(page: &str, wanted: &str) -> String {
    match same_site_path(wanted) {
        Some(path) if path != "/" => {
            let joint = if page.contains('?') { '&' } else { '?' };
            let retour = url::form_urlencoded::byte_serialize(path.as_bytes()).collect::<String>();
            format!("{page}{joint}retour={retour}")
        }
        _ => page.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_never_leaves_the_site() {
        assert_eq!(same_site_path("/vacations?semaine=2026-11-23"), Some("/vacations?semaine=2026-11-23"));
        for elsewhere in
            ["https://evil.example", "//evil.example", "/\\evil.example", "\\/evil", "/\t/evil", "", "evil", "/\n", "/é"]
        {
            assert_eq!(same_site_path(elsewhere), None, "{elsewhere:?}");
        }
    }

    #[test]
    fn the_way_back_is_one_parameter() {
        assert_eq!(way_back("/connexion", "/a?b=c&d=e"), "/connexion?retour=%2Fa%3Fb%3Dc%26d%3De");
        assert_eq!(way_back("/connexion?erreur=adresse", "/a"), "/connexion?erreur=adresse&retour=%2Fa");
        assert_eq!(way_back("/connexion", "//evil"), "/connexion");
    }
}
