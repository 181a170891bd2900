//! A diff is approved as it was seen, all of it or nothing.

use domain::id::{MemberId, MemberImportId};
use domain::register::Deed;
use domain::register::import::{Counts, NotApproved, headed};
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;
use sqlx::types::Json;

use super::writing::{self, Author};
use super::{Compared, compared, find, learn};
use crate::Backend;
use crate::error::Error;
use crate::import;
use crate::register::duplicates::settle;
use crate::register::together::{Keeping, until_won};
use crate::swaps::scope::Locks;

/// One transaction, in which nobody else writes the register: the diff is made anew, and is that which was seen, or nothing is
/// done. Approved twice, it is one act; what changes nothing leaves nothing to take back.
pub async fn approve(
    backend: &Backend,
    asking: MemberId,
    id: MemberImportId,
    seen: &str,
) -> Result<Result<Counts, NotApproved>, Error> {
    // Whose rows it writes it knows late: a member's act may be in the way.
    until_won(|| Box::pin(approved(backend, asking, id, seen))).await
}

async fn approved(
    backend: &Backend,
    asking: MemberId,
    id: MemberImportId,
    seen: &str,
) -> Result<Result<Counts, NotApproved>, Error> {
    let Some(mut keeping) = Keeping::of(backend, asking, None, []).await? else { return Err(Error::Conflict) };
    let known = find(&mut keeping.tx, id).await?;
    if known.undone_at.is_some() {
        return Ok(Err(NotApproved::Undone));
    }
    if let Some(Json(counts)) = known.counts {
        return Ok(Ok(counts));
    }
    let (now, taken) = (keeping.now, headed(known.table()?));
    let (diff, now_seen, register) = match compared(&mut keeping.tx, &known, &taken, now).await? {
        Compared::Diff { diff, seen, with } => (diff, seen, with),
        Compared::Columns(_) | Compared::Faults(_) => return Ok(Err(NotApproved::Unread)),
    };
    if now_seen != seen {
        return Ok(Err(NotApproved::Otherwise));
    }
    let plan = match diff.plan(|| MemberId(backend.ids.uuid())) {
        Ok(plan) => plan,
        Err(open) => return Ok(Err(NotApproved::Open(open))),
    };
    let Ok(after) = plan.applied(&register) else { return Err(Error::Unreadable("a plan that its own register does not take")) };
    let changed = plan.writes.iter().map(domain::register::import::Write::id).filter(|id| register.contains_key(id)).collect();
    Locks { members: changed, shifts: Default::default() }.take(&mut keeping.tx).await?;
    let author = Author { by: keeping.by, now, today: paris_day(now), ids: &backend.ids };
    for write in &plan.writes {
        writing::write(&mut keeping.tx, write, &after, &author).await?;
        keeping.deed(write.id(), &Deed::Imported { file: known.file.clone() }).await?;
    }
    for email in &diff.shared {
        settle(&mut keeping.tx, email, author.by, now).await?;
    }
    let counts = diff.counts();
    if plan.writes.is_empty() {
        keeping.end().await?;
        return Ok(Ok(counts));
    }
    let approved_at = import::after(last_approved(&mut keeping.tx).await?, now);
    sqlx::query(
        "update member_import set plan = $2, counts = $3, approved_by = $4, approved_at = $5, bytes = null
         where member_import_id = $1",
    )
    .bind(id)
    .bind(Json(&plan))
    .bind(Json(counts))
    .bind(author.by)
    .bind(approved_at)
    .execute(&mut *keeping.tx)
    .await?;
    learn(&mut keeping.tx, &known.mapping.0).await?;
    keeping.shows();
    keeping.end().await?;
    Ok(Ok(counts))
}

async fn last_approved(conn: &mut PgConnection) -> Result<Option<Instant>, Error> {
    Ok(sqlx::query_scalar("select max(approved_at) from member_import").fetch_one(conn).await?)
}
