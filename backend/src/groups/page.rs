//! What a group says of itself, and whom it looks for.

use domain::groups::{Mistake, Written};
use domain::id::{GroupId, MemberId};
use uuid::Uuid;

use super::acting::{Kept, Running};
use crate::Backend;
use crate::brief::html;
use crate::error::Error;

/// The group of that name in addresses.
pub async fn by_slug(backend: &Backend, slug: &str) -> Result<GroupId, Error> {
    let found: Option<GroupId> =
        sqlx::query_scalar("select group_id from working_group where slug = $1").bind(slug).fetch_optional(&backend.pool).await?;
    found.ok_or(Error::NotFound)
}

/// `base`: the revision from which it was written. A call that stays as it is stays as old as it is.
pub async fn set_page(
    backend: &Backend,
    asking: MemberId,
    group: GroupId,
    form: Uuid,
    base: i32,
    written: &Written,
) -> Result<Kept, Error> {
    let mut running = Running::of(backend, asking, group).await?;
    if !running.first(form, "page").await? {
        return running.end().await;
    }
    let revision: i32 = sqlx::query_scalar("select revision from working_group where group_id = $1")
        .bind(group)
        .fetch_one(&mut *running.tx)
        .await?;
    if revision != base {
        return Ok(Err(vec![Mistake::Stale { revision }]));
    }
    sqlx::query(
        "update working_group set role = $2, page = $3, html = $4, call = $5, revision = revision + 1,
            call_at = case when $5 = '' then null when call = $5 then call_at else $6 end
         where group_id = $1",
    )
    .bind(group)
    .bind(&written.role)
    .bind(&written.page)
    .bind(html(&written.page))
    .bind(&written.call)
    .bind(running.now)
    .execute(&mut *running.tx)
    .await?;
    running.end().await
}
