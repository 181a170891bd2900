//! What the office sets once for all who come.

use domain::catalogue::Cents;
use domain::id::MemberId;
use domain::register::Settings;
use sqlx::PgConnection;
use uuid::Uuid;

use super::together::{Keeping, Kept, office};
use crate::Backend;
use crate::error::Error;

pub async fn settings(backend: &Backend, asking: MemberId) -> Result<Settings, Error> {
    let mut tx = backend.pool.begin().await?;
    office(&mut tx, asking, backend.now()).await?;
    kept(&mut tx).await
}

pub(super) async fn kept(conn: &mut PgConnection) -> Result<Settings, Error> {
    let (first_shift, share, association): (String, i64, i64) =
        sqlx::query_as("select first_shift, share_cents, association_cents from register_setting").fetch_one(conn).await?;
    Ok(Settings { first_shift, share: Cents(share), association: Cents(association) })
}

/// Whoever is on their way in reads what is said of a first shift.
pub async fn set_settings(backend: &Backend, asking: MemberId, form: Uuid, settings: &Settings) -> Result<Kept<()>, Error> {
    let Some(mut keeping) = Keeping::of(backend, asking, Some(form), []).await? else { return Ok(Ok(())) };
    sqlx::query("update register_setting set first_shift = $1, share_cents = $2, association_cents = $3")
        .bind(&settings.first_shift)
        .bind(settings.share.0)
        .bind(settings.association.0)
        .execute(&mut *keeping.tx)
        .await?;
    let arriving: Vec<MemberId> =
        sqlx::query_scalar("select member_id from arrival where ended_on is null").fetch_all(&mut *keeping.tx).await?;
    keeping.after.touched.extend(arriving);
    keeping.end().await?;
    Ok(Ok(()))
}
