//! A mail that a later mail server could not deliver: it says so in a mail of its own (RFC 3464).

use domain::time::Instant;

use crate::Backend;
use crate::error::Error;
use crate::notify;

/// What is kept of a copy that was taken and came back later.
const SENT_BACK: &str = "sent back";

/// The copy with this Message-ID (what stands before its @) came back for good: its address is flagged, and whoever it belongs
/// to sees it in the app. Nothing happens for an id that is no copy's: anybody may write what looks like a report. Whether it
/// was one's.
pub async fn returned(backend: &Backend, message_id: &str, why: &str) -> Result<bool, Error> {
    let now: Instant = backend.now();
    let email: Option<String> = sqlx::query_scalar(
        "update brief_copy set state = 'failed', why = $2, ended_at = $3
         where message_id = $1 and email <> brief_copy_id::text returning email",
    )
    .bind(message_id)
    .bind(SENT_BACK)
    .bind(now)
    .fetch_optional(&backend.pool)
    .await?;
    let Some(email) = email else { return Ok(false) };
    notify::bounced(backend, &email, why).await?;
    Ok(true)
}
