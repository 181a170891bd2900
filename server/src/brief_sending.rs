//! `POST /communication/breve/envoi/{monday}`: what editors do with the mails of a brief.

use axum::extract::{Extension, Path, Request, State};
use axum::response::{IntoResponse, Response};
use backend::auth::SignedIn;
use backend::brief::mail::{self, Second};
use chrono::NaiveDate;

use crate::brief_letter::BriefLetters;
use crate::forms::Form;
use crate::problem::{self, Problem};
use crate::session::see_other;
use crate::state::Server;

pub async fn post(
    State(server): State<Server>,
    Extension(who): Extension<SignedIn>,
    Path(monday): Path<String>,
    request: Request,
) -> Response {
    act(&server, &who, &monday, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn act(server: &Server, who: &SignedIn, monday: &str, request: Request) -> Result<Response, Problem> {
    let monday: NaiveDate = monday.parse().map_err(|_| problem::NOT_FOUND)?;
    let form = Form::read(request).await?;
    server.limits.commands(who.member, 1)?;
    let (backend, member) = (&server.backend, who.member);
    let act = form.one("geste").unwrap_or_default();
    let done = match act {
        "reessayer" => {
            let correction = form.one("envoi").and_then(|correction| correction.parse().ok()).ok_or(problem::MALFORMED)?;
            mail::retry(backend, member, monday, correction, form.one("raison").unwrap_or_default()).await?;
            act
        }
        "essai" => {
            let trial = mail::trial(backend, member, monday).await?;
            let letters = BriefLetters { origin: server.config.public_url.origin.clone() };
            mail::send_trial(backend, &letters.trial(&trial)).await?;
            act
        }
        "correction" => {
            // Without a name, none that anybody could have read.
            let shown = form.one("correction").and_then(|correction| correction.parse().ok()).unwrap_or_default();
            match mail::mail_correction(backend, member, monday, shown).await? {
                Second::Goes => "correction",
                Second::Another => "correction-autre",
                Second::ToNobody => "correction-personne",
                Second::Nothing => "correction-aucune",
            }
        }
        _ => return Err(problem::NOT_UNDERSTOOD),
    };
    Ok(see_other(&format!("/communication/breve/envoi/{monday}?fait={done}")))
}
