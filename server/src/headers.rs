//! What every answer tells the browser not to do.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::state::Server;

const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");

/// The policy of a page that runs WebAssembly: our own files alone, nothing inline.
pub fn page_policy() -> String {
    policy("'self' 'wasm-unsafe-eval'")
}

/// The policy of the static shell: its one inline script is known by its hash.
pub fn shell_policy(early_script: Option<&str>) -> String {
    let hash = early_script.map(|hash| format!(" '{hash}'")).unwrap_or_default();
    policy(&format!("'self'{hash} 'wasm-unsafe-eval'"))
}

/// The policy of a page that runs nothing at all.
pub fn still_policy() -> String {
    policy("'none'")
}

/// Anything else runs nothing inline.
fn bare_policy() -> String {
    policy("'self'")
}

fn policy(scripts: &str) -> String {
    format!(
        "default-src 'self'; script-src {scripts}; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; \
         worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
}

/// Lets the app use the camera, for barcodes: wherever it was opened, since it goes to its other pages by itself. The door of an
/// assembly, too, for members' cards.
pub fn may_scan(response: &mut Response) {
    response
        .headers_mut()
        .insert(PERMISSIONS, HeaderValue::from_static("camera=(self), geolocation=(), microphone=(), payment=(), usb=()"));
}

/// Strict headers, where the answer has not chosen its own.
pub async fn strict(State(server): State<Server>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut unless_set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    unless_set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Forms would send `Origin: null` under a stricter one.
    unless_set(header::REFERRER_POLICY, "same-origin");
    unless_set(header::X_FRAME_OPTIONS, "DENY");
    unless_set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    unless_set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    unless_set(PERMISSIONS, "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    unless_set(header::CACHE_CONTROL, "no-store");
    if server.config.public_url.https {
        unless_set(header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains");
    }
    if let Ok(policy) = HeaderValue::try_from(bare_policy()) {
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    response
}
