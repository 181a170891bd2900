//! A shift that nobody leads, as it comes near: the leads hear of it first, then the group that
//! answers for the shifts, then the employee too.

use chrono::Duration;
use domain::id::{MemberId, ShiftId};
use domain::notice::Notice;
use domain::notify::{LEAD_MISSING_H, Step, step_at};
use domain::time::{Instant, paris_day};
use sqlx::AssertSqlSafe;

use super::plan::{listeners, write};
use crate::Backend;
use crate::auth::stands_in;
use crate::error::Error;

/// Writes who is to be told, once for each step of each shift.
pub async fn lead_missing(backend: &Backend) -> Result<u64, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let near: Vec<(ShiftId, Instant)> = sqlx::query_as(
        "select s.shift_id, s.starts_at from shift s join seat using (shift_id)
            left join assignment a using (shift_id, position)
         where seat.lead and a.member_id is null and s.closed_why is null and s.starts_at > $1 and s.starts_at <= $2",
    )
    .bind(now)
    .bind(now + Duration::hours(i64::from(LEAD_MISSING_H)))
    .fetch_all(&mut *tx)
    .await?;
    let mut planned = Vec::new();
    let who = format!("{WHO_IS} or $5 and (m.employee or {}){NOT_ON_LEAVE}", stands_in("$6"));
    for (shift, start) in near {
        let Some(Step { within_h, leads, group, employee }) = step_at(start, now) else { continue };
        let told: Vec<MemberId> = sqlx::query_scalar(AssertSqlSafe(who.as_str()))
            .bind(shift)
            .bind(paris_day(start))
            .bind(leads)
            .bind(group)
            .bind(employee)
            .bind(paris_day(now))
            .fetch_all(&mut *tx)
            .await?;
        let notice = Notice::LeadMissing { shift, within_h };
        let people = listeners(&mut tx, told.into_iter(), now).await?;
        let occasion = format!("lead/{shift}/{within_h}h");
        planned.extend(people.values().flat_map(|listener| listener.ways(&occasion, &notice, now, now)));
    }
    let written = write(&mut tx, &planned).await?;
    tx.commit().await?;
    Ok(written)
}

/// $1 shift, $2 its day, $3 leads, $4 the group, $5 the employee, $6 today: who is not on leave.
const WHO_IS: &str = "
select m.member_id from member m
where ($3 and exists (select from member_skill k where k.member_id = m.member_id and k.skill = 'animation')
        and not exists (select from assignment a where a.member_id = m.member_id and a.shift_id = $1)
    or $4 and exists (select from group_member g join working_group w using (group_id)
        where g.member_id = m.member_id and w.slug = 'association')";

const NOT_ON_LEAVE: &str = ")
    and not exists (select from leave l where l.member_id = m.member_id and $2 between l.from_on and l.to_on)
order by m.member_id";
