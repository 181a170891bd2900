//! Pages for whoever comes from a mail or from outside: no session, no script at all.

use app::visit::Assets;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use leptos::prelude::{IntoView, Owner, RenderHtml};

use crate::headers::still_policy;

/// The answer that shows a page. `found`: search engines may keep it.
pub fn page<V: IntoView>(status: StatusCode, found: bool, assets: &Assets, page: impl FnOnce(&Assets) -> V) -> Response {
    let html = Owner::new_root(None).with(|| page(assets).into_view().to_html());
    let mut response = (status, Html(html)).into_response();
    let headers = response.headers_mut();
    if !found {
        headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow"));
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(policy) = HeaderValue::try_from(still_policy()) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}
