//! For whom a brief is: decided once, when it comes out, and never again.

use std::collections::BTreeMap;

use domain::brief::{Published, Shown};
use domain::id::{BlockId, BriefId, MemberId};
use domain::notify::{Preferences, Switch};
use domain::time::{Instant, paris_day};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::Backend;
use crate::error::Error;
use crate::notify::link::{self, Key};

/// How much of the code names a copy. Bytes.
const NAME: usize = 16;

/// Addresses the briefs that came out, and the corrections that somebody chose to mail. Several processes may do it
/// together: each brief is addressed by one of them.
pub async fn address(backend: &Backend) -> Result<(), Error> {
    let waiting: Vec<(BriefId, i64)> = sqlx::query_as(WAITING).bind(backend.now()).fetch_all(&backend.pool).await?;
    for (brief, correction) in waiting {
        let mut tx = backend.pool.begin().await?;
        if open(&mut tx, brief, correction, backend.now()).await? {
            let copies = freeze(&mut tx, brief, correction, backend.now()).await?;
            tracing::info!(%brief, correction, copies, "a brief is addressed");
        }
        tx.commit().await?;
    }
    Ok(())
}

/// $1 now. A brief that came out before there were mails has no such work, and is sent to nobody.
const WAITING: &str = "
select b.brief_id, 0::bigint from due_work d join brief b on b.brief_id::text = d.key
where d.kind = 'brief_audience' and d.due_at <= $1 and b.published_at is not null
    and not exists (select from brief_mailing m where m.brief_id = b.brief_id and m.correction = 0)
union all
select c.brief_id, c.brief_correction_id from due_work d join brief_correction c on c.brief_id || '/' || c.brief_correction_id = d.key
where d.kind = 'brief_correction_mail' and d.due_at <= $1
    and not exists (select from brief_mailing m where m.brief_id = c.brief_id and m.correction = c.brief_correction_id)";

/// Whether it is ours to address: another process that is at it is waited for.
async fn open(conn: &mut PgConnection, brief: BriefId, correction: i64, now: Instant) -> Result<bool, Error> {
    let opened = sqlx::query("insert into brief_mailing (brief_id, correction, at) values ($1, $2, $3) on conflict do nothing")
        .bind(brief)
        .bind(correction)
        .bind(now)
        .execute(conn)
        .await?;
    Ok(opened.rows_affected() > 0)
}

/// Whoever reads it by mail.
struct Reader {
    email: String,
    name: String,
    member: Option<MemberId>,
    subscriber: Option<Uuid>,
}

/// Whoever would have a copy now.
async fn readers(conn: &mut PgConnection, brief: BriefId, correction: i64, now: Instant) -> Result<Vec<Reader>, Error> {
    let mut readers = members(conn, now).await?;
    if concerns_public(conn, correction).await? {
        readers.extend(public(conn, brief).await?);
    }
    Ok(readers)
}

/// Whether a correction has anybody to go to.
pub(super) async fn has_readers(conn: &mut PgConnection, brief: BriefId, correction: i64, now: Instant) -> Result<bool, Error> {
    Ok(!readers(conn, brief, correction, now).await?.is_empty())
}

async fn freeze(conn: &mut PgConnection, brief: BriefId, correction: i64, now: Instant) -> Result<u64, Error> {
    let readers = readers(conn, brief, correction, now).await?;
    let key = link::key(conn).await?;
    let (mut emails, mut names, mut members, mut subscribers, mut ids) = (vec![], vec![], vec![], vec![], vec![]);
    for reader in readers {
        ids.push(message_id(&key, brief, correction, &reader.email));
        emails.push(reader.email);
        names.push(reader.name);
        members.push(reader.member.map(|member| member.0));
        subscribers.push(reader.subscriber);
    }
    let written = sqlx::query(WRITE)
        .bind(brief)
        .bind(correction)
        .bind(now)
        .bind::<Vec<String>>(emails)
        .bind::<Vec<String>>(names)
        .bind::<Vec<Option<Uuid>>>(members)
        .bind::<Vec<Option<Uuid>>>(subscribers)
        .bind::<Vec<String>>(ids)
        .execute(conn)
        .await?;
    Ok(written.rows_affected())
}

/// A member's own comes first: where somebody of the public has the same address, it is the same person.
const WRITE: &str = "
insert into brief_copy (brief_id, correction, prepared_at, tried_from, due_at, email, name, member_id, brief_subscriber_id, message_id)
select $1, $2, $3, $3, $3, * from unnest($4::text[], $5::text[], $6::uuid[], $7::uuid[], $8::text[])
on conflict (brief_id, correction, email) do nothing";

/// Who, their first name and address, and what they switched.
type Row = (MemberId, String, String, Option<Json<Vec<Switch>>>);

/// The members of that day who want it by mail and whose address does not come back: each address once, in the name of all
/// behind it who want it.
async fn members(conn: &mut PgConnection, now: Instant) -> Result<Vec<Reader>, Error> {
    let rows: Vec<Row> = sqlx::query_as(MEMBERS).bind(paris_day(now)).fetch_all(conn).await?;
    let mut behind: BTreeMap<String, Reader> = BTreeMap::new();
    for (member, first_name, email, switches) in rows {
        let switches = switches.map(|Json(switches)| switches).unwrap_or_default();
        if !(Preferences { switches, ..Preferences::default() }).brief_by_mail() {
            continue;
        }
        let named = Reader { email: email.clone(), name: String::new(), member: Some(member), subscriber: None };
        let reader = behind.entry(email).or_insert(named);
        let joint = if reader.name.is_empty() { "" } else { " et " };
        reader.name = format!("{}{joint}{first_name}", reader.name);
    }
    Ok(behind.into_values().collect())
}

const MEMBERS: &str = "
select m.member_id, m.first_name, m.email, p.switches from member m left join preference p using (member_id)
where m.joined_on <= $1 and (m.left_on is null or m.left_on > $1) and m.email <> ''
    and not exists (select from bounced_address b where b.email = m.email)
order by m.number";

/// Whether there is something in it for people of the public: a correction of a block for members is none of their business.
async fn concerns_public(conn: &mut PgConnection, correction: i64) -> Result<bool, Error> {
    let corrected: Option<bool> = sqlx::query_scalar(
        "select b.public from brief_correction c join brief_block b using (block_id) where c.brief_correction_id = $1",
    )
    .bind(correction)
    .fetch_optional(conn)
    .await?;
    Ok(corrected.unwrap_or(true))
}

/// Those of the public who asked for it, where there is something for them in it.
async fn public(conn: &mut PgConnection, brief: BriefId) -> Result<Vec<Reader>, Error> {
    let found: (bool, Json<Published>) =
        sqlx::query_as("select public, frozen from brief where brief_id = $1").bind(brief).fetch_one(&mut *conn).await?;
    let (is_public, Json(published)) = found;
    if !is_public || public_blocks(conn, &published).await?.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Uuid, String)> = sqlx::query_as(SUBSCRIBERS).fetch_all(conn).await?;
    let reader = |(subscriber, email)| Reader { email, name: String::new(), member: None, subscriber: Some(subscriber) };
    Ok(rows.into_iter().map(reader).collect())
}

/// They stay until their copy is written.
const SUBSCRIBERS: &str = "
select s.brief_subscriber_id, s.email from brief_subscriber s
where s.confirmed_at is not null and not exists (select from bounced_address b where b.email = s.email)
order by s.brief_subscriber_id for key share of s";

/// The blocks of a brief that people of the public may read.
pub(super) async fn public_blocks(conn: &mut PgConnection, published: &Published) -> Result<Vec<BlockId>, Error> {
    let blocks: Vec<Uuid> = published
        .pieces
        .iter()
        .filter_map(|piece| match piece {
            Shown::Block { id, .. } => Some(id.0),
            Shown::Live { .. } => None,
        })
        .collect();
    Ok(sqlx::query_scalar("select block_id from brief_block where public and block_id = any($1)")
        .bind(blocks)
        .fetch_all(conn)
        .await?)
}

/// The same for the same copy whenever it is sent, and known to nobody but who has the mail.
fn message_id(key: &Key, brief: BriefId, correction: i64, email: &str) -> String {
    let mut code = <Hmac<Sha256> as Mac>::new(&(*key).into());
    code.update(b"alpar brief copy\0");
    code.update(brief.0.as_bytes());
    code.update(&correction.to_be_bytes());
    code.update(email.as_bytes());
    hex::encode(&code.finalize().into_bytes()[..NAME])
}
