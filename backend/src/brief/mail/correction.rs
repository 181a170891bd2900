//! A second mail, because something was put right: only where an editor chooses it, of what they have read.

use chrono::NaiveDate;
use domain::brief::Unsent;
use domain::id::{BriefId, MemberId};
use sqlx::PgConnection;

use super::audience::has_readers;
use crate::Backend;
use crate::auth::Editor;
use crate::error::Error;
use crate::jobs;

/// What asking for a second mail came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Second {
    /// It goes to everybody who reads the brief by mail: from now on, or since it was asked for before.
    Goes,
    /// Another one was written since: nobody sends what they have not read.
    Another,
    /// Nobody reads the brief by mail.
    ToNobody,
    /// Nothing was put right.
    Nothing,
}

/// Sends the correction that `asking` was shown to all who read a Monday's brief by mail, once, however often it is asked for;
/// not where it is no longer the last one.
pub async fn mail_correction(backend: &Backend, asking: MemberId, monday: NaiveDate, shown: i64) -> Result<Second, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    Editor::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?;
    // Whoever corrects it meanwhile comes before or after.
    let brief: BriefId =
        sqlx::query_scalar("select brief_id from brief where monday = $1 and published_at is not null for no key update")
            .bind(monday)
            .fetch_one(&mut *tx)
            .await?;
    let key = format!("{brief}/{shown}");
    let (goes, last): (bool, Option<i64>) = sqlx::query_as(SHOWN).bind(brief).bind(shown).bind(&key).fetch_one(&mut *tx).await?;
    if goes {
        return Ok(Second::Goes);
    }
    match last {
        None => return Ok(Second::Nothing),
        Some(last) if last != shown => return Ok(Second::Another),
        Some(_) => {}
    }
    if !has_readers(&mut tx, brief, shown, now).await? {
        return Ok(Second::ToNobody);
    }
    jobs::note(&mut tx, "brief_correction_mail", &key, now).await?;
    tx.commit().await?;
    Ok(Second::Goes)
}

/// $1 brief, $2 correction, $3 under what its mail is noted. 0 is the brief itself, and no correction.
const SHOWN: &str = "
select $2 > 0 and (exists (select from brief_mailing where brief_id = $1 and correction = $2)
        or exists (select from due_work where kind = 'brief_correction_mail' and key = $3)),
    (select max(brief_correction_id) from brief_correction where brief_id = $1)";

/// The last correction, where it is neither mailed nor about to be.
pub(super) async fn unsent(conn: &mut PgConnection, brief: BriefId) -> Result<Option<Unsent>, Error> {
    let last: Option<(i64, String)> = sqlx::query_as(UNSENT).bind(brief).fetch_optional(conn).await?;
    Ok(last.map(|(correction, word)| Unsent { correction, word }))
}

const UNSENT: &str = "
select c.brief_correction_id, c.word from brief_correction c
where c.brief_id = $1 and c.brief_correction_id = (
        select max(brief_correction_id) from brief_correction last where last.brief_id = c.brief_id)
    and not exists (select from brief_mailing m where m.brief_id = c.brief_id and m.correction = c.brief_correction_id)
    and not exists (select from due_work d where d.kind = 'brief_correction_mail' and d.key = c.brief_id || '/' || c.brief_correction_id)";
