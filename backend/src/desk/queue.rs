//! The queue as somebody at the desk reads it.

use domain::desk::{Absence, Employed, Queue, Reader, arranged};
use domain::governance::Person;
use domain::id::{GroupId, MemberId};
use domain::members::ShortName;
use domain::time::{Instant, paris_day};
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};

use super::facts::ABSENCE;
use super::sources;
use crate::Backend;
use crate::auth::{AtDesk, Employee, KEEPS_BOARD, KeepsCatalogue};
use crate::error::Error;

/// For whoever is of the office, or stands in for the employee.
pub async fn queue(backend: &Backend, asking: MemberId) -> Result<Queue, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let at = AtDesk::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?;
    let items = arranged(sources::all(&mut tx, at.member(), now).await?);
    let reader = Reader {
        office: at.is_office(),
        employee: Employee::find(&mut tx, asking, now).await?.is_some(),
        keeps_catalogue: KeepsCatalogue::find(&mut tx, asking, now).await?.is_some(),
        boards: boards(&mut tx, asking).await?,
    };
    let employees = employees(&mut tx, now).await?;
    let people = if at.is_office() { people(&mut tx, now).await? } else { Vec::new() };
    Ok(Queue { now, items, reader, employees, people })
}

async fn boards(conn: &mut PgConnection, member: MemberId) -> Result<Vec<GroupId>, Error> {
    let sql = format!(
        "select g.group_id from working_group g, member m where m.member_id = $1 and {KEEPS_BOARD} order by g.rank, g.group_id"
    );
    Ok(sqlx::query_scalar(AssertSqlSafe(sql)).bind(member).fetch_all(conn).await?)
}

async fn employees(conn: &mut PgConnection, now: Instant) -> Result<Vec<Employed>, Error> {
    let today = paris_day(now);
    let rows: Vec<(MemberId, String, String)> = sqlx::query_as(
        "select member_id, first_name, last_name from member
         where employee and joined_on <= $1 and (left_on is null or left_on > $1) order by first_name, last_name, number",
    )
    .bind(today)
    .fetch_all(&mut *conn)
    .await?;
    let sql = format!(
        "select {ABSENCE}, m.first_name, m.last_name from absence a join member m on m.member_id = a.deputy_id
         where a.until_on >= $1 order by a.from_on, a.absence_id"
    );
    let absences: Vec<(Json<Absence>, String, String)> = sqlx::query_as(AssertSqlSafe(sql)).bind(today).fetch_all(conn).await?;
    let of = |member: MemberId| {
        let theirs = absences.iter().filter(|(absence, ..)| absence.0.employee == member && !absence.0.is_over(today));
        theirs.map(|(absence, first, last)| (absence.0.clone(), ShortName::new(first, last))).collect()
    };
    Ok(rows
        .into_iter()
        .map(|(id, first_name, last_name)| Employed { absences: of(id), person: Person { id, first_name, last_name } })
        .collect())
}

/// Who may stand in: any member who is not an employee.
async fn people(conn: &mut PgConnection, now: Instant) -> Result<Vec<Person>, Error> {
    let rows: Vec<(MemberId, String, String)> = sqlx::query_as(
        "select member_id, first_name, last_name from member
         where not employee and joined_on <= $1 and (left_on is null or left_on > $1)
         order by first_name, last_name, number",
    )
    .bind(paris_day(now))
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|(id, first_name, last_name)| Person { id, first_name, last_name }).collect())
}
