//! Who reads what waits for the office, and who works for the co-op: values that only a query inside the act's transaction makes.

use domain::id::MemberId;
use domain::time::{Instant, paris_day};
use sqlx::{AssertSqlSafe, PgConnection};

use super::Office;
use crate::error::Error;

/// SQL for whether an absence `a` is in force on a day, a parameter such as `$2`.
pub(crate) fn away(today: &str) -> String {
    format!("{today} between a.from_on and a.until_on and (a.ended_on is null or {today} < a.ended_on)")
}

/// SQL for whether the member `m` stands in for the employee on a day.
pub(crate) fn stands_in(today: &str) -> String {
    format!("exists (select from absence a where a.deputy_id = m.member_id and {})", away(today))
}

/// Works for the co-op.
#[derive(Debug)]
pub struct Employee {
    member: MemberId,
}

impl Employee {
    /// `None` when `member` does not work for the co-op at `now`.
    pub async fn find(conn: &mut PgConnection, member: MemberId, now: Instant) -> Result<Option<Employee>, Error> {
        let works: bool = sqlx::query_scalar(
            "select exists (select from member
                where member_id = $1 and employee and joined_on <= $2 and (left_on is null or left_on > $2) for share)",
        )
        .bind(member)
        .bind(paris_day(now))
        .fetch_one(conn)
        .await?;
        Ok(works.then_some(Employee { member }))
    }

    pub fn member(&self) -> MemberId {
        self.member
    }

    /// All of them on a day, to be told: no right comes from this.
    pub async fn everybody(conn: &mut PgConnection, now: Instant) -> Result<Vec<MemberId>, Error> {
        Ok(sqlx::query_scalar(
            "select member_id from member
             where employee and joined_on <= $1 and (left_on is null or left_on > $1) order by member_id",
        )
        .bind(paris_day(now))
        .fetch_all(conn)
        .await?)
    }
}

/// Of the office, or stands in for the employee while they are away: reads the queue, and notes what was dealt with. What the office
/// alone may do needs [`Office`].
#[derive(Debug)]
pub struct AtDesk {
    member: MemberId,
    office: bool,
}

impl AtDesk {
    /// `None` when `member` is neither at `now`: one whose absence ended yesterday is nobody here today.
    pub async fn find(conn: &mut PgConnection, member: MemberId, now: Instant) -> Result<Option<AtDesk>, Error> {
        if Office::find(conn, member, now).await?.is_some() {
            return Ok(Some(AtDesk { member, office: true }));
        }
        let sql = format!(
            "select exists (select from absence a join member m on m.member_id = a.deputy_id
                where a.deputy_id = $1 and {} and m.joined_on <= $2 and (m.left_on is null or m.left_on > $2)
                for share of a, m)",
            away("$2")
        );
        let stands_in: bool = sqlx::query_scalar(AssertSqlSafe(sql)).bind(member).bind(paris_day(now)).fetch_one(conn).await?;
        Ok(stands_in.then_some(AtDesk { member, office: false }))
    }

    pub fn member(&self) -> MemberId {
        self.member
    }

    pub fn is_office(&self) -> bool {
        self.office
    }
}
