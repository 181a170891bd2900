//! `POST /api/v1/commands`.

use axum::Json;
use axum::extract::{Extension, Request, State};
use axum::response::{IntoResponse, Response};
use backend::auth::SignedIn;
use backend::command;
use domain::outbox::BATCH_CAP;
use domain::outcome::Answer;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::is_for;
use crate::forms::body;
use crate::problem::{self, Problem};
use crate::state::Server;

/// The longest request, in bytes.
const REQUEST_CAP: usize = 256 * 1024;

/// Only the envelope may be refused here; each command is read on its own.
#[derive(Deserialize)]
struct Batch {
    commands: Vec<Value>,
}

#[derive(Serialize)]
struct Outcomes {
    outcomes: Vec<Answer>,
}

/// Runs at most fifty commands in order; what is missing in the answer is unanswered.
pub async fn commands(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    run(&server, &who, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn run(server: &Server, who: &SignedIn, request: Request) -> Result<Response, Problem> {
    is_for(request.headers(), who)?;
    let body = body(request, "application/json", REQUEST_CAP).await?;
    let Batch { commands } = serde_json::from_slice(&body).map_err(|_| problem::MALFORMED)?;
    if commands.len() > BATCH_CAP {
        return Err(problem::TOO_MANY_COMMANDS);
    }
    server.limits.commands(who.member, commands.len())?;
    let outcomes = command::perform_all(&server.backend, who.member, commands).await?;
    server.live.changed();
    Ok(Json(Outcomes { outcomes }).into_response())
}
