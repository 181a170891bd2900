//! Addresses that mail servers do not know. Nothing but codes is sent there, until one is typed.

use domain::id::MemberId;
use domain::time::Instant;
use sqlx::PgConnection;

use crate::error::Error;
use crate::swaps::aftermath::Aftermath;
use crate::{Backend, marks};

/// What is kept of a mail that is not sent to such an address.
pub(crate) const CAME_BACK: &str = "the address came back";

/// Mail to this address came back for good: whoever it belongs to sees it in the app.
pub async fn bounced(backend: &Backend, email: &str, why: &str) -> Result<(), Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    sqlx::query(
        "insert into bounced_address (email, at, why) values ($1, $2, $3)
         on conflict (email) do update set at = excluded.at, why = excluded.why",
    )
    .bind(email)
    .bind(now)
    .bind(why)
    .execute(&mut *tx)
    .await?;
    shows(&mut tx, email, now).await?;
    tx.commit().await?;
    marks::tell(backend).await
}

/// Mail to this address arrives: a code that went there was typed.
pub(crate) async fn arrives(conn: &mut PgConnection, email: &str, now: Instant) -> Result<(), Error> {
    let mended = sqlx::query("delete from bounced_address where email = $1").bind(email).execute(&mut *conn).await?;
    if mended.rows_affected() > 0 {
        shows(conn, email, now).await?;
    }
    Ok(())
}

/// Those behind the address are shown something else from here on.
async fn shows(conn: &mut PgConnection, email: &str, now: Instant) -> Result<(), Error> {
    let behind: Vec<MemberId> =
        sqlx::query_scalar("select member_id from member where email = $1").bind(email).fetch_all(&mut *conn).await?;
    Aftermath::of(behind).finish(conn, None, now).await
}
