//! Who runs a working group: a value that only a query inside the act's transaction makes.

use domain::id::{GroupId, MemberId};
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;

use crate::error::Error;

/// Runs a working group: its referent; while it has none, whoever belongs to it; and the employee. A referent of another group
/// is nobody here.
#[derive(Debug, Clone, Copy)]
pub struct RunsGroup {
    member: MemberId,
    group: GroupId,
    employee: bool,
}

impl RunsGroup {
    /// `None` when `member` does not run it at `now`, or when there is no such group. Its row stays locked until the act is done:
    /// nobody comes into it, goes, or answers for it in between. Members are locked before groups.
    pub async fn find(
        conn: &mut PgConnection,
        member: MemberId,
        group: GroupId,
        now: Instant,
    ) -> Result<Option<RunsGroup>, Error> {
        sqlx::query("select from member where member_id = $1 for share").bind(member).execute(&mut *conn).await?;
        sqlx::query("select from working_group where group_id = $1 for no key update").bind(group).execute(&mut *conn).await?;
        let found: Option<(bool, bool)> =
            sqlx::query_as(RUNS).bind(member).bind(paris_day(now)).bind(group).fetch_optional(conn).await?;
        Ok(found.filter(|(employee, runs)| *employee || *runs).map(|(employee, _)| RunsGroup { member, group, employee }))
    }

    pub fn member(&self) -> MemberId {
        self.member
    }

    pub fn group(&self) -> GroupId {
        self.group
    }

    /// Not by belonging to it: the employee runs every group.
    pub fn is_employee(&self) -> bool {
        self.employee
    }
}

/// SQL for whether the member `m` runs a working group `g` on the day $2.
pub(crate) const RUNS_GROUP: &str = "(m.employee or exists (
    select from group_member n where n.group_id = g.group_id and n.member_id = m.member_id and (n.referent or not exists (
        select from group_member r join member o using (member_id)
        where r.group_id = g.group_id and r.referent and o.joined_on <= $2 and (o.left_on is null or o.left_on > $2)))))";

/// $1 member, $2 today, $3 group.
const RUNS: &str = "
select m.employee, exists (
    select from group_member n where n.group_id = g.group_id and n.member_id = m.member_id and (n.referent or not exists (
        select from group_member r join member o using (member_id)
        where r.group_id = g.group_id and r.referent and o.joined_on <= $2 and (o.left_on is null or o.left_on > $2)))
    for share of n)
from member m, working_group g
where m.member_id = $1 and g.group_id = $3 and m.joined_on <= $2 and (m.left_on is null or m.left_on > $2)";
