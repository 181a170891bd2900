//! `GET /api/v1/{calendar,groups,briefs,events,me}`: whole snapshots, asked for with what is already there.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use backend::auth::SignedIn;

use super::{is_for, private};
use crate::encoding::Encoding;
use crate::problem::Problem;
use crate::snapshots::Packed;
use crate::state::Server;

pub async fn calendar(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    answer(request, &who, server.slices.calendar(&server, &who)).await
}

pub async fn groups(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    answer(request, &who, server.slices.groups(&server, &who)).await
}

pub async fn events(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    answer(request, &who, server.slices.events(&server, &who)).await
}

pub async fn briefs(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    answer(request, &who, server.slices.briefs(&server, &who)).await
}

pub async fn me(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    answer(request, &who, server.slices.me(&server, &who)).await
}

async fn answer(
    request: Request,
    who: &SignedIn,
    slice: impl Future<Output = Result<Arc<Packed>, backend::error::Error>>,
) -> Response {
    let headers = request.into_parts().0.headers;
    if let Err(problem) = is_for(&headers, who) {
        return problem.into_response();
    }
    match slice.await {
        Ok(packed) => told(&packed, &headers),
        Err(error) => Problem::from(error).into_response(),
    }
}

fn told(packed: &Packed, asked: &HeaderMap) -> Response {
    let encoding = Encoding::accepted(asked);
    let variant = packed.variant(encoding);
    let known = asked
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|tags| is_among(tags, variant.etag.as_str()));
    let mut response =
        if known { StatusCode::NOT_MODIFIED.into_response() } else { Response::new(Body::from(variant.bytes.clone())) };
    let headers = response.headers_mut();
    private(headers);
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(etag) = HeaderValue::try_from(variant.etag.as_str()) {
        headers.insert(header::ETAG, etag);
    }
    if !known {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(name) = encoding.name() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
    }
    response
}

/// Whether a list of tags names ours. A proxy may have weakened it.
fn is_among(tags: &str, etag: &str) -> bool {
    tags.split(',').map(|tag| tag.trim().trim_start_matches("W/")).any(|tag| tag == etag || tag == "*")
}
