//! What people without an account see: public events that are to come, and nothing of who comes.

use domain::event::Event;
use sqlx::AssertSqlSafe;
use sqlx::types::Json;

use super::EVENT;
use crate::Backend;
use crate::error::Error;

/// A public event as anybody sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenEvent {
    /// With the Markdown of its description, which is not for the page.
    pub event: Event,
    /// Its description, safe to show as it is.
    pub html: String,
    /// Seats that are left, where there is a capacity.
    pub left: Option<u16>,
}

/// Public events that are announced and not over, in order of start; one that is cancelled, too, until it would have been over.
pub async fn open_events(backend: &Backend) -> Result<Vec<OpenEvent>, Error> {
    let sql = format!(
        "select {EVENT}, e.html, greatest(e.capacity - e.seated, 0) from event e
         where (e.state ? 'published' or e.state ? 'cancelled') and e.details->>'for_whom' = 'public' and e.ends_at > $1
         order by e.starts_at, e.event_id"
    );
    let rows: Vec<(Json<Event>, String, Option<i32>)> =
        sqlx::query_as(AssertSqlSafe(sql)).bind(backend.now()).fetch_all(&backend.pool).await?;
    let open = |(Json(event), html, left): (Json<Event>, String, Option<i32>)| OpenEvent {
        // Without a capacity PostgreSQL's `greatest` leaves the null out and says 0.
        left: event.terms.capacity.and(left).map(|left| u16::try_from(left).unwrap_or_default()),
        event,
        html,
    };
    Ok(rows.into_iter().map(open).collect())
}
