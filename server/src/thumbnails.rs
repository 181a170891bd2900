//! The small ones of photos of products and suppliers, for rows and lists: made on the device, and kept without whatever a file
//! may hold besides its picture.

mod bare;

use axum::extract::{Extension, Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use backend::auth::SignedIn;
use backend::catalogue::{self, Thumbnail};
use domain::catalogue::{THUMBNAIL_CAP, THUMBNAIL_PIXEL_CAP};
use domain::id::PictureId;

use crate::pictures::{Bounds, FOR_EVER, read, taken};
use crate::problem::{self, Problem};
use crate::state::Server;

const BOUNDS: Bounds = Bounds { bytes: THUMBNAIL_CAP, pixels: THUMBNAIL_PIXEL_CAP, beyond: problem::THUMBNAIL_TOO_LARGE };

/// `POST /api/v1/product-pictures/{id}/petite`: the small one of a picture that this member sent before.
pub async fn keep(
    State(server): State<Server>,
    Extension(who): Extension<SignedIn>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    kept(&server, &who, &id, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn kept(server: &Server, who: &SignedIn, id: &str, request: Request) -> Result<Response, Problem> {
    catalogue::may_keep_pictures(&server.backend, who.member).await?;
    let (id, picture) = taken(server, who, id, request, &BOUNDS).await?;
    let small = read(bare::bare(&picture.bytes).ok_or(problem::NOT_A_PICTURE)?, &BOUNDS)?;
    let small = Thumbnail { mime: small.mime, bytes: small.bytes };
    catalogue::keep_thumbnail(&server.backend, who.member, id, &small).await?;
    // A product that names it shows it now.
    server.live.changed();
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `GET /pictures/{id}/petite`: never another one under the same address.
pub async fn show(State(server): State<Server>, Extension(who): Extension<SignedIn>, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse::<PictureId>() else { return problem::NOT_FOUND.into_response() };
    match catalogue::thumbnail(&server.backend, who.member, id).await {
        Ok(Thumbnail { mime, bytes }) => {
            let mut response = bytes.into_response();
            let headers = response.headers_mut();
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(FOR_EVER));
            if let Ok(mime) = HeaderValue::try_from(mime) {
                headers.insert(header::CONTENT_TYPE, mime);
            }
            response
        }
        Err(error) => Problem::from(error).into_response(),
    }
}
