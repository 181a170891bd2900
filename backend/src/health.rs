//! Whether this build can work with its database.

use crate::Backend;
use crate::error::Error;

/// The database answers, and every migration of this build has run.
pub async fn is_ready(backend: &Backend) -> Result<bool, Error> {
    let ran: Vec<i64> = sqlx::query_scalar("select version from _sqlx_migrations where success").fetch_all(&backend.pool).await?;
    Ok(crate::MIGRATIONS.iter().all(|migration| ran.contains(&migration.version)))
}
