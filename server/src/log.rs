//! Logs: one line per request with its id and its route, and nothing about anybody.

use std::io::IsTerminal;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;
use tracing_subscriber::EnvFilter;

use crate::state::Server;

/// Lines for a person at a terminal, JSON for whatever collects them elsewhere.
pub fn start(filter: &str) {
    let filter = EnvFilter::new(filter);
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let terminal = std::io::stderr().is_terminal();
    // A second start in one process (tests) keeps the first.
    let _ = if terminal { lines.compact().try_init() } else { lines.json().flatten_event(true).try_init() };
}

/// Names the request, and says how it went. The route is logged as it is written in the router:
/// paths may hold secrets, and queries too.
pub async fn requests(State(server): State<Server>, request: Request, next: Next) -> Response {
    let id = server.backend.ids.uuid().simple().to_string();
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    // Files and health checks are many and say little.
    let quiet = matches!(route.as_str(), "none" | "/pkg/{*file}" | "/healthz" | "/readyz");
    let span = tracing::info_span!("request", id = %id, method = %request.method(), route = %route);
    async move {
        let start = Instant::now();
        let mut response = next.run(request).await;
        let (status, ms) = (response.status().as_u16(), start.elapsed().as_secs_f64() * 1000.0);
        match status {
            // The database is away: its own line says so, and it may come back.
            503 => tracing::warn!(status, ms, "answered"),
            500.. => tracing::error!(status, ms, "answered"),
            _ if quiet => tracing::debug!(status, ms, "answered"),
            _ => tracing::info!(status, ms, "answered"),
        }
        if let Ok(id) = HeaderValue::from_str(&id) {
            response.headers_mut().insert("x-request-id", id);
        }
        response
    }
    .instrument(span)
    .await
}
