//! A device that is signed in.

use chrono::{Duration, NaiveDate};
use domain::id::{MemberId, SessionId};
use domain::members::ShortName;
use domain::outcome::Marks;
use domain::time::{Instant, minus_days, paris_day};
use sqlx::PgConnection;
use sqlx::types::Json;

use super::{SESSION_D, TOMBSTONE_D, hash, token};
use crate::Backend;
use crate::error::Error;
use crate::notify;

/// The member whose session came with a request. Only [`session`] makes one.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SignedIn {
    pub member: MemberId,
    pub session: SessionId,
    /// The address that was proved with a code: others may stand behind it.
    pub email: String,
    pub name: ShortName,
    /// The slices' change marks, read with the session: what a snapshot is compared with.
    pub marks: Marks,
}

/// Why a session does not count.
#[derive(Debug, thiserror::Error)]
pub enum SignedOut {
    #[error("the session is over")]
    Expired,
    #[error("the session was ended")]
    Revoked,
    #[error("no such session")]
    Unknown,
    #[error(transparent)]
    Failed(#[from] Error),
}

#[derive(sqlx::FromRow)]
struct Row {
    session_id: SessionId,
    member_id: MemberId,
    email: String,
    last_seen_on: NaiveDate,
    revoked_at: Option<Instant>,
    first_name: String,
    last_name: String,
    left_on: Option<NaiveDate>,
    marks: Json<Marks>,
}

/// The last day on which a session must have been seen to be alive.
pub(super) fn alive_since(today: NaiveDate) -> NaiveDate {
    minus_days(today, SESSION_D)
}

/// Forgets sessions that ended long ago: until then, their devices are told why.
pub(super) async fn forget(backend: &Backend, now: Instant) -> Result<(), Error> {
    let mut tx = backend.pool.begin().await?;
    let over: Vec<SessionId> =
        sqlx::query_scalar("select session_id from session where revoked_at < $1 or last_seen_on < $2 for update")
            .bind(now - Duration::days(TOMBSTONE_D))
            .bind(minus_days(paris_day(now), SESSION_D + TOMBSTONE_D.unsigned_abs()))
            .fetch_all(&mut *tx)
            .await?;
    notify::devices::end_with(&mut tx, &over, now).await?;
    sqlx::query("delete from session where session_id = any($1)")
        .bind(over.iter().map(|session| session.0).collect::<Vec<_>>())
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Who a token belongs to, in one statement; a second one, once a day, notes the visit, which makes
/// the session last on.
pub async fn session(backend: &Backend, token: &str) -> Result<SignedIn, SignedOut> {
    let now = backend.now();
    let today = paris_day(now);
    let row: Option<Row> = sqlx::query_as(
        "select session_id, member_id, s.email, last_seen_on, revoked_at,
            first_name, last_name, left_on, marks(member_id) as marks
         from session s join member using (member_id) where token_hash = $1",
    )
    .bind(hash(token))
    .fetch_optional(&backend.pool)
    .await
    .map_err(Error::from)?;
    let row = row.ok_or(SignedOut::Unknown)?;
    if row.revoked_at.is_some() || row.left_on.is_some_and(|left| left <= today) {
        return Err(SignedOut::Revoked);
    }
    if row.last_seen_on < alive_since(today) {
        return Err(SignedOut::Expired);
    }
    if row.last_seen_on != today {
        sqlx::query("update session set last_seen_on = $2 where session_id = $1")
            .bind(row.session_id)
            .bind(today)
            .execute(&backend.pool)
            .await
            .map_err(Error::from)?;
    }
    Ok(SignedIn {
        member: row.member_id,
        session: row.session_id,
        email: row.email,
        name: ShortName::new(&row.first_name, &row.last_name),
        marks: row.marks.0,
    })
}

/// Opens a session for a member behind a proved address; gives its token, which is kept nowhere.
pub(super) async fn open(
    backend: &Backend,
    conn: &mut PgConnection,
    member: MemberId,
    email: &str,
    device: &str,
) -> Result<String, Error> {
    let now = backend.now();
    let token = token();
    sqlx::query(
        "insert into session (session_id, token_hash, member_id, email, device, created_at, last_seen_on)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(backend.ids.uuid())
    .bind(hash(&token))
    .bind(member)
    .bind(email)
    .bind(device.chars().filter(|c| !c.is_control()).take(80).collect::<String>())
    .bind(now)
    .bind(paris_day(now))
    .execute(conn)
    .await?;
    Ok(token)
}
