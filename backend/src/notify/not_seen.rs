//! An exchange that somebody has not seen after a day: their lead is told who may not know.

use domain::id::{MemberId, NoticeId, ShiftId};
use domain::notice::Notice;
use domain::notify::unseen_too_long;

use super::plan::{listeners, write};
use crate::Backend;
use crate::error::Error;

/// Tells the leads of shifts that somebody was moved to, once for each card that stayed unseen.
pub async fn not_seen(backend: &Backend) -> Result<u64, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let (after, until) = unseen_too_long(now);
    let unseen: Vec<(NoticeId, MemberId, ShiftId, MemberId)> =
        sqlx::query_as(UNSEEN).bind(until).bind(after).bind(now).fetch_all(&mut *tx).await?;
    let people = listeners(&mut tx, unseen.iter().map(|(.., lead)| *lead), now).await?;
    let mut planned = Vec::new();
    for (card, who, shift, lead) in unseen {
        let Some(listener) = people.get(&lead) else { continue };
        planned.extend(listener.ways(&format!("unseen/{card}"), &Notice::NotSeenYet { shift, who }, now, now));
    }
    let written = write(&mut tx, &planned).await?;
    tx.commit().await?;
    Ok(written)
}

/// $1 told before, $2 told after, $3 now: the card, whose it is, the shift to come that it moved them to, who leads it.
const UNSEEN: &str = "
select n.notice_id, n.member_id, s.shift_id, lead.member_id
from notice n
cross join lateral (
    select split_part(leg->>'takes', '~', 1)::uuid as shift_id from jsonb_array_elements(n.notice->'legs') leg
        where n.notice->>'kind' = 'loop_closed' and (leg->>'member')::uuid = n.member_id
    union all
    select split_part(n.notice->>'got', '~', 1)::uuid where n.notice->>'kind' = 'swap_accepted') moved
join shift s on s.shift_id = moved.shift_id and s.starts_at > $3 and s.closed_why is null
join seat on seat.shift_id = s.shift_id and seat.lead
join assignment lead on lead.shift_id = s.shift_id and lead.position = seat.position and lead.member_id <> n.member_id
where n.seen_at is null and n.at <= $1 and n.at > $2";
