//! Who can come to a shift that lacks somebody.

use chrono::Duration;
use domain::id::{MemberId, ShiftId};
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;

use crate::error::Error;

/// Who was called to a shift is not called again within this. Hours.
const AGAIN_H: i64 = 3;

/// Members of today who have what one of the open seats asks for, are free and not away, and were
/// not called just now. `by` calls, and is not called.
pub async fn callable(conn: &mut PgConnection, shift: ShiftId, by: MemberId, now: Instant) -> Result<Vec<MemberId>, Error> {
    Ok(sqlx::query_scalar(CALLABLE)
        .bind(shift)
        .bind(by)
        .bind(paris_day(now))
        .bind(now - Duration::hours(AGAIN_H))
        .fetch_all(conn)
        .await?)
}

/// $1 shift, $2 who calls, $3 today, $4 since when a call still counts.
const CALLABLE: &str = "
with open_seat as (
    select seat.lead, seat.skill from seat left join assignment a using (shift_id, position)
    left join offer o on o.shift_id = seat.shift_id and o.position = seat.position
        and o.state = 'open' and o.kind = 'give' and o.audience = 'anyone'
    where seat.shift_id = $1 and (a.member_id is null or o.offer_id is not null)
)
select m.member_id from member m, shift s
where s.shift_id = $1 and m.member_id <> $2 and m.joined_on <= $3 and (m.left_on is null or m.left_on > $3)
    and exists (select from open_seat o
        where (o.skill is null or exists (select from member_skill k where k.member_id = m.member_id and k.skill = o.skill))
        and (not o.lead or exists (select from member_skill k where k.member_id = m.member_id and k.skill = 'animation')))
    and not exists (select from assignment a where a.member_id = m.member_id and not a.closed
        and (a.shift_id = $1 or a.during && tstzrange(s.starts_at + interval '15 minutes', s.ends_at - interval '15 minutes')))
    and not exists (select from leave l where l.member_id = m.member_id and s.on_day between l.from_on and l.to_on)
    and not exists (select from notice n where n.member_id = m.member_id and n.at > $4
        and n.notice->>'kind' = 'urgent_call' and n.notice->>'shift' = $1::text)
order by m.member_id";
