//! What the office reads of what members owe and ask.

use std::collections::{BTreeMap, BTreeSet};

use domain::governance::Person;
use domain::id::MemberId;
use domain::ledger::{DutyPeriod, Entry, Level, Standing, standing, story};
use domain::members::ShortName;
use domain::office::{AskedOfOffice, Asking, Found, MemberLedger};
use domain::requests::{LeaveRequest, RequestState};
use domain::rules::Rules;
use domain::time::{Instant, minus_days, paris_day};
use sqlx::PgConnection;
use sqlx::types::Json;

use super::{ENTRY, REQUEST, entries_of};
use crate::Backend;
use crate::auth::Office;
use crate::error::Error;

/// So long an answered request stays on the office's page. Days.
const ANSWERED_D: u64 = 90;

#[derive(sqlx::FromRow)]
struct AskingRow {
    request: Json<LeaveRequest>,
    first_name: String,
    last_name: String,
    entries: Json<Vec<Entry>>,
    held: i64,
    own: bool,
}

/// What waits for the office's answer, and what was answered lately.
pub async fn asked(backend: &Backend, asking: MemberId) -> Result<AskedOfOffice, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let office = Office::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?;
    let rules = rules(&mut tx).await?;
    let rows: Vec<AskingRow> = sqlx::query_as(sqlx::AssertSqlSafe(asked_of_office()))
        .bind(office.member())
        .bind(paris_day(now))
        .bind(minus_days(paris_day(now), ANSWERED_D))
        .fetch_all(&mut *tx)
        .await?;
    let rows = rows.into_iter().map(|row| Asking {
        standing: standing(&row.entries.0, &rules, now),
        request: row.request.0,
        first_name: row.first_name,
        last_name: row.last_name,
        held: usize::try_from(row.held).unwrap_or(0),
        own: row.own,
    });
    let (pending, answered): (Vec<_>, Vec<_>) = rows.partition(|row| row.request.is_pending());
    let by: BTreeSet<MemberId> = answered.iter().filter_map(|row| answerer(&row.request.state)).collect();
    let by = names(&mut tx, by.into_iter().collect()).await?;
    Ok(AskedOfOffice { now, pending, answered: answered.into_iter().rev().collect(), by })
}

fn answerer(state: &RequestState) -> Option<MemberId> {
    match state {
        RequestState::Granted { by, .. } | RequestState::Refused { by, .. } => Some(*by),
        RequestState::Pending | RequestState::Withdrawn { .. } => None,
    }
}

/// Everybody who is a member, by name; the office picks one of them.
pub async fn find(backend: &Backend, asking: MemberId) -> Result<Vec<Found>, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    Office::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?;
    everybody(&mut tx, paris_day(now)).await
}

/// A member's count, for whoever is of the office.
pub async fn of_member(backend: &Backend, asking: MemberId, member: MemberId) -> Result<MemberLedger, Error> {
    let now = backend.now();
    let today = paris_day(now);
    let mut tx = backend.pool.begin().await?;
    let office = Office::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?;
    let row: Option<MemberRow> =
        sqlx::query_as(MEMBER).bind(member).bind(today).bind(office.member()).fetch_optional(&mut *tx).await?;
    let row = row.ok_or(Error::NotFound)?;
    let rules = rules(&mut tx).await?;
    let entries = entries_of(&mut tx, row.account).await?;
    let mut known = names(&mut tx, vec![row.account]).await?;
    let others = everybody(&mut tx, today).await?.into_iter().filter(|found| found.member != member).collect();
    Ok(MemberLedger {
        now,
        member,
        number: row.number,
        first_name: row.first_name,
        last_name: row.last_name,
        standing: standing(&entries, &rules, now),
        story: story(&entries, &rules, now),
        policy: rules.policy_on(today).into_owned(),
        duty: row.duty.0,
        account: known.remove(&row.account).filter(|_| row.account != member).map(|name| (row.account, name)),
        own: row.own,
        others,
    })
}

#[derive(sqlx::FromRow)]
struct MemberRow {
    number: i32,
    first_name: String,
    last_name: String,
    account: MemberId,
    own: bool,
    duty: Json<Vec<DutyPeriod>>,
}

/// $1 member, $2 today, $3 who reads.
const MEMBER: &str = "
select m.number, m.first_name, m.last_name, account(m.member_id, $2) as account,
    account(m.member_id, $2) = account($3, $2) as own,
    (select coalesce(jsonb_agg(jsonb_build_object('from', d.from_on, 'to', d.to_on, 'share',
            case d.share when 'with' then jsonb_build_object('with', d.with_member) else to_jsonb(d.share) end)
        order by d.at, d.duty_id), '[]') from duty d where d.member_id = m.member_id) as duty
from member m where m.member_id = $1";

/// $1 who reads, $2 today, $3 answered since.
fn asked_of_office() -> String {
    format!(
        "select {REQUEST} as request, m.first_name, m.last_name,
            (select coalesce(jsonb_agg({ENTRY}), '[]') from ledger_entry e
                where a.request_id is null and e.member_id = account(m.member_id, $2)) as entries,
            (select count(*) from assignment t join shift s using (shift_id)
                where t.member_id = m.member_id and s.closed_why is null
                    and s.on_day between greatest(r.from_on, $2) and r.to_on) as held,
            account(m.member_id, $2) = account($1, $2) as own
        from leave_request r join member m using (member_id) left join leave_request_answer a using (request_id)
        where a.request_id is null or (a.state <> 'withdrawn' and a.at >= $3)
        order by coalesce(a.at, r.asked_at), r.request_id"
    )
}

/// Whoever is behind, by name: once for those whose duty is on one ledger. Nobody else's business: whoever asks has checked who they
/// are.
pub(crate) async fn behind(conn: &mut PgConnection, now: Instant) -> Result<Vec<(Person, Standing)>, Error> {
    let rules = rules(conn).await?;
    let rows: Vec<(MemberId, String, String, Json<Vec<Entry>>)> = sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "select m.member_id, m.first_name, m.last_name,
            (select coalesce(jsonb_agg({ENTRY}), '[]') from ledger_entry e where e.member_id = m.member_id)
         from member m where m.joined_on <= $1 and (m.left_on is null or m.left_on > $1) and not m.employee
            and account(m.member_id, $1) = m.member_id
         order by m.last_name, m.first_name, m.number"
    )))
    .bind(paris_day(now))
    .fetch_all(conn)
    .await?;
    let behind = rows.into_iter().map(|(id, first_name, last_name, Json(entries))| {
        (Person { id, first_name, last_name }, standing(&entries, &rules, now))
    });
    Ok(behind.filter(|(_, standing)| standing.level == Level::Late).collect())
}

async fn rules(conn: &mut PgConnection) -> Result<Rules, Error> {
    let Json(rules) = sqlx::query_scalar("select coop_rules() from setting").fetch_one(conn).await?;
    Ok(rules)
}

async fn names(conn: &mut PgConnection, members: Vec<MemberId>) -> Result<BTreeMap<MemberId, ShortName>, Error> {
    let members: Vec<uuid::Uuid> = members.into_iter().map(|member| member.0).collect();
    let rows: Vec<(MemberId, String, String)> =
        sqlx::query_as("select member_id, first_name, last_name from member where member_id = any($1)")
            .bind(members)
            .fetch_all(conn)
            .await?;
    Ok(rows.into_iter().map(|(member, first, last)| (member, ShortName::new(&first, &last))).collect())
}

async fn everybody(conn: &mut PgConnection, today: chrono::NaiveDate) -> Result<Vec<Found>, Error> {
    let rows: Vec<(MemberId, i32, String, String)> = sqlx::query_as(
        "select member_id, number, first_name, last_name from member
         where joined_on <= $1 and (left_on is null or left_on > $1) order by last_name, first_name, number",
    )
    .bind(today)
    .fetch_all(conn)
    .await?;
    let found = |(member, number, first_name, last_name)| Found { member, number, first_name, last_name };
    Ok(rows.into_iter().map(found).collect())
}
