//! What was said at the meetings of a group.

use domain::groups::{Mistake, WrittenMinutes};
use domain::id::{EventId, GroupId, MemberId, MinutesId};
use sqlx::PgConnection;
use uuid::Uuid;

use super::acting::{Kept, Running};
use crate::Backend;
use crate::brief::html;
use crate::error::Error;

/// The form's id is that of the minutes: sent twice, they are written once.
pub async fn write_minutes(
    backend: &Backend,
    asking: MemberId,
    group: GroupId,
    form: Uuid,
    written: &WrittenMinutes,
) -> Result<Kept, Error> {
    let mut running = Running::of(backend, asking, group).await?;
    if !running.first(form, "compte-rendu").await? {
        return running.end().await;
    }
    if !is_of_group(&mut running.tx, group, written.event).await? {
        return Ok(Err(vec![Mistake::OtherMeeting]));
    }
    sqlx::query(
        "insert into group_minutes (minutes_id, group_id, event_id, on_day, title, text, html, by_member, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(form)
    .bind(group)
    .bind(written.event)
    .bind(written.on)
    .bind(&written.title)
    .bind(&written.text)
    .bind(html(&written.text))
    .bind(running.by.member())
    .bind(running.now)
    .execute(&mut *running.tx)
    .await?;
    running.end().await
}

/// `base`: the revision from which they were written.
pub async fn edit_minutes(
    backend: &Backend,
    asking: MemberId,
    group: GroupId,
    form: Uuid,
    (id, base): (MinutesId, i32),
    written: &WrittenMinutes,
) -> Result<Kept, Error> {
    let mut running = Running::of(backend, asking, group).await?;
    if !running.first(form, "compte-rendu").await? {
        return running.end().await;
    }
    let known: Option<i32> = sqlx::query_scalar("select revision from group_minutes where minutes_id = $1 and group_id = $2")
        .bind(id)
        .bind(group)
        .fetch_optional(&mut *running.tx)
        .await?;
    let revision = known.ok_or(Error::NotFound)?;
    if revision != base {
        return Ok(Err(vec![Mistake::Stale { revision }]));
    }
    if !is_of_group(&mut running.tx, group, written.event).await? {
        return Ok(Err(vec![Mistake::OtherMeeting]));
    }
    sqlx::query(
        "update group_minutes set event_id = $2, on_day = $3, title = $4, text = $5, html = $6, by_member = $7, at = $8,
            revision = revision + 1
         where minutes_id = $1",
    )
    .bind(id)
    .bind(written.event)
    .bind(written.on)
    .bind(&written.title)
    .bind(&written.text)
    .bind(html(&written.text))
    .bind(running.by.member())
    .bind(running.now)
    .execute(&mut *running.tx)
    .await?;
    running.end().await
}

/// A meeting that the group announced, alone or with another one; or none.
async fn is_of_group(conn: &mut PgConnection, group: GroupId, event: Option<EventId>) -> Result<bool, Error> {
    let Some(event) = event else { return Ok(true) };
    Ok(sqlx::query_scalar(
        "select exists (select from event e where e.event_id = $1
            and (e.group_id = $2 or e.details->'with'->>'group' = $2::text) and e.state ? 'published')",
    )
    .bind(event)
    .bind(group)
    .fetch_one(conn)
    .await?)
}
