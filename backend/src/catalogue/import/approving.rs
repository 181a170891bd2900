//! A diff is approved as it was seen, all of it or nothing.

use domain::catalogue::import::{Counts, NotApproved};
use domain::id::{ImportId, MemberId, ProductId};
use domain::time::Instant;
use sqlx::PgConnection;
use sqlx::types::Json;

use super::{Compared, compared, find, remember, remembered};
use crate::Backend;
use crate::catalogue::row::{self, Author};
use crate::catalogue::together::Keeping;
use crate::error::Error;
use crate::import;

/// One transaction, in which nobody else writes the catalogue: the diff is made anew, and is that which was seen, or nothing is
/// done. Approved twice, it is one act; what changes nothing leaves nothing to take back.
pub async fn approve(
    backend: &Backend,
    asking: MemberId,
    id: ImportId,
    seen: &str,
) -> Result<Result<Counts, NotApproved>, Error> {
    let mut keeping = Keeping::of(backend, asking).await?;
    let known = find(&mut keeping.tx, id).await?;
    if known.undone_at.is_some() {
        return Ok(Err(NotApproved::Undone));
    }
    if let Some(Json(counts)) = known.counts {
        return Ok(Ok(counts));
    }
    let taken = known.table()?;
    let (diff, now_seen, shop) = match compared(&mut keeping.tx, &known, &taken).await? {
        Compared::Diff { diff, seen, with } => (diff, seen, with),
        Compared::Columns(_) | Compared::Faults(_) => return Ok(Err(NotApproved::Unread)),
    };
    if now_seen != seen {
        return Ok(Err(NotApproved::Otherwise));
    }
    let mut plan = match diff.plan(known.answers.0.shorter, || ProductId(backend.ids.uuid())) {
        Ok(plan) => plan,
        Err(open) => return Ok(Err(NotApproved::Open(open))),
    };
    if plan.writes.is_empty() {
        return Ok(Ok(diff.counts()));
    }
    let Ok(after) = plan.applied(&shop) else { return Err(Error::Unreadable("a plan that its own shop does not take")) };
    let author = Author { by: keeping.by, import: Some(id) };
    let (now, counts) = (keeping.now, diff.counts());
    let approved_at = import::after(last_approved(&mut keeping.tx).await?, now);
    row::write(&mut keeping.tx, &shop, &after, author, now).await?;
    let mut kept = remembered(&mut keeping.tx).await?;
    plan.margin = Some(kept.margin);
    sqlx::query(
        "update catalogue_import set plan = $2, counts = $3, approved_by = $4, approved_at = $5, bytes = null
         where catalogue_import_id = $1",
    )
    .bind(id)
    .bind(Json(&plan))
    .bind(Json(counts))
    .bind(keeping.by)
    .bind(approved_at)
    .execute(&mut *keeping.tx)
    .await?;
    kept.mapping.learn(&known.mapping.0);
    remember(&mut keeping.tx, &kept).await?;
    keeping.end().await?;
    Ok(Ok(counts))
}

async fn last_approved(conn: &mut PgConnection) -> Result<Option<Instant>, Error> {
    Ok(sqlx::query_scalar("select max(approved_at) from catalogue_import").fetch_one(conn).await?)
}
