//! People who may be registered twice, and addresses of which somebody says that several people share them.

use domain::id::MemberId;
use domain::register::Alikes;
use domain::time::paris_day;
use sqlx::PgConnection;
use uuid::Uuid;

use super::row;
use super::together::{Keeping, Kept, office};
use crate::Backend;
use crate::error::Error;

pub async fn alikes(backend: &Backend, asking: MemberId) -> Result<Alikes, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    office(&mut tx, asking, now).await?;
    let people = row::registered(&mut tx, paris_day(now)).await?;
    Ok(Alikes::of(people, &row::settled(&mut tx).await?))
}

/// A couple, a household: it is not asked again.
pub async fn settle_address(backend: &Backend, asking: MemberId, form: Uuid, email: &str) -> Result<Kept<()>, Error> {
    let Some(mut keeping) = Keeping::of(backend, asking, Some(form), []).await? else { return Ok(Ok(())) };
    let (by, now) = (keeping.by, keeping.now);
    settle(&mut keeping.tx, email, by, now).await?;
    keeping.end().await?;
    Ok(Ok(()))
}

pub(super) async fn settle(conn: &mut PgConnection, email: &str, by: MemberId, now: domain::time::Instant) -> Result<(), Error> {
    sqlx::query("insert into shared_address (email, by_member, at) values ($1, $2, $3) on conflict (email) do nothing")
        .bind(email)
        .bind(by)
        .bind(now)
        .execute(conn)
        .await?;
    Ok(())
}
