//! What organisers see: an event with everybody who answered, and what is not announced yet.

use domain::event::{Event, Overview};
use domain::id::{EventId, MemberId};
use domain::time::paris_day;
use sqlx::AssertSqlSafe;
use sqlx::types::Json;

use super::{EVENT, PARTY, PHOTOS};
use crate::Backend;
use crate::auth::{MAKES_THIS_EVENT, Organiser};
use crate::error::Error;

/// An event for `asking`, who must be among its organisers.
pub async fn overview(backend: &Backend, asking: MemberId, event: EventId) -> Result<Overview, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    Organiser::of_event(&mut tx, asking, event, now).await?.ok_or(Error::NotAllowed)?;
    let sql = OVERVIEW.replace("{EVENT}", EVENT).replace("{PARTY}", PARTY).replace("{PHOTOS}", PHOTOS);
    let found: Option<Json<Overview>> =
        sqlx::query_scalar(AssertSqlSafe(sql)).bind(event).bind(now).fetch_optional(&mut *tx).await?;
    found.map(|Json(overview)| overview).ok_or(Error::NotFound)
}

/// What is not announced yet of the events that `asking` makes; in order of start.
pub async fn drafts(backend: &Backend, asking: MemberId) -> Result<Vec<Event>, Error> {
    let sql = format!(
        "select {EVENT} from event e join working_group g using (group_id) join member m on m.member_id = $1
         where (e.state = '\"draft\"' or e.state ? 'scheduled') and m.joined_on <= $2 and (m.left_on is null or m.left_on > $2)
            and {MAKES_THIS_EVENT}
         order by e.starts_at, e.event_id"
    );
    let found: Vec<Json<Event>> =
        sqlx::query_scalar(AssertSqlSafe(sql)).bind(asking).bind(paris_day(backend.now())).fetch_all(&backend.pool).await?;
    Ok(found.into_iter().map(|Json(event)| event).collect())
}

/// $1 event, $2 now.
const OVERVIEW: &str = "
select jsonb_build_object(
    'as_of', $2::timestamptz, 'event', {EVENT},
    'rule', (select rule from event_series s where s.event_series_id = e.event_series_id),
    'series', (select coalesce(jsonb_agg(jsonb_build_array(o.event_id, o.starts_at) order by o.starts_at), '[]')
        from event o where o.event_series_id = e.event_series_id and o.event_id <> e.event_id and not o.state ? 'removed'),
    'parties', (select coalesce(jsonb_agg({PARTY} order by p.answered_at, p.event_party_id), '[]')
        from event_party p where p.event_id = e.event_id),
    'names', (select coalesce(jsonb_object_agg(m.member_id,
            jsonb_build_object('f', m.first_name, 'i', upper(left(m.last_name, 1)))), '{}')
        from member m where m.member_id in (select p.member_id from event_party p where p.event_id = e.event_id
            union select a.by_member from event_act a where a.event_id = e.event_id
            union select f.by_member from event_photo f where f.event_id = e.event_id
            union select f.asked_by from event_photo f where f.event_id = e.event_id)),
    'visitors', (select coalesce(jsonb_object_agg(v.event_visitor_id, v.name), '{}')
        from event_visitor v where v.event_id = e.event_id and v.confirmed_at is not null),
    'photos', {PHOTOS}, 'thanks', (select t.text from event_thanks t where t.event_id = e.event_id),
    'acts', (select coalesce(jsonb_agg(jsonb_build_object('what', a.what, 'by', a.by_member, 'at', a.at)
            order by a.at desc, a.event_act_id desc), '[]') from event_act a where a.event_id = e.event_id))
from event e where e.event_id = $1";
