//! Young people's names and hours are not kept for ever.

use chrono::Months;
use domain::time::Instant;
use sqlx::AssertSqlSafe;

use super::{CLOSED_AT, IS_OPEN};
use crate::Backend;
use crate::error::Error;

/// A young volunteer's dossier is kept for so long after it was closed.
const KEPT: Months = Months::new(24);

/// Forgets young volunteers' dossiers that were closed long ago, with their hours.
pub async fn forget(backend: &Backend, now: Instant) -> Result<(), Error> {
    let Some(before) = now.checked_sub_months(KEPT) else { return Ok(()) };
    let sql = format!("delete from dossier d where d.matter ? 'volunteer' and not ({IS_OPEN}) and {CLOSED_AT} < $1");
    sqlx::query(AssertSqlSafe(sql)).bind(before).execute(&backend.pool).await?;
    Ok(())
}
