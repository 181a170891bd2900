//! What has been kept long enough goes.

use chrono::Duration;

use crate::Backend;
use crate::error::Error;
use crate::{auth, brief, catalogue, command, dossiers, event, notify, public_page, register, sheet, swaps};

/// How long work that was done is remembered. Days.
const DONE_D: i64 = 7;

/// Forgets outcomes and photos older than 13 months, what signing in left behind, young volunteers of long ago, work done, and mails
/// that nobody tries to send any more.
pub async fn purge(backend: &Backend) -> Result<(), Error> {
    let now = backend.now();
    command::forget(backend, now).await?;
    auth::purge(backend).await?;
    notify::purge(backend, now).await?;
    brief::mail::purge(backend, now).await?;
    event::purge(backend, now).await?;
    dossiers::forget(backend, now).await?;
    catalogue::purge(backend, now).await?;
    public_page::purge(backend, now).await?;
    register::purge(backend, now).await?;
    swaps::waiting::purge(backend, now).await?;
    sheet::forget_photos(backend, now).await?;
    sqlx::query("delete from due_work where done_at < $1").bind(now - Duration::days(DONE_D)).execute(&backend.pool).await?;
    sqlx::query(GIVEN_UP).execute(&backend.pool).await?;
    Ok(())
}

/// The queue keeps what it gave up for good: a name, an address and a link of somebody who is forgotten everywhere else.
const GIVEN_UP: &str = "
select from graphile_worker.complete_jobs(array(
    select id from graphile_worker.jobs where task_identifier = 'mail' and attempts >= max_attempts))";
