//! Whose page posted this: only ours may change anything, plain forms included.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::problem;
use crate::routes::FROM_ANYWHERE;
use crate::state::Server;

/// Lets reads through, changes that our own pages ask for, and what no page asks for at all.
pub async fn ours_only(State(server): State<Server>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let route = request.extensions().get::<MatchedPath>();
    let anywhere = route.is_some_and(|route| FROM_ANYWHERE.contains(&route.as_str()));
    if reads || anywhere || is_ours(request.headers(), &server.config.public_url.origin) {
        next.run(request).await
    } else {
        problem::FOREIGN.into_response()
    }
}

/// A browser says where a request comes from, and no page can make it lie: `Sec-Fetch-Site`
/// where it is sent, `Origin` with it or without. `null` and silence are not ours.
fn is_ours(headers: &HeaderMap, origin: &str) -> bool {
    let said = |name: &str| headers.get(name).map(axum::http::HeaderValue::as_bytes);
    said("sec-fetch-site") == Some(b"same-origin") || said(header::ORIGIN.as_str()) == Some(origin.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(headers: &[(&'static str, &'static str)]) -> bool {
        let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        is_ours(&headers, "https://alpar.example")
    }

    #[test]
    fn only_our_own_pages_change_anything() {
        assert!(ours(&[("sec-fetch-site", "same-origin")]));
        assert!(ours(&[("origin", "https://alpar.example")]));
        assert!(!ours(&[]));
        assert!(!ours(&[("origin", "null")]));
        assert!(!ours(&[("origin", "https://alpar.example.evil.example")]));
        assert!(!ours(&[("origin", "http://alpar.example")]));
        assert!(!ours(&[("sec-fetch-site", "same-site")]));
        assert!(!ours(&[("sec-fetch-site", "none")]));
    }
}
