//! The wire protocol: snapshots, commands, news. Written up in `docs/protocol.md`.

mod commands;
mod live;
pub mod push;
mod slices;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use backend::auth::SignedIn;

use crate::problem::{self, Problem};
use crate::state::Server;

pub use commands::commands;
pub use live::live;
pub use slices::{briefs, calendar, catalogue, events, groups, me, shelf, stories};

/// The header that names the member a request or an answer is for.
pub const MEMBER: &str = "alpar-member";

/// Whether the request is for the member whose session came with it.
pub(crate) fn is_for(headers: &HeaderMap, who: &SignedIn) -> Result<(), Problem> {
    let named = headers.get(MEMBER).and_then(|value| value.to_str().ok()).ok_or(problem::NO_MEMBER)?;
    let named: domain::id::MemberId = named.parse().map_err(|_| problem::MALFORMED)?;
    if named == who.member { Ok(()) } else { Err(problem::OTHER_MEMBER) }
}

/// Every answer says that it is ours, of which build, and what time it is: a captive portal's does not.
pub async fn sign(State(server): State<Server>, mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert("alpar", HeaderValue::from_static("1"));
    if let Ok(build) = HeaderValue::try_from(server.assets.app.build.as_str()) {
        headers.insert("alpar-build", build);
    }
    headers.insert("alpar-time", HeaderValue::from(server.backend.now().timestamp_millis()));
    response
}

/// The stored answers of a slice or of commands are nobody else's business.
fn private(headers: &mut HeaderMap) {
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
}
