//! Who sits on the committee, and who writes its mandates down: values that only a query inside the act's transaction makes.

use chrono::NaiveDate;
use domain::id::MemberId;
use domain::time::{Instant, paris_day};
use sqlx::{AssertSqlSafe, PgConnection};

use super::Office;
use crate::error::Error;

/// SQL for whether a mandate `d` is in force on a day, a parameter such as `$2`.
pub(crate) fn in_force(today: &str) -> String {
    format!("{today} between d.from_on and d.to_on and (d.ended_on is null or {today} < d.ended_on)")
}

/// Has a mandate in force: the committee of governance.
#[derive(Debug)]
pub struct OnCommittee {
    member: MemberId,
}

impl OnCommittee {
    /// `None` when `member` has no mandate in force at `now`: one that lapsed yesterday gives nothing today.
    pub async fn find(conn: &mut PgConnection, member: MemberId, now: Instant) -> Result<Option<OnCommittee>, Error> {
        let sql = format!(
            "select exists (
                select from mandate d join member m using (member_id)
                where d.member_id = $1 and {} and m.joined_on <= $2 and (m.left_on is null or m.left_on > $2)
                for share of d, m)",
            in_force("$2")
        );
        let sits: bool = sqlx::query_scalar(AssertSqlSafe(sql)).bind(member).bind(paris_day(now)).fetch_one(conn).await?;
        Ok(sits.then_some(OnCommittee { member }))
    }

    pub fn member(&self) -> MemberId {
        self.member
    }

    /// Everybody who sits on it on a day, to be told: no right comes from this.
    pub async fn everybody(conn: &mut PgConnection, today: NaiveDate) -> Result<Vec<MemberId>, Error> {
        let sql = format!(
            "select distinct d.member_id from mandate d join member m using (member_id)
             where {} and m.joined_on <= $1 and (m.left_on is null or m.left_on > $1) order by d.member_id",
            in_force("$1")
        );
        Ok(sqlx::query_scalar(AssertSqlSafe(sql)).bind(today).fetch_all(conn).await?)
    }
}

/// Writes the committee's mandates down: whoever sits on it, or of the office, so that somebody may when nobody sits on it.
#[derive(Debug)]
pub struct KeepsMandates {
    member: MemberId,
}

impl KeepsMandates {
    pub async fn find(conn: &mut PgConnection, member: MemberId, now: Instant) -> Result<Option<KeepsMandates>, Error> {
        let keeps = OnCommittee::find(conn, member, now).await?.is_some() || Office::find(conn, member, now).await?.is_some();
        Ok(keeps.then_some(KeepsMandates { member }))
    }

    pub fn member(&self) -> MemberId {
        self.member
    }
}
