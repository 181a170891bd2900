//! An issue that is out is put right: what is read changes, and what was read until then stays known.

use domain::brief::{BlockChange, BlockState, Corrected, Mistake, Published, Said, Shown, Version};
use domain::id::{BlockId, MemberId};
use sqlx::types::Json;
use uuid::Uuid;

use super::editing::{Edited, Editing};
use super::html;
use super::write::write;
use crate::error::Error;
use crate::{Backend, jobs};

/// What an editor puts right.
#[derive(Debug, Clone)]
pub struct Correction {
    pub block: BlockId,
    /// The revision it was written from: nobody corrects a correction that they have not read.
    pub base: i32,
    pub said: Said,
    /// What was wrong, in a sentence that members read.
    pub word: String,
    /// Everybody who got the mail gets another one.
    pub mail: bool,
}

/// Puts a block of a published issue right, in the app and in the archive.
pub async fn correct(backend: &Backend, asking: MemberId, id: Uuid, correction: Correction) -> Result<Edited, Error> {
    let Correction { block, base, said, word, mail } = correction;
    let (mut editing, mut block) = Editing::of_block(backend, asking, block).await?;
    if !editing.first(id, "corriger").await? {
        return Ok(Ok(()));
    }
    let signed = editing.signed();
    let stage = match editing.brief.stage.correct(signed) {
        Ok(stage) => stage,
        Err(mistake) => return Ok(Err(vec![mistake])),
    };
    if !matches!(block.state, BlockState::Published { .. }) {
        return Ok(Err(vec![Mistake::BlockGone]));
    }
    if base != block.revision {
        return Ok(Err(vec![Mistake::Changed]));
    }
    let version = Version { base, said: said.clone(), by: signed.by, at: signed.at };
    let change = BlockChange::Shown { version, settled: Vec::new() };
    block.apply(&change);
    write(&mut editing.tx, &block, &change).await?;
    let Json(before): Json<Published> = sqlx::query_scalar("select frozen from brief where brief_id = $1")
        .bind(editing.brief.id)
        .fetch_one(&mut *editing.tx)
        .await?;
    let mut after = before.clone();
    for piece in &mut after.pieces {
        if let Shown::Block { id, group, .. } = piece
            && *id == block.id
        {
            *piece = Shown::Block {
                id: block.id,
                group: group.clone(),
                title: said.title.clone(),
                html: html(&said.text),
                picture: said.picture.clone(),
                link: said.link.clone(),
            };
        }
    }
    after.corrected.push(Corrected { at: signed.at, word: word.clone(), block: Some(block.id) });
    sqlx::query("update brief set stage = $2, frozen = $3 where brief_id = $1")
        .bind(editing.brief.id)
        .bind(Json(stage))
        .bind(Json(after))
        .execute(&mut *editing.tx)
        .await?;
    let known: i64 = sqlx::query_scalar(
        "insert into brief_correction (brief_id, block_id, at, by_member, word, before) values ($1, $2, $3, $4, $5, $6)
         returning brief_correction_id",
    )
    .bind(editing.brief.id)
    .bind(block.id)
    .bind(signed.at)
    .bind(signed.by)
    .bind(&word)
    .bind(Json(before))
    .fetch_one(&mut *editing.tx)
    .await?;
    if mail {
        jobs::note(&mut editing.tx, "brief_correction_mail", &format!("{}/{known}", editing.brief.id), editing.now).await?;
    }
    editing.after.briefs = true;
    editing.after.touched.insert(block.by);
    editing.end().await
}
