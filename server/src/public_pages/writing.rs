//! What Communication types for the public pages: plain forms, and the same form sent by the page's script, which saves by
//! itself what is published by a button alone.

use app::procedures::form::Typed;
use app::public_pages::form::{POSTED_TO, Refused};
use axum::Json;
use axum::extract::{Extension, Request, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use backend::Backend;
use backend::auth::SignedIn;
use backend::public_page::{self, Kept};
use domain::id::MemberId;
use domain::procedures::Fields;
use domain::public_page::{self as rules, Page, Place, Said};
use leptos::prelude::provide_context;
use serde_json::json;
use uuid::Uuid;

use crate::forms::Form;
use crate::pages::{as_read, render_still_with};
use crate::problem::{self, Problem};
use crate::session::see_other;
use crate::state::Server;

/// The longest form, in bytes: a text that is too long comes back with why, as all the others do.
const FORM_CAP: usize = 512 * 1024;

/// `POST /communication/pages`: does it, or shows the page again with all that was typed.
pub async fn post(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    act(&server, &who, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn act(server: &Server, who: &SignedIn, request: Request) -> Result<Response, Problem> {
    let page = as_read(&request, Uri::from_static(POSTED_TO));
    let by_script = request.headers().get(header::ACCEPT).is_some_and(|accepts| accepts == "application/json");
    let form = Form::read_within(request, FORM_CAP).await?;
    server.limits.commands(who.member, 1)?;
    let fields = Fields(form.0);
    let asked = Asked { backend: &server.backend, member: who.member, fields: &fields };
    if by_script {
        return asked.save().await;
    }
    let done = asked.done().await?;
    if let Err(mistakes) = done {
        let back = asked.place();
        return Ok(come_back(server, page, &back, fields, Refused(mistakes)).await);
    }
    Ok(see_other(&asked.then()))
}

/// The page of the form, with all that was typed.
async fn come_back(server: &Server, page: Request, back: &str, fields: Fields, refused: Refused) -> Response {
    let mut page = page;
    if let Ok(address) = Uri::try_from(back) {
        *page.uri_mut() = address;
    }
    let typed = Typed(Fields(fields.0.into_iter().filter(|(name, _)| name != "id").collect()));
    let also = move || {
        provide_context(typed.clone());
        provide_context(refused.clone());
    };
    let mut response = render_still_with(server, page, also).await;
    // What is not there, or not theirs, says so itself.
    if response.status().is_success() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// What an editor asks with a form.
struct Asked<'a> {
    backend: &'a Backend,
    member: MemberId,
    fields: &'a Fields,
}

impl Asked<'_> {
    async fn done(&self) -> Result<Kept, Problem> {
        let (backend, member) = (self.backend, self.member);
        let form: Uuid = self.fields.one("id").parse().unwrap_or_else(|_| backend.ids.uuid());
        Ok(match self.fields.one("geste") {
            "texte" => match self.said() {
                Ok(said) if self.fields.one("puis") == "publier" => {
                    public_page::publish(backend, member, form, self.page()?, self.number("base")?, &said).await?
                }
                Ok(said) => {
                    public_page::save_draft(backend, member, self.page()?, self.number("base")?, &said).await?;
                    Ok(())
                }
                Err(mistakes) => Err(mistakes),
            },
            "publier-texte" => public_page::publish_draft(backend, member, form, self.page()?).await?,
            "revenir" => {
                let (base, wanted) = (self.number("base")?, self.number("version")?);
                public_page::restore(backend, member, form, self.page()?, base, wanted).await?
            }
            "garder" => public_page::keep_draft(backend, member, self.page()?, self.number("base")?).await?,
            "oublier" => {
                public_page::forget_draft(backend, member, self.page()?).await?;
                Ok(())
            }
            "lieu" => match Place::read(self.fields) {
                Ok(place) => public_page::set_place(backend, member, self.number("base")?, &place).await?,
                Err(mistakes) => Err(mistakes),
            },
            _ => return Err(problem::NOT_UNDERSTOOD),
        })
    }

    /// Saves a text by itself, for its writer alone, and says on which revision to go on.
    async fn save(&self) -> Result<Response, Problem> {
        if self.fields.one("geste") != "texte" {
            return Err(problem::NOT_UNDERSTOOD);
        }
        let said = match self.said() {
            Ok(said) => said,
            Err(mistakes) => {
                let wrong = json!({ "wrong": Refused(mistakes).sentences() });
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(wrong)).into_response());
            }
        };
        let saved = public_page::save_draft(self.backend, self.member, self.page()?, self.number("base")?, &said).await?;
        Ok(Json(saved).into_response())
    }

    fn said(&self) -> Result<Said, Vec<rules::Mistake>> {
        let fields = self.fields;
        Said::read(rules::Typed { title: fields.one("title"), description: fields.one("description"), text: fields.one("text") })
    }

    fn page(&self) -> Result<Page, Problem> {
        self.fields.one("page").parse().map_err(|_| problem::MALFORMED)
    }

    fn number(&self, name: &'static str) -> Result<i32, Problem> {
        self.fields.one(name).parse().map_err(|_| problem::MALFORMED)
    }

    /// Where the form stood.
    fn place(&self) -> String {
        match self.page() {
            Ok(page) => format!("{POSTED_TO}/{page}"),
            Err(_) => POSTED_TO.to_owned(),
        }
    }

    /// Where to go once it is done.
    fn then(&self) -> String {
        let place = self.place();
        match (self.fields.one("geste"), self.fields.one("puis")) {
            ("texte", "apercu") => format!("{place}/apercu"),
            ("texte", "publier") | ("publier-texte", _) => format!("{place}?fait=publier"),
            (act, _) => format!("{place}?fait={act}"),
        }
    }
}
