//! What the committee sets and the employee notes, as plain forms.

use app::governance::form::Refused;
use app::objectives::form::{CLOSE, EDIT, FIGURE, OBJECTIVES, SET};
use axum::extract::{Extension, Request, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use backend::Backend;
use backend::auth::SignedIn;
use backend::objectives::{self, Kept};
use domain::id::{MemberId, ObjectiveId};
use domain::objectives::Written;
use domain::procedures::Fields;
use uuid::Uuid;

use crate::forms::Form;
use crate::pages::as_read;
use crate::problem::{self, Problem};
use crate::session::see_other;
use crate::state::Server;
use crate::still_form::{FORM_CAP, come_back};

/// `POST /objectifs`: does it, or shows the page again with all that was typed.
pub async fn post(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    act(&server, &who, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn act(server: &Server, who: &SignedIn, request: Request) -> Result<Response, Problem> {
    let page = as_read(&request, Uri::from_static(OBJECTIVES));
    let form = Form::read_within(request, FORM_CAP).await?;
    server.limits.commands(who.member, 1)?;
    let fields = Fields(form.0);
    let asked = Asked { backend: &server.backend, member: who.member, fields: &fields };
    let done = asked.done().await?;
    let path = asked.path()?;
    match done {
        Ok(()) => {
            server.live.changed();
            Ok(see_other(&format!("{path}?fait={}", fields.one("geste"))))
        }
        Err(mistakes) => Ok(come_back(server, page, &path, fields, Refused::of_objective(mistakes)).await),
    }
}

struct Asked<'a> {
    backend: &'a Backend,
    member: MemberId,
    fields: &'a Fields,
}

impl Asked<'_> {
    /// Where the form stood.
    fn path(&self) -> Result<String, Problem> {
        match self.fields.one("geste") {
            SET => Ok(OBJECTIVES.to_owned()),
            _ => Ok(format!("{OBJECTIVES}/{}", self.objective()?)),
        }
    }

    async fn done(&self) -> Result<Kept, Problem> {
        let (backend, member) = (self.backend, self.member);
        // What the form makes, or does, has its id: sent twice, it is one.
        let form: Uuid = self.fields.one("id").parse().unwrap_or_else(|_| backend.ids.uuid());
        match self.fields.one("geste") {
            SET => match Written::read(self.fields) {
                Ok(written) => Ok(objectives::set_objective(backend, member, form, &written).await?),
                Err(mistakes) => Ok(Err(mistakes)),
            },
            EDIT => match Written::read(self.fields) {
                Ok(written) => {
                    // A page of ours always says from which revision it was written.
                    let base: i32 = self.fields.one("base").parse().unwrap_or(0);
                    let of = (self.objective()?, base);
                    Ok(objectives::edit_objective(backend, member, form, of, &written).await?)
                }
                Err(mistakes) => Ok(Err(mistakes)),
            },
            CLOSE => {
                let word = self.fields.one("mot");
                Ok(objectives::close_objective(backend, member, form, self.objective()?, word).await?)
            }
            FIGURE => Ok(objectives::type_figure(backend, member, form, self.objective()?, self.fields).await?),
            _ => Err(problem::NOT_UNDERSTOOD),
        }
    }

    fn objective(&self) -> Result<ObjectiveId, Problem> {
        self.fields.one("objectif").parse().map_err(|_| problem::MALFORMED)
    }
}
