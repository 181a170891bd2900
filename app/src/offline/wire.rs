//! Talking to the server: plain `fetch`, so that every status is seen.

use domain::catalogue::PartOf;
use domain::json;
use domain::outbox::Setback;
use gloo_net::http::{Request, RequestBuilder, Response};
use js_sys::Reflect;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestCache, RequestInit};

use super::clock;
use super::push::Known;

const COMMANDS: &str = "/api/v1/commands";
/// How long an answer may take. Milliseconds.
const PATIENCE_MS: u32 = 15_000;
/// The most that a request may carry that outlives its page, by the standard. Bytes.
const KEEPALIVE_CAP: usize = 60_000;

/// What a request came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// No answer in time.
    NotReached,
    /// Somebody else answered: a captive portal, a proxy.
    NotOurs,
    /// The session is over: sign in again, nothing is lost.
    Expired,
    /// The session was ended: this device forgets what it read.
    Revoked,
    /// Signed in as somebody else.
    OtherMember,
    /// This build speaks a version of the wire that the server no longer does.
    TooOld,
    /// Too many at once: not before so many seconds.
    TooMany { retry_after_s: u32 },
    /// The server is unwell.
    Unwell,
    /// The server does not take this request.
    Rejected,
}

impl Trouble {
    /// What it is to the acts of the request; nothing where they only wait for their member.
    pub fn setback(self) -> Option<Setback> {
        match self {
            Trouble::NotReached | Trouble::NotOurs => Some(Setback::NotReached),
            Trouble::TooMany { retry_after_s } => Some(Setback::TooMany { retry_after_s }),
            Trouble::Unwell => Some(Setback::Unwell),
            Trouble::Rejected => Some(Setback::Rejected),
            Trouble::Expired | Trouble::Revoked | Trouble::OtherMember | Trouble::TooOld => None,
        }
    }
}

/// A snapshot as it came.
pub enum Fetched {
    Unchanged,
    New { text: String, etag: String },
}

fn patient(request: RequestBuilder) -> RequestBuilder {
    request.cache(RequestCache::NoStore).abort_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE_MS)))
}

/// Whether our own server answered, and what it says of the time.
fn ours(response: &Response) -> Result<(), Trouble> {
    if response.headers().get("alpar").is_none() {
        // A proxy before a server that is stopped says so by a 5xx; a portal pretends to answer.
        return Err(if response.status() >= 500 { Trouble::NotReached } else { Trouble::NotOurs });
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

async fn read_body<T: DeserializeOwned>(response: &Response) -> Result<T, Trouble> {
    let text = response.text().await.map_err(|_| Trouble::NotReached)?;
    json::parse(&text).map_err(|_| Trouble::NotReached)
}

async fn trouble(response: &Response) -> Trouble {
    match response.status() {
        401 => match read_body::<Told>(response).await {
            Ok(told) if told.error == "revoked" => Trouble::Revoked,
            _ => Trouble::Expired,
        },
        409 => Trouble::OtherMember,
        426 => Trouble::TooOld,
        429 => Trouble::TooMany {
            retry_after_s: response.headers().get("retry-after").and_then(|seconds| seconds.parse().ok()).unwrap_or(5),
        },
        500..=599 => Trouble::Unwell,
        _ => Trouble::Rejected,
    }
}

/// A shelf of the catalogue by its hash: never another under the same address.
pub async fn shelf(part: &PartOf, member: &str) -> Result<String, Trouble> {
    named(&format!("/api/v1/catalogue/{}/{}/{}", part.range.id, part.piece, part.hash), member).await
}

/// What suppliers tell of themselves, likewise.
pub async fn stories(hash: &str, member: &str) -> Result<String, Trouble> {
    named(&format!("/api/v1/catalogue/fournisseurs/{hash}"), member).await
}

async fn named(address: &str, member: &str) -> Result<String, Trouble> {
    let request = patient(Request::get(address)).header("Alpar-Member", member);
    let response = request.send().await.map_err(|_| Trouble::NotReached)?;
    ours(&response)?;
    match response.status() {
        200 => response.text().await.map_err(|_| Trouble::NotReached),
        _ => Err(trouble(&response).await),
    }
}

/// One conditional GET per slice.
pub async fn snapshot(slice: &str, member: &str, etag: Option<&str>) -> Result<Fetched, Trouble> {
    let mut request = patient(Request::get(&format!("/api/v1/{slice}"))).header("Alpar-Member", member);
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

/// What the server knows of this device's pushes.
pub async fn push_known(member: &str) -> Result<Known, Trouble> {
    let request = patient(Request::get("/api/v1/push")).header("Alpar-Member", member);
    let response = request.send().await.map_err(|_| Trouble::NotReached)?;
    ours(&response)?;
    if response.status() == 200 { read_body(&response).await } else { Err(trouble(&response).await) }
}

/// This device shows pushes.
pub async fn push_on(subscription: &str, member: &str) -> Result<(), Trouble> {
    accepted(post_to("/api/v1/push", subscription, member).await).await
}

/// It shows none any more.
pub async fn push_off(member: &str) -> Result<(), Trouble> {
    accepted(post_to("/api/v1/push/off", "{}", member).await).await
}

#[derive(Deserialize)]
struct Renewed {
    address: String,
}

/// The secret address of the member's calendar, made anew.
pub async fn renew_calendar(member: &str) -> Result<String, Trouble> {
    let response = post_to("/api/v1/agenda", "{}", member).await.map_err(|_| Trouble::NotReached)?;
    ours(&response)?;
    if response.status() == 200 { Ok(read_body::<Renewed>(&response).await?.address) } else { Err(trouble(&response).await) }
}

/// A photo or a picture that an act of the member has named; its bytes in base64.
pub async fn photo(address: &str, kind: &str, bytes: &str, member: &str) -> Result<(), Trouble> {
    accepted(post_photo(address, kind, bytes, member).await).await
}

async fn post_photo(address: &str, kind: &str, bytes: &str, member: &str) -> Result<Response, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let bytes: Vec<u8> = window.atob(bytes)?.chars().filter_map(|byte| u8::try_from(u32::from(byte)).ok()).collect();
    let request = request("", member)?;
    let headers = Headers::new()?;
    headers.set("Content-Type", kind)?;
    headers.set("Alpar-Member", member)?;
    request.set_headers(&headers);
    request.set_body(&js_sys::Uint8Array::from(bytes.as_slice()));
    Reflect::set(&request, &"keepalive".into(), &JsValue::FALSE)?;
    let response = JsFuture::from(window.fetch_with_str_and_init(address, &request)).await?;
    Ok(Response::from(response.dyn_into::<web_sys::Response>()?))
}

async fn accepted(response: Result<Response, JsValue>) -> Result<(), Trouble> {
    let response = response.map_err(|_| Trouble::NotReached)?;
    ours(&response)?;
    if response.status() == 204 { Ok(()) } else { Err(trouble(&response).await) }
}

/// Ends this device's session; whether the server really did.
pub async fn sign_out() -> bool {
    let _ = patient(Request::post("/deconnexion")).header("Content-Type", "application/x-www-form-urlencoded").send().await;
    // Its answer is a page, which anybody between could give: whose session it is now, only our server says.
    matches!(whoami().await, Err(Trouble::Expired | Trouble::Revoked))
}

/// Whom the session of this device belongs to, from the answer's own header.
pub async fn whoami() -> Result<String, Trouble> {
    let response = patient(Request::get("/api/v1/behind")).send().await.map_err(|_| Trouble::NotReached)?;
    ours(&response)?;
    match response.headers().get("alpar-member") {
        Some(member) if response.status() == 200 => Ok(member),
        _ => Err(trouble(&response).await),
    }
}

/// Sends acts in order; a missing answer means: not answered yet.
pub async fn commands(body: &str, member: &str) -> Result<String, Trouble> {
    let response = post(body, member).await.map_err(|_| Trouble::NotReached)?;
    ours(&response)?;
    match response.status() {
        200 => response.text().await.map_err(|_| Trouble::NotReached),
        _ => Err(trouble(&response).await),
    }
}

/// Sends acts from a page that may be gone before the answer comes.
pub fn send_and_leave(body: &str, member: &str) {
    if let Ok(request) = request(body, member)
        && let Some(window) = web_sys::window()
    {
        let left = window.fetch_with_str_and_init(COMMANDS, &request);
        // Where the page stays after all, nobody waits for this answer; nor for its failure.
        wasm_bindgen_futures::spawn_local(async move {
            let _ = JsFuture::from(left).await;
        });
    }
}

/// A POST that outlives its page where it is small enough to be allowed to: a tap may be followed
/// by the phone going back into its pocket.
fn request(body: &str, member: &str) -> Result<RequestInit, JsValue> {
    let headers = Headers::new()?;
    headers.set("Content-Type", "application/json")?;
    headers.set("Alpar-Member", member)?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&JsValue::from_str(body));
    init.set_cache(RequestCache::NoStore);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE_MS)));
    Reflect::set(&init, &"keepalive".into(), &JsValue::from_bool(body.len() < KEEPALIVE_CAP))?;
    Ok(init)
}

async fn post(body: &str, member: &str) -> Result<Response, JsValue> {
    post_to(COMMANDS, body, member).await
}

async fn post_to(address: &str, body: &str, member: &str) -> Result<Response, JsValue> {
    let request = request(body, member)?;
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let response = JsFuture::from(window.fetch_with_str_and_init(address, &request)).await?;
    Ok(Response::from(response.dyn_into::<web_sys::Response>()?))
}
