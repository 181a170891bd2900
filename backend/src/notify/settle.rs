//! What became of deliveries that were in hand.

use chrono::Duration;
use domain::time::Instant;
use sqlx::PgConnection;
use uuid::Uuid;

use super::hand::Waiting;
use crate::Backend;
use crate::error::Error;

/// How a hand-over ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    Sent,
    /// For good.
    Failed {
        why: String,
    },
    /// For now: after the time that the other side asked for, or longer and longer.
    Again {
        after: Option<Duration>,
        why: String,
    },
}

/// A process that has something in hand for longer than this has died. Longer than any courier waits:
/// each of the ten or so steps of handing a mail over may take ten seconds.
pub(crate) const LEASE_S: i64 = 120;
/// How long something is tried before it has failed. Hours.
const TRIED_H: i64 = 24;
/// The longest pause between two tries, minutes; the first is half a minute.
const PAUSE_CAP_MIN: i64 = 60;

/// Notes how the hand-over of these ended. `reached` are the devices that have it, where others
/// are still to be tried.
pub async fn settle(backend: &Backend, waiting: &[Waiting], came: &Came, reached: &[Uuid]) -> Result<(), Error> {
    let now = backend.now();
    for one in waiting {
        let (state, why, due) = match came {
            Came::Sent => ("sent", None, None),
            Came::Failed { why } => ("failed", Some(why.clone()), None),
            // A device has it; another one never answered.
            Came::Again { .. } if is_tired(one.at, one.tries, now) && !(one.reached.is_empty() && reached.is_empty()) => {
                ("sent", None, None)
            }
            Came::Again { why, .. } if is_tired(one.at, one.tries, now) => {
                ("failed", Some(format!("{why} ({} tries)", one.tries)), None)
            }
            Came::Again { after, why } => ("waiting", Some(why.clone()), Some(now + after.unwrap_or_else(|| pause(one.tries)))),
        };
        sqlx::query(
            "update delivery set state = $2, why = $3, due_at = coalesce($4, due_at), reached = reached || $5,
                handed_at = null, ended_at = case when $4 is null then $6 end
             where delivery_id = $1 and state = 'leaving'",
        )
        .bind(one.id)
        .bind(state)
        .bind(why)
        .bind(due)
        .bind(reached)
        .bind(now)
        .execute(&backend.pool)
        .await?;
    }
    Ok(())
}

/// Whether something that was tried so often, since `from`, is given up.
pub(crate) fn is_tired(from: Instant, tries: i16, now: Instant) -> bool {
    now - from > Duration::hours(TRIED_H) && tries > 5
}

/// Half a minute, then twice as long each time.
pub(crate) fn pause(tries: i16) -> Duration {
    let doubled = 30_i64.checked_shl(u32::try_from(tries.clamp(1, 20) - 1).unwrap_or(0)).unwrap_or(i64::MAX);
    Duration::seconds(doubled.min(PAUSE_CAP_MIN * 60))
}

/// Ends deliveries that are not to be made.
pub(super) async fn drop_all(conn: &mut PgConnection, waiting: &[Waiting], why: &str, now: Instant) -> Result<(), Error> {
    end_all(conn, waiting, "dropped", why, now).await
}

/// Ends deliveries that cannot be made, without trying.
pub(super) async fn fail_all(conn: &mut PgConnection, waiting: &[Waiting], why: &str, now: Instant) -> Result<(), Error> {
    end_all(conn, waiting, "failed", why, now).await
}

async fn end_all(conn: &mut PgConnection, waiting: &[Waiting], state: &str, why: &str, now: Instant) -> Result<(), Error> {
    if waiting.is_empty() {
        return Ok(());
    }
    let ids: Vec<i64> = waiting.iter().map(|waiting| waiting.id).collect();
    sqlx::query("update delivery set state = $4, why = $2, ended_at = $3, handed_at = null where delivery_id = any($1)")
        .bind(ids)
        .bind(why)
        .bind(now)
        .bind(state)
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes up what a process that died had in hand; they may have it already, and the row says so.
pub async fn revive(backend: &Backend) -> Result<u64, Error> {
    let now = backend.now();
    let revived = sqlx::query(
        "update delivery set state = 'waiting', maybe_twice = true, handed_at = null
         where state = 'leaving' and handed_at < $1",
    )
    .bind(now - Duration::seconds(LEASE_S))
    .execute(&backend.pool)
    .await?;
    Ok(revived.rows_affected())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_an_hour() {
        let seconds: Vec<i64> = [1, 2, 3, 7, 8, 30].map(|tries| pause(tries).num_seconds()).to_vec();
        assert_eq!(seconds, [30, 60, 120, 1920, 3600, 3600]);
    }
}
