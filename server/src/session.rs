//! Who is asking: found once per request, before any handler.

use app::public_pages::document::MEMBERS;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use backend::auth::{self, SignedIn, SignedOut};
use domain::public_page::Page;

use crate::client_ip::ClientIp;
use crate::cookies::{self, Cookie};
use crate::problem::{self, Problem};
use crate::routes::{FOR_ANYBODY, PUBLIC};
use crate::sign_in::way_back;
use crate::state::Server;

/// The token that came with the request: known to this device alone.
#[derive(Clone)]
pub struct Token(pub String);

/// Finds out who is asking, and lets visitors into public routes only.
pub async fn gate(State(server): State<Server>, mut request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let Some(route) = route.filter(|route| !FOR_ANYBODY.contains(&route.as_str())) else {
        return next.run(request).await;
    };
    let public = PUBLIC.contains(&route.as_str());
    let posts = request.method() == Method::POST;
    let ip = ClientIp::of(&request, &server.config.trusted_proxies);
    request.extensions_mut().insert(ip);

    let found = find(&server, &mut request).await;
    // A device whose session is over tries to send what waits, again and again: whose shop it is in may still sign in.
    let unknown = found.as_ref().is_err_and(|refusal| *refusal == problem::UNKNOWN_SESSION);
    if posts
        && (public || unknown)
        && let Err(slow_down) = server.limits.visitor_posts(ip)
    {
        return slow_down.into_response();
    }
    match found {
        Ok(who) => {
            let is_visit = request.method() == Method::GET && (!route.starts_with("/api/") || route == "/api/v1/me");
            let token = request.extensions().get::<Token>().cloned();
            request.extensions_mut().insert(who.clone());
            let mut response = next.run(request).await;
            name_member(&mut response, &who);
            // A session slides: each visit keeps it for another 180 days in the browser too.
            if let (true, Some(Token(token))) = (is_visit, token) {
                keep_signed_in(&mut response, &token, server.https());
            }
            response
        }
        Err(_) if public => next.run(request).await,
        Err(refusal) => refuse(refusal, &request, &server),
    }
}

async fn find(server: &Server, request: &mut Request) -> Result<SignedIn, Problem> {
    let token = Cookie::Session.read(request.headers(), server.https()).ok_or(problem::UNKNOWN_SESSION)?;
    let who = auth::session(&server.backend, &token).await.map_err(why_out)?;
    request.extensions_mut().insert(Token(token));
    Ok(who)
}

/// What a session that is over becomes.
pub fn why_out(out: SignedOut) -> Problem {
    match out {
        SignedOut::Expired => problem::EXPIRED_SESSION,
        SignedOut::Revoked => problem::REVOKED_SESSION,
        SignedOut::Unknown => problem::UNKNOWN_SESSION,
        SignedOut::Failed(error) => error.into(),
    }
}

/// A page sends the visitor to sign in and knows the way back; anything else says 401.
fn refuse(refusal: Problem, request: &Request, server: &Server) -> Response {
    let page = matches!(*request.method(), Method::GET | Method::HEAD) && !request.uri().path().starts_with("/api/");
    if refusal.status != 401 || !page {
        return refusal.into_response();
    }
    let wanted = request.uri().path_and_query().map_or("/", |path| path.as_str());
    // Whoever comes by the front door, and whom no device remembers, is shown what this is. A member's device asks for more.
    if wanted == "/" && refusal == problem::UNKNOWN_SESSION {
        return see_other(Page::Project.path());
    }
    // They go on where the app begins.
    let wanted = if wanted == MEMBERS { "/" } else { wanted };
    // A link's secret stays out of addresses that are logged and shared.
    let secret = wanted.starts_with("/invitation/");
    let to = if secret || wanted == "/" { "/connexion".to_owned() } else { way_back("/connexion", wanted) };
    let mut response = see_other(&to);
    response.headers_mut().append(header::SET_COOKIE, Cookie::Return.set(wanted, cookies::STEP_S, server.https()));
    response
}

/// Sends the browser to another page of ours, by GET.
pub fn see_other(to: &str) -> Response {
    let mut response = axum::http::StatusCode::SEE_OTHER.into_response();
    let to = HeaderValue::try_from(to).unwrap_or(HeaderValue::from_static("/"));
    response.headers_mut().insert(header::LOCATION, to);
    response
}

fn name_member(response: &mut Response, who: &SignedIn) {
    if let Ok(member) = HeaderValue::try_from(who.member.to_string()) {
        response.headers_mut().insert("alpar-member", member);
    }
}

/// Unless the answer itself changes the session.
fn keep_signed_in(response: &mut Response, token: &str, https: bool) {
    let name = Cookie::Session.name(https);
    let decided = response.headers().get_all(header::SET_COOKIE).iter().any(|set| set.as_bytes().starts_with(name.as_bytes()));
    if !decided {
        response.headers_mut().append(header::SET_COOKIE, Cookie::Session.set(token, cookies::SESSION_S, https));
    }
}
