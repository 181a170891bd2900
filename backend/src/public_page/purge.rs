//! What nobody publishes is not kept for ever, nor for whoever is forgotten.

use chrono::Duration;
use domain::id::MemberId;
use domain::time::Instant;
use sqlx::PgConnection;

use crate::Backend;
use crate::error::Error;

/// How long a text waits to be published. Days.
const DRAFT_D: i64 = 180;

pub async fn purge(backend: &Backend, now: Instant) -> Result<(), Error> {
    sqlx::query("delete from public_page_draft where saved_at < $1")
        .bind(now - Duration::days(DRAFT_D))
        .execute(&backend.pool)
        .await?;
    Ok(())
}

/// What they wrote and did not publish.
pub(crate) async fn forget_person(conn: &mut PgConnection, member: MemberId) -> Result<(), Error> {
    sqlx::query("delete from public_page_draft where member_id = $1").bind(member).execute(conn).await?;
    Ok(())
}
