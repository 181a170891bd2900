//! What became of copies that were in hand.

use chrono::Duration;
use domain::time::Instant;
use sqlx::PgConnection;

use super::hand::BriefCopy;
use crate::Backend;
use crate::error::Error;
use crate::notify::{Came, LEASE_S, is_tired, pause};

/// Notes how the hand-over of a copy ended.
pub async fn settle(backend: &Backend, copy: &BriefCopy, came: &Came) -> Result<(), Error> {
    let now = backend.now();
    let (state, why, due) = match came {
        Came::Sent => ("submitted", None, None),
        Came::Failed { why } => ("failed", Some(why.clone()), None),
        Came::Again { why, .. } if is_tired(copy.tried_from, copy.attempts, now) => {
            ("failed", Some(format!("{why} ({} tries)", copy.attempts)), None)
        }
        Came::Again { after, why } => ("prepared", Some(why.clone()), Some(now + after.unwrap_or_else(|| pause(copy.attempts)))),
    };
    sqlx::query(
        "update brief_copy set state = $2, why = $3, due_at = coalesce($4, due_at), ended_at = case when $4 is null then $5 end
         where brief_copy_id = $1 and state = 'taken'",
    )
    .bind(copy.id)
    .bind(state)
    .bind(why)
    .bind(due)
    .bind(now)
    .execute(&backend.pool)
    .await?;
    Ok(())
}

/// Ends a copy that is not to be carried.
pub(super) async fn give_up(conn: &mut PgConnection, copy: i64, why: &str, now: Instant) -> Result<(), Error> {
    sqlx::query("update brief_copy set state = 'failed', why = $2, ended_at = $3 where brief_copy_id = $1")
        .bind(copy)
        .bind(why)
        .bind(now)
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes up what a process that died had in hand; they may have it already, and the row says so.
pub async fn revive(backend: &Backend) -> Result<u64, Error> {
    let now = backend.now();
    let revived =
        sqlx::query("update brief_copy set state = 'prepared', maybe_twice = true where state = 'taken' and handed_at < $1")
            .bind(now - Duration::seconds(LEASE_S))
            .execute(&backend.pool)
            .await?;
    Ok(revived.rows_affected())
}
