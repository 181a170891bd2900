//! Events for a member's own calendar: one as a file, and those that they answered to.

use chrono::Duration;
use domain::id::{EventId, MemberId};
use domain::time::Instant;
use sqlx::AssertSqlSafe;

use crate::Backend;
use crate::error::Error;

/// How far back and ahead a calendar reaches. Days.
const PAST_D: i64 = 60;
const AHEAD_D: i64 = 400;

/// One event in somebody's calendar.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Dated {
    pub event_id: EventId,
    pub title: String,
    pub place: String,
    pub map: Option<String>,
    pub starts_at: Instant,
    pub ends_at: Instant,
    /// It takes place.
    pub stands: bool,
    /// They have a seat, or nobody asked whether they come.
    pub sure: bool,
    /// Grows with each change that people are told of (RFC 5545, §3.8.7.4).
    pub sequence: i32,
    /// When it was changed last, or answered.
    pub changed_at: Instant,
}

/// One event that is announced, for any member.
pub async fn dated(backend: &Backend, event: EventId) -> Result<Option<Dated>, Error> {
    let sql = format!(
        "select {DATED}, true as sure, e.edited_at as changed_at from event e
         where e.event_id = $1 and (e.state ? 'published' or e.state ? 'cancelled')"
    );
    Ok(sqlx::query_as(AssertSqlSafe(sql)).bind(event).fetch_optional(&backend.pool).await?)
}

/// Those to which a member answered « oui » or « peut-être », in order.
pub async fn of_member(backend: &Backend, member: MemberId) -> Result<Vec<Dated>, Error> {
    let now = backend.now();
    let sql = format!(
        "select {DATED}, p.standing = 'seated' as sure, greatest(e.edited_at, p.answered_at) as changed_at
         from event_party p join event e using (event_id)
         where p.member_id = $1 and p.standing <> 'no' and (e.state ? 'published' or e.state ? 'cancelled')
            and e.starts_at between $2 and $3
         order by e.starts_at, e.event_id"
    );
    Ok(sqlx::query_as(AssertSqlSafe(sql))
        .bind(member)
        .bind(now - Duration::days(PAST_D))
        .bind(now + Duration::days(AHEAD_D))
        .fetch_all(&backend.pool)
        .await?)
}

/// SQL for the columns that both have.
const DATED: &str = "e.event_id, e.details->>'title' as title, e.details->'place'->>'name' as place,
    e.details->'place'->>'map' as map, e.starts_at, e.ends_at, e.state ? 'published' as stands, e.sequence";
