//! Addresses that mail servers do not know.

use crate::Backend;
use crate::error::Error;

/// Mail to this address came back for good.
pub async fn bounced(backend: &Backend, email: &str, why: &str) -> Result<(), Error> {
    sqlx::query(
        "insert into bounced_address (email, at, why) values ($1, $2, $3)
         on conflict (email) do update set at = excluded.at, why = excluded.why",
    )
    .bind(email)
    .bind(backend.now())
    .bind(why)
    .execute(&backend.pool)
    .await?;
    Ok(())
}
