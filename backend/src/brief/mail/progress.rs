//! How the mails of a brief go, for its editors: numbers alone. And trying again what failed.

use chrono::NaiveDate;
use domain::brief::{Counts, Failure, Mailing, Sending};
use domain::id::{BriefId, MemberId};
use domain::notify::SWITCHED_OFF;
use domain::time::Instant;
use sqlx::PgConnection;

use super::correction::unsent;
use crate::Backend;
use crate::auth::Editor;
use crate::error::Error;

/// What `asking`, who must be an editor, sees of the mails of a Monday.
pub async fn sending(backend: &Backend, asking: MemberId, monday: NaiveDate) -> Result<Sending, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    Editor::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?;
    let (id, published_at, read): (BriefId, Option<Instant>, i64) =
        sqlx::query_as(BRIEF).bind(monday).fetch_one(&mut *tx).await?;
    let mailings: Vec<(i64, Option<Instant>, Option<String>)> = sqlx::query_as(MAILINGS).bind(id).fetch_all(&mut *tx).await?;
    let mut shown = Vec::new();
    for (correction, at, word) in mailings {
        let counts = counts(&mut tx, id, correction).await?;
        shown.push(Mailing { word, correction, at, counts, failures: failures(&mut tx, id, correction).await? });
    }
    let my_address = sqlx::query_scalar("select email from member where member_id = $1").bind(asking).fetch_one(&mut *tx).await?;
    let unsent = unsent(&mut tx, id).await?;
    Ok(Sending { now, monday, published_at, read, mailings: shown, unsent, my_address })
}

const BRIEF: &str = "
select brief_id, published_at, (select count(*) from brief_read r where r.brief_id = b.brief_id)
from brief b where monday = $1";

/// Also those that are about to be addressed.
const MAILINGS: &str = "
select m.correction, m.at, c.word from brief_mailing m left join brief_correction c on c.brief_correction_id = m.correction
where m.brief_id = $1
union all
select 0, null, null from due_work d where d.kind = 'brief_audience' and d.key = $1::text
    and not exists (select from brief_mailing m where m.brief_id = $1 and m.correction = 0)
union all
select c.brief_correction_id, null, c.word from brief_correction c
join due_work d on d.kind = 'brief_correction_mail' and d.key = c.brief_id || '/' || c.brief_correction_id
where c.brief_id = $1 and not exists (
    select from brief_mailing m where m.brief_id = $1 and m.correction = c.brief_correction_id)
order by 1";

async fn counts(conn: &mut PgConnection, brief: BriefId, correction: i64) -> Result<Counts, Error> {
    let (prepared, put_off, taken, submitted, failed, maybe_twice, public): (i64, i64, i64, i64, i64, i64, i64) =
        sqlx::query_as(COUNTS).bind(brief).bind(correction).fetch_one(conn).await?;
    Ok(Counts { prepared, put_off, taken, submitted, failed, maybe_twice, public })
}

const COUNTS: &str = "
select count(*) filter (where state = 'prepared' and attempts = 0), count(*) filter (where state = 'prepared' and attempts > 0),
    count(*) filter (where state = 'taken'), count(*) filter (where state = 'submitted'), count(*) filter (where state = 'failed'),
    count(*) filter (where maybe_twice), count(*) filter (where brief_subscriber_id is not null)
from brief_copy where brief_id = $1 and correction = $2";

async fn failures(conn: &mut PgConnection, brief: BriefId, correction: i64) -> Result<Vec<Failure>, Error> {
    let rows: Vec<(String, bool, i64)> = sqlx::query_as(FAILURES).bind(brief).bind(correction).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(why, put_off, count)| Failure { why, count, put_off }).collect())
}

const FAILURES: &str = "
select regexp_replace(coalesce(why, ''), ' \\(\\d+ tries\\)$', '') as why, state = 'prepared', count(*)
from brief_copy where brief_id = $1 and correction = $2 and (state = 'failed' or state = 'prepared' and attempts > 0)
group by 1, 2 order by 3 desc, 1";

/// « Réessayer »: what failed for this reason, or was put off for it, is due now and tried for another day. Gives how many.
pub async fn retry(backend: &Backend, asking: MemberId, monday: NaiveDate, correction: i64, why: &str) -> Result<u64, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    Editor::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?;
    let tried = sqlx::query(RETRY).bind(monday).bind(correction).bind(why).bind(now).bind(SWITCHED_OFF).execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(tried.rows_affected())
}

/// Whoever said no in between ($5) is left in peace.
const RETRY: &str = "
update brief_copy c set state = 'prepared', due_at = $4, tried_from = $4, attempts = 0, ended_at = null, why = null
from brief b where b.brief_id = c.brief_id and b.monday = $1 and c.correction = $2
    and (c.state = 'failed' or c.state = 'prepared' and c.attempts > 0) and c.why is distinct from $5
    and c.email <> c.brief_copy_id::text
    and regexp_replace(coalesce(c.why, ''), ' \\(\\d+ tries\\)$', '') = $3";
