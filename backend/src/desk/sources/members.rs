//! What members ask of the office, and whom it has to speak to.

use chrono::{NaiveDate, NaiveTime};
use domain::desk::{Item, What, answer_by, bounced_by, speak_by};
use domain::id::{MemberId, RequestId};
use domain::requests::Asked;
use domain::time::{Days, Instant, paris_day, paris_instant};
use sqlx::PgConnection;
use sqlx::types::Json;

use super::Named;
use crate::error::Error;

#[derive(sqlx::FromRow)]
struct Leave {
    request_id: RequestId,
    what: Json<Asked>,
    from_on: NaiveDate,
    to_on: NaiveDate,
    asked_at: Instant,
    own: bool,
    #[sqlx(flatten)]
    who: Named,
}

/// Leaves and exemptions that wait for an answer; their reasons stay on their page.
pub async fn leaves_asked(conn: &mut PgConnection, reader: MemberId, now: Instant) -> Result<Vec<Item>, Error> {
    let rows: Vec<Leave> = sqlx::query_as(
        "select r.request_id, to_jsonb(r.what) as what, r.from_on, r.to_on, r.asked_at,
            account(m.member_id, $2) = account($1, $2) as own, m.member_id, m.first_name, m.last_name
         from leave_request r join member m using (member_id) left join leave_request_answer a using (request_id)
         where a.request_id is null and (m.left_on is null or m.left_on > $2)",
    )
    .bind(reader)
    .bind(paris_day(now))
    .fetch_all(conn)
    .await?;
    let item = |row: Leave| {
        let days = Days { from: row.from_on, to: row.to_on };
        Item {
            what: What::LeaveAsked { request: row.request_id, exemption: row.what.0 == Asked::Exemption, days, own: row.own },
            who: Some(row.who.person()),
            since: row.asked_at,
            due: answer_by(row.asked_at, days),
        }
    };
    Ok(rows.into_iter().map(item).collect())
}

/// Whoever is behind, once for a household.
pub async fn behind(conn: &mut PgConnection, now: Instant) -> Result<Vec<Item>, Error> {
    let today = paris_day(now);
    let behind = crate::ledger::behind(conn, now).await?;
    let item = |(person, standing): (domain::governance::Person, domain::ledger::Standing)| {
        let since = standing.since.unwrap_or(today);
        Item {
            what: What::Behind { member: person.id, overdue: standing.overdue },
            who: Some(person),
            since: paris_instant(since, NaiveTime::MIN),
            due: speak_by(since),
        }
    };
    Ok(behind.into_iter().map(item).collect())
}

#[derive(sqlx::FromRow)]
struct Bounced {
    at: Instant,
    works: Option<Instant>,
    #[sqlx(flatten)]
    who: Named,
}

/// Whose address came back.
pub async fn bounced(conn: &mut PgConnection, now: Instant) -> Result<Vec<Item>, Error> {
    let rows: Vec<Bounced> = sqlx::query_as(
        "select b.at, m.member_id, m.first_name, m.last_name,
            (select min(s.starts_at) from assignment a join shift s using (shift_id)
                where a.member_id = m.member_id and s.starts_at > $1 and s.closed_why is null) as works
         from bounced_address b join member m using (email)
         where m.joined_on <= $2 and (m.left_on is null or m.left_on > $2)",
    )
    .bind(now)
    .bind(paris_day(now))
    .fetch_all(conn)
    .await?;
    let item = |row: Bounced| Item {
        what: What::Bounced { member: row.who.member_id },
        due: bounced_by(row.at, row.works),
        since: row.at,
        who: Some(row.who.person()),
    };
    Ok(rows.into_iter().map(item).collect())
}
