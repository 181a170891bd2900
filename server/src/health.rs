//! For whoever watches over the process.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::problem;
use crate::state::Server;

/// The process answers.
pub async fn process() -> &'static str {
    "ok\n"
}

/// The database answers, and is at the schema of this build.
pub async fn ready(State(server): State<Server>) -> Response {
    match backend::health::is_ready(&server.backend).await {
        Ok(true) => (StatusCode::OK, "ready\n").into_response(),
        Ok(false) => problem::AWAY.into_response(),
        Err(error) => problem::Problem::from(error).into_response(),
    }
}
