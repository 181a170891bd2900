//! Whose own snapshot shows a day sheet.

use domain::id::{MemberId, ShiftId};
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::auth::Office;
use crate::error::Error;

/// Who of the team or of the office may have the sheets of `shifts`; with `next`, also who leads in
/// the two days after, to whom a word may be handed over.
pub async fn watchers(conn: &mut PgConnection, shifts: &[ShiftId], next: bool, now: Instant) -> Result<Vec<MemberId>, Error> {
    let shifts: Vec<Uuid> = shifts.iter().map(|shift| shift.0).collect();
    let mut watchers: Vec<MemberId> = sqlx::query_scalar(TEAMS).bind(shifts).bind(next).fetch_all(&mut *conn).await?;
    watchers.extend(Office::everybody(conn, paris_day(now)).await?);
    Ok(watchers)
}

/// The other shifts of its day: a delivery stands on their sheets too.
pub async fn of_the_day(conn: &mut PgConnection, shift: ShiftId) -> Result<Vec<ShiftId>, Error> {
    let day = "select o.shift_id from shift s join shift o on o.on_day = s.on_day where s.shift_id = $1";
    Ok(sqlx::query_scalar(day).bind(shift).fetch_all(conn).await?)
}

const TEAMS: &str = "
select member_id from assignment where shift_id = any($1)
union
select a.member_id from shift s join shift n on $2 and n.starts_at > s.starts_at and n.starts_at < s.starts_at + interval '2 days'
    join seat on seat.shift_id = n.shift_id and seat.lead
    join assignment a on a.shift_id = seat.shift_id and a.position = seat.position
where s.shift_id = any($1)";
