//! The employee is away, and somebody stands in: planned by the office, which the employee belongs to; over before its time.

use domain::desk::{Absence, Mistake, Planned};
use domain::id::{AbsenceId, MemberId};
use domain::notice::Notice;
use domain::time::paris_day;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::facts::ABSENCE;
use crate::Backend;
use crate::auth::Office;
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;

/// Whether it was done, or why not.
pub type Desked = Result<(), Vec<Mistake>>;

/// The form's id is the absence's: sent twice, it is one.
pub async fn plan_absence(backend: &Backend, asking: MemberId, form: Uuid, planned: &Planned) -> Result<Desked, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    lock(&mut tx, planned.employee).await?;
    let by = Office::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?.member();
    let (employed, deputy, deputy_employed): (bool, bool, bool) = sqlx::query_as(
        "select exists (select from member where member_id = $1 and employee and joined_on <= $3
                and (left_on is null or left_on > $3)),
            exists (select from member where member_id = $2 and joined_on <= $3 and (left_on is null or left_on > $3)),
            exists (select from member where member_id = $2 and employee)",
    )
    .bind(planned.employee)
    .bind(planned.deputy)
    .bind(paris_day(now))
    .fetch_one(&mut *tx)
    .await?;
    let wrong =
        [(!employed, Mistake::EmployeeMissing), (!deputy, Mistake::DeputyMissing), (deputy_employed, Mistake::DeputyIsEmployee)];
    let mut mistakes: Vec<Mistake> = wrong.into_iter().filter(|(is, _)| *is).map(|(_, mistake)| mistake).collect();
    let others = absences(&mut tx, planned.employee, AbsenceId(form)).await?;
    mistakes.extend(planned.beside(&others).err());
    if !mistakes.is_empty() {
        return Ok(Err(mistakes));
    }
    let made = sqlx::query(
        "insert into absence (absence_id, employee_id, from_on, until_on, deputy_id, by_member, at)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (absence_id) do nothing",
    )
    .bind(form)
    .bind(planned.employee)
    .bind(planned.from)
    .bind(planned.until)
    .bind(planned.deputy)
    .bind(by)
    .bind(now)
    .execute(&mut *tx)
    .await?;
    if made.rows_affected() == 1 {
        let mut after = shows_otherwise(planned.employee, planned.deputy);
        if planned.deputy != by {
            let (absence, employee) = (AbsenceId(form), planned.employee);
            let notice = Notice::Deputised { absence, employee, from: planned.from, until: planned.until };
            after.told.push((planned.deputy, notice));
        }
        after.finish(&mut tx, None, now).await?;
    }
    tx.commit().await?;
    Ok(Ok(()))
}

/// They are back, or do not go: what came with standing in ends today. Said twice, it is said once.
pub async fn end_absence(backend: &Backend, asking: MemberId, id: AbsenceId) -> Result<Desked, Error> {
    let now = backend.now();
    let today = paris_day(now);
    let mut tx = backend.pool.begin().await?;
    Office::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?;
    let sql = format!("select {ABSENCE} from absence a where a.absence_id = $1 for update");
    let found: Option<Json<Absence>> = sqlx::query_scalar(AssertSqlSafe(sql)).bind(id).fetch_optional(&mut *tx).await?;
    let Json(absence) = found.ok_or(Error::NotFound)?;
    if absence.ended_on.is_some() {
        return Ok(Ok(()));
    }
    if absence.is_over(today) {
        return Ok(Err(vec![Mistake::Over]));
    }
    sqlx::query("update absence set ended_on = $2 where absence_id = $1")
        .bind(id)
        .bind(today.max(absence.from))
        .execute(&mut *tx)
        .await?;
    shows_otherwise(absence.employee, absence.deputy).finish(&mut tx, None, now).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// Everybody reads who is away; both may do other things.
fn shows_otherwise(employee: MemberId, deputy: MemberId) -> Aftermath {
    let mut after = Aftermath::of_groups();
    after.touched.extend([employee, deputy]);
    after
}

/// One at a time plans somebody's absences.
async fn lock(conn: &mut PgConnection, employee: MemberId) -> Result<(), Error> {
    sqlx::query("select from member where member_id = $1 for no key update").bind(employee).execute(conn).await?;
    Ok(())
}

/// Those of an employee, but for the one that is being planned.
async fn absences(conn: &mut PgConnection, employee: MemberId, but: AbsenceId) -> Result<Vec<Absence>, Error> {
    let sql = format!("select {ABSENCE} from absence a where a.employee_id = $1 and a.absence_id <> $2 order by a.from_on");
    let rows: Vec<Json<Absence>> = sqlx::query_scalar(AssertSqlSafe(sql)).bind(employee).bind(but).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|Json(absence)| absence).collect())
}
