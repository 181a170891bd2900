//! What people were told and is not yet on its way out of the app.

use domain::id::{MemberId, NoticeId};
use domain::notice::Notice;
use domain::time::Instant;
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::error::Error;

/// The most at once: a short transaction.
const AT_ONCE: i64 = 200;

#[derive(Debug, Clone)]
pub struct Unplanned {
    pub id: NoticeId,
    pub member: MemberId,
    pub notice: Notice,
    pub at: Instant,
}

#[derive(sqlx::FromRow)]
struct Row {
    notice_id: NoticeId,
    member_id: MemberId,
    notice: Json<Notice>,
    at: Instant,
}

/// Takes the oldest of them: whoever commits has planned them.
pub async fn take_unplanned(conn: &mut PgConnection, now: Instant) -> Result<Vec<Unplanned>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "update notice set planned_at = $1 where notice_id in (
            select notice_id from notice where planned_at is null order by at limit $2 for update skip locked)
         returning notice_id, member_id, notice, at",
    )
    .bind(now)
    .bind(AT_ONCE)
    .fetch_all(conn)
    .await?;
    let unplanned = |row: Row| Unplanned { id: row.notice_id, member: row.member_id, notice: row.notice.0, at: row.at };
    Ok(rows.into_iter().map(unplanned).collect())
}
