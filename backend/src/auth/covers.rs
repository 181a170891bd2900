//! Who answers for the shifts.

use domain::coverage::ASSOCIATION;
use domain::id::MemberId;
use domain::members::Skill;
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;

use super::authority::OFFICE_GROUP;
use crate::error::Error;

/// Belongs to Association Alpar, may lead a shift, is the employee, or of the office: reads who is
/// missing where, and whom to call.
#[derive(Debug)]
pub struct Covers {
    member: MemberId,
    office: bool,
}

impl Covers {
    /// `None` when `member` does not answer for the shifts at `now`.
    pub async fn find(conn: &mut PgConnection, member: MemberId, now: Instant) -> Result<Option<Covers>, Error> {
        let found: Option<(bool, bool)> = sqlx::query_as(COVERS)
            .bind(member)
            .bind(paris_day(now))
            .bind(OFFICE_GROUP)
            .bind(ASSOCIATION)
            .bind(Skill::LEAD)
            .fetch_optional(conn)
            .await?;
        Ok(found.filter(|(office, covers)| *office || *covers).map(|(office, _)| Covers { member, office }))
    }

    pub fn member(&self) -> MemberId {
        self.member
    }

    /// Phone numbers are for the office.
    pub fn is_office(&self) -> bool {
        self.office
    }
}

/// $1 member, $2 today, $3 the office's group, $4 the group that answers for the shifts, $5 the lead's skill.
const COVERS: &str = "
select
    m.employee or exists (select from group_member gm join working_group g using (group_id)
        where gm.member_id = m.member_id and g.slug = $3 for share of gm),
    exists (select from group_member gm join working_group g using (group_id)
        where gm.member_id = m.member_id and g.slug = $4 for share of gm)
    or exists (select from member_skill k where k.member_id = m.member_id and k.skill = $5 for share of k)
from member m
where m.member_id = $1 and m.joined_on <= $2 and (m.left_on is null or m.left_on > $2) for share of m";
