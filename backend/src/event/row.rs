//! An event's own row.

use domain::event::{Event, Facts, Series, State};
use domain::id::{EventId, MemberId, SeriesId};
use domain::time::Instant;
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::brief::html;
use crate::error::Error;

/// Writes a new event; nothing where there is one of that id, or of that day of its series. Whether it is new.
pub(super) async fn insert(
    conn: &mut PgConnection,
    event: &Event,
    day: Option<chrono::NaiveDate>,
    by: MemberId,
    now: Instant,
) -> Result<bool, Error> {
    let told = event.state.is_published().then(|| Json(Facts::of(event)));
    let written = sqlx::query(
        "insert into event (event_id, event_series_id, on_day, group_id, details, html, starts_at, ends_at, closes_at, capacity,
            state, told, edited_at, by_member)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict do nothing",
    )
    .bind(event.id)
    .bind(event.series)
    .bind(day)
    .bind(event.group)
    .bind(Json(&event.terms.details))
    .bind(html(&event.terms.details.text))
    .bind(event.terms.times.starts_at)
    .bind(event.terms.times.ends_at)
    .bind(event.terms.times.closes_at)
    .bind(event.terms.capacity.map(i32::from))
    .bind(Json(&event.state))
    .bind(told)
    .bind(now)
    .bind(by)
    .execute(conn)
    .await?;
    Ok(written.rows_affected() == 1)
}

/// What an event is from here on. `seated` are those who have a seat then; `tell_at`, when people are told, if they are.
pub(super) async fn update(
    conn: &mut PgConnection,
    event: &Event,
    seated: u16,
    tell_at: Option<Instant>,
    now: Instant,
) -> Result<(), Error> {
    sqlx::query(
        "update event set event_series_id = $2, details = $3, html = $4, starts_at = $5, ends_at = $6, closes_at = $7,
            capacity = $8, state = $9, sequence = $10, revision = $11, seated = $12, edited_at = $13, tell_at = $14
         where event_id = $1",
    )
    .bind(event.id)
    .bind(event.series)
    .bind(Json(&event.terms.details))
    .bind(html(&event.terms.details.text))
    .bind(event.terms.times.starts_at)
    .bind(event.terms.times.ends_at)
    .bind(event.terms.times.closes_at)
    .bind(event.terms.capacity.map(i32::from))
    .bind(Json(&event.state))
    .bind(event.sequence)
    .bind(event.revision)
    .bind(i32::from(seated))
    .bind(now)
    .bind(tell_at)
    .execute(conn)
    .await?;
    Ok(())
}

/// What those who answered were told last.
pub(super) async fn told(conn: &mut PgConnection, event: EventId) -> Result<Option<Facts>, Error> {
    let told: Option<Json<Facts>> =
        sqlx::query_scalar("select told from event where event_id = $1").bind(event).fetch_one(conn).await?;
    Ok(told.map(|Json(told)| told))
}

/// They know it now.
pub(super) async fn set_told(conn: &mut PgConnection, event: EventId, facts: &Facts) -> Result<(), Error> {
    sqlx::query("update event set told = $2, tell_at = null where event_id = $1")
        .bind(event)
        .bind(Json(facts))
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn set_state(conn: &mut PgConnection, event: EventId, state: &State) -> Result<(), Error> {
    sqlx::query("update event set state = $2, revision = revision + 1 where event_id = $1")
        .bind(event)
        .bind(Json(state))
        .execute(conn)
        .await?;
    Ok(())
}

/// A series, its row locked; before any of its events.
pub(super) async fn lock_series(conn: &mut PgConnection, id: SeriesId) -> Result<Option<Series>, Error> {
    let row: Option<Json<Series>> = sqlx::query_scalar(
        "select jsonb_build_object('id', event_series_id, 'group', group_id, 'rule', rule, 'terms', terms)
         from event_series where event_series_id = $1 for no key update",
    )
    .bind(id)
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|Json(series)| series))
}

/// Writes a new series; nothing where there is one of that id. Whether it is new.
pub(super) async fn insert_series(conn: &mut PgConnection, series: &Series, by: MemberId, now: Instant) -> Result<bool, Error> {
    let written = sqlx::query(
        "insert into event_series (event_series_id, group_id, rule, terms, by_member, at) values ($1, $2, $3, $4, $5, $6)
         on conflict (event_series_id) do nothing",
    )
    .bind(series.id)
    .bind(series.group)
    .bind(Json(&series.rule))
    .bind(Json(&series.terms))
    .bind(by)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(written.rows_affected() == 1)
}

/// What a series is from here on.
pub(super) async fn update_series(conn: &mut PgConnection, series: &Series) -> Result<(), Error> {
    sqlx::query("update event_series set rule = $2, terms = $3 where event_series_id = $1")
        .bind(series.id)
        .bind(Json(&series.rule))
        .bind(Json(&series.terms))
        .execute(conn)
        .await?;
    Ok(())
}

/// An event of another series, from here on.
pub(super) async fn move_to(conn: &mut PgConnection, event: EventId, series: SeriesId) -> Result<(), Error> {
    sqlx::query("update event set event_series_id = $2 where event_id = $1").bind(event).bind(series).execute(conn).await?;
    Ok(())
}
