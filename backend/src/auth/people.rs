//! The people behind one address: couples share an e-mail.

use chrono::Duration;
use domain::id::MemberId;
use domain::members::ShortName;
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;

use super::session::open;
use super::{CODE_MIN, SignedIn, hash, token};
use crate::Backend;
use crate::error::Error;

/// The members whose address it is, by number.
pub(super) async fn people_of(conn: &mut PgConnection, email: &str, now: Instant) -> Result<Vec<(MemberId, ShortName)>, Error> {
    let rows: Vec<(MemberId, String, String)> = sqlx::query_as(
        "select member_id, first_name, last_name from member
         where email = $1 and (left_on is null or left_on > $2) order by number",
    )
    .bind(email)
    .bind(paris_day(now))
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|(id, first, last)| (id, ShortName::new(&first, &last))).collect())
}

/// Proof of a code just typed, good for as long as a code.
pub(super) async fn new_ticket(conn: &mut PgConnection, email: &str, now: Instant) -> Result<String, Error> {
    let ticket = token();
    sqlx::query("insert into sign_in_ticket (ticket_hash, email, expires_at) values ($1, $2, $3)")
        .bind(hash(&ticket))
        .bind(email)
        .bind(now + Duration::minutes(CODE_MIN))
        .execute(conn)
        .await?;
    Ok(ticket)
}

async fn email_of(conn: &mut PgConnection, ticket: &str, now: Instant) -> Result<Option<String>, Error> {
    Ok(sqlx::query_scalar("select email from sign_in_ticket where ticket_hash = $1 and expires_at >= $2 for update")
        .bind(hash(ticket))
        .bind(now)
        .fetch_optional(conn)
        .await?)
}

/// Who may be chosen with a ticket.
pub async fn people_of_ticket(backend: &Backend, ticket: &str) -> Result<Vec<(MemberId, ShortName)>, Error> {
    let now = backend.now();
    let mut conn = backend.pool.acquire().await?;
    let email: Option<String> =
        sqlx::query_scalar("select email from sign_in_ticket where ticket_hash = $1 and expires_at >= $2")
            .bind(hash(ticket))
            .bind(now)
            .fetch_optional(&mut *conn)
            .await?;
    match email {
        Some(email) => people_of(&mut conn, &email, now).await,
        None => Err(Error::SignedOut),
    }
}

/// « Qui es-tu ? », answered: the token of a new session; `None` when the ticket is over or the
/// person is not behind the address.
pub async fn choose_person(backend: &Backend, ticket: &str, member: MemberId, device: &str) -> Result<Option<String>, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let Some(email) = email_of(&mut tx, ticket, now).await? else { return Ok(None) };
    if !people_of(&mut tx, &email, now).await?.iter().any(|(id, _)| *id == member) {
        return Ok(None);
    }
    sqlx::query("delete from sign_in_ticket where ticket_hash = $1").bind(hash(ticket)).execute(&mut *tx).await?;
    let token = open(backend, &mut tx, member, &email, device).await?;
    tx.commit().await?;
    Ok(Some(token))
}

/// The people behind the address that this session proved, oneself included.
pub async fn people_behind(backend: &Backend, who: &SignedIn) -> Result<Vec<(MemberId, ShortName)>, Error> {
    let mut conn = backend.pool.acquire().await?;
    people_of(&mut conn, &who.email, backend.now()).await
}

/// The device becomes somebody else's behind the same address: the token of their session.
pub async fn switch_person(backend: &Backend, who: &SignedIn, member: MemberId, device: &str) -> Result<String, Error> {
    let mut tx = backend.pool.begin().await?;
    if !people_of(&mut tx, &who.email, backend.now()).await?.iter().any(|(id, _)| *id == member) {
        return Err(Error::NotAllowed);
    }
    let token = open(backend, &mut tx, member, &who.email, device).await?;
    tx.commit().await?;
    Ok(token)
}
