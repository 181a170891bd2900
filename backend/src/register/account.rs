//! What is kept of accounts for some time only.

use domain::time::Instant;

use super::pictures;
use crate::Backend;
use crate::error::Error;

/// Links to the data of those who left end; photos that nobody took go; files that nobody approved, too.
pub async fn purge(backend: &Backend, now: Instant) -> Result<(), Error> {
    let mut tx = backend.pool.begin().await?;
    sqlx::query("update departure set export_hash = null, export_until = null where export_until < $1")
        .bind(now)
        .execute(&mut *tx)
        .await?;
    pictures::forget_unused(&mut tx, now).await?;
    super::import::forget_unapproved(&mut tx, now).await?;
    tx.commit().await?;
    Ok(())
}
