//! `POST /bureau/regles/changer`: new rules are tried, and saved, by plain forms.

use app::api::rules::{Posted, RULES, Step};
use axum::extract::{Extension, Request, State};
use axum::response::{IntoResponse, Response};
use backend::auth::SignedIn;
use backend::ledger::{NotSaved, set_policy};
use domain::ledger::Version;
use domain::ledger::settings::read_settings;
use domain::time::paris_day;
use leptos::prelude::provide_context;
use uuid::Uuid;

use crate::forms::Form;
use crate::pages::{as_read, render_still_with};
use crate::problem::{self, Problem};
use crate::session::see_other;
use crate::state::Server;

/// Shows what the rules would change; or saves them, and sends the browser to where they stand.
pub async fn post(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    act(&server, &who, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn act(server: &Server, who: &SignedIn, request: Request) -> Result<Response, Problem> {
    let page = as_read(&request, request.uri().clone());
    let form = Form::read(request).await?;
    server.limits.commands(who.member, 1)?;
    let asked = form.one("faire");
    let mut posted = Posted { step: Step::parse(asked), fields: form.0.clone() };
    if asked == Some("enregistrer") {
        let id: Uuid = form.one("id").and_then(|id| id.parse().ok()).ok_or(problem::MALFORMED)?;
        match save(server, who, id, &form).await? {
            Some(Ok(())) => {
                server.live.changed();
                return Ok(see_other(&format!("{RULES}?enregistre={id}")));
            }
            Some(Err(NotSaved::NotAllowed)) => return Err(problem::NOT_ALLOWED),
            Some(Err(NotSaved::IdReused)) => posted.step = Step::Reused,
            // The page says what is wrong, with all that was typed.
            Some(Err(NotSaved::Wrong(_))) | None => {}
        }
    }
    Ok(render_still_with(server, page, move || provide_context(posted.clone())).await)
}

/// Nothing where a field cannot be read.
async fn save(server: &Server, who: &SignedIn, id: Uuid, form: &Form) -> Result<Option<Result<(), NotSaved>>, Problem> {
    let calendar = server.shared.calendar(&server.backend, who).await?;
    let today = paris_day(server.backend.now());
    let Ok(draft) = read_settings(&form.0, &calendar.templates, today) else { return Ok(None) };
    let version = Version { valid_from: draft.from, policy: draft.policy };
    Ok(Some(set_policy(&server.backend, id, who.member, &version, &draft.why).await?))
}
