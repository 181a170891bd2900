//! A share as its member has it: on paper; and what becomes of it when they leave, are put together, or are forgotten.

use chrono::NaiveDate;
use domain::id::{MemberId, PaymentId, ShareId};
use domain::register::import::ShareFact;
use domain::share::ShareCertificate;
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;

use super::row::shares;
use crate::Backend;
use crate::auth::SignedIn;
use crate::error::Error;
use crate::register::together::office;

/// My own, or nothing where I have none.
pub async fn certificate(backend: &Backend, who: &SignedIn) -> Result<ShareCertificate, Error> {
    let mut conn = backend.pool.acquire().await?;
    written(&mut conn, who.member, paris_day(backend.now())).await
}

/// Somebody's, for the office.
pub async fn certificate_of(backend: &Backend, asking: MemberId, member: MemberId) -> Result<ShareCertificate, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    office(&mut tx, asking, now).await?;
    written(&mut tx, member, paris_day(now)).await
}

#[derive(sqlx::FromRow)]
struct Row {
    number: i32,
    first_name: String,
    last_name: String,
    address: String,
    joined_on: NaiveDate,
}

async fn written(conn: &mut PgConnection, member: MemberId, today: NaiveDate) -> Result<ShareCertificate, Error> {
    let row: Row = sqlx::query_as("select number, first_name, last_name, address, joined_on from member where member_id = $1")
        .bind(member)
        .fetch_one(&mut *conn)
        .await?;
    let share = shares(conn, member).await?.into_iter().find(|share| !share.is_over()).ok_or(Error::NotFound)?;
    Ok(ShareCertificate {
        today,
        number: row.number,
        first_name: row.first_name,
        last_name: row.last_name,
        address: row.address,
        joined_on: row.joined_on,
        share,
    })
}

/// They leave: what was paid of it is to be given back since that day. One of which nothing was paid is nobody's any more.
pub(crate) async fn due_on(conn: &mut PgConnection, member: MemberId, on: NaiveDate) -> Result<(), Error> {
    sqlx::query(
        "delete from share h where h.member_id = $1 and h.refunded_on is null
            and not exists (select from share_payment p where p.share_id = h.share_id and p.cancelled_at is null)",
    )
    .bind(member)
    .execute(&mut *conn)
    .await?;
    sqlx::query("update share set refund_due_on = coalesce(refund_due_on, $2) where member_id = $1 and refunded_on is null")
        .bind(member)
        .bind(on)
        .execute(conn)
        .await?;
    Ok(())
}

/// They come back before it was given back.
pub(crate) async fn not_due(conn: &mut PgConnection, member: MemberId) -> Result<(), Error> {
    sqlx::query("update share set refund_due_on = null where member_id = $1 and refunded_on is null")
        .bind(member)
        .execute(conn)
        .await?;
    Ok(())
}

/// What was under the card that goes is under the one that stays; of two, the one that was paid for.
pub(crate) async fn moved(conn: &mut PgConnection, goes: MemberId, stays: MemberId) -> Result<(), Error> {
    let paid = "exists (select from share_payment p where p.share_id = h.share_id and p.cancelled_at is null)";
    let both: bool =
        sqlx::query_scalar("select count(distinct member_id) = 2 from share where member_id in ($1, $2) and refunded_on is null")
            .bind(goes)
            .bind(stays)
            .fetch_one(&mut *conn)
            .await?;
    if both {
        let unpaid = sqlx::AssertSqlSafe(format!(
            "delete from share h where h.refunded_on is null and h.member_id = case
                when exists (select from share h where h.member_id = $1 and h.refunded_on is null and {paid}) then $2
                else $1 end"
        ));
        sqlx::query(unpaid).bind(goes).bind(stays).execute(&mut *conn).await?;
    }
    sqlx::query("update share set member_id = $2 where member_id = $1").bind(goes).bind(stays).execute(&mut *conn).await?;
    // Whoever stays is a member: one that came along from a card whose member had left is not given back any more.
    not_due(&mut *conn, stays).await?;
    sqlx::query(
        "insert into association_year (member_id, year, cents, paid_on, by_member, at)
         select $2, year, cents, paid_on, by_member, at from association_year where member_id = $1
         on conflict (member_id, year) do nothing",
    )
    .bind(goes)
    .bind(stays)
    .execute(&mut *conn)
    .await?;
    sqlx::query("delete from association_year where member_id = $1").bind(goes).execute(conn).await?;
    Ok(())
}

/// As a file says it: what was paid of it, and not how.
pub(crate) async fn subscribed_by_file(
    conn: &mut PgConnection,
    (share, payment): (ShareId, PaymentId),
    member: MemberId,
    fact: &ShareFact,
    (by, now): (MemberId, Instant),
) -> Result<(), Error> {
    sqlx::query("insert into share (share_id, member_id, cents, subscribed_on, by_member, at) values ($1, $2, $3, $4, $5, $6)")
        .bind(share)
        .bind(member)
        .bind(fact.cents.0)
        .bind(fact.on)
        .bind(by)
        .bind(now)
        .execute(&mut *conn)
        .await?;
    if fact.paid.0 > 0 {
        sqlx::query(
            "insert into share_payment (share_payment_id, share_id, cents, paid_on, how, by_member, at)
             values ($1, $2, $3, $4, 'other', $5, $6)",
        )
        .bind(payment)
        .bind(share)
        .bind(fact.paid.0)
        .bind(fact.on)
        .bind(by)
        .bind(now)
        .execute(conn)
        .await?;
    }
    Ok(())
}

/// The share that a file brought is taken back with it.
pub(crate) async fn unsubscribed(conn: &mut PgConnection, member: MemberId) -> Result<(), Error> {
    sqlx::query("delete from share where member_id = $1 and refunded_on is null").bind(member).execute(conn).await?;
    Ok(())
}

/// As if a file had never brought them in.
pub(crate) async fn forget(conn: &mut PgConnection, member: MemberId) -> Result<(), Error> {
    for forgotten in ["delete from share where member_id = $1", "delete from association_year where member_id = $1"] {
        sqlx::query(forgotten).bind(member).execute(&mut *conn).await?;
    }
    Ok(())
}
