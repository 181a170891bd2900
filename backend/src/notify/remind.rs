//! Reminders of shifts to come.

use domain::id::{MemberId, ShiftId};
use domain::notice::Notice;
use domain::notify::{Ahead, remind_at};
use domain::time::Instant;

use super::plan::{listeners, write};
use crate::Backend;
use crate::error::Error;

/// The furthest reminder, and some more. Days.
const HORIZON_D: i64 = 16;
/// A reminder that could not be written in time is still written for so long. Hours.
const LATE_H: i64 = 2;

/// Writes the reminders whose time has come. Each comes up once, however many processes look.
pub async fn remind(backend: &Backend) -> Result<u64, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let rows: Vec<(MemberId, ShiftId, Instant)> = sqlx::query_as(
        "select a.member_id, s.shift_id, s.starts_at from shift s join assignment a using (shift_id)
         where s.starts_at > $1 and s.starts_at < $2 and s.closed_why is null",
    )
    .bind(now)
    .bind(now + chrono::Duration::days(HORIZON_D))
    .fetch_all(&mut *tx)
    .await?;
    let people = listeners(&mut tx, rows.iter().map(|(member, ..)| *member), now).await?;
    let late = now - chrono::Duration::hours(LATE_H);
    let mut planned = Vec::new();
    for (member, shift, start) in rows {
        let Some(listener) = people.get(&member) else { continue };
        for ahead in &listener.preferences.reminders {
            let at = remind_at(start, *ahead);
            if at <= now && at > late {
                planned.extend(listener.ways(&occasion(shift, *ahead), &Notice::Reminder { shift }, at, at));
            }
        }
    }
    let written = write(&mut tx, &planned).await?;
    tx.commit().await?;
    Ok(written)
}

fn occasion(shift: ShiftId, ahead: Ahead) -> String {
    match ahead {
        Ahead::Days(days) => format!("reminder/{shift}/{days}d"),
        Ahead::Hours(hours) => format!("reminder/{shift}/{hours}h"),
    }
}
