//! What the committee sets, and what the employee types: one transaction each.

use domain::id::{MemberId, ObjectiveId};
use domain::notice::Notice;
use domain::objectives::{Mistake, Objective, Source, Written, WrittenFigure, closing};
use domain::procedures::Fields;
use domain::time::{Instant, paris_day};
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection, Postgres, Transaction};
use uuid::Uuid;

use super::OBJECTIVE;
use crate::Backend;
use crate::auth::{Employee, OnCommittee};
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;

/// Whether it was done, or why not.
pub type Kept = Result<(), Vec<Mistake>>;

/// The form's id is the objective's. The employee hears of it.
pub async fn set_objective(backend: &Backend, asking: MemberId, form: Uuid, written: &Written) -> Result<Kept, Error> {
    let now = backend.now();
    let (mut tx, by) = governing(backend, asking, now).await?;
    let set = sqlx::query(
        "insert into objective (objective_id, label, measure, unit, source, way, target, from_on, to_on, by_member, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (objective_id) do nothing",
    )
    .bind(form)
    .bind(&written.label)
    .bind(&written.measure)
    .bind(&written.unit)
    .bind(written.source.as_str())
    .bind(written.way.as_str())
    .bind(written.target.0)
    .bind(written.from)
    .bind(written.to)
    .bind(by)
    .bind(now)
    .execute(&mut *tx)
    .await?;
    if set.rows_affected() == 1 {
        note(&mut tx, form, ObjectiveId(form), "fixer", by, now).await?;
        let told: Vec<MemberId> = Employee::everybody(&mut tx, now).await?.into_iter().filter(|told| *told != by).collect();
        let mut after = Aftermath::of(told.iter().copied());
        let notice = Notice::ObjectiveSet { objective: ObjectiveId(form), label: written.label.clone(), by };
        after.told.extend(told.into_iter().map(|member| (member, notice.clone())));
        after.finish(&mut tx, None, now).await?;
    }
    tx.commit().await?;
    Ok(Ok(()))
}

/// `base`: the revision from which it was written.
pub async fn edit_objective(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    (id, base): (ObjectiveId, i32),
    written: &Written,
) -> Result<Kept, Error> {
    let now = backend.now();
    let (mut tx, by) = governing(backend, asking, now).await?;
    let known = in_hand(&mut tx, id).await?;
    if !note(&mut tx, form, id, "changer", by, now).await? {
        return Ok(Ok(()));
    }
    if known.revision != base {
        return Ok(Err(vec![Mistake::Stale { revision: known.revision }]));
    }
    if known.closed.is_some() {
        return Ok(Err(vec![Mistake::Closed]));
    }
    if known.source == Source::Typed && written.source != Source::Typed && has_figures(&mut tx, id).await? {
        return Ok(Err(vec![Mistake::SourceFixed]));
    }
    sqlx::query(
        "update objective set label = $2, measure = $3, unit = $4, source = $5, way = $6, target = $7, from_on = $8, to_on = $9,
            revision = revision + 1
         where objective_id = $1",
    )
    .bind(id)
    .bind(&written.label)
    .bind(&written.measure)
    .bind(&written.unit)
    .bind(written.source.as_str())
    .bind(written.way.as_str())
    .bind(written.target.0)
    .bind(written.from)
    .bind(written.to)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// It ends before its time, with a word; its course stays.
pub async fn close_objective(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    id: ObjectiveId,
    typed: &str,
) -> Result<Kept, Error> {
    let now = backend.now();
    let (mut tx, by) = governing(backend, asking, now).await?;
    let known = in_hand(&mut tx, id).await?;
    if !note(&mut tx, form, id, "clore", by, now).await? {
        return Ok(Ok(()));
    }
    if known.closed.is_some() {
        return Ok(Err(vec![Mistake::Closed]));
    }
    let word = match closing(typed) {
        Ok(word) => word,
        Err(mistake) => return Ok(Err(vec![mistake])),
    };
    sqlx::query("update objective set closed_on = $2, closed_word = $3 where objective_id = $1")
        .bind(id)
        .bind(paris_day(now))
        .bind(word)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// A month's figure, by the employee; typed again, the last word counts.
pub async fn type_figure(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    id: ObjectiveId,
    fields: &Fields,
) -> Result<Kept, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let by = Employee::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?.member();
    let known = in_hand(&mut tx, id).await?;
    let figure = match WrittenFigure::read(fields, &known, paris_day(now)) {
        Ok(figure) => figure,
        Err(mistakes) => return Ok(Err(mistakes)),
    };
    if !note(&mut tx, form, id, "chiffre", by, now).await? {
        return Ok(Ok(()));
    }
    sqlx::query(
        "insert into objective_figure (objective_id, month_on, amount, note, by_member, at) values ($1, $2, $3, $4, $5, $6)
         on conflict (objective_id, month_on) do update set amount = $3, note = $4, by_member = $5, at = $6",
    )
    .bind(id)
    .bind(figure.month)
    .bind(figure.amount.0)
    .bind(figure.note)
    .bind(by)
    .bind(now)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// By somebody of the committee.
async fn governing(
    backend: &Backend,
    asking: MemberId,
    now: Instant,
) -> Result<(Transaction<'static, Postgres>, MemberId), Error> {
    let mut tx = backend.pool.begin().await?;
    let by = OnCommittee::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?.member();
    Ok((tx, by))
}

/// The objective, which nobody else changes from here on.
async fn in_hand(conn: &mut PgConnection, id: ObjectiveId) -> Result<Objective, Error> {
    let sql = format!("select {OBJECTIVE} from objective o where o.objective_id = $1 for update");
    let found: Option<Json<Objective>> = sqlx::query_scalar(AssertSqlSafe(sql)).bind(id).fetch_optional(conn).await?;
    found.map(|Json(objective)| objective).ok_or(Error::NotFound)
}

async fn has_figures(conn: &mut PgConnection, id: ObjectiveId) -> Result<bool, Error> {
    Ok(sqlx::query_scalar("select exists (select from objective_figure where objective_id = $1)")
        .bind(id)
        .fetch_one(conn)
        .await?)
}

/// Notes what was done; false where the same form has done it already.
async fn note(
    conn: &mut PgConnection,
    id: Uuid,
    objective: ObjectiveId,
    what: &str,
    by: MemberId,
    now: Instant,
) -> Result<bool, Error> {
    let noted = sqlx::query(
        "insert into objective_act (objective_act_id, objective_id, what, by_member, at) values ($1, $2, $3, $4, $5)
         on conflict (objective_act_id) do nothing",
    )
    .bind(id)
    .bind(objective)
    .bind(what)
    .bind(by)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(noted.rows_affected() == 1)
}
