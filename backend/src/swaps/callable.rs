//! Who can come to a shift that lacks somebody.

use chrono::Duration;
use domain::decide::{CALL_AGAIN_H, who_can_come};
use domain::id::{MemberId, ShiftId};
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;

use super::load;
use super::scope::Scope;
use crate::error::Error;

/// Those of the members whom nobody called there just now who may have one of its open seats. `by`
/// calls, and is not called.
pub async fn callable(conn: &mut PgConnection, shift: ShiftId, by: MemberId, now: Instant) -> Result<Vec<MemberId>, Error> {
    let members: Vec<MemberId> = sqlx::query_scalar(NOT_JUST_CALLED)
        .bind(shift)
        .bind(by)
        .bind(paris_day(now))
        .bind(now - Duration::hours(CALL_AGAIN_H))
        .fetch_all(&mut *conn)
        .await?;
    let mut scope = Scope::new(by);
    scope.locks.shifts.insert(shift);
    scope.movers.extend(members);
    let board = load::board(conn, &scope, now).await?;
    Ok(who_can_come(&board, shift, now).into_iter().filter(|member| scope.movers.contains(member)).collect())
}

/// $1 shift, $2 who calls, $3 today, $4 since when a call still counts.
const NOT_JUST_CALLED: &str = "
select m.member_id from member m
where m.member_id <> $2 and m.joined_on <= $3 and (m.left_on is null or m.left_on > $3)
    and not exists (select from notice n where n.member_id = m.member_id and n.at > $4
        and n.notice->>'kind' = 'urgent_call' and n.notice->>'shift' = $1::text)";
