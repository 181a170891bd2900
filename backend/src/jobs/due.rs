//! Work that falls due by our clock.

use chrono::NaiveTime;
use domain::time::{Instant, paris_day, paris_instant, plus_days};
use sqlx::PgConnection;

use crate::Backend;
use crate::error::Error;

/// What happens every night, and at seven in the morning: when on Paris clocks (hours).
const NIGHTLY: [(&str, u32); 10] = [
    ("fall_due", 0),
    ("register", 0),
    ("briefs", 1),
    ("generate", 2),
    ("match", 3),
    ("purge", 4),
    ("close_sheets", 5),
    ("mandates", 6),
    ("dossiers", 6),
    ("brief", 7),
];

/// The most rows that one tick hands over.
const AT_ONCE: i64 = 500;

/// Sees to it that every nightly work has its next time; the first time of all is now.
pub async fn plan(backend: &Backend) -> Result<(), Error> {
    let mut conn = backend.pool.acquire().await?;
    let now = backend.now();
    for (kind, hour) in NIGHTLY {
        let (known, pending): (bool, bool) = sqlx::query_as(
            "select exists (select from due_work where kind = $1),
                exists (select from due_work where kind = $1 and done_at is null)",
        )
        .bind(kind)
        .fetch_one(&mut *conn)
        .await?;
        if !pending {
            let due_at = if known { next_night(now, hour) } else { now };
            note_night(&mut conn, kind, due_at).await?;
        }
    }
    Ok(())
}

/// Hands what is due to the queue, to run at once; one job per kind does all that is due of it.
/// Gives how many jobs there are. Several processes may tick together. Before there are rules
/// there is no co-op yet, and all of it waits.
pub async fn tick(backend: &Backend) -> Result<usize, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let due: Vec<(i64, String)> = sqlx::query_as(
        "select due_work_id, kind from due_work where done_at is null and due_at <= $1 and exists (select from setting)
         order by due_at limit $2 for update skip locked",
    )
    .bind(now)
    .bind(AT_ONCE)
    .fetch_all(&mut *tx)
    .await?;
    if due.is_empty() {
        return Ok(0);
    }
    let mut kinds: Vec<&str> = due.iter().map(|(_, kind)| kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in &kinds {
        sqlx::query("select from graphile_worker.add_job($1, payload := '{}', job_key := $1)")
            .bind(kind)
            .execute(&mut *tx)
            .await?;
        if let Some((kind, hour)) = NIGHTLY.iter().find(|(nightly, _)| nightly == kind) {
            note_night(&mut tx, kind, next_night(now, *hour)).await?;
        }
    }
    let ids: Vec<i64> = due.iter().map(|(id, _)| *id).collect();
    sqlx::query("update due_work set done_at = $2 where due_work_id = any($1)").bind(&ids).bind(now).execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(kinds.len())
}

/// The next time after `now` at which Paris clocks show `hour`.
fn next_night(now: Instant, hour: u32) -> Instant {
    let clock = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    let today = paris_day(now);
    let tonight = paris_instant(today, clock);
    if tonight > now { tonight } else { paris_instant(plus_days(today, 1), clock) }
}

async fn note_night(conn: &mut PgConnection, kind: &str, due_at: Instant) -> Result<(), Error> {
    note(conn, kind, &due_at.timestamp_millis().to_string(), due_at).await
}

/// Work of a kind falls due then; under one key, once.
pub(crate) async fn note(conn: &mut PgConnection, kind: &str, key: &str, due_at: Instant) -> Result<(), Error> {
    sqlx::query("insert into due_work (kind, key, due_at) values ($1, $2, $3) on conflict (kind, key) do nothing")
        .bind(kind)
        .bind(key)
        .bind(due_at)
        .execute(conn)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paris(day: &str, hour: u32) -> Instant {
        paris_instant(day.parse().unwrap(), NaiveTime::from_hms_opt(hour, 0, 0).unwrap())
    }

    #[test]
    fn the_night_comes_once_a_day_also_when_the_clocks_change() {
        assert_eq!(next_night(paris("2026-12-01", 8), 3), paris("2026-12-02", 3));
        assert_eq!(next_night(paris("2026-12-01", 2), 3), paris("2026-12-01", 3));
        assert_eq!(next_night(paris("2026-12-01", 3), 3), paris("2026-12-02", 3));
        // 28 March 2027: two o'clock does not exist and is taken an hour later.
        let spring = next_night(paris("2027-03-27", 8), 2);
        assert_eq!(spring, paris("2027-03-28", 3));
        assert_eq!(next_night(spring, 2), paris("2027-03-29", 2));
        // 31 October 2027: two o'clock comes twice, the work once.
        let autumn = next_night(paris("2027-10-30", 8), 2);
        assert_eq!(next_night(autumn, 2), paris("2027-11-01", 2));
    }
}
