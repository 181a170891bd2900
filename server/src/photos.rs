//! Photos that go with what was said on a sheet.

use axum::extract::{Extension, Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use backend::auth::SignedIn;
use backend::sheet;
use domain::id::PhotoId;

use crate::api::is_for;
use crate::forms::body;
use crate::problem::{self, Problem};
use crate::state::Server;

/// The largest photo, in bytes: a device makes them smaller.
const PHOTO_CAP: usize = 200 * 1024;
/// How a JPEG begins.
const JPEG: [u8; 3] = [0xff, 0xd8, 0xff];

/// `POST /api/v1/photos/{id}`: the bytes of a photo that an act of the member has named.
pub async fn keep(
    State(server): State<Server>,
    Extension(who): Extension<SignedIn>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    kept(&server, &who, &id, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn kept(server: &Server, who: &SignedIn, id: &str, request: Request) -> Result<Response, Problem> {
    is_for(request.headers(), who)?;
    let id: PhotoId = id.parse().map_err(|_| problem::NOT_FOUND)?;
    server.limits.commands(who.member, 1)?;
    let jpeg = body(request, "image/jpeg", PHOTO_CAP).await?;
    if !jpeg.starts_with(&JPEG) {
        return Err(problem::WRONG_TYPE);
    }
    sheet::keep_photo(&server.backend, who.member, id, &jpeg).await?;
    server.live.changed();
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `GET /photos/{id}`
pub async fn show(State(server): State<Server>, Extension(who): Extension<SignedIn>, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse::<PhotoId>() else { return problem::NOT_FOUND.into_response() };
    match sheet::photo(&server.backend, who.member, id).await {
        Ok(jpeg) => {
            let mut response = jpeg.into_response();
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
            response
        }
        Err(error) => Problem::from(error).into_response(),
    }
}
