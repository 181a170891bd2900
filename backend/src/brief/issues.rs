//! One issue per Monday, made by itself.

use chrono::NaiveDate;
use domain::brief::{Brief, Settings, Stage, first_pieces, goes_out_at, id_of};
use domain::time::{Instant, monday_of, paris_day, plus_days};
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};

use super::{BRIEF, pictures};
use crate::Backend;
use crate::error::Error;

/// Makes the issues of the next Monday at seven and of the Monday after, where they are not there yet.
pub async fn ensure(conn: &mut PgConnection, now: Instant) -> Result<(), Error> {
    let this = monday_of(paris_day(now));
    let next = if now < goes_out_at(this) { this } else { plus_days(this, 7) };
    make(conn, next).await?;
    make(conn, plus_days(next, 7)).await
}

/// The issue of a Monday. Two processes make the same one.
pub(super) async fn make(conn: &mut PgConnection, monday: NaiveDate) -> Result<(), Error> {
    sqlx::query("insert into brief (brief_id, monday, stage, pieces) values ($1, $2, $3, $4) on conflict (monday) do nothing")
        .bind(id_of(monday))
        .bind(monday)
        .bind(Json(Stage::Collecting))
        .bind(Json(first_pieces()))
        .execute(conn)
        .await?;
    Ok(())
}

/// Every night: the issues to come, and the pictures that nobody uses.
pub async fn every_night(backend: &Backend) -> Result<(), Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    ensure(&mut tx, now).await?;
    pictures::forget(&mut tx, now).await?;
    tx.commit().await?;
    Ok(())
}

pub async fn settings(conn: &mut PgConnection) -> Result<Settings, Error> {
    let kept: Option<Json<Settings>> = sqlx::query_scalar("select to_jsonb(s) from brief_setting s").fetch_optional(conn).await?;
    Ok(kept.map(|Json(settings)| settings).unwrap_or_default())
}

/// The issue of a Monday, as it is being made or went out.
pub async fn find(conn: &mut PgConnection, monday: NaiveDate) -> Result<Option<Brief>, Error> {
    let found: Option<Json<Brief>> =
        sqlx::query_scalar(AssertSqlSafe(format!("select {BRIEF} from brief i where i.monday = $1")))
            .bind(monday)
            .fetch_optional(conn)
            .await?;
    Ok(found.map(|Json(brief)| brief))
}

/// The issues that are not out, from the first Monday on, with those of `mondays`: locked, so that one act, one editor or one
/// publication at a time changes what goes into them. Whoever takes it has locked the people it concerns before.
pub async fn lock(conn: &mut PgConnection, mondays: &[NaiveDate]) -> Result<Vec<Brief>, Error> {
    let locked: Vec<Json<Brief>> = sqlx::query_scalar(AssertSqlSafe(format!(
        "select {BRIEF} from brief i where i.published_at is null or i.monday = any($1) order by i.monday for no key update"
    )))
    .bind(mondays)
    .fetch_all(conn)
    .await?;
    Ok(locked.into_iter().map(|Json(brief)| brief).collect())
}
