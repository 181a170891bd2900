//! `GET /api/v1/{calendar,groups,briefs,events,catalogue,me}`: whole snapshots, asked for with what is already there; of the
//! catalogue an index, and each shelf and what suppliers tell by its hash.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Extension, Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use backend::auth::SignedIn;
use backend::error::Error;

use super::{is_for, private};
use crate::encoding::Encoding;
use crate::etag::knows;
use crate::problem::{self, Problem};
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

pub async fn catalogue(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    answer(request, &who, server.slices.catalogue(&server, &who)).await
}

/// `GET /api/v1/catalogue/{range}/{piece}/{hash}`: never another one under the same address.
pub async fn shelf(
    State(server): State<Server>,
    Extension(who): Extension<SignedIn>,
    Path((range, piece, hash)): Path<(String, String, String)>,
    request: Request,
) -> Response {
    let (Ok(range), Ok(piece)) = (range.parse(), piece.parse()) else { return problem::NOT_FOUND.into_response() };
    for_ever(answer(request, &who, server.slices.shelf(&server, &who, (range, piece), &hash)).await)
}

/// `GET /api/v1/catalogue/fournisseurs/{hash}`: likewise, what suppliers tell of themselves.
pub async fn stories(
    State(server): State<Server>,
    Extension(who): Extension<SignedIn>,
    Path(hash): Path<String>,
    request: Request,
) -> Response {
    for_ever(answer(request, &who, server.slices.stories(&server, &who, &hash)).await)
}

/// What is named by its hash never changes.
fn for_ever(mut response: Response) -> Response {
    if response.status() == StatusCode::OK {
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable"));
    }
    response
}

pub async fn me(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    answer(request, &who, server.slices.me(&server, &who)).await
}

async fn answer(request: Request, who: &SignedIn, slice: impl Future<Output = Result<Arc<Packed>, Error>>) -> Response {
    let headers = request.into_parts().0.headers;
    if let Err(problem) = is_for(&headers, who) {
        return problem.into_response();
    }
    match slice.await.and_then(|packed| told(&packed, &headers)) {
        Ok(response) => response,
        Err(error) => Problem::from(error).into_response(),
    }
}

fn told(packed: &Packed, asked: &HeaderMap) -> Result<Response, Error> {
    let encoding = Encoding::accepted(asked);
    let variant = packed.variant(encoding)?;
    let known = knows(asked, &variant.etag);
    let mut response =
        if known { StatusCode::NOT_MODIFIED.into_response() } else { Response::new(Body::from(packed.bytes(encoding)?)) };
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
    Ok(response)
}
