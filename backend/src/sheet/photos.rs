//! Photos that go with what was said on a sheet: kept once, for whoever said it; shown to whoever has the sheet.

use chrono::Duration;
use domain::id::{MemberId, PhotoId, ShiftId};
use domain::time::Instant;

use super::watchers::{of_the_day, watchers};
use crate::auth::Distribution;
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;
use crate::{Backend, snapshots};

/// Keeps the photo that `member` named when they said how a delivery came: that act was theirs to do. The
/// same photo again changes nothing.
pub async fn keep_photo(backend: &Backend, member: MemberId, photo: PhotoId, jpeg: &[u8]) -> Result<(), Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let named = "select shift_id from delivery_receipt where photo_id = $1 and by_member = $2";
    let shift: ShiftId =
        sqlx::query_scalar(named).bind(photo).bind(member).fetch_optional(&mut *tx).await?.ok_or(Error::NotFound)?;
    sqlx::query(
        "insert into photo (photo_id, bytes, received_at, by_member) values ($1, $2, $3, $4) on conflict (photo_id) do nothing",
    )
    .bind(photo)
    .bind(jpeg)
    .bind(now)
    .bind(member)
    .execute(&mut *tx)
    .await?;
    let shown = of_the_day(&mut tx, shift).await?;
    let watching = watchers(&mut tx, &shown, false, now).await?;
    Aftermath::of(watching).finish(&mut tx, None, now).await?;
    tx.commit().await?;
    Ok(())
}

/// How long a photo stays: as long as anybody may ask how a delivery came. Days.
const KEPT_D: i64 = 400;

/// Forgets old photos; what was said of the delivery stays.
pub async fn forget_photos(backend: &Backend, now: Instant) -> Result<(), Error> {
    sqlx::query("delete from photo where received_at < $1").bind(now - Duration::days(KEPT_D)).execute(&backend.pool).await?;
    Ok(())
}

/// For whoever has a sheet now that shows it, for Distribution and the office; for nobody else is it there.
pub async fn photo(backend: &Backend, member: MemberId, photo: PhotoId) -> Result<Vec<u8>, Error> {
    let mut tx = backend.pool.begin().await?;
    let keeps = Distribution::find(&mut tx, member, backend.now()).await?.is_some();
    let jpeg: Option<Vec<u8>> =
        sqlx::query_scalar("select bytes from photo where photo_id = $1").bind(photo).fetch_optional(&mut *tx).await?;
    drop(tx);
    let shows = keeps || {
        let me = snapshots::me(backend, member).await?;
        let mut said = me.sheets.iter().flat_map(|sheet| &sheet.deliveries).filter_map(|delivery| delivery.last.as_ref());
        said.any(|last| last.photo == Some(photo))
    };
    jpeg.filter(|_| shows).ok_or(Error::NotFound)
}
