//! An issue goes out: once, whoever asks for it, however often a process dies.

use chrono::NaiveDate;
use domain::brief::{BlockState, Brief, Due, Piece, PieceKey, Shown, Signed, Stage, due, live_alone};
use domain::id::{BlockId, MemberId};
use domain::notice::Notice;
use domain::notify::{due_at, kind};
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::arranging::{move_to, next_open};
use super::editing::{locked, set_stage};
use super::remind::tell_editors;
use super::{How, ensure, freeze, material, settings};
use crate::error::Error;
use crate::notify::{listeners, write};
use crate::swaps::aftermath::Aftermath;
use crate::{Backend, jobs};

/// Sees to every issue whose Monday has come: it goes out, or its editors are asked. Gives how many went out.
pub async fn go_out(backend: &Backend) -> Result<usize, Error> {
    let mut conn = backend.pool.acquire().await?;
    ensure(&mut conn, backend.now()).await?;
    let mondays: Vec<NaiveDate> = sqlx::query_scalar(
        "select monday from brief where published_at is null and monday <= $1 and not coalesce(stage ? 'missed', false)
         order by monday",
    )
    .bind(paris_day(backend.now()))
    .fetch_all(&mut *conn)
    .await?;
    drop(conn);
    let (mut out, mut failed) = (0, None);
    for monday in mondays {
        let mut run = 0;
        let went = loop {
            run += 1;
            match see_to(backend, monday).await {
                Err(error) if jobs::again(&error, run) => {}
                went => break went,
            }
        };
        match went {
            Ok(went) => out += usize::from(went),
            // What is wrong with one is no reason for silence on another Monday.
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(out), Err)
}

/// Under the lock of its row, whoever comes second finds it done.
async fn see_to(backend: &Backend, monday: NaiveDate) -> Result<bool, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let Some(brief) = locked(&mut tx, monday).await? else { return Ok(false) };
    let settings = settings(&mut tx).await?;
    let mut after = Aftermath::default();
    let went = match due(monday, &brief.stage, &settings, now) {
        Due::NotYet => return Ok(false),
        Due::Publish { late } => {
            let how = How { at: now, late, automatic: false };
            publish(&mut tx, &brief, approved(&brief.stage), how, &mut after).await?
        }
        Due::Automatic { late } => publish(&mut tx, &brief, None, How { at: now, late, automatic: true }, &mut after).await?,
        Due::Ask => false,
    };
    if !went {
        set_stage(&mut tx, monday, &brief.stage.missed(now)).await?;
        tell_editors(&mut tx, &format!("brief/{monday}/missed"), &Notice::BriefMissed { monday }, None, now).await?;
    }
    after.finish(&mut tx, None, now).await?;
    tx.commit().await?;
    Ok(went)
}

fn approved(stage: &Stage) -> Option<Signed> {
    match stage {
        Stage::Scheduled { approved, .. } => Some(*approved),
        _ => None,
    }
}

/// Everything that going out is, in the transaction that holds the row: what members read is frozen, its blocks are
/// out, what was left over is for next week, everybody is told, and the mails are noted. False where there is nothing to read.
pub(super) async fn publish(
    conn: &mut PgConnection,
    brief: &Brief,
    approved: Option<Signed>,
    how: How,
    after: &mut Aftermath,
) -> Result<bool, Error> {
    let pieces = if how.automatic { live_alone(&brief.pieces) } else { brief.pieces.clone() };
    let shown = Brief { pieces, ..brief.clone() };
    let material = material(conn, &shown, how.at).await?;
    let frozen = freeze(&shown, &material, how);
    if frozen.pieces.is_empty() {
        return Ok(false);
    }
    let out: Vec<BlockId> = frozen.pieces.iter().filter_map(block_of).collect();
    let kept: Vec<&Piece> = shown.pieces.iter().filter(|piece| stays(piece, &out)).collect();
    let stage = Stage::Published { at: how.at, approved, late: how.late, corrected: None };
    sqlx::query("update brief set stage = $2, pieces = $3, published_at = $4, frozen = $5 where brief_id = $1")
        .bind(brief.id)
        .bind(Json(stage))
        .bind(Json(&kept))
        .bind(how.at)
        .bind(Json(&frozen))
        .execute(&mut *conn)
        .await?;
    let authors: Vec<MemberId> =
        sqlx::query_scalar("update brief_block set state = $2 where block_id = any($1) returning by_member")
            .bind(out.iter().map(|block| block.0).collect::<Vec<Uuid>>())
            .bind(Json(BlockState::Published { at: how.at }))
            .fetch_all(&mut *conn)
            .await?;
    after.touched.extend(authors);
    leave_over(conn, brief, after).await?;
    after.briefs = true;
    jobs::note(conn, "brief_audience", &brief.id.to_string(), how.at).await?;
    tell_everybody(conn, brief, how.at).await?;
    Ok(true)
}

fn block_of(shown: &Shown) -> Option<BlockId> {
    match shown {
        Shown::Block { id, .. } => Some(*id),
        Shown::Live { .. } => None,
    }
}

/// Whether a piece is in the issue that is out.
fn stays(piece: &Piece, out: &[BlockId]) -> bool {
    match piece {
        Piece::Written { block } => out.contains(block),
        Piece::Live { .. } => true,
    }
}

/// What did not go out is not lost: it is for the next issue that takes something, in it where it was in this one.
async fn leave_over(conn: &mut PgConnection, brief: &Brief, after: &mut Aftermath) -> Result<(), Error> {
    // With what waits in an issue before that never went out.
    let left: Vec<(BlockId, MemberId, String)> = sqlx::query_as(
        "select block_id, by_member, said->>'title' from brief_block where monday <= $1 and state = '\"proposed\"'
         order by monday, block_id for no key update",
    )
    .bind(brief.monday)
    .fetch_all(&mut *conn)
    .await?;
    if left.is_empty() {
        return Ok(());
    }
    let next = next_open(conn, brief.monday).await?;
    let was_in = |id: &BlockId| brief.pieces.iter().any(|piece| piece.key() == PieceKey::Block(*id));
    let (placed, apart): (Vec<BlockId>, Vec<BlockId>) = left.iter().map(|(id, ..)| *id).partition(was_in);
    // In the order in which they were to come.
    let ordered: Vec<BlockId> =
        brief.pieces.iter().filter_map(|piece| placed.iter().find(|id| piece.key() == PieceKey::Block(**id)).copied()).collect();
    move_to(conn, next, &apart, false).await?;
    move_to(conn, next, &ordered, true).await?;
    for (block, author, title) in left {
        after.touched.insert(author);
        after.told.push((author, Notice::BlockKept { block, title, monday: next }));
    }
    Ok(())
}

async fn tell_everybody(conn: &mut PgConnection, brief: &Brief, now: Instant) -> Result<(), Error> {
    let members: Vec<MemberId> =
        sqlx::query_scalar("select member_id from member where joined_on <= $1 and (left_on is null or left_on > $1)")
            .bind(paris_day(now))
            .fetch_all(&mut *conn)
            .await?;
    let people = listeners(conn, members.into_iter(), now).await?;
    let notice = Notice::BriefOut { monday: brief.monday };
    let occasion = format!("brief/{}/out", brief.monday);
    let when = due_at(kind(&notice), now);
    let planned: Vec<_> = people.values().flat_map(|listener| listener.ways(&occasion, &notice, now, when)).collect();
    write(conn, &planned).await?;
    Ok(())
}
