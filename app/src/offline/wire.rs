//! Talking to the server: plain `fetch`, so that every status is seen.

use domain::command::Envelope;
use domain::outcome::Answer;
use gloo_net::http::{Request, RequestBuilder, Response};
use serde::{Deserialize, Serialize};
use web_sys::RequestCache;

use super::clock;

/// What a request came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// No answer, or one that is not our server's (a captive portal).
    NotReached,
    /// The session is over: sign in again, nothing is lost.
    Expired,
    /// The session was ended: this device forgets what it read.
    Revoked,
    /// Signed in as somebody else.
    OtherMember,
    /// Too many at once, or the server is unwell: later.
    Later,
    /// The server does not take this request.
    Rejected,
}

/// A snapshot as it came.
pub enum Fetched {
    Unchanged,
    New { text: String, etag: String },
}

fn named(request: RequestBuilder, member: &str) -> RequestBuilder {
    request.header("Alpar-Member", member).cache(RequestCache::NoStore)
}

/// Whether our own server answered, and what it says of the time.
fn ours(response: &Response) -> Result<(), Trouble> {
    if response.headers().get("alpar").is_none() {
        return Err(Trouble::NotReached);
    }
    if let Some(ms) = response.headers().get("alpar-time").and_then(|ms| ms.parse().ok()) {
        clock::server_said(ms);
    }
    Ok(())
}

#[derive(Deserialize)]
struct Told {
    error: String,
}

async fn trouble(response: &Response) -> Trouble {
    match response.status() {
        401 => match response.json::<Told>().await {
            Ok(told) if told.error == "revoked" => Trouble::Revoked,
            _ => Trouble::Expired,
        },
        409 => Trouble::OtherMember,
        429 | 500..=599 => Trouble::Later,
        _ => Trouble::Rejected,
    }
}

/// One conditional GET per slice.
pub async fn snapshot(slice: &str, member: &str, etag: Option<&str>) -> Result<Fetched, Trouble> {
    let mut request = named(Request::get(&format!("/api/v1/{slice}")), member);
    if let Some(etag) = etag {
        request = request.header("If-None-Match", etag);
    }
    let response = request.send().await.map_err(|_| Trouble::NotReached)?;
    ours(&response)?;
    match response.status() {
        304 => Ok(Fetched::Unchanged),
        200 => {
            let etag = response.headers().get("etag").unwrap_or_default();
            let text = response.text().await.map_err(|_| Trouble::NotReached)?;
            Ok(Fetched::New { text, etag })
        }
        _ => Err(trouble(&response).await),
    }
}

/// Whom the session of this device belongs to, from the answer's own header.
pub async fn whoami() -> Result<String, Trouble> {
    let request = Request::get("/api/v1/behind").cache(RequestCache::NoStore);
    let response = request.send().await.map_err(|_| Trouble::NotReached)?;
    ours(&response)?;
    match response.headers().get("alpar-member") {
        Some(member) if response.status() == 200 => Ok(member),
        _ => Err(trouble(&response).await),
    }
}

#[derive(Serialize)]
struct Commands<'a> {
    commands: &'a [Envelope],
}

#[derive(Deserialize)]
struct Outcomes {
    outcomes: Vec<Answer>,
}

/// Sends acts in order; a missing answer means: not answered yet.
pub async fn commands(commands: &[Envelope], member: &str) -> Result<Vec<Answer>, Trouble> {
    let request = named(Request::post("/api/v1/commands"), member).json(&Commands { commands }).map_err(|_| Trouble::Rejected)?;
    let response = request.send().await.map_err(|_| Trouble::NotReached)?;
    ours(&response)?;
    if response.status() != 200 {
        return Err(trouble(&response).await);
    }
    response.json::<Outcomes>().await.map(|answer| answer.outcomes).map_err(|_| Trouble::NotReached)
}
