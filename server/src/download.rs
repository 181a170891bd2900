//! What is taken away as a file: nobody else's business, and kept by no cache.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

pub fn private(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    response
}

pub fn file(response: Response, kind: &'static str, name: &str) -> Response {
    let mut response = private(response);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(name) = HeaderValue::try_from(format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    response
}

/// A table, as [`crate::csv`] writes it.
pub fn csv(text: String, name: &str) -> Response {
    file(text.into_response(), "text/csv; charset=utf-8", name)
}
