//! Rights that are values: only a query inside the act's transaction makes one, and the rows that
//! it rests on stay locked for share until the act is done. Whoever asks for the value cannot
//! forget the check.

use chrono::NaiveDate;
use domain::brief::COMMUNICATION;
use domain::catalogue::SUPPLY;
use domain::id::{MemberId, ShiftId};
use domain::time::{Instant, paris_day};
use sqlx::{AssertSqlSafe, PgConnection};

use super::desk::stands_in;
use super::governs::in_force;
use crate::error::Error;

/// The slug of Administratif et financier, whose active members are the office.
pub(super) const OFFICE_GROUP: &str = "administratif";

/// Active member of Administratif et financier, or the employee.
#[derive(Debug)]
pub struct Office {
    member: MemberId,
}

impl Office {
    /// `None` when `member` does not belong to the office at `now`.
    pub async fn find(conn: &mut PgConnection, member: MemberId, now: Instant) -> Result<Option<Office>, Error> {
        let belongs: bool =
            sqlx::query_scalar(OFFICE).bind(member).bind(paris_day(now)).bind(OFFICE_GROUP).fetch_one(conn).await?;
        Ok(belongs.then_some(Office { member }))
    }

    pub fn member(&self) -> MemberId {
        self.member
    }

    /// Everybody who belongs to it on a day, and whoever stands in for the employee, to be told: no right comes from this.
    pub async fn everybody(conn: &mut PgConnection, today: NaiveDate) -> Result<Vec<MemberId>, Error> {
        let sql = format!("{EVERYBODY} or {BELONGS} and {}", stands_in("$1"));
        Ok(sqlx::query_scalar(AssertSqlSafe(sql)).bind(today).bind(OFFICE_GROUP).fetch_all(conn).await?)
    }
}

/// The slug of the group that keeps the procedures.
const DISTRIBUTION_GROUP: &str = "distribution";

/// Active member of Distribution, or of the office: keeps the procedures, reads the records.
#[derive(Debug)]
pub struct Distribution {
    member: MemberId,
    office: bool,
}

impl Distribution {
    pub async fn find(conn: &mut PgConnection, member: MemberId, now: Instant) -> Result<Option<Distribution>, Error> {
        let office = Office::find(conn, member, now).await?.is_some();
        let belongs: bool = office
            || sqlx::query_scalar(OFFICE).bind(member).bind(paris_day(now)).bind(DISTRIBUTION_GROUP).fetch_one(conn).await?;
        Ok(belongs.then_some(Distribution { member, office }))
    }

    pub fn member(&self) -> MemberId {
        self.member
    }

    /// Of the office too: the alarm's text is theirs.
    pub fn is_office(&self) -> bool {
        self.office
    }

    /// Everybody in the group on a day, the employee and whoever stands in for them too where asked, to be told: no right comes
    /// from this.
    pub async fn everybody(conn: &mut PgConnection, today: NaiveDate, employee: bool) -> Result<Vec<MemberId>, Error> {
        let sql = format!("{IN_GROUP} or $3 and {BELONGS} and {}", stands_in("$1"));
        Ok(sqlx::query_scalar(AssertSqlSafe(sql)).bind(today).bind(DISTRIBUTION_GROUP).bind(employee).fetch_all(conn).await?)
    }
}

/// Active member of Communication, or the employee: makes the Monday brief.
#[derive(Debug)]
pub struct Editor {
    member: MemberId,
}

impl Editor {
    /// `None` when `member` does not make the brief at `now`.
    pub async fn find(conn: &mut PgConnection, member: MemberId, now: Instant) -> Result<Option<Editor>, Error> {
        let belongs: bool =
            sqlx::query_scalar(OFFICE).bind(member).bind(paris_day(now)).bind(COMMUNICATION).fetch_one(conn).await?;
        Ok(belongs.then_some(Editor { member }))
    }

    pub fn member(&self) -> MemberId {
        self.member
    }

    /// Everybody who makes it on a day, to be told: no right comes from this.
    pub async fn everybody(conn: &mut PgConnection, today: NaiveDate) -> Result<Vec<MemberId>, Error> {
        Ok(sqlx::query_scalar(EVERYBODY).bind(today).bind(COMMUNICATION).fetch_all(conn).await?)
    }
}

/// Active member of Approvisionnement, or the employee: keeps the catalogue.
#[derive(Debug)]
pub struct KeepsCatalogue {
    member: MemberId,
}

impl KeepsCatalogue {
    /// `None` when `member` does not keep it at `now`.
    pub async fn find(conn: &mut PgConnection, member: MemberId, now: Instant) -> Result<Option<KeepsCatalogue>, Error> {
        let belongs: bool = sqlx::query_scalar(OFFICE).bind(member).bind(paris_day(now)).bind(SUPPLY).fetch_one(conn).await?;
        Ok(belongs.then_some(KeepsCatalogue { member }))
    }

    pub fn member(&self) -> MemberId {
        self.member
    }
}

/// Holds the lead's seat of every one of these shifts.
#[derive(Debug)]
pub struct Lead {
    member: MemberId,
}

impl Lead {
    /// `None` when `member` does not lead all of `shifts`, or when there are none.
    pub async fn find(conn: &mut PgConnection, member: MemberId, shifts: &[ShiftId]) -> Result<Option<Lead>, Error> {
        let mut shifts: Vec<uuid::Uuid> = shifts.iter().map(|shift| shift.0).collect();
        shifts.sort_unstable();
        shifts.dedup();
        let led: Vec<uuid::Uuid> = sqlx::query_scalar(
            "select a.shift_id from assignment a join seat using (shift_id, position)
             where a.member_id = $1 and seat.lead and a.shift_id = any($2) for share of a",
        )
        .bind(member)
        .bind(&shifts)
        .fetch_all(conn)
        .await?;
        Ok((!shifts.is_empty() && led.len() == shifts.len()).then_some(Lead { member }))
    }

    pub fn member(&self) -> MemberId {
        self.member
    }
}

const OFFICE: &str = "
select exists (
    select from member
    where member_id = $1 and employee and joined_on <= $2 and (left_on is null or left_on > $2) for share
) or exists (
    select from group_member join working_group using (group_id) join member using (member_id)
    where member_id = $1 and slug = $3 and joined_on <= $2 and (left_on is null or left_on > $2)
    for share of group_member, member
)";

const EVERYBODY: &str = "
select member_id from member m where joined_on <= $1 and (left_on is null or left_on > $1)
    and (employee or exists (select from group_member g join working_group w using (group_id)
        where g.member_id = m.member_id and w.slug = $2))";

/// SQL for whether the member `m` belongs to the co-op on the day $1.
const BELONGS: &str = "(m.joined_on <= $1 and (m.left_on is null or m.left_on > $1))";

const IN_GROUP: &str = "
select member_id from member m where joined_on <= $1 and (left_on is null or left_on > $1)
    and ($3 and employee or exists (select from group_member g join working_group w using (group_id)
        where g.member_id = m.member_id and w.slug = $2))";

/// SQL for the groups of the member $1, as a table of a statement's `with`.
pub const MINE: &str = "mine as materialized (
    select g.group_id, g.slug, g.rank, n.referent from group_member n join working_group g using (group_id)
    where n.member_id = $1)";

/// SQL for `domain::members::Rights` of a member `m` whose groups are [`MINE`], as JSON; `$today` is a parameter's number.
pub fn rights(today: &str) -> String {
    let (in_force, stands_in) = (in_force(today), stands_in(today));
    format!(
        "json_build_object(
            'employee', m.employee,
            'office', m.employee or exists (select from mine where slug = '{OFFICE_GROUP}'),
            'lead', exists (select from member_skill s where s.member_id = m.member_id and s.skill = 'animation'),
            'committee', exists (select from mandate d where d.member_id = m.member_id and {in_force}),
            'edits_brief', m.employee or exists (select from mine where slug = '{COMMUNICATION}'),
            'stands_in', {stands_in},
            'groups', array(select slug from mine order by rank),
            'referent_of', array(select slug from mine where referent order by rank))"
    )
}
