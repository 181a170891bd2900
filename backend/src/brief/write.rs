//! What an act about the brief leaves in the tables. Every text that anybody wrote is kept.

use domain::board::Board;
use domain::brief::{Block, BlockChange, Piece, Version, take_in};
use domain::effect::Effect;
use domain::id::BriefId;
use domain::time::Instant;
use sqlx::PgConnection;
use sqlx::types::Json;

use super::issues;
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;

/// Writes what `effects` say of the brief. `board` holds the facts with the effects applied.
pub(crate) async fn follow(
    conn: &mut PgConnection,
    board: &Board,
    effects: &[Effect],
    now: Instant,
    after: &mut Aftermath,
) -> Result<(), Error> {
    for effect in effects {
        match effect {
            Effect::BlockProposed(block) => {
                after.touched.insert(block.by);
                propose(conn, block, now).await?;
            }
            Effect::BlockChanged { block, change } => {
                let Some(known) = board.blocks.get(block) else { return Err(Error::Conflict) };
                after.touched.insert(known.by);
                write(conn, known, change).await?;
            }
            Effect::BriefRead { brief, by, at } => {
                after.touched.insert(*by);
                sqlx::query("insert into brief_read (brief_id, member_id, at) values ($1, $2, $3) on conflict do nothing")
                    .bind(brief)
                    .bind(by)
                    .bind(at)
                    .execute(&mut *conn)
                    .await?;
            }
            _ => {}
        }
    }
    Ok(())
}

async fn propose(conn: &mut PgConnection, block: &Block, now: Instant) -> Result<(), Error> {
    issues::make(conn, block.monday).await?;
    sqlx::query(
        "insert into brief_block (block_id, monday, by_member, group_id, said, ready, public, revision, state, proposed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(block.id)
    .bind(block.monday)
    .bind(block.by)
    .bind(block.group)
    .bind(Json(&block.said))
    .bind(block.ready)
    .bind(block.public)
    .bind(block.revision)
    .bind(Json(&block.state))
    .bind(now)
    .execute(&mut *conn)
    .await?;
    let first = Version { base: 0, said: block.said.clone(), by: block.by, at: now };
    keep(conn, block, &first, false).await?;
    order(conn, block, |pieces| take_in(pieces, block.id)).await
}

/// The rows of a block after `change`: `block` has it applied, as far as what stands beside is concerned.
pub(super) async fn write(conn: &mut PgConnection, block: &Block, change: &BlockChange) -> Result<(), Error> {
    match change {
        BlockChange::Shown { version, .. } => {
            let shown = "update brief_block set said = $2, revision = $3 where block_id = $1 and revision = $4";
            let written = sqlx::query(shown)
                .bind(block.id)
                .bind(Json(&version.said))
                .bind(version.revision())
                .bind(version.base)
                .execute(&mut *conn)
                .await?;
            if written.rows_affected() != 1 {
                return Err(Error::Conflict);
            }
            keep(conn, block, version, false).await?;
            settle(conn, block).await
        }
        BlockChange::Beside(version) => {
            keep(conn, block, version, true).await?;
            settle(conn, block).await
        }
        BlockChange::Marked { group, ready, public } => {
            sqlx::query("update brief_block set group_id = $2, ready = $3, public = $4 where block_id = $1")
                .bind(block.id)
                .bind(group)
                .bind(ready)
                .bind(public)
                .execute(conn)
                .await?;
            Ok(())
        }
        BlockChange::Ended(state) => {
            sqlx::query("update brief_block set state = $2 where block_id = $1")
                .bind(block.id)
                .bind(Json(state))
                .execute(&mut *conn)
                .await?;
            order(conn, block, |pieces| pieces.retain(|piece| *piece != Piece::Written { block: block.id })).await
        }
    }
}

async fn keep(conn: &mut PgConnection, block: &Block, version: &Version, beside: bool) -> Result<(), Error> {
    sqlx::query("insert into block_version (block_id, base, said, by_member, at, beside) values ($1, $2, $3, $4, $5, $6)")
        .bind(block.id)
        .bind(version.base)
        .bind(Json(&version.said))
        .bind(version.by)
        .bind(version.at)
        .bind(beside)
        .execute(conn)
        .await?;
    Ok(())
}

/// What no longer stands beside the version that is shown stays in the block's history.
async fn settle(conn: &mut PgConnection, block: &Block) -> Result<(), Error> {
    sqlx::query(
        "update block_version v set beside = false where v.block_id = $1 and v.beside and not exists (
            select from jsonb_to_recordset($2) as s (base int, said jsonb, by uuid, at timestamptz)
            where (s.base, s.said, s.by, s.at) = (v.base, v.said, v.by_member, v.at))",
    )
    .bind(block.id)
    .bind(Json(&block.beside))
    .execute(conn)
    .await?;
    Ok(())
}

/// Changes the order of the issue that the block is meant for.
async fn order(conn: &mut PgConnection, block: &Block, change: impl FnOnce(&mut Vec<Piece>)) -> Result<(), Error> {
    let (brief, Json(mut pieces)): (BriefId, Json<Vec<Piece>>) =
        sqlx::query_as("select brief_id, pieces from brief where monday = $1 for no key update")
            .bind(block.monday)
            .fetch_one(&mut *conn)
            .await?;
    change(&mut pieces);
    sqlx::query("update brief set pieces = $2 where brief_id = $1").bind(brief).bind(Json(&pieces)).execute(conn).await?;
    Ok(())
}
