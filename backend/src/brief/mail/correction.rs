//! A second mail, because something was put right: only where an editor chooses it.

use chrono::NaiveDate;
use domain::brief::Corrected;
use domain::id::{BlockId, BriefId, MemberId};
use domain::time::Instant;
use sqlx::PgConnection;

use crate::Backend;
use crate::auth::Editor;
use crate::error::Error;
use crate::jobs;

/// Sends the last correction of a Monday's brief to all who read it by mail, unless it was sent. Whether there was one to send.
pub async fn mail_correction(backend: &Backend, asking: MemberId, monday: NaiveDate) -> Result<bool, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    Editor::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?;
    let brief: BriefId = sqlx::query_scalar("select brief_id from brief where monday = $1 and published_at is not null")
        .bind(monday)
        .fetch_one(&mut *tx)
        .await?;
    let Some((correction, _)) = unsent(&mut tx, brief).await? else { return Ok(false) };
    jobs::note(&mut tx, "brief_correction_mail", &format!("{brief}/{correction}"), now).await?;
    tx.commit().await?;
    Ok(true)
}

/// The last correction, where it is neither mailed nor about to be.
pub(super) async fn unsent(conn: &mut PgConnection, brief: BriefId) -> Result<Option<(i64, Corrected)>, Error> {
    let last: Option<(i64, Instant, String, Option<BlockId>)> = sqlx::query_as(UNSENT).bind(brief).fetch_optional(conn).await?;
    Ok(last.map(|(id, at, word, block)| (id, Corrected { at, word, block })))
}

const UNSENT: &str = "
select c.brief_correction_id, c.at, c.word, c.block_id from brief_correction c
where c.brief_id = $1 and c.brief_correction_id = (
        select max(brief_correction_id) from brief_correction last where last.brief_id = c.brief_id)
    and not exists (select from brief_mailing m where m.brief_id = c.brief_id and m.correction = c.brief_correction_id)
    and not exists (select from due_work d where d.kind = 'brief_correction_mail' and d.key = c.brief_id || '/' || c.brief_correction_id)";
