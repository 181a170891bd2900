//! The last import, taken back: all but what somebody changed since, and those who have done something by now.

use domain::id::{MemberId, MemberImportId};
use domain::import::may_undo;
use domain::register::Deed;
use domain::register::import::{Counts, NotUndone, Plan, Since, Undo, Write};
use domain::time::paris_day;
use sqlx::types::Json;

use super::writing::{self, Author};
use crate::Backend;
use crate::error::Error;
use crate::register::together::{Keeping, until_won};
use crate::swaps::scope::Locks;

#[derive(sqlx::FromRow)]
struct Row {
    file: String,
    plan: Json<Plan>,
    counts: Json<Counts>,
    undone_at: Option<domain::time::Instant>,
    is_last: bool,
}

pub async fn undo_last(backend: &Backend, asking: MemberId, id: MemberImportId) -> Result<Result<Undo, NotUndone>, Error> {
    until_won(|| Box::pin(undone(backend, asking, id))).await
}

async fn undone(backend: &Backend, asking: MemberId, id: MemberImportId) -> Result<Result<Undo, NotUndone>, Error> {
    let Some(mut keeping) = Keeping::of(backend, asking, None, []).await? else { return Err(Error::Conflict) };
    let known: Row = sqlx::query_as(
        "select file, plan, counts, undone_at, not exists (select from member_import l where l.approved_at is not null
            and (l.approved_at, l.member_import_id) > (i.approved_at, i.member_import_id)) as is_last
         from member_import i where member_import_id = $1 and approved_at is not null",
    )
    .bind(id)
    .fetch_one(&mut *keeping.tx)
    .await?;
    if let Err(why) = may_undo(known.undone_at.is_some(), known.is_last) {
        return Ok(Err(why));
    }
    let (by, now, today) = (keeping.by, keeping.now, paris_day(keeping.now));
    let register = writing::register(&mut keeping.tx, today).await?;
    let mut undo = known.plan.0.undo(&register);
    // Whoever is erased is forgotten in the plan, too: they are what is missing there.
    undo.erased = known.counts.0.written().saturating_sub(known.plan.0.writes.len());
    let Ok(after) = undo.plan.applied(&register) else {
        return Err(Error::Unreadable("an undo that its own register does not take"));
    };
    let members = undo.plan.writes.iter().map(Write::id).collect();
    Locks { members, shifts: Default::default() }.take(&mut keeping.tx).await?;
    let author = Author { by, now, today, ids: &backend.ids };
    let mut stays: Vec<Since> = Vec::new();
    for write in &undo.plan.writes {
        match write {
            Write::Remove { id, facts } => {
                if writing::remove(&mut keeping.tx, *id).await? {
                    continue;
                }
                stays.push(Since { id: *id, name: facts.name(), fields: Vec::new() });
            }
            other => {
                writing::write(&mut keeping.tx, other, &after, &author).await?;
                keeping.deed(other.id(), &Deed::ImportUndone { file: known.file.clone() }).await?;
            }
        }
    }
    undo.since.extend(stays);
    sqlx::query("update member_import set undone_by = $2, undone_at = $3 where member_import_id = $1")
        .bind(id)
        .bind(by)
        .bind(now)
        .execute(&mut *keeping.tx)
        .await?;
    keeping.shows();
    keeping.end().await?;
    Ok(Ok(undo))
}
