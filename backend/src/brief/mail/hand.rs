//! Taking copies in hand: one at a time, and no more in a second than the mail server likes.

use chrono::Duration;
use domain::brief::{Corrected, NOTHING_PUBLIC};
use domain::id::{BlockId, BriefId, MemberId};
use domain::notify::SWITCHED_OFF;
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;
use uuid::Uuid;

use super::issue::Issue;
use super::leaving::{Of, is_wanted_at, token};
use super::settle::give_up;
use crate::Backend;
use crate::error::Error;
use crate::notify::bounced::CAME_BACK;
use crate::notify::link;

/// One address's copy, in this process's hands.
#[derive(Debug, Clone)]
pub struct BriefCopy {
    pub id: i64,
    /// What was put right, where that is what it tells: what was put right since stands beside it.
    pub corrects: Option<Corrected>,
    pub email: String,
    /// « Camille », « Camille et Paul »; nobody of the public is named.
    pub name: String,
    /// For somebody of the public: what is public of it.
    pub is_public: bool,
    /// What stands before the @ of its Message-ID.
    pub message_id: String,
    /// Of the link that ends it.
    pub leaving: String,
    /// A process died with it in hand: they may have it already.
    pub maybe_twice: bool,
    /// How often it was tried, this time included, and since when.
    pub attempts: i16,
    pub tried_from: Instant,
    pub issue: Issue,
}

/// What there is to do.
#[derive(Debug)]
pub enum Next {
    Copy(Box<BriefCopy>),
    /// Enough left in this second.
    Paced,
    Nothing,
}

#[derive(sqlx::FromRow)]
struct Row {
    brief_copy_id: i64,
    brief_id: BriefId,
    /// 0: the brief itself; otherwise it tells of a correction.
    correction: i64,
    email: String,
    name: String,
    member_id: Option<MemberId>,
    brief_subscriber_id: Option<Uuid>,
    message_id: String,
    maybe_twice: bool,
    attempts: i16,
    tried_from: Instant,
    came_back: bool,
}

/// The next copy that is due, in this process's hands from here on. All processes together take no more than `pace` in a
/// second.
pub async fn next(backend: &Backend, pace: u32) -> Result<Next, Error> {
    loop {
        let now = backend.now();
        if !sqlx::query_scalar(DUE).bind(now).fetch_one(&backend.pool).await? {
            return Ok(Next::Nothing);
        }
        let mut tx = backend.pool.begin().await?;
        let Some(row) = take(&mut tx, pace, now).await? else { return Ok(Next::Paced) };
        let id = row.brief_copy_id;
        let copy = checked(&mut tx, row, now).await?;
        if let Err(why) = &copy {
            give_up(&mut tx, id, why, now).await?;
        }
        tx.commit().await?;
        if let Ok(copy) = copy {
            return Ok(Next::Copy(Box::new(copy)));
        }
    }
}

/// The copy, or why it does not leave: for whom it is was decided when the brief came out, and much may have happened since.
async fn checked(conn: &mut PgConnection, row: Row, now: Instant) -> Result<Result<BriefCopy, &'static str>, Error> {
    if !is_wanted(conn, &row, now).await? {
        return Ok(Err(SWITCHED_OFF));
    }
    if row.came_back {
        return Ok(Err(CAME_BACK));
    }
    let copy = whole(conn, row).await?;
    // The brief was kept for members since.
    Ok(if copy.is_public && copy.issue.brief.pieces.is_empty() { Err(NOTHING_PUBLIC) } else { Ok(copy) })
}

/// Whether somebody behind the address is still a member and has it by mail; one of the public who left is forgotten.
async fn is_wanted(conn: &mut PgConnection, row: &Row, now: Instant) -> Result<bool, Error> {
    match row.member_id {
        Some(_) => is_wanted_at(conn, &row.email, paris_day(now)).await,
        None => Ok(row.brief_subscriber_id.is_some()),
    }
}

const DUE: &str = "select exists (select from brief_copy where state = 'prepared' and due_at <= $1)";

async fn take(conn: &mut PgConnection, pace: u32, now: Instant) -> Result<Option<Row>, Error> {
    // One after the other, or two processes would count the same second.
    sqlx::query("select pg_advisory_xact_lock(hashtext('brief_copy'))").execute(&mut *conn).await?;
    Ok(sqlx::query_as(TAKE).bind(now).bind(now - Duration::seconds(1)).bind(i64::from(pace)).fetch_optional(conn).await?)
}

/// $1 now, $2 a second ago, $3 how many may leave in between.
const TAKE: &str = "
with first as materialized (
    select brief_copy_id from brief_copy
    where state = 'prepared' and due_at <= $1 and (select count(*) from brief_copy where handed_at > $2) < $3
    order by due_at, brief_copy_id limit 1 for update skip locked
)
update brief_copy c set state = 'taken', handed_at = $1, attempts = attempts + 1
from first where c.brief_copy_id = first.brief_copy_id
returning c.brief_copy_id, c.brief_id, c.correction, c.email, c.name, c.member_id, c.brief_subscriber_id, c.message_id,
    c.maybe_twice, c.attempts, c.tried_from, exists (select from bounced_address b where b.email = c.email) as came_back";

async fn whole(conn: &mut PgConnection, row: Row) -> Result<BriefCopy, Error> {
    let key = link::key(conn).await?;
    let of = match (row.member_id, row.brief_subscriber_id) {
        (Some(member), _) => Of::Member { member, email: &row.email },
        // One who left in between has a copy that is over already.
        (None, subscriber) => Of::Public(subscriber.unwrap_or_default()),
    };
    let leaving = token(&key, of);
    let is_public = row.member_id.is_none();
    let corrects = corrected(conn, row.correction).await?;
    let issue = Issue::load(conn, row.brief_id).await?;
    Ok(BriefCopy {
        id: row.brief_copy_id,
        corrects,
        email: row.email,
        name: row.name,
        is_public,
        message_id: row.message_id,
        leaving,
        maybe_twice: row.maybe_twice,
        attempts: row.attempts,
        tried_from: row.tried_from,
        issue: if is_public { issue.for_public() } else { issue },
    })
}

/// What a correction put right; nothing where the copy is the brief itself.
async fn corrected(conn: &mut PgConnection, correction: i64) -> Result<Option<Corrected>, Error> {
    let found: Option<(Instant, String, Option<BlockId>)> =
        sqlx::query_as("select at, word, block_id from brief_correction where brief_correction_id = $1")
            .bind(correction)
            .fetch_optional(conn)
            .await?;
    Ok(found.map(|(at, word, block)| Corrected { at, word, block }))
}
