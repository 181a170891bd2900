//! What those who prepare an assembly, keep it and count type, as plain forms; and votes.

mod preparing;
mod sitting;
mod voting;

use std::collections::BTreeSet;

use app::assembly::form::{CALLED, DOOR, MINUTES, POLL, PREPARE, SESSION};
use app::governance::form::Refused;
use axum::extract::{Extension, Request, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use backend::Backend;
use backend::assembly::Guest;
use backend::auth::SignedIn;
use domain::assembly::{AssemblyMistake, number_of};
use domain::id::{AssemblyId, MemberId, ResolutionId};
use domain::procedures::Fields;
use uuid::Uuid;

use crate::forms::Form;
use crate::pages::as_read;
use crate::problem::{self, Problem};
use crate::session::see_other;
use crate::state::Server;
use crate::still_form::{FORM_CAP, come_back};

pub use voting::vote;

/// Whether it was done, and what its page's address then says beside the act.
type Done = Result<String, Vec<AssemblyMistake>>;

/// `POST /ag/preparer` and `POST /ag/seance`: does it, or shows the page again with all that was typed.
pub async fn post(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    act(&server, &who, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn act(server: &Server, who: &SignedIn, request: Request) -> Result<Response, Problem> {
    let page = as_read(&request, Uri::from_static(PREPARE));
    let form = Form::read_within(request, FORM_CAP).await?;
    server.limits.commands(who.member, 1)?;
    let fields = Fields(form.0);
    let asked = Asked { server, backend: &server.backend, member: who.member, fields: &fields };
    let path = asked.path()?;
    let done = asked.done().await?;
    match done {
        Ok(about) => {
            server.live.changed();
            Ok(see_other(&format!("{path}?fait={}{about}", fields.one("geste"))))
        }
        Err(mistakes) => Ok(come_back(server, page, &path, fields, Refused::of_assembly(mistakes)).await),
    }
}

struct Asked<'a> {
    server: &'a Server,
    backend: &'a Backend,
    member: MemberId,
    fields: &'a Fields,
}

impl Asked<'_> {
    /// Where the form stood, and where somebody goes on.
    fn path(&self) -> Result<String, Problem> {
        Ok(match self.fields.one("geste") {
            "prevoir" | "regles" => PREPARE.to_owned(),
            "changer" | "annuler" | "roles" | "document" | "retirer-document" | "resolution" | "retirer-resolution"
            | "convoquer" | "inscrire" | "installer" => format!("{PREPARE}/{}", self.assembly()?),
            "imprimer" | "remettre" => format!("{CALLED}/{}", self.assembly()?),
            "ouvrir" | "fermer" | "ouvrir-vote" | "clore-vote" | "proclamer" | "candidature" | "retrait" => {
                format!("{SESSION}/{}", self.assembly()?)
            }
            "emarger" | "partir" | "pouvoir" | "rendre" => format!("{DOOR}/{}", self.assembly()?),
            "bulletins" | "compter" | "tirer" => format!("{POLL}/{}", self.resolution()?),
            "proces-verbal" => format!("{MINUTES}/{}", self.assembly()?),
            _ => return Err(problem::NOT_UNDERSTOOD),
        })
    }

    async fn done(&self) -> Result<Done, Problem> {
        match self.fields.one("geste") {
            "prevoir" | "changer" | "annuler" | "roles" | "regles" => self.of_itself().await,
            "document" | "retirer-document" | "resolution" | "retirer-resolution" => self.of_papers().await,
            "convoquer" | "imprimer" | "remettre" | "inscrire" | "installer" => self.of_calls().await,
            "emarger" | "partir" | "pouvoir" | "rendre" => self.at_the_door().await,
            "bulletins" | "compter" | "tirer" => self.of_tellers().await,
            _ => self.of_session().await,
        }
    }

    /// What the form makes has its id: sent twice, it is one.
    fn form(&self) -> Uuid {
        self.fields.one("id").parse().unwrap_or_else(|_| self.backend.ids.uuid())
    }

    /// The revision from which it was written; a page of ours always says it.
    fn base(&self) -> i32 {
        self.fields.one("base").parse().unwrap_or(0)
    }

    fn assembly(&self) -> Result<AssemblyId, Problem> {
        self.fields.one("assemblee").parse().map_err(|_| problem::MALFORMED)
    }

    fn resolution(&self) -> Result<ResolutionId, Problem> {
        self.fields.one("resolution").parse().map_err(|_| problem::MALFORMED)
    }

    fn members(&self, field: &str) -> Result<BTreeSet<MemberId>, Problem> {
        self.fields.all(field).map(|id| id.parse().map_err(|_| problem::MALFORMED)).collect()
    }

    /// Somebody chosen from a list, or by the number on their card.
    fn guest(&self) -> Option<Guest> {
        let listed = self.fields.one("membre").parse().ok().map(Guest::Listed);
        listed.or_else(|| number_of(self.fields.one("carte")).map(Guest::Card))
    }
}

/// Nothing to say beside the act.
fn plainly(arranged: Result<(), Vec<AssemblyMistake>>) -> Done {
    arranged.map(|()| String::new())
}
