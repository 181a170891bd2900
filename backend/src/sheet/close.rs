//! Sheets that nobody closed close by themselves: whoever was not marked came.

use chrono::Duration;
use domain::decide;
use domain::id::{MemberId, ShiftId};
use domain::sheet::CLOSES_AFTER_H;
use domain::time::Instant;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::Backend;
use crate::error::Error;
use crate::jobs::again;
use crate::swaps::scope::Scope;
use crate::swaps::{load, write};

/// How far back it looks: what is older was counted before there were sheets. Days.
const BACK_D: i64 = 35;

/// Closes the sheets whose time is over. Gives how many there were.
pub async fn close_sheets(backend: &Backend) -> Result<usize, Error> {
    let now = backend.now();
    let mut conn = backend.pool.acquire().await?;
    let over = over(&mut conn, now).await?;
    drop(conn);
    for shift in &over {
        let mut run = 0;
        while let Err(error) = close(backend, *shift, now).await {
            if !again(&error, run) {
                return Err(error);
            }
            run += 1;
        }
    }
    Ok(over.len())
}

/// Each in a transaction of its own, under its shift's lock.
async fn close(backend: &Backend, shift: ShiftId, now: Instant) -> Result<(), Error> {
    let mut tx = backend.pool.begin().await?;
    let mut scope = Scope::new(MemberId(Uuid::nil()));
    scope.locks.shifts.insert(shift);
    scope.sheet = Some(shift);
    scope.locks.take(&mut tx).await?;
    let mut board = load::board(&mut tx, &scope, now).await?;
    let effects = decide::close_unclosed(&board, shift, now);
    board.apply_all(&effects);
    let after = write::effects(&mut tx, &board, &effects, None, now).await?;
    after.finish(&mut tx, None, now).await?;
    tx.commit().await?;
    Ok(())
}

async fn over(conn: &mut PgConnection, now: Instant) -> Result<Vec<ShiftId>, Error> {
    Ok(sqlx::query_scalar(OVER)
        .bind(now - Duration::hours(CLOSES_AFTER_H))
        .bind(now - Duration::days(BACK_D))
        .fetch_all(conn)
        .await?)
}

/// $1 ended before, $2 began after.
const OVER: &str = "
select s.shift_id from shift s
where s.starts_at > $2 and s.ends_at <= $1 and s.closed_why is null
    and not exists (select from sheet where sheet.shift_id = s.shift_id)
order by s.starts_at";
