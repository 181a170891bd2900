//! « Le procès-verbal »: what was said and decided, by its secretary or its chair.

use domain::assembly::{AssemblyMistake, MINUTES_CAP};
use domain::id::{AssemblyId, MemberId};
use uuid::Uuid;

use super::acting::{Acting, Arranged};
use crate::Backend;
use crate::brief::html;
use crate::error::Error;

/// From its opening on. `base`: the revision from which it was written. Every member reads it.
pub async fn write_minutes(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    (id, base): (AssemblyId, i32),
    text: &str,
) -> Result<Arranged, Error> {
    let mut acting = Acting::presiding(backend, asking, id).await?;
    if !acting.first(form, "proces-verbal", None).await? {
        return acting.end().await;
    }
    let stage = acting.held.stage();
    if !stage.is_open() && !stage.is_closed() {
        return Ok(Err(vec![acting.held.goes_on().err().unwrap_or(AssemblyMistake::NotOpen)]));
    }
    let long = text.chars().count();
    if long > MINUTES_CAP {
        return Ok(Err(vec![AssemblyMistake::MinutesTooLong { cap: MINUTES_CAP, long }]));
    }
    let revision = acting.held.minutes_revision;
    if revision != base {
        return Ok(Err(vec![AssemblyMistake::Stale { revision }]));
    }
    sqlx::query(
        "update assembly set minutes = $2, minutes_html = $3, minutes_revision = minutes_revision + 1 where assembly_id = $1",
    )
    .bind(id)
    .bind(text)
    .bind(html(text))
    .execute(&mut *acting.tx)
    .await?;
    acting.end().await
}
