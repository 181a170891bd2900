//! What Communication sees: an issue with all that it is made from, one block with all that was written for it, and what
//! would go out now.

use chrono::{Datelike, NaiveDate, Weekday};
use domain::board::Board;
use domain::brief::{Block, Made, Preview, Published, Said, Stage, Workshop, Written, id_of, made_on, reminders};
use domain::id::{BlockId, MemberId};
use domain::notice::Notice;
use domain::time::{Instant, paris_day, plus_days};
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection, Postgres, Transaction};
use uuid::Uuid;

use super::{BLOCK, How, find, freeze, material, settings};
use crate::Backend;
use crate::auth::Editor;
use crate::error::Error;

/// So many acts of an issue are shown.
const ACTS: i64 = 30;
/// The farthest issue that is made ahead, from today. Days.
const AHEAD_D: u64 = 21;

/// The issue of a Monday, or the one that is being made, for `asking`, who must be an editor.
pub async fn workshop(backend: &Backend, asking: MemberId, monday: Option<NaiveDate>) -> Result<Workshop, Error> {
    let (mut tx, editor, now) = opened(backend, asking).await?;
    let monday = known(&mut tx, monday, now).await?;
    let Json(mut workshop): Json<Workshop> = sqlx::query_scalar(AssertSqlSafe(WORKSHOP.replace("{BLOCK}", BLOCK)))
        .bind(now)
        .bind(monday)
        .bind(id_of(monday))
        .bind(ACTS)
        .bind(editor.member())
        .bind(Json(settings(&mut tx).await?))
        .fetch_one(&mut *tx)
        .await?;
    if workshop.brief.stage.editable().is_ok() {
        let coming = reminders(monday, &workshop.settings);
        workshop.reminders = coming.into_iter().filter(|(at, _)| *at > now).collect();
    }
    Ok(workshop)
}

/// One block, for an editor.
pub async fn written(backend: &Backend, asking: MemberId, block: BlockId) -> Result<Written, Error> {
    let (mut tx, editor, now) = opened(backend, asking).await?;
    let found: Option<Json<Written>> = sqlx::query_scalar(AssertSqlSafe(WRITTEN.replace("{BLOCK}", BLOCK)))
        .bind(now)
        .bind(block)
        .bind(editor.member())
        .fetch_optional(&mut *tx)
        .await?;
    found.map(|Json(written)| written).ok_or(Error::NotFound)
}

/// One of the texts that were written for a block, for an editor.
pub async fn draft(backend: &Backend, asking: MemberId, block: BlockId, draft: i64) -> Result<Said, Error> {
    let (mut tx, ..) = opened(backend, asking).await?;
    let found: Option<Json<Said>> =
        sqlx::query_scalar("select said from block_version where block_version_id = $1 and block_id = $2")
            .bind(draft)
            .bind(block)
            .fetch_optional(&mut *tx)
            .await?;
    found.map(|Json(said)| said).ok_or(Error::NotFound)
}

/// What is out, or what would go out now: the same values, shown by the same page.
pub async fn preview(backend: &Backend, asking: MemberId, monday: Option<NaiveDate>) -> Result<Preview, Error> {
    let (mut tx, _, now) = opened(backend, asking).await?;
    let monday = known(&mut tx, monday, now).await?;
    let brief = find(&mut tx, monday).await?.ok_or(Error::NotFound)?;
    let frozen: Option<Json<Published>> =
        sqlx::query_scalar("select frozen from brief where monday = $1").bind(monday).fetch_one(&mut *tx).await?;
    let is_out = frozen.is_some();
    let published = match frozen {
        Some(Json(published)) => published,
        None => {
            let material = material(&mut tx, &brief, now).await?;
            freeze(&brief, &material, How { at: now, late: false, automatic: false })
        }
    };
    Ok(Preview { published, is_out })
}

async fn opened(backend: &Backend, asking: MemberId) -> Result<(Transaction<'static, Postgres>, Editor, Instant), Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let editor = Editor::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?;
    Ok((tx, editor, now))
}

/// A Monday that has an issue, or will soon have one.
async fn known(conn: &mut PgConnection, monday: Option<NaiveDate>, now: Instant) -> Result<NaiveDate, Error> {
    let today = paris_day(now);
    let wanted = match monday {
        Some(monday) => monday,
        None => {
            let out: Option<bool> = sqlx::query_scalar("select published_at is not null from brief where monday = $1")
                .bind(today)
                .fetch_optional(&mut *conn)
                .await?;
            // A Monday without an issue has none to make any more.
            made_on(today, out.unwrap_or(true))
        }
    };
    let exists: bool =
        sqlx::query_scalar("select exists (select from brief where monday = $1)").bind(wanted).fetch_one(conn).await?;
    let soon = wanted.weekday() == Weekday::Mon && wanted > today && wanted <= plus_days(today, AHEAD_D);
    if exists || soon { Ok(wanted) } else { Err(Error::NotFound) }
}

/// Lays over a board what notices say of briefs and of blocks.
pub(crate) async fn lay_told(
    conn: &mut PgConnection,
    board: &mut Board,
    member: MemberId,
    notices: &[&Notice],
) -> Result<(), Error> {
    let mondays: Vec<NaiveDate> = notices.iter().filter_map(|notice| notice.brief()).collect();
    let blocks: Vec<Uuid> = notices.iter().filter_map(|notice| notice.block()).map(|block| block.0).collect();
    if mondays.is_empty() && blocks.is_empty() {
        return Ok(());
    }
    let rows: Vec<(NaiveDate, Json<Stage>, bool)> = sqlx::query_as(
        "select monday, stage, exists (select from brief_read r where r.brief_id = b.brief_id and r.member_id = $2)
         from brief b where monday = any($1)",
    )
    .bind(mondays)
    .bind(member)
    .fetch_all(&mut *conn)
    .await?;
    for (monday, Json(stage), is_read) in rows {
        board.making.briefs.insert(monday, Made { stage, blocks: 0 });
        if is_read {
            board.read_briefs.insert(id_of(monday));
        }
    }
    let named: Vec<Json<Block>> =
        sqlx::query_scalar(AssertSqlSafe(format!("select {BLOCK} from brief_block b where b.block_id = any($1)")))
            .bind(blocks)
            .fetch_all(conn)
            .await?;
    board.blocks.extend(named.into_iter().map(|Json(block)| (block.id, block)));
    Ok(())
}

/// $1 now, $2 Monday, $3 its id, $4 how many acts, $5 who asks, $6 the settings.
const WORKSHOP: &str = "
with b as (select * from brief_block where monday = $2),
issue as (select * from brief where monday = $2)
select json_build_object(
    'as_of', $1::timestamptz,
    'me', $5,
    'brief', coalesce(
        (select json_build_object('id', brief_id, 'monday', monday, 'stage', stage, 'pieces', pieces, 'public', public) from issue),
        json_build_object('id', $3, 'monday', $2, 'stage', 'collecting', 'pieces', '[]'::json, 'public', false)),
    'blocks', (select coalesce(json_agg({BLOCK}
            order by b.proposed_at, b.block_id), '[]') from b),
    'settings', $6,
    'set', (select json_build_object('by', by_member, 'at', at) from brief_setting where by_member is not null),
    'acts', (select coalesce(json_agg(json_build_object('what', a.what, 'signed', json_build_object('by', a.by_member, 'at', a.at))
            order by a.at desc, a.brief_act_id desc), '[]')
        from (select * from brief_act where brief_id = $3 order by at desc, brief_act_id desc limit $4) a),
    'corrected', (select coalesce(json_agg(json_build_object('at', at, 'word', word) order by at), '[]')
        from brief_correction where brief_id = $3),
    'reminders', '[]'::json,
    'before', (select max(monday) from brief where monday < $2),
    'after', (select min(monday) from brief where monday > $2),
    'names', (select coalesce(json_object_agg(m.member_id, json_build_object('f', m.first_name, 'i', upper(left(m.last_name, 1)))), '{}')
        from member m where m.member_id in (
            select by_member from b union select by_member from brief_act where brief_id = $3
            union select by_member from brief_setting
            union select v.by_member from block_version v join b using (block_id))),
    'groups', (select coalesce(json_object_agg(group_id, name), '{}') from working_group))";

/// $1 now, $2 block, $3 who asks.
const WRITTEN: &str = "
select json_build_object(
    'as_of', $1::timestamptz,
    'me', $3,
    'block', {BLOCK},
    'brief', coalesce((select json_build_object('id', brief_id, 'monday', monday, 'stage', stage, 'pieces', pieces,
            'public', public) from brief i where i.monday = b.monday),
        json_build_object('id', b.block_id, 'monday', b.monday, 'stage', 'collecting', 'pieces', '[]'::json, 'public', false)),
    'drafts', (select coalesce(json_agg(json_build_object('id', v.block_version_id, 'said', v.said, 'by', v.by_member,
            'at', v.at, 'beside', v.beside) order by v.block_version_id desc), '[]')
        from block_version v where v.block_id = b.block_id),
    'names', (select coalesce(json_object_agg(m.member_id, json_build_object('f', m.first_name, 'i', upper(left(m.last_name, 1)))), '{}')
        from member m where m.member_id = b.by_member
            or m.member_id in (select v.by_member from block_version v where v.block_id = b.block_id)),
    'group', (select name from working_group g where g.group_id = b.group_id))
from brief_block b where b.block_id = $2";
