//! What is typed at the office's desk, as plain forms.

use app::desk::form::{AWAY, BACK, HANDLED, POSTED_TO};
use app::governance::form::Refused;
use axum::extract::{Extension, Request, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use backend::Backend;
use backend::auth::SignedIn;
use backend::desk::{self, Desked};
use domain::desk::Planned;
use domain::id::{AbsenceId, MemberId};
use domain::procedures::Fields;
use domain::time::paris_day;
use uuid::Uuid;

use crate::forms::Form;
use crate::pages::as_read;
use crate::problem::{self, Problem};
use crate::session::see_other;
use crate::state::Server;
use crate::still_form::{FORM_CAP, come_back};

/// `POST /bureau/a-traiter`: does it, or shows the page again with all that was typed.
pub async fn post(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    act(&server, &who, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn act(server: &Server, who: &SignedIn, request: Request) -> Result<Response, Problem> {
    let page = as_read(&request, Uri::from_static(POSTED_TO));
    let form = Form::read_within(request, FORM_CAP).await?;
    server.limits.commands(who.member, 1)?;
    let fields = Fields(form.0);
    match asked(&server.backend, who.member, &fields).await? {
        Ok(()) => {
            server.live.changed();
            Ok(see_other(&format!("{POSTED_TO}?fait={}", fields.one("geste"))))
        }
        Err(mistakes) => Ok(come_back(server, page, POSTED_TO, fields, Refused::of_desk(mistakes)).await),
    }
}

async fn asked(backend: &Backend, member: MemberId, fields: &Fields) -> Result<Desked, Problem> {
    match fields.one("geste") {
        AWAY => match Planned::read(fields, paris_day(backend.now())) {
            Ok(planned) => {
                // What the form makes has its id: sent twice, it is one.
                let form: Uuid = fields.one("id").parse().unwrap_or_else(|_| backend.ids.uuid());
                Ok(desk::plan_absence(backend, member, form, &planned).await?)
            }
            Err(mistakes) => Ok(Err(mistakes)),
        },
        BACK => {
            let absence: AbsenceId = fields.one("absence").parse().map_err(|_| problem::MALFORMED)?;
            Ok(desk::end_absence(backend, member, absence).await?)
        }
        HANDLED => Ok(desk::handle(backend, member, fields.one("quoi"), fields.one("mot")).await?),
        _ => Err(problem::NOT_UNDERSTOOD),
    }
}
