//! Taking copies in hand: one at a time, and no more in a second than the mail server likes.

use chrono::Duration;
use domain::id::{BriefId, MemberId};
use domain::time::Instant;
use sqlx::PgConnection;
use uuid::Uuid;

use super::issue::Issue;
use super::leaving::{Of, SWITCHED_OFF, behind, token};
use super::settle::give_up;
use crate::Backend;
use crate::error::Error;
use crate::notify::bounced::CAME_BACK;
use crate::notify::link;

/// One address's copy, in this process's hands.
#[derive(Debug, Clone)]
pub struct BriefCopy {
    pub id: i64,
    pub brief: BriefId,
    /// 0: the brief itself; otherwise it tells of a correction.
    pub correction: i64,
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
        if row.attempts > 1 && !is_wanted(&mut tx, &row).await? {
            give_up(&mut tx, row.brief_copy_id, SWITCHED_OFF, now).await?;
            tx.commit().await?;
            continue;
        }
        if row.came_back {
            give_up(&mut tx, row.brief_copy_id, CAME_BACK, now).await?;
            tx.commit().await?;
            continue;
        }
        let copy = whole(&mut tx, row).await?;
        tx.commit().await?;
        return Ok(Next::Copy(Box::new(copy)));
    }
}

/// A copy that was put off may not be wanted any more: whoever left while it was in hand has left.
async fn is_wanted(conn: &mut PgConnection, row: &Row) -> Result<bool, Error> {
    match row.member_id {
        Some(_) => Ok(behind(conn, &row.email).await?.into_iter().any(|(_, receives)| receives)),
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
    let issue = Issue::load(conn, row.brief_id).await?;
    Ok(BriefCopy {
        id: row.brief_copy_id,
        brief: row.brief_id,
        correction: row.correction,
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
