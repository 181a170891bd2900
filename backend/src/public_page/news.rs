//! What the public is told: briefs that are open to it, and public events.

use chrono::Duration;
use domain::brief::Published;
use domain::event::Event;
use domain::time::Instant;
use sqlx::AssertSqlSafe;
use sqlx::types::Json;

use crate::Backend;
use crate::brief::mail::public_briefs;
use crate::error::Error;
use crate::event::EVENT;

/// So many briefs are told of.
const BRIEFS: usize = 12;
/// Events are told of until so long after their end. Days.
const OVER_D: i64 = 30;

/// A public event that takes place, took place, or was cancelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announced {
    pub event: Event,
    /// Its description, safe to show as it is.
    pub html: String,
    pub edited_at: Instant,
}

/// Newest briefs first; events in order of start. Nothing of it is for members alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    pub briefs: Vec<Published>,
    pub events: Vec<Announced>,
}

pub async fn news(backend: &Backend) -> Result<News, Error> {
    let sql = format!(
        "select {EVENT}, e.html, e.edited_at from event e
         where (e.state ? 'published' or e.state ? 'cancelled') and e.details->>'for_whom' = 'public' and e.ends_at > $1
         order by e.starts_at, e.event_id"
    );
    let rows: Vec<(Json<Event>, String, Instant)> =
        sqlx::query_as(AssertSqlSafe(sql)).bind(backend.now() - Duration::days(OVER_D)).fetch_all(&backend.pool).await?;
    let events = rows.into_iter().map(|(Json(event), html, edited_at)| Announced { event, html, edited_at }).collect();
    Ok(News { briefs: public_briefs(backend, BRIEFS).await?, events })
}
