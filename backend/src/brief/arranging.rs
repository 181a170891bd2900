//! What is in an issue, and in which order; which block waits, and which does not come.

use chrono::NaiveDate;
use domain::brief::{Arrange, Block, BlockChange, BlockState, Mistake, PieceKey, take_in, without};
use domain::id::{BlockId, MemberId};
use domain::notice::Notice;
use domain::time::plus_days;
use sqlx::PgConnection;
use uuid::Uuid;

use super::editing::{Edited, Editing, set_pieces};
use super::find;
use super::issues::make;
use super::write::write;
use crate::Backend;
use crate::error::Error;

/// Places, moves or removes a piece, or fills a live one. `what` is the act's name in the issue's history.
pub async fn arrange(
    backend: &Backend,
    asking: MemberId,
    monday: NaiveDate,
    id: Uuid,
    what: &str,
    act: Arrange,
) -> Result<Edited, Error> {
    let mut editing = Editing::of(backend, asking, monday).await?;
    if !editing.first(id, what).await? {
        return Ok(Ok(()));
    }
    if let Err(mistake) = editing.brief.stage.editable() {
        return Ok(Err(vec![mistake]));
    }
    let pieces = match act.of(&editing.brief.pieces) {
        Ok(pieces) => pieces,
        Err(mistake) => return Ok(Err(vec![mistake])),
    };
    if let Arrange::Place(block) = act {
        // What was refused comes back with it.
        let author: Option<MemberId> = sqlx::query_scalar(
            "update brief_block set state = '\"proposed\"'
             where block_id = $1 and monday = $2 and (state = '\"proposed\"' or state ? 'refused') returning by_member",
        )
        .bind(block)
        .bind(monday)
        .fetch_optional(&mut *editing.tx)
        .await?;
        match author {
            Some(author) => drop(editing.after.touched.insert(author)),
            None => return Ok(Err(vec![Mistake::BlockGone])),
        }
    }
    editing.set_pieces(&pieces).await?;
    editing.end().await
}

/// The block does not come, and its author is told why.
pub async fn refuse_block(backend: &Backend, asking: MemberId, id: Uuid, block: BlockId, word: &str) -> Result<Edited, Error> {
    let (mut editing, block) = Editing::of_block(backend, asking, block).await?;
    if !editing.first(id, "refuser").await? {
        return Ok(Ok(()));
    }
    if let Err(mistakes) = changeable(&editing, &block) {
        return Ok(Err(mistakes));
    }
    let state = BlockState::Refused { at: editing.now, by: editing.editor.member(), word: word.to_owned() };
    write(&mut editing.tx, &block, &BlockChange::Ended(state)).await?;
    let notice = Notice::BlockRefused { block: block.id, title: block.said.title, word: word.to_owned() };
    tell(&mut editing, block.by, notice);
    editing.end().await
}

/// « Pour la semaine prochaine »: it is in the next issue, and its author is told.
pub async fn keep_for_next_week(backend: &Backend, asking: MemberId, id: Uuid, block: BlockId) -> Result<Edited, Error> {
    let (mut editing, block) = Editing::of_block(backend, asking, block).await?;
    if !editing.first(id, "semaine").await? {
        return Ok(Ok(()));
    }
    if let Err(mistakes) = changeable(&editing, &block) {
        return Ok(Err(mistakes));
    }
    let pieces = without(&editing.brief.pieces, PieceKey::Block(block.id));
    editing.set_pieces(&pieces).await?;
    let next = next_open(&mut editing.tx, block.monday).await?;
    move_to(&mut editing.tx, next, &[block.id], true).await?;
    let notice = Notice::BlockKept { block: block.id, title: block.said.title, monday: next };
    tell(&mut editing, block.by, notice);
    editing.end().await
}

fn changeable(editing: &Editing, block: &Block) -> Edited {
    editing.brief.stage.editable().map_err(|mistake| vec![mistake])?;
    if block.is_proposed() { Ok(()) } else { Err(vec![Mistake::BlockGone]) }
}

/// Nobody is told what they did themselves.
fn tell(editing: &mut Editing, author: MemberId, notice: Notice) {
    editing.after.touched.insert(author);
    if author != editing.editor.member() {
        editing.after.told.push((author, notice));
    }
}

/// The first Monday after `monday` whose issue may still be changed: neither out nor approved. Those that are made already are
/// locked with this one's.
pub(super) async fn next_open(conn: &mut PgConnection, monday: NaiveDate) -> Result<NaiveDate, Error> {
    let closed: Vec<NaiveDate> = sqlx::query_scalar(
        "select monday from brief where monday > $1 and (published_at is not null or stage ? 'scheduled') order by monday",
    )
    .bind(monday)
    .fetch_all(conn)
    .await?;
    let mut next = plus_days(monday, 7);
    while closed.contains(&next) {
        next = plus_days(next, 7);
    }
    Ok(next)
}

/// Blocks are meant for another Monday from here on, `placed` among its pieces or not. Its issue is locked with this one's.
pub(super) async fn move_to(conn: &mut PgConnection, monday: NaiveDate, blocks: &[BlockId], placed: bool) -> Result<(), Error> {
    sqlx::query("update brief_block set monday = $2 where block_id = any($1)")
        .bind(blocks.iter().map(|block| block.0).collect::<Vec<Uuid>>())
        .bind(monday)
        .execute(&mut *conn)
        .await?;
    make(conn, monday).await?;
    let next = find(conn, monday).await?.filter(|_| placed);
    let Some(next) = next else { return Ok(()) };
    let mut pieces = next.pieces;
    for block in blocks {
        if !pieces.iter().any(|piece| piece.key() == PieceKey::Block(*block)) {
            take_in(&mut pieces, *block);
        }
    }
    set_pieces(conn, monday, &pieces).await
}
