//! Where the shop is, as Communication says it.

use domain::id::MemberId;
use domain::public_page::{Mistake, Place};
use sqlx::types::Json;

use super::in_hand::editor;
use super::writing::Kept;
use crate::Backend;
use crate::error::Error;

/// The shop is there from here on. `base` is the revision that was read; said again, it is the same.
pub async fn set_place(backend: &Backend, asking: MemberId, base: i32, place: &Place) -> Result<Kept, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let editor = editor(&mut tx, asking, now).await?;
    sqlx::query("select pg_advisory_xact_lock(hashtext('public_place'))").execute(&mut *tx).await?;
    let kept: Option<(Json<Place>, i32)> =
        sqlx::query_as("select place, revision from public_place").fetch_optional(&mut *tx).await?;
    let revision = kept.as_ref().map_or(0, |(_, revision)| *revision);
    if kept.is_some_and(|(Json(kept), _)| kept == *place) {
        return Ok(Ok(()));
    }
    if base != revision {
        return Ok(Err(vec![Mistake::Changed]));
    }
    sqlx::query(
        "insert into public_place (place, revision, by_member, set_at) values ($1, $2, $3, $4)
         on conflict (only_row) do update
         set place = excluded.place, revision = excluded.revision, by_member = excluded.by_member, set_at = excluded.set_at",
    )
    .bind(Json(place))
    .bind(revision + 1)
    .bind(editor.member())
    .bind(now)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(Ok(()))
}
