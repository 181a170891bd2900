//! An act of an editor: one transaction, in which nobody else changes that issue.

use chrono::NaiveDate;
use domain::brief::{Block, Brief, Mistake, Piece, Settings, Signed, Stage};
use domain::id::{BlockId, MemberId};
use domain::time::Instant;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection, Postgres, Transaction};
use uuid::Uuid;

use super::{BLOCK, ensure, lock, settings};
use crate::Backend;
use crate::auth::Editor;
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;

/// Whether it was done, or why not.
pub type Edited = Result<(), Vec<Mistake>>;

/// An issue in the hands of somebody who may, its row locked: acts on it come one after the other.
pub(super) struct Editing {
    pub tx: Transaction<'static, Postgres>,
    pub editor: Editor,
    pub now: Instant,
    pub brief: Brief,
    pub settings: Settings,
    pub after: Aftermath,
}

impl Editing {
    pub async fn of(backend: &Backend, asking: MemberId, monday: NaiveDate) -> Result<Editing, Error> {
        let now = backend.now();
        let mut tx = backend.pool.begin().await?;
        let editor = Editor::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?;
        ensure(&mut tx, now).await?;
        let brief = locked(&mut tx, monday).await?.ok_or(Error::NotFound)?;
        let settings = settings(&mut tx).await?;
        Ok(Editing { tx, editor, now, brief, settings, after: Aftermath::default() })
    }

    /// The issue for which a block is meant.
    pub async fn of_block(backend: &Backend, asking: MemberId, id: BlockId) -> Result<(Editing, Block), Error> {
        let meant: Option<NaiveDate> = sqlx::query_scalar("select monday from brief_block where block_id = $1")
            .bind(id)
            .fetch_optional(&backend.pool)
            .await?;
        let mut editing = Editing::of(backend, asking, meant.ok_or(Error::NotFound)?).await?;
        let block = locked_block(&mut editing.tx, id).await?.ok_or(Error::NotFound)?;
        // It went to another week in between.
        if block.monday != editing.brief.monday {
            return Err(Error::Conflict);
        }
        Ok((editing, block))
    }

    pub fn signed(&self) -> Signed {
        Signed { by: self.editor.member(), at: self.now }
    }

    /// Notes the act. False where the same form has done it already: it is asked before anything is checked, so that whoever
    /// presses twice is told that it is done. What is refused is not noted, for nothing of it is committed.
    pub async fn first(&mut self, id: Uuid, what: &str) -> Result<bool, Error> {
        let noted = sqlx::query(
            "insert into brief_act (brief_act_id, brief_id, what, by_member, at) values ($1, $2, $3, $4, $5)
             on conflict (brief_act_id) do nothing",
        )
        .bind(id)
        .bind(self.brief.id)
        .bind(what)
        .bind(self.editor.member())
        .bind(self.now)
        .execute(&mut *self.tx)
        .await?;
        Ok(noted.rows_affected() == 1)
    }

    pub async fn set_pieces(&mut self, pieces: &[Piece]) -> Result<(), Error> {
        set_pieces(&mut self.tx, self.brief.monday, pieces).await
    }

    pub async fn set_stage(&mut self, stage: &Stage) -> Result<(), Error> {
        set_stage(&mut self.tx, self.brief.monday, stage).await
    }

    pub async fn end(mut self) -> Result<Edited, Error> {
        self.after.finish(&mut self.tx, None, self.now).await?;
        self.tx.commit().await?;
        Ok(Ok(()))
    }
}

/// The issue of a Monday; its row is locked, and those of the issues to come.
pub(super) async fn locked(conn: &mut PgConnection, monday: NaiveDate) -> Result<Option<Brief>, Error> {
    Ok(lock(conn, &[monday]).await?.into_iter().find(|brief| brief.monday == monday))
}

/// A block, its row locked.
async fn locked_block(conn: &mut PgConnection, id: BlockId) -> Result<Option<Block>, Error> {
    let known: Option<Json<Block>> =
        sqlx::query_scalar(AssertSqlSafe(format!("select {BLOCK} from brief_block b where b.block_id = $1 for no key update")))
            .bind(id)
            .fetch_optional(conn)
            .await?;
    Ok(known.map(|Json(block)| block))
}

pub(super) async fn set_pieces(conn: &mut PgConnection, monday: NaiveDate, pieces: &[Piece]) -> Result<(), Error> {
    sqlx::query("update brief set pieces = $2 where monday = $1").bind(monday).bind(Json(pieces)).execute(conn).await?;
    Ok(())
}

pub(super) async fn set_stage(conn: &mut PgConnection, monday: NaiveDate, stage: &Stage) -> Result<(), Error> {
    sqlx::query("update brief set stage = $2 where monday = $1").bind(monday).bind(Json(stage)).execute(conn).await?;
    Ok(())
}
