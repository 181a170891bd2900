//! Who keeps the dossier board of a working group: a value that only a query inside the act's transaction makes.

use domain::id::{GroupId, MemberId};
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;

use crate::error::Error;

/// Belongs to a working group, or is the employee: keeps its dossiers. Whoever has left it is nobody here.
#[derive(Debug, Clone, Copy)]
pub struct KeepsBoard {
    member: MemberId,
    group: GroupId,
}

impl KeepsBoard {
    /// `None` when `member` does not keep it at `now`, or when there is no such group.
    pub async fn find(
        conn: &mut PgConnection,
        member: MemberId,
        group: GroupId,
        now: Instant,
    ) -> Result<Option<KeepsBoard>, Error> {
        let found: Option<(bool, bool)> =
            sqlx::query_as(KEEPS).bind(member).bind(paris_day(now)).bind(group).fetch_optional(conn).await?;
        Ok(found.filter(|(employee, belongs)| *employee || *belongs).map(|_| KeepsBoard { member, group }))
    }

    pub fn member(&self) -> MemberId {
        self.member
    }

    pub fn group(&self) -> GroupId {
        self.group
    }
}

/// SQL for whether the member `m` keeps the board of a working group `g`.
pub(crate) const KEEPS_BOARD: &str = "(m.employee or exists (
    select from group_member n where n.group_id = g.group_id and n.member_id = m.member_id))";

/// $1 member, $2 today, $3 group.
const KEEPS: &str = "
select m.employee, exists (
    select from group_member n where n.group_id = g.group_id and n.member_id = m.member_id for share of n)
from member m, working_group g
where m.member_id = $1 and g.group_id = $3 and m.joined_on <= $2 and (m.left_on is null or m.left_on > $2)
for share of m";
