//! What was decided is written down: by the committee, or by whoever runs the group that decided.

use domain::governance::{DecidedBy, Decision, DecisionMistake, GovernanceMistake, WrittenDecision};
use domain::id::{DecisionId, GroupId, MemberId};
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::DECISION;
use super::acting::{Governed, Governing};
use crate::Backend;
use crate::auth::{OnCommittee, RunsGroup};
use crate::brief::html;
use crate::error::Error;

/// The form's id is the decision's.
pub async fn record_decision(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    written: &WrittenDecision,
) -> Result<Governed, Error> {
    let mut governing = writing(backend, asking, &[written.by]).await?;
    if !governing.first(form, "decision", Some(form)).await? {
        return governing.end().await;
    }
    must_be_known(&mut governing.tx, written).await?;
    if let Some(id) = written.supersedes
        && let Err(mistake) = may_supersede(&mut governing.tx, written, id).await?
    {
        return Ok(Err(vec![GovernanceMistake::Decision(mistake)]));
    }
    let (by, group) = columns(written.by);
    sqlx::query(
        "insert into decision (decision_id, title, text, html, decided_by, group_id, method, on_day, until_on, meeting_id,
            by_member, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(form)
    .bind(&written.title)
    .bind(&written.text)
    .bind(html(&written.text))
    .bind(by)
    .bind(group)
    .bind(written.method.as_str())
    .bind(written.on)
    .bind(written.until)
    .bind(written.meeting)
    .bind(governing.by)
    .bind(governing.now)
    .execute(&mut *governing.tx)
    .await?;
    if let Some(old) = written.supersedes {
        supersede(&mut governing.tx, old, DecisionId(form)).await?;
    }
    governing.end().await
}

/// It was written down wrongly. `base`: the revision from which this was written.
pub async fn edit_decision(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    (id, base): (DecisionId, i32),
    written: &WrittenDecision,
) -> Result<Governed, Error> {
    let known = {
        let mut conn = backend.pool.acquire().await?;
        found(&mut conn, id).await?.ok_or(Error::NotFound)?
    };
    // Whoever decided never changes hands without the right over both.
    let mut governing = writing(backend, asking, &[known.by, written.by]).await?;
    if !governing.first(form, "decision", Some(id.0)).await? {
        return governing.end().await;
    }
    must_be_known(&mut governing.tx, written).await?;
    let known = found(&mut governing.tx, id).await?.ok_or(Error::NotFound)?;
    let revision: i32 =
        sqlx::query_scalar("select revision from decision where decision_id = $1").bind(id).fetch_one(&mut *governing.tx).await?;
    if revision != base {
        return Ok(Err(vec![GovernanceMistake::Stale { revision }]));
    }
    // In whose place it comes may have been chosen wrongly, too.
    sqlx::query("update decision set superseded_by = null where superseded_by = $1 and decision_id is distinct from $2")
        .bind(id)
        .bind(written.supersedes)
        .execute(&mut *governing.tx)
        .await?;
    if let Some(old) = written.supersedes {
        let same = found(&mut governing.tx, old).await?.is_some_and(|old| old.superseded_by == Some(id));
        let may = if same {
            Ok(())
        } else if old == id || known.superseded_by.is_some() {
            // Of two that come each in the other's place, neither would hold.
            Err(DecisionMistake::SupersededAlready)
        } else {
            may_supersede(&mut governing.tx, written, old).await?
        };
        if let Err(mistake) = may {
            return Ok(Err(vec![GovernanceMistake::Decision(mistake)]));
        }
        supersede(&mut governing.tx, old, id).await?;
    }
    let (by, group) = columns(written.by);
    sqlx::query(
        "update decision set title = $2, text = $3, html = $4, decided_by = $5, group_id = $6, method = $7, on_day = $8,
            until_on = $9, meeting_id = $10, revision = revision + 1
         where decision_id = $1",
    )
    .bind(id)
    .bind(&written.title)
    .bind(&written.text)
    .bind(html(&written.text))
    .bind(by)
    .bind(group)
    .bind(written.method.as_str())
    .bind(written.on)
    .bind(written.until)
    .bind(written.meeting)
    .execute(&mut *governing.tx)
    .await?;
    governing.end().await
}

/// Whoever may write down what each of these decided, one at a time.
async fn writing(backend: &Backend, asking: MemberId, of: &[DecidedBy]) -> Result<Governing, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    if OnCommittee::find(&mut tx, asking, now).await?.is_none() {
        for by in of {
            let DecidedBy::Group(group) = by else { return Err(Error::NotAllowed) };
            RunsGroup::find(&mut tx, asking, *group, now).await?.ok_or(Error::NotAllowed)?;
        }
    }
    sqlx::query("select pg_advisory_xact_lock(hashtext('decisions'))").execute(&mut *tx).await?;
    Ok(Governing::with(tx, asking, now))
}

/// The group and the meeting that a form names are there.
async fn must_be_known(conn: &mut PgConnection, written: &WrittenDecision) -> Result<(), Error> {
    let (_, group) = columns(written.by);
    let known: bool = sqlx::query_scalar(
        "select ($1::uuid is null or exists (select from working_group where group_id = $1))
            and ($2::uuid is null or exists (select from coordination_meeting where meeting_id = $2))",
    )
    .bind(group)
    .bind(written.meeting)
    .fetch_one(conn)
    .await?;
    if known { Ok(()) } else { Err(Error::NotFound) }
}

async fn found(conn: &mut PgConnection, id: DecisionId) -> Result<Option<Decision>, Error> {
    let sql = format!("select {DECISION} from decision d where d.decision_id = $1");
    let found: Option<Json<Decision>> = sqlx::query_scalar(AssertSqlSafe(sql)).bind(id).fetch_optional(conn).await?;
    Ok(found.map(|Json(decision)| decision))
}

async fn may_supersede(
    conn: &mut PgConnection,
    written: &WrittenDecision,
    old: DecisionId,
) -> Result<Result<(), DecisionMistake>, Error> {
    let old = found(conn, old).await?;
    Ok(old.map_or(Err(DecisionMistake::SupersededAlready), |old| written.may_supersede(&old)))
}

async fn supersede(conn: &mut PgConnection, old: DecisionId, by: DecisionId) -> Result<(), Error> {
    sqlx::query("update decision set superseded_by = $2 where decision_id = $1").bind(old).bind(by).execute(conn).await?;
    Ok(())
}

fn columns(by: DecidedBy) -> (&'static str, Option<GroupId>) {
    match by {
        DecidedBy::Group(group) => ("group", Some(group)),
        DecidedBy::Coordination => ("coordination", None),
        DecidedBy::Assembly => ("assembly", None),
    }
}
