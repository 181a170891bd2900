//! What those of a group type of a dossier at a table, as plain forms.

use app::dossiers::form::{DOSSIERS, new_of, writing};
use app::governance::form::Refused;
use axum::extract::{Extension, Request, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use backend::Backend;
use backend::auth::SignedIn;
use backend::dossiers::{self, Kept};
use domain::dossiers::Said;
use domain::id::{DossierId, GroupId, MemberId};
use domain::procedures::Fields;
use domain::time::paris_day;
use uuid::Uuid;

use crate::forms::Form;
use crate::pages::as_read;
use crate::problem::{self, Problem};
use crate::session::see_other;
use crate::state::Server;
use crate::still_form::{FORM_CAP, come_back};

/// `POST /dossiers`: does it, or shows the page again with all that was typed.
pub async fn post(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    act(&server, &who, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn act(server: &Server, who: &SignedIn, request: Request) -> Result<Response, Problem> {
    let page = as_read(&request, Uri::from_static(DOSSIERS));
    let form = Form::read_within(request, FORM_CAP).await?;
    server.limits.commands(who.member, 1)?;
    let fields = Fields(form.0);
    let asked = Asked { backend: &server.backend, member: who.member, fields: &fields };
    match fields.one("geste") {
        "ouvrir" => {
            let (group, form) = (asked.group()?, asked.form());
            match asked.open(group, form).await? {
                Ok(()) => Ok(done(server, DossierId(form), "ouvrir")),
                Err(mistakes) => {
                    let path = new_of(&group.to_string());
                    Ok(come_back(server, page, &path, fields, Refused::of_dossier(mistakes)).await)
                }
            }
        }
        "ecrire" => {
            let dossier = asked.dossier()?;
            match asked.rewrite(dossier).await? {
                Ok(()) => Ok(done(server, dossier, "ecrire")),
                Err(mistakes) => {
                    let path = writing(dossier, None);
                    Ok(come_back(server, page, &path, fields, Refused::of_dossier(mistakes)).await)
                }
            }
        }
        _ => Err(problem::NOT_UNDERSTOOD),
    }
}

/// Whoever opened a dossier goes on writing it.
fn done(server: &Server, dossier: DossierId, act: &str) -> Response {
    server.live.changed();
    see_other(&format!("{}?fait={act}", writing(dossier, None)))
}

struct Asked<'a> {
    backend: &'a Backend,
    member: MemberId,
    fields: &'a Fields,
}

impl Asked<'_> {
    async fn open(&self, group: GroupId, form: Uuid) -> Result<Kept, Problem> {
        match self.said() {
            Ok(said) => Ok(dossiers::open(self.backend, self.member, group, form, &said).await?),
            Err(kept) => Ok(kept),
        }
    }

    async fn rewrite(&self, dossier: DossierId) -> Result<Kept, Problem> {
        // A page of ours always says from which revision it was written.
        let base: i32 = self.fields.one("base").parse().unwrap_or(0);
        match self.said() {
            Ok(said) => Ok(dossiers::rewrite(self.backend, self.member, dossier, self.form(), base, &said).await?),
            Err(kept) => Ok(kept),
        }
    }

    fn said(&self) -> Result<Said, Kept> {
        Said::read(self.fields, paris_day(self.backend.now())).map_err(Err)
    }

    /// What the form makes has its id: sent twice, it is one.
    fn form(&self) -> Uuid {
        self.fields.one("id").parse().unwrap_or_else(|_| self.backend.ids.uuid())
    }

    fn group(&self) -> Result<GroupId, Problem> {
        self.fields.one("group").parse().map_err(|_| problem::MALFORMED)
    }

    fn dossier(&self) -> Result<DossierId, Problem> {
        self.fields.one("dossier").parse().map_err(|_| problem::MALFORMED)
    }
}
