//! Pictures of the brief, covers of events, photos of them, of products, and of members: made small on the device, kept and shown as they came.

use axum::extract::{Extension, Path, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use backend::auth::SignedIn;
use backend::brief::{self, Found, Kept};
use backend::catalogue;
use backend::error::Error;
use backend::event;
use backend::register;
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

/// `POST /api/v1/product-pictures/{id}`: the same for what a product or a supplier looks like.
pub async fn keep_of_product(
    State(server): State<Server>,
    Extension(who): Extension<SignedIn>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    of_product_kept(&server, &who, &id, request).await.unwrap_or_else(IntoResponse::into_response)
}

/// `POST /api/v1/member-pictures/{id}`: the same for the photo of whoever sends it.
pub async fn keep_of_member(
    State(server): State<Server>,
    Extension(who): Extension<SignedIn>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    of_member_kept(&server, &who, &id, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn of_member_kept(server: &Server, who: &SignedIn, id: &str, request: Request) -> Result<Response, Problem> {
    let (id, picture) = taken(server, who, id, request, &BOUNDS).await?;
    register::keep_picture(&server.backend, who.member, id, &picture).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn of_product_kept(server: &Server, who: &SignedIn, id: &str, request: Request) -> Result<Response, Problem> {
    catalogue::may_keep_pictures(&server.backend, who.member).await?;
    let (id, picture) = taken(server, who, id, request, &BOUNDS).await?;
    catalogue::keep_picture(&server.backend, who.member, id, &picture).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn kept(server: &Server, who: &SignedIn, id: &str, request: Request) -> Result<Response, Problem> {
    let (id, picture) = taken(server, who, id, request, &BOUNDS).await?;
    brief::keep_picture(&server.backend, who.member, id, &picture).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn cover_kept(server: &Server, who: &SignedIn, id: &str, request: Request) -> Result<Response, Problem> {
    let (id, picture) = taken(server, who, id, request, &BOUNDS).await?;
    event::keep_picture(&server.backend, who.member, id, &picture).await?;
    // A photo that was added before its bytes came shows now.
    server.live.changed();
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The most that is taken of a picture.
pub struct Bounds {
    pub bytes: usize,
    /// Of each side.
    pub pixels: u16,
    /// What is said of one beyond them.
    pub beyond: Problem,
}

const BOUNDS: Bounds = Bounds { bytes: PICTURE_CAP, pixels: PIXEL_CAP, beyond: problem::PICTURE_TOO_LARGE };

/// The picture that a request carries, within its bounds.
pub async fn taken(
    server: &Server,
    who: &SignedIn,
    id: &str,
    request: Request,
    bounds: &Bounds,
) -> Result<(PictureId, Kept), Problem> {
    is_for(request.headers(), who)?;
    let id: PictureId = id.parse().map_err(|_| problem::NOT_FOUND)?;
    server.limits.commands(who.member, 1)?;
    let said = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = if said.starts_with("image/webp") { "image/webp" } else { "image/jpeg" };
    let too_large = |problem| if problem == problem::TOO_LARGE { bounds.beyond } else { problem };
    let bytes = body(request, kind, bounds.bytes).await.map_err(too_large)?;
    Ok((id, read(bytes.to_vec(), bounds)?))
}

/// What the bytes themselves say they are, whatever was said of them.
pub fn read(bytes: Vec<u8>, bounds: &Bounds) -> Result<Kept, Problem> {
    let mime = match imagesize::image_type(&bytes) {
        Ok(ImageType::Jpeg) => "image/jpeg",
        Ok(ImageType::Webp) => "image/webp",
        _ => return Err(problem::NOT_A_PICTURE),
    };
    let size = imagesize::blob_size(&bytes).map_err(|_| problem::NOT_A_PICTURE)?;
    let pixels = |pixels: usize| u16::try_from(pixels).ok().filter(|pixels| *pixels <= bounds.pixels);
    let (Some(width), Some(height)) = (pixels(size.width), pixels(size.height)) else {
        return Err(bounds.beyond);
    };
    if width == 0 || height == 0 {
        return Err(problem::NOT_A_PICTURE);
    }
    Ok(Kept { mime: mime.to_owned(), width, height, bytes })
}

/// How long a browser may show it again without asking.
pub const FOR_EVER: &str = "private, max-age=31536000, immutable";
/// For whom it is public, it may be so no longer.
const PUBLIC: &str = "public, max-age=3600";
/// Somebody may ask for its removal.
const A_WHILE: &str = "private, max-age=3600";

/// A picture, how long it lasts, and whether it is one of the shop's.
struct Seen {
    found: Found,
    lasts: &'static str,
    of_shop: bool,
}

/// A picture of the brief, or else of an event, of the catalogue, or of somebody: their ids are never the same.
async fn found(server: &Server, member: Option<MemberId>, id: PictureId) -> Result<Seen, Error> {
    let lasts = if member.is_some() { FOR_EVER } else { PUBLIC };
    match brief::picture(&server.backend, member, id).await {
        Err(Error::NotFound) => {}
        found => return found.map(|found| Seen { found, lasts, of_shop: false }),
    }
    // Events and the shop stand on our own pages only.
    let own = |kept, lasts, of_shop| Seen { found: Found { kept, public: false }, lasts, of_shop };
    // Before what one sent oneself: a photo is one's own, and everybody's.
    match event::photo(&server.backend, member, id).await {
        Err(Error::NotFound) => {}
        found => return found.map(|kept| own(kept, A_WHILE, false)),
    }
    match event::picture(&server.backend, member, id).await {
        Err(Error::NotFound) => {}
        found => return found.map(|kept| own(kept, lasts, false)),
    }
    match catalogue::picture(&server.backend, member, id).await {
        // A photo of somebody may be taken off.
        Err(Error::NotFound) => register::picture(&server.backend, member, id).await.map(|kept| own(kept, A_WHILE, false)),
        found => found.map(|kept| own(kept, lasts, true)),
    }
}

/// `GET /pictures/{id}`: another picture has another id.
pub async fn show(State(server): State<Server>, who: Option<Extension<SignedIn>>, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse::<PictureId>() else { return problem::NOT_FOUND.into_response() };
    let member = who.map(|Extension(who)| who.member);
    match found(&server, member, id).await {
        Ok(Seen { found: Found { kept, public }, lasts, of_shop }) => {
            let mut response = kept.bytes.into_response();
            let headers = response.headers_mut();
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(lasts));
            if public {
                // Mails are read on pages of others, too.
                let policy = HeaderName::from_static("cross-origin-resource-policy");
                headers.insert(policy, HeaderValue::from_static("cross-origin"));
            }
            if of_shop {
                // A device keeps a few of those that were looked at, and no more (`public/sw.js`).
                headers.insert(HeaderName::from_static("alpar-picture"), HeaderValue::from_static("shop"));
            }
            if let Ok(mime) = HeaderValue::try_from(kept.mime) {
                headers.insert(header::CONTENT_TYPE, mime);
            }
            response
        }
        Err(error) => Problem::from(error).into_response(),
    }
}
