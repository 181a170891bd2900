//! The list that organisers start from.

use chrono::Duration;
use domain::event::Programme;
use domain::id::MemberId;
use domain::time::paris_day;
use sqlx::AssertSqlSafe;
use sqlx::types::Json;

use super::EVENT;
use crate::Backend;
use crate::auth::{MAKES_EVENTS, MAKES_THIS_EVENT};
use crate::error::Error;

/// What is over stays in the list for so long: it is thanked for, and made again. Days.
const PAST_D: i64 = 60;

/// Drafts and events that `asking` makes; refused where they make none at all.
pub async fn programme(backend: &Backend, asking: MemberId) -> Result<Programme, Error> {
    let now = backend.now();
    let sql = PROGRAMME
        .replace("{EVENT}", EVENT)
        .replace("{MAKES_EVENTS}", MAKES_EVENTS)
        .replace("{MAKES_THIS_EVENT}", MAKES_THIS_EVENT);
    let found: Option<Json<Programme>> = sqlx::query_scalar(AssertSqlSafe(sql))
        .bind(asking)
        .bind(now)
        .bind(paris_day(now))
        .bind(now - Duration::days(PAST_D))
        .fetch_optional(&backend.pool)
        .await?;
    found.map(|Json(programme)| programme).filter(|programme| !programme.mine.is_empty()).ok_or(Error::NotAllowed)
}

/// $1 member, $2 now, $3 today, $4 from when on what is over is shown.
const PROGRAMME: &str = "
select jsonb_build_object(
    'as_of', $2::timestamptz, 'me', m.member_id,
    'mine', (select coalesce(jsonb_agg(jsonb_build_array(g.group_id, g.name) order by g.rank), '[]')
        from working_group g where {MAKES_EVENTS}),
    'groups', (select coalesce(jsonb_agg(jsonb_build_array(g.group_id, g.name) order by g.rank), '[]') from working_group g),
    'events', (select coalesce(jsonb_agg(jsonb_build_object('event', {EVENT}, 'seated', e.seated,
            'waiting', (select count(*) from event_party p where p.event_id = e.event_id and p.ticket is not null))
            order by e.starts_at, e.event_id), '[]')
        from event e where not e.state ? 'removed' and e.ends_at > $4
            and exists (select from working_group g
                where (g.group_id = e.group_id or g.group_id::text = e.details->'with'->>'group') and {MAKES_THIS_EVENT})))
from member m where m.member_id = $1 and m.joined_on <= $3 and (m.left_on is null or m.left_on > $3)";
