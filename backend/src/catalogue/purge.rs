//! What the night does: pictures that nothing names go, and what came back by itself is no longer missing.

use domain::time::Instant;

use super::{changed, deliveries, lock, pictures};
use crate::Backend;
use crate::error::Error;

pub async fn purge(backend: &Backend, now: Instant) -> Result<(), Error> {
    let mut tx = backend.pool.begin().await?;
    lock(&mut tx).await?;
    pictures::forget(&mut tx, now).await?;
    let reporters = deliveries::back_by_themselves(&mut tx, now).await?;
    if !reporters.is_empty() {
        changed(&mut tx, reporters, now).await?;
    }
    tx.commit().await?;
    Ok(())
}
