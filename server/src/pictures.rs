//! Pictures of the brief, covers of events and photos of them: made small on the device, kept and shown as they came.

use axum::extract::{Extension, Path, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use backend::auth::SignedIn;
use backend::brief::{self, Found, Kept};
use backend::error::Error;
use backend::event;
use domain::brief::{PICTURE_CAP, PIXEL_CAP};
use domain::id::{MemberId, PictureId};
use imagesize::ImageType;

use crate::api::is_for;
use crate::forms::body;
use crate::problem::{self, Problem};
use crate::state::Server;

/// `POST /api/v1/pictures/{id}`: the bytes of a picture that a block names, before or after.
pub async fn keep(
    State(server): State<Server>,
    Extension(who): Extension<SignedIn>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    kept(&server, &who, &id, request).await.unwrap_or_else(IntoResponse::into_response)
}

/// `POST /api/v1/event-pictures/{id}`: the same for the cover of an event, or for a photo of one.
pub async fn keep_cover(
    State(server): State<Server>,
    Extension(who): Extension<SignedIn>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    cover_kept(&server, &who, &id, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn kept(server: &Server, who: &SignedIn, id: &str, request: Request) -> Result<Response, Problem> {
    let (id, picture) = taken(server, who, id, request).await?;
    brief::keep_picture(&server.backend, who.member, id, &picture).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn cover_kept(server: &Server, who: &SignedIn, id: &str, request: Request) -> Result<Response, Problem> {
    let (id, picture) = taken(server, who, id, request).await?;
    event::keep_picture(&server.backend, who.member, id, &picture).await?;
    // A photo that was added before its bytes came shows now.
    server.live.changed();
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The picture that a request carries, within its bounds.
async fn taken(server: &Server, who: &SignedIn, id: &str, request: Request) -> Result<(PictureId, Kept), Problem> {
    is_for(request.headers(), who)?;
    let id: PictureId = id.parse().map_err(|_| problem::NOT_FOUND)?;
    server.limits.commands(who.member, 1)?;
    let said = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = if said.starts_with("image/webp") { "image/webp" } else { "image/jpeg" };
    let too_large = |problem| if problem == problem::TOO_LARGE { problem::PICTURE_TOO_LARGE } else { problem };
    let bytes = body(request, kind, PICTURE_CAP).await.map_err(too_large)?;
    Ok((id, read(bytes.to_vec())?))
}

/// What the bytes themselves say they are, whatever was said of them.
fn read(bytes: Vec<u8>) -> Result<Kept, Problem> {
    let mime = match imagesize::image_type(&bytes) {
        Ok(ImageType::Jpeg) => "image/jpeg",
        Ok(ImageType::Webp) => "image/webp",
        _ => return Err(problem::NOT_A_PICTURE),
    };
    let size = imagesize::blob_size(&bytes).map_err(|_| problem::NOT_A_PICTURE)?;
    let pixels = |pixels: usize| u16::try_from(pixels).ok().filter(|pixels| *pixels <= PIXEL_CAP);
    let (Some(width), Some(height)) = (pixels(size.width), pixels(size.height)) else {
        return Err(problem::PICTURE_TOO_LARGE);
    };
    if width == 0 || height == 0 {
        return Err(problem::NOT_A_PICTURE);
    }
    Ok(Kept { mime: mime.to_owned(), width, height, bytes })
}

/// How long a browser may show it again without asking.
const FOR_EVER: &str = "private, max-age=31536000, immutable";
/// For whom it is public, it may be so no longer.
const PUBLIC: &str = "public, max-age=3600";
/// Somebody may ask for its removal.
const A_WHILE: &str = "private, max-age=3600";

/// A picture of the brief, or else a cover, or else a photo: their ids are never the same.
async fn found(server: &Server, member: Option<MemberId>, id: PictureId) -> Result<(Found, &'static str), Error> {
    let lasts = if member.is_some() { FOR_EVER } else { PUBLIC };
    match brief::picture(&server.backend, member, id).await {
        Err(Error::NotFound) => {}
        found => return found.map(|found| (found, lasts)),
    }
    // Events stand on our own pages only.
    let own = |kept| Found { kept, public: false };
    // Before what one sent oneself: a photo is one's own, and everybody's.
    match event::photo(&server.backend, member, id).await {
        Err(Error::NotFound) => event::picture(&server.backend, member, id).await.map(|kept| (own(kept), lasts)),
        found => found.map(|kept| (own(kept), A_WHILE)),
    }
}

/// `GET /pictures/{id}`: another picture has another id.
pub async fn show(State(server): State<Server>, who: Option<Extension<SignedIn>>, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse::<PictureId>() else { return problem::NOT_FOUND.into_response() };
    let member = who.map(|Extension(who)| who.member);
    match found(&server, member, id).await {
        Ok((Found { kept, public }, lasts)) => {
            let mut response = kept.bytes.into_response();
            let headers = response.headers_mut();
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(lasts));
            if public {
                // Mails are read on pages of others, too.
                let policy = HeaderName::from_static("cross-origin-resource-policy");
                headers.insert(policy, HeaderValue::from_static("cross-origin"));
            }
            if let Ok(mime) = HeaderValue::try_from(kept.mime) {
                headers.insert(header::CONTENT_TYPE, mime);
            }
            response
        }
        Err(error) => Problem::from(error).into_response(),
    }
}
