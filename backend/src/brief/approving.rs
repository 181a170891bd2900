//! How far an issue is: review, approval, and what the co-op wants of them.

use chrono::NaiveDate;
use domain::brief::{Brief, LATE, Mistake, Settings, Shown, goes_out_at};
use domain::id::{BlockId, MemberId, PictureId};
use domain::notice::Notice;
use domain::time::Instant;
use sqlx::PgConnection;
use uuid::Uuid;

use super::editing::{Edited, Editing};
use super::publish::publish;
use super::remind::tell_editors;
use super::{How, freeze, material};
use crate::auth::Editor;
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;
use crate::{Backend, jobs};

/// « Qui relit ? » The other editors are told.
pub async fn ask_for_review(backend: &Backend, asking: MemberId, monday: NaiveDate, id: Uuid) -> Result<Edited, Error> {
    let mut editing = Editing::of(backend, asking, monday).await?;
    if !editing.first(id, "relire").await? {
        return Ok(Ok(()));
    }
    let asked = editing.signed();
    let stage = match editing.brief.stage.ask(asked) {
        Ok(stage) => stage,
        Err(mistake) => return Ok(Err(vec![mistake])),
    };
    editing.set_stage(&stage).await?;
    let notice = Notice::BriefToReview { monday, by: Some(asked.by) };
    let occasion = format!("brief/{monday}/review/{id}");
    tell_editors(&mut editing.tx, &occasion, &notice, Some(asked.by), editing.now).await?;
    editing.end().await
}

/// It goes out by itself from here on.
pub async fn approve(backend: &Backend, asking: MemberId, monday: NaiveDate, id: Uuid) -> Result<Edited, Error> {
    let mut editing = Editing::of(backend, asking, monday).await?;
    if !editing.first(id, "approuver").await? {
        return Ok(Ok(()));
    }
    let signed = editing.signed();
    let stage = match editing.brief.stage.approve(&editing.settings, signed) {
        Ok(stage) => stage,
        Err(mistake) => return Ok(Err(vec![mistake])),
    };
    if let Err(mistake) = whole(&mut editing.tx, &editing.brief, editing.now).await? {
        return Ok(Err(vec![mistake]));
    }
    editing.set_stage(&stage).await?;
    // Which issue takes contributions is in everybody's snapshot.
    editing.after.briefs = true;
    let at = goes_out_at(monday).max(editing.now);
    jobs::note(&mut editing.tx, "brief", &format!("{monday}/{id}"), at).await?;
    editing.end().await
}

/// Back to collecting: nothing goes out until it is approved again.
pub async fn take_back(backend: &Backend, asking: MemberId, monday: NaiveDate, id: Uuid) -> Result<Edited, Error> {
    let mut editing = Editing::of(backend, asking, monday).await?;
    if !editing.first(id, "reprendre").await? {
        return Ok(Ok(()));
    }
    let stage = match editing.brief.stage.take_back() {
        Ok(stage) => stage,
        Err(mistake) => return Ok(Err(vec![mistake])),
    };
    editing.set_stage(&stage).await?;
    editing.after.briefs = true;
    editing.end().await
}

/// It goes out by hand, at once.
pub async fn publish_now(backend: &Backend, asking: MemberId, monday: NaiveDate, id: Uuid) -> Result<Edited, Error> {
    let mut editing = Editing::of(backend, asking, monday).await?;
    if !editing.first(id, "publier").await? {
        return Ok(Ok(()));
    }
    let approved = match editing.brief.stage.publish_now(monday, &editing.settings, editing.signed()) {
        Ok(approved) => approved,
        Err(mistake) => return Ok(Err(vec![mistake])),
    };
    if let Err(mistake) = whole(&mut editing.tx, &editing.brief, editing.now).await? {
        return Ok(Err(vec![mistake]));
    }
    let how = How { at: editing.now, late: editing.now - goes_out_at(monday) > LATE, automatic: false };
    publish(&mut editing.tx, &editing.brief, Some(approved), how, &mut editing.after).await?;
    editing.end().await
}

/// Whether people of the public may read what is for them in this issue; however far it is, for those who get it by mail are
/// chosen when it goes out.
pub async fn set_public(backend: &Backend, asking: MemberId, monday: NaiveDate, id: Uuid, public: bool) -> Result<Edited, Error> {
    let mut editing = Editing::of(backend, asking, monday).await?;
    if editing.first(id, if public { "public" } else { "membres" }).await? {
        sqlx::query("update brief set public = $2 where monday = $1").bind(monday).bind(public).execute(&mut *editing.tx).await?;
        editing.after.briefs |= editing.brief.stage.is_published();
    }
    editing.end().await
}

/// How the co-op makes its brief, from now on.
pub async fn set_settings(backend: &Backend, asking: MemberId, settings: Settings) -> Result<Edited, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let editor = Editor::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?;
    sqlx::query(
        "insert into brief_setting (second_pair, automatic, closes_minute, by_member, at) values ($1, $2, $3, $4, $5)
         on conflict (only_row) do update set second_pair = excluded.second_pair, automatic = excluded.automatic,
            closes_minute = excluded.closes_minute, by_member = excluded.by_member, at = excluded.at",
    )
    .bind(settings.second_pair)
    .bind(settings.automatic)
    .bind(i32::from(settings.closes_minute))
    .bind(editor.member())
    .bind(now)
    .execute(&mut *tx)
    .await?;
    // When contributions close is in everybody's snapshot.
    Aftermath::of_briefs().finish(&mut tx, None, now).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// There is something in it, of no block two versions, and every picture is here.
async fn whole(conn: &mut PgConnection, brief: &Brief, at: Instant) -> Result<Result<(), Mistake>, Error> {
    let material = material(conn, brief, at).await?;
    let shown = freeze(brief, &material, How { at, late: false, automatic: false });
    let twice = shown.pieces.iter().find_map(|piece| match piece {
        Shown::Block { id, .. } => material.blocks.get(id).filter(|block| !block.beside.is_empty()),
        Shown::Live { .. } => None,
    });
    let pictures: Vec<(BlockId, PictureId)> = shown
        .pieces
        .iter()
        .filter_map(|piece| match piece {
            Shown::Block { id, picture: Some(picture), .. } => Some((*id, picture.id)),
            _ => None,
        })
        .collect();
    let here: Vec<Uuid> = sqlx::query_scalar("select picture_id from brief_picture where picture_id = any($1)")
        .bind(pictures.iter().map(|(_, picture)| picture.0).collect::<Vec<Uuid>>())
        .fetch_all(conn)
        .await?;
    let missing = pictures.into_iter().find(|(_, picture)| !here.contains(&picture.0));
    if let Some((block, _)) = missing.filter(|_| twice.is_none()) {
        return Ok(Err(Mistake::PictureMissing { block }));
    }
    Ok(match twice {
        Some(block) => Err(Mistake::TwoVersions { block: block.id }),
        None if shown.pieces.is_empty() => Err(Mistake::Empty),
        None => Ok(()),
    })
}
