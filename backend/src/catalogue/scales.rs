//! How the shop's scales are set: a setting of the group, which every device reads labels by.

use domain::catalogue::import::{Mapping, Words};
use domain::catalogue::{MARGIN, USUAL_SCALES, WeighedRule};
use domain::id::MemberId;
use sqlx::types::Json;

use super::together::{Keeping, keeper};
use crate::Backend;
use crate::error::Error;

pub async fn scales(backend: &Backend, asking: MemberId) -> Result<Vec<WeighedRule>, Error> {
    let mut tx = backend.pool.begin().await?;
    keeper(&mut tx, asking, backend.now()).await?;
    let kept: Option<Option<Json<Vec<WeighedRule>>>> =
        sqlx::query_scalar("select scales from catalogue_words").fetch_optional(&mut *tx).await?;
    Ok(kept.flatten().map_or_else(|| USUAL_SCALES.to_vec(), |Json(rules)| rules))
}

/// From here on; the same twice is one act.
pub async fn set_scales(backend: &Backend, asking: MemberId, rules: &[WeighedRule]) -> Result<(), Error> {
    let mut keeping = Keeping::of(backend, asking).await?;
    sqlx::query(
        "insert into catalogue_words (mapping, words, margin, scales) values ($1, $2, $3, $4)
         on conflict (one) do update set scales = excluded.scales",
    )
    .bind(Json(Mapping::default()))
    .bind(Json(Words::default()))
    .bind(i16::try_from(MARGIN.0).unwrap_or(i16::MAX))
    .bind(Json(rules))
    .execute(&mut *keeping.tx)
    .await?;
    keeping.end().await
}
