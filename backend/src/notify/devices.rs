//! Devices that show pushes (RFC 8030), and the key with which push services know this co-op.

use domain::id::{MemberId, SessionId};
use domain::time::Instant;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::Backend;
use crate::auth::SignedIn;
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;

/// Where pushes for one device go, and how they are encrypted.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Device {
    #[sqlx(rename = "push_subscription_id")]
    pub id: Uuid,
    pub endpoint: String,
    /// Its public key, an uncompressed point of P-256.
    pub p256dh: Vec<u8>,
    /// Its authentication secret, 16 bytes.
    pub auth: Vec<u8>,
}

/// This device shows pushes from now on, for whoever is signed in on it. Where a browser gave it a
/// new endpoint, the one before goes: nothing comes in there, or it would be a second push here.
pub async fn subscribe(backend: &Backend, who: &SignedIn, endpoint: &str, p256dh: &[u8], auth: &[u8]) -> Result<(), Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    // Tabs of one device may come at once: the session's row lets them in one by one.
    sqlx::query("select from session where session_id = $1 for no key update").bind(who.session).execute(&mut *tx).await?;
    sqlx::query("delete from push_subscription where session_id = $1 and endpoint <> $2")
        .bind(who.session)
        .bind(endpoint)
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "insert into push_subscription (push_subscription_id, session_id, member_id, endpoint, p256dh, auth, created_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (endpoint) do update set session_id = excluded.session_id, member_id = excluded.member_id,
            p256dh = excluded.p256dh, auth = excluded.auth",
    )
    .bind(backend.ids.uuid())
    .bind(who.session)
    .bind(who.member)
    .bind(endpoint)
    .bind(p256dh)
    .bind(auth)
    .bind(now)
    .execute(&mut *tx)
    .await?;
    Aftermath::of([who.member]).finish(&mut tx, None, now).await?;
    tx.commit().await?;
    Ok(())
}

/// This device shows none any more.
pub async fn unsubscribe(backend: &Backend, who: &SignedIn) -> Result<(), Error> {
    let mut tx = backend.pool.begin().await?;
    end_with(&mut tx, &[who.session], backend.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// The devices of these sessions show none any more.
pub(crate) async fn end_with(conn: &mut PgConnection, sessions: &[SessionId], now: Instant) -> Result<(), Error> {
    let gone: Vec<MemberId> = sqlx::query_scalar("delete from push_subscription where session_id = any($1) returning member_id")
        .bind(sessions.iter().map(|session| session.0).collect::<Vec<_>>())
        .fetch_all(&mut *conn)
        .await?;
    one_less(conn, gone, now).await
}

/// A device's endpoint is gone: it said so itself.
pub async fn forget(backend: &Backend, device: Uuid) -> Result<(), Error> {
    let mut tx = backend.pool.begin().await?;
    let gone: Vec<MemberId> =
        sqlx::query_scalar("delete from push_subscription where push_subscription_id = $1 returning member_id")
            .bind(device)
            .fetch_all(&mut *tx)
            .await?;
    one_less(&mut tx, gone, backend.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Without a device, mails go out: their page shows it.
async fn one_less(conn: &mut PgConnection, gone: Vec<MemberId>, now: Instant) -> Result<(), Error> {
    if gone.is_empty() { Ok(()) } else { Aftermath::of(gone).finish(conn, None, now).await }
}

/// The endpoint by which the device of this session shows pushes.
pub async fn endpoint_of(backend: &Backend, who: &SignedIn) -> Result<Option<String>, Error> {
    Ok(sqlx::query_scalar("select endpoint from push_subscription where session_id = $1")
        .bind(who.session)
        .fetch_optional(&backend.pool)
        .await?)
}

/// The devices of a member whose sessions are alive.
pub(super) async fn of_member(conn: &mut PgConnection, member: MemberId) -> Result<Vec<Device>, Error> {
    Ok(sqlx::query_as(
        "select d.push_subscription_id, d.endpoint, d.p256dh, d.auth
         from push_subscription d join session s using (session_id)
         where d.member_id = $1 and s.revoked_at is null order by d.created_at, d.push_subscription_id",
    )
    .bind(member)
    .fetch_all(conn)
    .await?)
}

/// The co-op's private key for push services: the one that is kept, or `fresh` from now on. Every
/// process gets the same.
pub async fn push_key(backend: &Backend, fresh: &[u8]) -> Result<Vec<u8>, Error> {
    sqlx::query("insert into push_key (private_key) values ($1) on conflict do nothing")
        .bind(fresh)
        .execute(&backend.pool)
        .await?;
    Ok(sqlx::query_scalar("select private_key from push_key").fetch_one(&backend.pool).await?)
}
