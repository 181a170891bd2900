//! What ties a member to what is told of shifts.

use std::collections::BTreeSet;

use domain::board::Board;
use domain::id::{MemberId, SeatId, ShiftId};
use domain::notify::Ties;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::Error;

type Row = (Vec<Uuid>, Vec<i16>, Vec<Uuid>, bool, bool, bool, bool, bool, bool);

/// A member's ties to the shifts of `board`.
pub(super) async fn ties(conn: &mut PgConnection, member: MemberId, board: &Board) -> Result<Ties, Error> {
    let shifts: Vec<Uuid> = board.shifts.keys().map(|shift| shift.0).collect();
    let (held, positions, ticked, answers, office, distribution, employee, in_group, edits_brief): Row =
        sqlx::query_as(TIES).bind(member).bind(shifts).fetch_one(conn).await?;
    let held: BTreeSet<SeatId> =
        held.into_iter().zip(positions).map(|(shift, position)| SeatId::new(ShiftId(shift), position)).collect();
    let ticked = ticked.into_iter().map(ShiftId).collect();
    Ok(Ties { held, ticked, answers, office, distribution, employee, in_group, edits_brief })
}

/// $1 member, $2 shifts.
const TIES: &str = "
with held as materialized (
    select shift_id, position from seat_history where shift_id = any($2) and $1 in (from_member, to_member)
    group by shift_id, position
)
select array(select shift_id from held order by shift_id, position),
    array(select position from held order by shift_id, position),
    array(select w.shift_id from offer o join wish w using (offer_id) where o.member_id = $1 and w.shift_id = any($2)),
    m.employee or exists (select from group_member g join working_group w using (group_id)
        where g.member_id = $1 and w.slug = 'association'),
    m.employee or exists (select from group_member g join working_group w using (group_id)
        where g.member_id = $1 and w.slug = 'administratif'),
    exists (select from group_member g join working_group w using (group_id)
        where g.member_id = $1 and w.slug = 'distribution'),
    m.employee,
    exists (select from group_member g where g.member_id = $1),
    m.employee or exists (select from group_member g join working_group w using (group_id)
        where g.member_id = $1 and w.slug = 'communication')
from member m where m.member_id = $1";
