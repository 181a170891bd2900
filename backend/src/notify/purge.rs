//! What was sent is remembered for a while.

use chrono::Duration;
use domain::time::Instant;

use crate::Backend;
use crate::error::Error;

/// How long an ended delivery is kept, so that nobody is told twice. Days.
const KEPT_D: i64 = 90;

pub async fn purge(backend: &Backend, now: Instant) -> Result<(), Error> {
    sqlx::query("delete from delivery where ended_at < $1").bind(now - Duration::days(KEPT_D)).execute(&backend.pool).await?;
    Ok(())
}
