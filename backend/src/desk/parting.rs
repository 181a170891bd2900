//! Somebody leaves the co-op, goes on under another card, or is forgotten: what that is to who stands in for whom.

use chrono::NaiveDate;
use domain::id::MemberId;
use sqlx::PgConnection;

use crate::error::Error;

/// Nobody stands in who is no longer there, nor for whoever is no longer there: the office plans anew.
pub(crate) async fn leaves_coop(conn: &mut PgConnection, member: MemberId, from: NaiveDate) -> Result<(), Error> {
    sqlx::query(
        "update absence set ended_on = greatest(from_on, $2) where $1 in (deputy_id, employee_id) and until_on >= $2
            and (ended_on is null or ended_on > greatest(from_on, $2))",
    )
    .bind(member)
    .bind(from)
    .execute(conn)
    .await?;
    Ok(())
}

/// Of two cards that are one person's, the one that stays stands in.
pub(crate) async fn moved(conn: &mut PgConnection, goes: MemberId, keeps: MemberId, today: NaiveDate) -> Result<(), Error> {
    sqlx::query("update absence set deputy_id = $2 where deputy_id = $1 and employee_id <> $2")
        .bind(goes)
        .bind(keeps)
        .execute(&mut *conn)
        .await?;
    leaves_coop(conn, goes, today).await
}

/// What somebody said of what they dealt with is not kept once they are forgotten; that it was dealt with is.
pub(crate) async fn forget_person(conn: &mut PgConnection, member: MemberId) -> Result<(), Error> {
    sqlx::query("update desk_handled set word = '' where by_member = $1").bind(member).execute(conn).await?;
    Ok(())
}
