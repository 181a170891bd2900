//! How objectives go, month by month.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::id::{MemberId, ObjectiveId};
use domain::members::ShortName;
use domain::objectives::{Amount, Course, Figure, Objective, Objectives, Source};
use domain::time::{Instant, paris_day};
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};

use super::OBJECTIVE;
use super::counted::{Counts, counts};
use crate::Backend;
use crate::auth::{Employee, OnCommittee};
use crate::error::Error;

/// All of them, for any member.
pub async fn objectives(backend: &Backend, asking: MemberId) -> Result<Objectives, Error> {
    of(backend, asking, None).await
}

/// One of them.
pub async fn objective(backend: &Backend, asking: MemberId, id: ObjectiveId) -> Result<Objectives, Error> {
    let found = of(backend, asking, Some(id)).await?;
    if found.all.is_empty() { Err(Error::NotFound) } else { Ok(found) }
}

async fn of(backend: &Backend, asking: MemberId, only: Option<ObjectiveId>) -> Result<Objectives, Error> {
    let now = backend.now();
    let today = paris_day(now);
    let mut tx = backend.pool.begin().await?;
    let mut all = courses(&mut tx, only, now).await?;
    all.sort_by_key(|course| {
        let objective = &course.objective;
        let over = !objective.is_in_force(today);
        let last = if over { NaiveDate::MAX - objective.to } else { objective.to - NaiveDate::MIN };
        (over, last, objective.label.clone(), objective.id)
    });
    let sets = OnCommittee::find(&mut tx, asking, now).await?.is_some();
    let types = Employee::find(&mut tx, asking, now).await?.is_some();
    Ok(Objectives { now, all, sets, types })
}

#[derive(sqlx::FromRow)]
struct Typed {
    objective_id: ObjectiveId,
    month_on: NaiveDate,
    amount: i64,
    note: String,
    first_name: String,
    last_name: String,
    at: Instant,
}

/// All of them, or one; whoever asks has checked who they are.
pub(crate) async fn courses(conn: &mut PgConnection, only: Option<ObjectiveId>, now: Instant) -> Result<Vec<Course>, Error> {
    let today = paris_day(now);
    let sql = format!("select {OBJECTIVE} from objective o where $1::uuid is null or o.objective_id = $1");
    let found: Vec<Json<Objective>> = sqlx::query_scalar(AssertSqlSafe(sql)).bind(only).fetch_all(&mut *conn).await?;
    let rows: Vec<Typed> = sqlx::query_as(
        "select f.objective_id, f.month_on, f.amount, f.note, m.first_name, m.last_name, f.at
         from objective_figure f join member m on m.member_id = f.by_member where $1::uuid is null or f.objective_id = $1",
    )
    .bind(only)
    .fetch_all(&mut *conn)
    .await?;
    let typed: BTreeMap<(ObjectiveId, NaiveDate), Typed> =
        rows.into_iter().map(|row| ((row.objective_id, row.month_on), row)).collect();
    let mut courses = Vec::with_capacity(found.len());
    let mut known: BTreeMap<&'static str, Counts> = BTreeMap::new();
    for Json(objective) in found {
        let months = objective.months(today);
        let figures = match objective.source {
            Source::Typed => months.into_iter().map(|month| said(typed.get(&(objective.id, month)), month)).collect(),
            source => {
                let counts = match known.remove(source.as_str()) {
                    Some(counts) if counts.hold(&months) => counts,
                    _ => counts(conn, source, &months, now).await?,
                };
                let figures = months.into_iter().map(|month| plain(month, counts.of(month))).collect();
                known.insert(source.as_str(), counts);
                figures
            }
        };
        courses.push(Course { objective, figures });
    }
    Ok(courses)
}

fn said(row: Option<&Typed>, month: NaiveDate) -> Figure {
    let Some(row) = row else { return plain(month, None) };
    Figure {
        month,
        amount: Some(Amount(row.amount)),
        note: row.note.clone(),
        by: Some((ShortName::new(&row.first_name, &row.last_name), row.at)),
    }
}

fn plain(month: NaiveDate, amount: Option<Amount>) -> Figure {
    Figure { month, amount, note: String::new(), by: None }
}
