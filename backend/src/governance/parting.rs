//! Somebody leaves the co-op, goes on under another card, or is forgotten: what that is to those who govern.

use chrono::NaiveDate;
use domain::id::MemberId;
use sqlx::PgConnection;

use crate::error::Error;

/// Why a mandate ended before its time, where nobody said more.
const LEFT: &str = "Départ de la coop";

/// They sit on the committee until the day before, and what was to come does not. They are locked.
pub(crate) async fn leaves_coop(conn: &mut PgConnection, member: MemberId, from: NaiveDate) -> Result<(), Error> {
    sqlx::query("delete from mandate where member_id = $1 and from_on >= $2").bind(member).bind(from).execute(&mut *conn).await?;
    sqlx::query(
        "update mandate set ended_on = $2, ended_why = $3
         where member_id = $1 and to_on >= $2 and (ended_on is null or ended_on > $2)",
    )
    .bind(member)
    .bind(from)
    .bind(LEFT)
    .execute(conn)
    .await?;
    Ok(())
}

/// Of two cards that are one person's, the mandates of the one are the other's; one that meets another of theirs ends instead.
pub(crate) async fn moved(conn: &mut PgConnection, goes: MemberId, keeps: MemberId, today: NaiveDate) -> Result<(), Error> {
    sqlx::query(MOVED).bind(goes).bind(keeps).execute(&mut *conn).await?;
    leaves_coop(conn, goes, today).await
}

/// $1 who goes, $2 who stays. What `one_seat_a_member` refuses stays where it is.
const MOVED: &str = "
update mandate d set member_id = $2
where d.member_id = $1 and not exists (
    select from mandate k where k.member_id = $2
        and daterange(k.from_on, least(k.to_on + 1, coalesce(k.ended_on, k.to_on + 1)), '[)')
            && daterange(d.from_on, least(d.to_on + 1, coalesce(d.ended_on, d.to_on + 1)), '[)'))";

/// What somebody wrote is not kept once they are forgotten; that they sat there, and what their answer counted, is.
pub(crate) async fn forget_person(conn: &mut PgConnection, member: MemberId) -> Result<(), Error> {
    for forgotten in [
        "update mandate set words = '', ended_why = case when ended_why is not null then '' end where member_id = $1",
        "update agenda_point set text = '' where by_member = $1",
        "update consultation_answer set put = put #- '{stance,word}' where member_id = $1",
    ] {
        sqlx::query(forgotten).bind(member).execute(&mut *conn).await?;
    }
    Ok(())
}
