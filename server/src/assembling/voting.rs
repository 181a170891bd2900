//! A vote, as a plain form. Its answer shows under which code each ballot is published, this once: a code in an address would stay
//! in the browser's history.

use app::assembly::form::{Receipt, VOTE};
use app::governance::form::Refused;
use axum::extract::{Extension, Request, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use backend::assembly;
use backend::auth::SignedIn;
use domain::assembly::votes_typed;
use domain::id::{MemberId, ResolutionId};
use domain::procedures::Fields;
use leptos::prelude::provide_context;

use crate::forms::Form;
use crate::pages::{as_read, render_still_with};
use crate::problem::{self, Problem};
use crate::state::Server;
use crate::still_form::{FORM_CAP, come_back};

/// `POST /ag/vote`
pub async fn vote(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    cast(&server, &who, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn cast(server: &Server, who: &SignedIn, request: Request) -> Result<Response, Problem> {
    let mut page = as_read(&request, Uri::from_static(VOTE));
    let form = Form::read_within(request, FORM_CAP).await?;
    server.limits.commands(who.member, 1)?;
    let fields = Fields(form.0);
    let id: ResolutionId = fields.one("resolution").parse().map_err(|_| problem::MALFORMED)?;
    let path = format!("{VOTE}/{id}");
    let known = assembly::vote(&server.backend, who.member, id).await?;
    let candidates: Vec<MemberId> = known.candidates.iter().map(|(candidate, _)| candidate.member).collect();
    let voted = match votes_typed(&fields, known.resolution.way, &candidates) {
        Ok(ballots) => assembly::cast(&server.backend, who.member, id, &ballots).await?,
        Err(mistakes) => Err(mistakes),
    };
    match voted {
        Ok(codes) => {
            server.live.changed();
            if let Ok(address) = Uri::try_from(path) {
                *page.uri_mut() = address;
            }
            let receipt = Receipt { vote: known, codes };
            Ok(render_still_with(server, page, move || provide_context(receipt.clone())).await)
        }
        Err(mistakes) => Ok(come_back(server, page, &path, fields, Refused::of_assembly(mistakes)).await),
    }
}
