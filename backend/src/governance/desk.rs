//! What those who govern have before them.

use std::collections::BTreeSet;

use domain::governance::{Decision, Desk, Mandate, Mandates, Meeting, MeetingInHand, Person, Point};
use domain::id::{DecisionId, GroupId, MandateId, MeetingId, MemberId};
use domain::members::ShortName;
use domain::time::{Instant, paris_day};
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::mandates::committee;
use super::meetings::referents;
use super::{DECISION, MANDATE, MEETING, POINT};
use crate::Backend;
use crate::auth::{KeepsMandates, OnCommittee, RUNS_GROUP};
use crate::error::Error;

/// The most decisions that a desk shows, the newest first.
const DECISIONS: i64 = 400;
/// Meetings stay on the desk for so long. Days.
const MEETINGS_D: chrono::Duration = chrono::Duration::days(400);

/// For somebody of the committee, or who runs a group: with a decision in hand, where one is named.
pub async fn desk(backend: &Backend, asking: MemberId, decision: Option<DecisionId>) -> Result<Desk, Error> {
    let now = backend.now();
    let mut conn = backend.pool.acquire().await?;
    let committee = OnCommittee::find(&mut conn, asking, now).await?.is_some();
    let all_groups: Vec<(GroupId, String, bool)> = sqlx::query_as(AssertSqlSafe(format!(
        "select g.group_id, g.name, exists (select from member m where m.member_id = $1
            and m.joined_on <= $2 and (m.left_on is null or m.left_on > $2) and {RUNS_GROUP})
         from working_group g order by g.rank"
    )))
    .bind(asking)
    .bind(paris_day(now))
    .fetch_all(&mut *conn)
    .await?;
    let writes = all_groups.iter().filter(|(.., runs)| committee || *runs);
    let groups: Vec<(GroupId, String)> = writes.map(|(id, name, _)| (*id, name.clone())).collect();
    if groups.is_empty() {
        return Err(Error::NotAllowed);
    }
    let meetings = format!(
        "select {MEETING} from coordination_meeting c where c.starts_at > $2
         order by c.ends_at <= $1, case when c.ends_at > $1 then c.starts_at end, c.starts_at desc, c.meeting_id"
    );
    let meetings: Vec<Json<Meeting>> =
        sqlx::query_scalar(AssertSqlSafe(meetings)).bind(now).bind(now - MEETINGS_D).fetch_all(&mut *conn).await?;
    let waiting = format!(
        "select {POINT} from agenda_point p where p.meeting_id is null and p.withdrawn_at is null
         order by p.rank, p.at, p.point_id"
    );
    let waiting: Vec<Json<Point>> = sqlx::query_scalar(AssertSqlSafe(waiting)).fetch_all(&mut *conn).await?;
    let waiting: Vec<Point> = waiting.into_iter().map(|Json(point)| point).collect();
    let decisions =
        format!("select {DECISION}, d.revision from decision d order by d.on_day desc, d.at desc, d.decision_id limit $1");
    let decisions: Vec<(Json<Decision>, i32)> =
        sqlx::query_as(AssertSqlSafe(decisions)).bind(DECISIONS).fetch_all(&mut *conn).await?;
    let decision = match decision {
        Some(id) => Some(in_hand(&mut conn, id).await?),
        None => None,
    };
    let names = names(&mut conn, waiting.iter().map(|point| point.by)).await?;
    Ok(Desk {
        now,
        committee,
        meetings: meetings.into_iter().map(|Json(meeting)| meeting).collect(),
        waiting,
        decisions: decisions.into_iter().map(|(Json(decision), revision)| (decision, revision)).collect(),
        groups,
        all_groups: all_groups.into_iter().map(|(id, name, _)| (id, name)).collect(),
        names,
        decision,
    })
}

async fn in_hand(conn: &mut PgConnection, id: DecisionId) -> Result<(Decision, String, i32), Error> {
    let sql = format!("select {DECISION}, d.text, d.revision from decision d where d.decision_id = $1");
    let found: Option<(Json<Decision>, String, i32)> = sqlx::query_as(AssertSqlSafe(sql)).bind(id).fetch_optional(conn).await?;
    found.map(|(Json(decision), text, revision)| (decision, text, revision)).ok_or(Error::NotFound)
}

/// A meeting with its agenda, for somebody of the committee.
pub async fn meeting(backend: &Backend, asking: MemberId, id: MeetingId) -> Result<MeetingInHand, Error> {
    let now = backend.now();
    let mut conn = backend.pool.acquire().await?;
    OnCommittee::find(&mut conn, asking, now).await?.ok_or(Error::NotAllowed)?;
    let sql = format!("select {MEETING}, c.minutes, c.revision from coordination_meeting c where c.meeting_id = $1");
    let found: Option<(Json<Meeting>, String, i32)> =
        sqlx::query_as(AssertSqlSafe(sql)).bind(id).fetch_optional(&mut *conn).await?;
    let (Json(meeting), minutes, revision) = found.ok_or(Error::NotFound)?;
    let sql = format!(
        "select {POINT} from agenda_point p where p.meeting_id = $1 and p.withdrawn_at is null order by p.rank, p.at, p.point_id"
    );
    let points: Vec<Json<Point>> = sqlx::query_scalar(AssertSqlSafe(sql)).bind(id).fetch_all(&mut *conn).await?;
    let points: Vec<Point> = points.into_iter().map(|Json(point)| point).collect();
    let sql = format!("select {DECISION} from decision d where d.meeting_id = $1 order by d.at, d.decision_id");
    let decisions: Vec<Json<Decision>> = sqlx::query_scalar(AssertSqlSafe(sql)).bind(id).fetch_all(&mut *conn).await?;
    let seated = committee(&mut conn).await?;
    let mut expected: BTreeSet<MemberId> = seated.on(paris_day(meeting.starts_at)).map(|mandate| mandate.member).collect();
    expected.extend(referents(&mut conn, now).await?);
    let shown: BTreeSet<MemberId> = expected.iter().chain(&meeting.present).chain(&meeting.excused).copied().collect();
    let people: Vec<Person> = people(&mut conn, Some(&shown), now).await?;
    let names = names(&mut conn, points.iter().map(|point| point.by)).await?;
    Ok(MeetingInHand {
        now,
        meeting,
        minutes,
        revision,
        points,
        people,
        expected: expected.into_iter().collect(),
        names,
        decisions: decisions.into_iter().map(|Json(decision)| decision).collect(),
    })
}

/// The committee's seats, for whoever writes its mandates down.
pub async fn mandates(backend: &Backend, asking: MemberId) -> Result<Mandates, Error> {
    let now = backend.now();
    let mut conn = backend.pool.acquire().await?;
    KeepsMandates::find(&mut conn, asking, now).await?.ok_or(Error::NotAllowed)?;
    let seats = committee(&mut conn).await?.seats(paris_day(now));
    let sql = format!(
        "select d.mandate_id, {MANDATE}, m.member_id, m.first_name, m.last_name from mandate d join member m using (member_id)
         order by d.from_on desc, d.seat, d.mandate_id"
    );
    let all: Vec<(MandateId, Json<Mandate>, MemberId, String, String)> =
        sqlx::query_as(AssertSqlSafe(sql)).fetch_all(&mut *conn).await?;
    let people = people(&mut conn, None, now).await?;
    Ok(Mandates {
        now,
        seats,
        all: all
            .into_iter()
            .map(|(id, Json(mandate), member, first, last)| (id, mandate, person((member, first, last))))
            .collect(),
        people,
    })
}

/// These, or everybody who belongs to the co-op; by name.
async fn people(conn: &mut PgConnection, who: Option<&BTreeSet<MemberId>>, now: Instant) -> Result<Vec<Person>, Error> {
    let rows: Vec<(MemberId, String, String)> = sqlx::query_as(
        "select member_id, first_name, last_name from member
         where member_id = any($1) or $1 is null and joined_on <= $2 and (left_on is null or left_on > $2)
         order by first_name, last_name, number",
    )
    .bind(who.map(|who| who.iter().map(|member| member.0).collect::<Vec<Uuid>>()))
    .bind(paris_day(now))
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(person).collect())
}

fn person((id, first_name, last_name): (MemberId, String, String)) -> Person {
    Person { id, first_name, last_name }
}

async fn names(conn: &mut PgConnection, who: impl Iterator<Item = MemberId>) -> Result<Vec<(MemberId, ShortName)>, Error> {
    let who: BTreeSet<MemberId> = who.collect();
    let rows: Vec<(MemberId, String, String)> =
        sqlx::query_as("select member_id, first_name, last_name from member where member_id = any($1)")
            .bind(who.iter().map(|member| member.0).collect::<Vec<Uuid>>())
            .fetch_all(conn)
            .await?;
    Ok(rows.into_iter().map(|(id, first, last)| (id, ShortName::new(&first, &last))).collect())
}
