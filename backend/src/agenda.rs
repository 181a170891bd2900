//! A member's shifts for their own calendar: those they hold, and those they held and lost.

use chrono::Duration;
use domain::id::{MemberId, ShiftId};
use domain::time::Instant;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::Backend;
use crate::auth::SignedIn;
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;

/// How far back and ahead a calendar reaches. Days.
const PAST_D: i64 = 60;
const AHEAD_D: i64 = 120;

/// One shift in somebody's calendar.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Event {
    pub shift_id: ShiftId,
    pub starts_at: Instant,
    pub ends_at: Instant,
    /// They hold a seat on it, and it takes place; otherwise it is cancelled for them.
    pub stands: bool,
    /// Grows with each change (RFC 5545, §3.8.7.4).
    pub sequence: i64,
    /// The last of them; when the shift was planned, for want of any.
    pub changed_at: Option<Instant>,
    pub lead: Option<String>,
    pub task: Option<String>,
}

/// Every shift of a member around now, in order; with `only`, these alone.
pub async fn events(backend: &Backend, member: MemberId, only: Option<&[ShiftId]>) -> Result<Vec<Event>, Error> {
    let now = backend.now();
    let only: Option<Vec<Uuid>> = only.map(|shifts| shifts.iter().map(|shift| shift.0).collect());
    Ok(sqlx::query_as(EVENTS)
        .bind(member)
        .bind(now - Duration::days(PAST_D))
        .bind(now + Duration::days(AHEAD_D))
        .bind(only)
        .fetch_all(&backend.pool)
        .await?)
}

/// $1 member, $2 from, $3 to, $4 shifts or null.
const EVENTS: &str = "
with mine as materialized (
    select shift_id from assignment where member_id = $1
    union select shift_id from seat_history where from_member = $1 or to_member = $1
)
select s.shift_id, s.starts_at, s.ends_at,
    s.closed_why is null and a.member_id is not null as stands,
    (select count(*) from seat_history h where h.shift_id = s.shift_id and $1 in (h.from_member, h.to_member))
        + (s.closed_why is not null)::int as sequence,
    (select max(h.at) from seat_history h where h.shift_id = s.shift_id) as changed_at,
    (select m.first_name || ' ' || left(m.last_name, 1) || '.' from assignment l join seat using (shift_id, position)
        join member m on m.member_id = l.member_id where l.shift_id = s.shift_id and seat.lead limit 1) as lead,
    (select k.label from seat join skill k using (skill) where seat.shift_id = s.shift_id and seat.position = a.position
        and not seat.lead) as task
from mine join shift s using (shift_id)
    left join assignment a on a.shift_id = s.shift_id and a.member_id = $1
where s.starts_at between $2 and $3 and ($4::uuid[] is null or s.shift_id = any($4))
order by s.starts_at, s.shift_id";

/// Whose calendar a secret address shows; nobody's once it was renewed, or its member left.
pub async fn owner(backend: &Backend, secret_hash: &str) -> Result<Option<MemberId>, Error> {
    Ok(sqlx::query_scalar(
        "select f.member_id from calendar_feed f join member m using (member_id)
         where f.secret_hash = $1 and (m.left_on is null or m.left_on > $2)",
    )
    .bind(secret_hash)
    .bind(domain::time::paris_day(backend.now()))
    .fetch_optional(&backend.pool)
    .await?)
}

/// Makes the address anew: the one before leads nowhere from here on.
pub async fn renew(backend: &Backend, who: &SignedIn, secret_hash: &str) -> Result<(), Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    sqlx::query(
        "insert into calendar_feed (member_id, secret_hash, made_at) values ($1, $2, $3)
         on conflict (member_id) do update set secret_hash = excluded.secret_hash, made_at = excluded.made_at",
    )
    .bind(who.member)
    .bind(secret_hash)
    .bind(now)
    .execute(&mut *tx)
    .await?;
    Aftermath::of([who.member]).finish(&mut tx, None, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Their calendar has no address any more.
pub(crate) async fn forget_person(conn: &mut PgConnection, member: MemberId) -> Result<(), Error> {
    sqlx::query("delete from calendar_feed where member_id = $1").bind(member).execute(conn).await?;
    Ok(())
}
