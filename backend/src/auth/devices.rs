//! Where somebody is signed in.

use chrono::NaiveDate;
use domain::id::{MemberId, SessionId};
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;

use super::SignedIn;
use super::session::alive_since;
use crate::Backend;
use crate::error::Error;
use crate::notify;

/// One device of mine.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Device {
    #[sqlx(rename = "session_id")]
    pub id: SessionId,
    #[sqlx(rename = "device")]
    pub name: String,
    pub last_seen_on: NaiveDate,
}

/// My devices, the one last seen first.
pub async fn devices(backend: &Backend, who: &SignedIn) -> Result<Vec<Device>, Error> {
    Ok(sqlx::query_as(
        "select session_id, device, last_seen_on from session
         where member_id = $1 and revoked_at is null and last_seen_on >= $2
         order by last_seen_on desc, created_at desc",
    )
    .bind(who.member)
    .bind(alive_since(paris_day(backend.now())))
    .fetch_all(&backend.pool)
    .await?)
}

/// Ends one of my sessions, and what its device shows; another member's is not there.
pub async fn revoke(backend: &Backend, who: &SignedIn, session: SessionId) -> Result<(), Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let ended = sqlx::query("update session set revoked_at = coalesce(revoked_at, $3) where session_id = $1 and member_id = $2")
        .bind(session)
        .bind(who.member)
        .bind(now)
        .execute(&mut *tx)
        .await?;
    if ended.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    notify::devices::end_with(&mut tx, &[session], now).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends all my sessions but this one; gives them, so that their streams end too.
pub async fn revoke_others(backend: &Backend, who: &SignedIn) -> Result<Vec<SessionId>, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let ended: Vec<SessionId> = sqlx::query_scalar(
        "update session set revoked_at = $3 where member_id = $1 and session_id <> $2 and revoked_at is null
         returning session_id",
    )
    .bind(who.member)
    .bind(who.session)
    .bind(now)
    .fetch_all(&mut *tx)
    .await?;
    notify::devices::end_with(&mut tx, &ended, now).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Ends all sessions of somebody who is no longer a member; gives them, so that their streams end too.
pub(crate) async fn end_all(conn: &mut PgConnection, member: MemberId, now: Instant) -> Result<Vec<SessionId>, Error> {
    let ended: Vec<SessionId> =
        sqlx::query_scalar("update session set revoked_at = $2 where member_id = $1 and revoked_at is null returning session_id")
            .bind(member)
            .bind(now)
            .fetch_all(&mut *conn)
            .await?;
    notify::devices::end_with(conn, &ended, now).await?;
    Ok(ended)
}

/// As if they had never been signed in.
pub(crate) async fn forget_person(conn: &mut PgConnection, member: MemberId, now: Instant) -> Result<(), Error> {
    let ended = end_all(&mut *conn, member, now).await?;
    tracing::debug!(ended = ended.len(), "sessions of somebody who is forgotten");
    sqlx::query("delete from session where member_id = $1").bind(member).execute(conn).await?;
    Ok(())
}

/// Ends this session.
pub async fn sign_out(backend: &Backend, who: &SignedIn) -> Result<(), Error> {
    revoke(backend, who, who.session).await
}
