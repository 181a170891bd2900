//! What ties a member to what is told of shifts.

use std::collections::BTreeSet;

use domain::board::Board;
use domain::id::{AbsenceId, GroupId, MemberId, SeatId, ShiftId};
use domain::notice::Notice;
use domain::notify::Ties;
use domain::time::{Instant, paris_day};
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use crate::auth::{RUNS_GROUP, in_force, stands_in};
use crate::error::Error;

type Row = (Vec<Uuid>, Vec<i16>, Vec<Uuid>, bool, bool, bool, bool, bool, bool, bool, Vec<Uuid>);
/// The groups that they run, those from which they were taken out, whether they sit on the committee, and come to the coordination.
type Of = (Vec<Uuid>, Vec<Uuid>, bool, bool);

/// A member's ties to the shifts of `board`.
pub(super) async fn ties(
    conn: &mut PgConnection,
    member: MemberId,
    board: &Board,
    notices: &[&Notice],
    now: Instant,
) -> Result<Ties, Error> {
    let shifts: Vec<Uuid> = board.shifts.keys().map(|shift| shift.0).collect();
    let sql = TIES.replace("{STANDS_IN}", &stands_in("$3"));
    let (held, positions, ticked, answers, office, distribution, employee, in_group, edits_brief, stands_in, deputises): Row =
        sqlx::query_as(AssertSqlSafe(sql)).bind(member).bind(shifts).bind(paris_day(now)).fetch_one(&mut *conn).await?;
    let held: BTreeSet<SeatId> =
        held.into_iter().zip(positions).map(|(shift, position)| SeatId::new(ShiftId(shift), position)).collect();
    let ticked = ticked.into_iter().map(ShiftId).collect();
    let deputises = deputises.into_iter().map(AbsenceId).collect();
    let mut ties = Ties {
        held,
        ticked,
        answers,
        office,
        distribution,
        employee,
        in_group,
        edits_brief,
        stands_in,
        deputises,
        ..Ties::default()
    };
    // Few notices are of a group, or of those who govern.
    let of_groups = notices.iter().any(|notice| {
        let governs = matches!(notice, Notice::MandatesLapse { .. }) || notice.meeting().is_some();
        governs || notice.working_group().is_some()
    });
    if of_groups {
        let sql = OF_GROUPS.replace("{RUNS_GROUP}", RUNS_GROUP).replace("{IN_FORCE}", &in_force("$2"));
        let (runs, removed, committee, coordinates): Of =
            sqlx::query_as(AssertSqlSafe(sql)).bind(member).bind(paris_day(now)).fetch_one(conn).await?;
        ties.runs = runs.into_iter().map(GroupId).collect();
        ties.removed_from = removed.into_iter().map(GroupId).collect();
        (ties.committee, ties.coordinates) = (committee, coordinates);
    }
    Ok(ties)
}

/// $1 member, $2 today.
const OF_GROUPS: &str = "
select array(select g.group_id from working_group g where {RUNS_GROUP} order by g.group_id),
    array(select distinct a.group_id from group_act a where a.about = $1 and a.what = 'retirer' order by a.group_id),
    exists (select from mandate d where d.member_id = $1 and {IN_FORCE}),
    exists (select from mandate d where d.member_id = $1 and {IN_FORCE})
        or exists (select from group_member r where r.member_id = $1 and r.referent)
from member m where m.member_id = $1";

/// $1 member, $2 shifts, $3 today.
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
        where g.member_id = $1 and w.slug = 'communication'),
    {STANDS_IN},
    array(select a.absence_id from absence a where a.deputy_id = $1 and a.until_on >= $3
        and (a.ended_on is null or a.ended_on > greatest($3, a.from_on)) order by a.absence_id)
from member m where m.member_id = $1";
