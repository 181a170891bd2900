//! What is kept of an event once it is over: that it was, and who was there. What people wrote for its organisers alone goes,
//! and whoever came without an account is forgotten. A photo goes with its bytes once it was removed, and with its event once that
//! is shown no more: whoever is on one could no longer ask.

use chrono::Duration;
use domain::time::Instant;

use super::pictures;
use super::visitors::YES_D;
use crate::Backend;
use crate::error::Error;
use crate::snapshots::EVENTS_BACK_D;

/// Notes, what people eat, and visitors are kept for so long after the end. Days.
const KEPT_D: i64 = 30;
/// A photo that was removed is kept for so long; one that is hidden, too, where the organisers say nothing of it. Days.
const REMOVED_D: i64 = 30;

pub async fn purge(backend: &Backend, now: Instant) -> Result<(), Error> {
    let mut tx = backend.pool.begin().await?;
    let over = now - Duration::days(KEPT_D);
    sqlx::query(
        "update event_party p set note = '', diet = '' from event e
         where e.event_id = p.event_id and e.ends_at < $1 and (p.note <> '' or p.diet <> '')",
    )
    .bind(over)
    .execute(&mut *tx)
    .await?;
    sqlx::query("delete from event_walk_in w using event e where e.event_id = w.event_id and e.ends_at < $1")
        .bind(over)
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "delete from event_party p using event e
         where e.event_id = p.event_id and e.ends_at < $1 and p.event_visitor_id is not null",
    )
    .bind(over)
    .execute(&mut *tx)
    .await?;
    sqlx::query(
        "delete from event_visitor v using event e where e.event_id = v.event_id
            and (e.ends_at < $1 or v.confirmed_at is null and v.asked_at < $2)
            and not exists (select from event_party p where p.event_visitor_id = v.event_visitor_id)",
    )
    .bind(over)
    .bind(now - Duration::days(YES_D))
    .execute(&mut *tx)
    .await?;
    let long_ago = now - Duration::days(REMOVED_D);
    sqlx::query(
        "update event_photo set removed_by = asked_by, removed_at = $2
         where removed_at is null and back_at is null and asked_at < $1",
    )
    .bind(long_ago)
    .bind(now)
    .execute(&mut *tx)
    .await?;
    sqlx::query(FORGET_PHOTOS).bind(long_ago).bind(now - Duration::days(EVENTS_BACK_D)).execute(&mut *tx).await?;
    pictures::forget(&mut tx, now).await?;
    tx.commit().await?;
    Ok(())
}

/// $1 removed before, $2 of an event that began by then. Its bytes go with it, even where an event names them as its cover: without
/// its row, nothing would tell them from one.
const FORGET_PHOTOS: &str = "
with gone as (
    delete from event_photo f using event e
    where e.event_id = f.event_id and (f.removed_at < $1 or e.starts_at <= $2)
    returning f.event_picture_id, f.by_member
)
delete from event_picture p using gone where p.event_picture_id = gone.event_picture_id and p.by_member = gone.by_member";
