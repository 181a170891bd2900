//! The built site: hashed files for ever, fixed ones asked again each time.

use std::path::Path;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tower::ServiceExt;
use tower::util::MapResponse;
use tower_http::services::{ServeDir, ServeFile};

use crate::headers::{may_scan, shell_policy};
use crate::problem;
use crate::state::Server;

type Served = Response<tower_http::services::fs::ServeFileSystemResponseBody>;

/// `/pkg/…`, under its whole path: a name never changes its content; a missing file is missing.
pub fn hashed_files(server: &Server) -> MapResponse<ServeDir, fn(Served) -> Response> {
    let folder = ServeDir::new(&server.config.site).precompressed_br().append_index_html_on_directories(false);
    MapResponse::new(folder, for_ever as fn(Served) -> Response)
}

fn for_ever(served: Served) -> Response {
    match served.status() {
        StatusCode::NOT_FOUND => problem::NOT_FOUND.into_response(),
        StatusCode::METHOD_NOT_ALLOWED => problem::NOT_THAT_WAY.into_response(),
        _ => {
            let mut response = served.map(Body::new);
            set(&mut response, header::CACHE_CONTROL, "public, max-age=31536000, immutable");
            response
        }
    }
}

/// The service worker, or the one that undoes it.
pub async fn worker(State(server): State<Server>, request: Request) -> Response {
    let name = if server.config.worker_off { "sw-kill.js" } else { "sw.js" };
    let mut response = file(&server.config.site.join(name), request).await;
    set(&mut response, header::CONTENT_TYPE, "text/javascript");
    response
}

/// The static shell that the service worker answers with.
pub async fn shell(State(server): State<Server>, request: Request) -> Response {
    let mut response = file(&server.config.site.join("shell.html"), request).await;
    if let Ok(policy) = HeaderValue::try_from(shell_policy(server.assets.early_script.as_deref())) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    may_scan(&mut response);
    response
}

pub async fn manifest(State(server): State<Server>, request: Request) -> Response {
    let mut response = file(&server.config.site.join("manifest.webmanifest"), request).await;
    set(&mut response, header::CONTENT_TYPE, "application/manifest+json");
    response
}

/// Icons and the like at the site's root; otherwise there is nothing here.
pub async fn anything_else(State(server): State<Server>, request: Request) -> Response {
    let path = request.uri().path();
    if let Some(rest) = path.strip_prefix("/api/v") {
        let version = rest.split('/').next().unwrap_or_default();
        let other = version != "1" && !version.is_empty() && version.bytes().all(|digit| digit.is_ascii_digit());
        return if other { problem::OTHER_VERSION.into_response() } else { problem::NOT_FOUND.into_response() };
    }
    let asks = matches!(*request.method(), Method::GET | Method::HEAD);
    let file_name = path.rsplit('/').next().unwrap_or_default();
    let a_picture = [".svg", ".png", ".ico", ".txt", ".webp", ".jpg"].iter().any(|ending| file_name.ends_with(ending));
    if !asks || !a_picture {
        return problem::NOT_FOUND.into_response();
    }
    let folder = ServeDir::new(&server.config.site).precompressed_br().append_index_html_on_directories(false);
    match folder.oneshot(request).await {
        Ok(served) if served.status().is_success() || served.status() == StatusCode::NOT_MODIFIED => {
            let mut response = served.map(Body::new);
            set(&mut response, header::CACHE_CONTROL, "public, max-age=86400");
            response
        }
        _ => problem::NOT_FOUND.into_response(),
    }
}

async fn file(path: &Path, request: Request) -> Response {
    match ServeFile::new(path).precompressed_br().oneshot(request).await {
        Ok(served) if served.status() != StatusCode::NOT_FOUND => {
            let mut response = served.map(Body::new);
            set(&mut response, header::CACHE_CONTROL, "no-cache");
            response
        }
        _ => problem::NOT_FOUND.into_response(),
    }
}

fn set(response: &mut Response, name: header::HeaderName, value: &'static str) {
    if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
}
