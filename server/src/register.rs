//! What the office types and brings in of members; what a newcomer chooses; what each takes away of their own.

mod asked;
mod files;

use app::procedures::form::Typed;
use app::register::form::{ARRIVING, IMPORT, MEMBERS, PHOTO, Refused, Stays, Why};
use axum::extract::{Extension, Request, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use backend::auth::SignedIn;
use backend::register;
use domain::brief::Picture;
use domain::catalogue::import::{Refused as NoFile, SIZE_CAP};
use domain::id::TemplateId;
use domain::procedures::Fields;
use domain::register::Mistake;
use leptos::prelude::provide_context;
use uuid::Uuid;

use self::asked::{Asked, Went};
use crate::forms::Form;
use crate::pages::{as_read, render_still_with};
use crate::problem::{self, Problem};
use crate::session::see_other;
use crate::state::Server;
use crate::upload::{self, Sent};

pub use files::{certificate, certificate_of, export, left, left_json, own_data};

/// `POST /bureau/membres` and `POST /capital`: does it, or shows the page again with all that was typed.
pub async fn post(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    act(&server, &who, request).await.unwrap_or_else(IntoResponse::into_response)
}

/// `POST /bureau/membres/importer`: a file of members; its page shows what it would change.
pub async fn bring(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    brought(&server, &who, request).await.unwrap_or_else(IntoResponse::into_response)
}

/// `POST /arriver`: a recurring seat, or none.
pub async fn choose(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    chosen(&server, &who, request).await.unwrap_or_else(IntoResponse::into_response)
}

/// `POST /moi/photo`: my photo, which was sent before.
pub async fn photo(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    pictured(&server, &who, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn act(server: &Server, who: &SignedIn, request: Request) -> Result<Response, Problem> {
    let page = as_read(&request, Uri::from_static(MEMBERS));
    let form = Form::read(request).await?;
    server.limits.commands(who.member, 1)?;
    let fields = Fields(form.0);
    let asked = Asked { server, member: who.member, fields: &fields };
    let back = asked.back()?;
    match asked.done().await? {
        Ok(Went::To(address)) => {
            server.live.changed();
            Ok(see_other(&told(&address, fields.one("geste"))))
        }
        Ok(Went::Undone(stays)) => {
            server.live.changed();
            let none = Fields(Vec::new());
            Ok(Shown { stays, ..Shown::of(IMPORT.to_owned(), none) }.render(server, page).await)
        }
        Err(refused) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(Shown { refused, status, ..Shown::of(back, fields) }.render(server, page).await)
        }
    }
}

/// The page, with what was done there.
fn told(address: &str, act: &str) -> String {
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}fait={act}")
}

async fn brought(server: &Server, who: &SignedIn, request: Request) -> Result<Response, Problem> {
    let page = as_read(&request, Uri::from_static(IMPORT));
    server.limits.commands(who.member, 1)?;
    // Nobody else's file is even read.
    register::import::imports(&server.backend, who.member).await?;
    let (why, status) = match upload::read(request, "fichier", SIZE_CAP).await? {
        Sent::TooLarge { bytes } => (NoFile::TooLarge { bytes }, StatusCode::PAYLOAD_TOO_LARGE),
        Sent::File(upload) => {
            let form: Uuid = upload.fields.one("id").parse().unwrap_or_else(|_| server.backend.ids.uuid());
            match register::import::import_file(&server.backend, who.member, form, &upload.name, &upload.bytes).await? {
                Ok(import) => return Ok(see_other(&format!("{IMPORT}/{import}"))),
                Err(why) => (why, StatusCode::UNPROCESSABLE_ENTITY),
            }
        }
    };
    let refused = Refused(vec![Why::File(why)]);
    Ok(Shown { refused, status, ..Shown::of(IMPORT.to_owned(), Fields(Vec::new())) }.render(server, page).await)
}

async fn chosen(server: &Server, who: &SignedIn, request: Request) -> Result<Response, Problem> {
    let page = as_read(&request, Uri::from_static(ARRIVING));
    let form = Form::read(request).await?;
    server.limits.commands(who.member, 1)?;
    let kept = match form.one("place") {
        None => register::choose_rhythm(&server.backend, who).await?,
        Some(place) => {
            let place = place_of(place).ok_or(problem::MALFORMED)?;
            register::choose_seat(&server.backend, who, place).await?
        }
    };
    match kept {
        Ok(()) => {
            server.live.changed();
            Ok(see_other(&told(ARRIVING, "choisir")))
        }
        Err(mistakes) => Ok(refused(server, page, ARRIVING, mistakes).await),
    }
}

/// « modèle~place », as forms carry it.
fn place_of(text: &str) -> Option<(TemplateId, i16)> {
    let (template, position) = text.split_once('~')?;
    Some((template.parse().ok()?, position.parse().ok()?))
}

async fn pictured(server: &Server, who: &SignedIn, request: Request) -> Result<Response, Problem> {
    let form = Form::read(request).await?;
    server.limits.commands(who.member, 1)?;
    let picture = match form.one("picture").filter(|_| form.one("without").is_none()) {
        None => None,
        Some(id) => {
            let side = |name| form.one(name).and_then(|side| side.parse().ok()).ok_or(problem::MALFORMED);
            let id = id.parse().map_err(|_| problem::MALFORMED)?;
            Some(Picture { id, alt: format!("Portrait de {}", who.name), width: side("width")?, height: side("height")? })
        }
    };
    register::set_photo(&server.backend, who, picture.as_ref()).await?;
    server.live.changed();
    Ok(see_other(&told(PHOTO, "photo")))
}

async fn refused(server: &Server, page: Request, path: &str, mistakes: Vec<Mistake>) -> Response {
    let (refused, status) = (Refused::of(mistakes), StatusCode::UNPROCESSABLE_ENTITY);
    Shown { refused, status, ..Shown::of(path.to_owned(), Fields(Vec::new())) }.render(server, page).await
}

/// A page that answers a form.
struct Shown {
    /// Its address.
    path: String,
    typed: Fields,
    refused: Refused,
    stays: Stays,
    status: StatusCode,
}

impl Shown {
    fn of(path: String, typed: Fields) -> Shown {
        Shown { path, typed, refused: Refused::default(), stays: Stays::default(), status: StatusCode::OK }
    }

    async fn render(self, server: &Server, page: Request) -> Response {
        let mut page = page;
        if let Ok(address) = Uri::try_from(self.path) {
            *page.uri_mut() = address;
        }
        let typed = Typed(Fields(self.typed.0.into_iter().filter(|(name, _)| name != "id").collect()));
        let (refused, stays) = (self.refused, self.stays);
        let also = move || {
            provide_context(typed.clone());
            provide_context(refused.clone());
            provide_context(stays.clone());
        };
        let mut response = render_still_with(server, page, also).await;
        // What is not there, or not theirs, says so itself.
        if response.status().is_success() {
            *response.status_mut() = self.status;
        }
        response
    }
}
