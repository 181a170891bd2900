//! What is kept of whom the brief went to.

use chrono::Duration;
use domain::time::Instant;

use super::subscribing::YES_D;
use crate::Backend;
use crate::error::Error;

/// How long it is known to whom a copy went. Days. Its number stays.
const KEPT_D: i64 = 90;

/// Forgets who never said yes, and to whom old copies went.
pub async fn purge(backend: &Backend, now: Instant) -> Result<(), Error> {
    sqlx::query("delete from brief_subscriber where confirmed_at is null and asked_at < $1")
        .bind(now - Duration::days(YES_D))
        .execute(&backend.pool)
        .await?;
    sqlx::query(
        "update brief_copy set email = brief_copy_id::text, name = '', member_id = null, brief_subscriber_id = null
         where ended_at < $1 and email <> brief_copy_id::text",
    )
    .bind(now - Duration::days(KEPT_D))
    .execute(&backend.pool)
    .await?;
    Ok(())
}
