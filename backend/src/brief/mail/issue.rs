//! What a copy says: the brief as it is read now, and how much of it is for the public.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::brief::Published;
use domain::id::{BlockId, BriefId};
use domain::time::Instant;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::audience::public_blocks;
use crate::Backend;
use crate::error::Error;

/// A brief, ready to be written into letters.
#[derive(Debug, Clone)]
pub struct Issue {
    pub brief: Published,
    /// Blocks whose pictures anybody may see, and which the public may read.
    pub public: BTreeSet<BlockId>,
}

impl Issue {
    pub(super) async fn load(conn: &mut PgConnection, brief: BriefId) -> Result<Issue, Error> {
        let (is_public, frozen): (bool, Option<Json<Published>>) =
            sqlx::query_as("select public, frozen from brief where brief_id = $1").bind(brief).fetch_one(&mut *conn).await?;
        let Json(published) = frozen.ok_or(Error::NotFound)?;
        Issue::of(conn, published, is_public).await
    }

    /// `is_public`: whether people of the public may read something of it.
    pub(super) async fn of(conn: &mut PgConnection, brief: Published, is_public: bool) -> Result<Issue, Error> {
        let public = if is_public { public_blocks(conn, &brief).await? } else { Vec::new() };
        Ok(Issue { brief, public: public.into_iter().collect() })
    }

    /// The same with nothing but what the public may read: of the live blocks, public events alone, and of the corrections those
    /// of public blocks.
    pub fn for_public(mut self) -> Issue {
        let public = &self.public;
        let pieces = std::mem::take(&mut self.brief.pieces);
        self.brief.pieces = pieces.into_iter().filter_map(|piece| piece.for_public(public)).collect();
        self.brief.corrected.retain(|corrected| corrected.block.is_some_and(|block| public.contains(&block)));
        self
    }
}

/// A brief as anybody may read it, and its neighbours.
#[derive(Debug, Clone)]
pub struct PublicBrief {
    pub issue: Issue,
    pub before: Option<NaiveDate>,
    pub after: Option<NaiveDate>,
}

/// The public brief of a Monday, or the last one; nothing where there is none.
pub async fn public_brief(backend: &Backend, monday: Option<NaiveDate>) -> Result<Option<PublicBrief>, Error> {
    let mut conn = backend.pool.acquire().await?;
    let mondays: Vec<(NaiveDate, BriefId)> = sqlx::query_as(PUBLIC).fetch_all(&mut *conn).await?;
    let at = match monday {
        Some(monday) => mondays.iter().position(|(known, _)| *known == monday),
        None => mondays.len().checked_sub(1),
    };
    let Some(at) = at else { return Ok(None) };
    let issue = Issue::load(&mut conn, mondays[at].1).await?.for_public();
    let beside = |at: Option<usize>| at.and_then(|at| mondays.get(at)).map(|(monday, _)| *monday);
    Ok(Some(PublicBrief { issue, before: beside(at.checked_sub(1)), after: beside(at.checked_add(1)) }))
}

/// The last public briefs, the newest first, with nothing but what is public.
pub async fn public_briefs(backend: &Backend, most: usize) -> Result<Vec<Published>, Error> {
    let mut conn = backend.pool.acquire().await?;
    let mondays: Vec<(NaiveDate, BriefId)> = sqlx::query_as(PUBLIC).fetch_all(&mut *conn).await?;
    let mut briefs = Vec::new();
    for (_, id) in mondays.into_iter().rev().take(most) {
        briefs.push(Issue::load(&mut conn, id).await?.for_public().brief);
    }
    Ok(briefs)
}

/// The Mondays of all of them, the oldest first, and when each was last written.
pub async fn public_mondays(backend: &Backend) -> Result<Vec<(NaiveDate, Instant)>, Error> {
    let mut conn = backend.pool.acquire().await?;
    let mondays: Vec<(NaiveDate, BriefId)> = sqlx::query_as(PUBLIC).fetch_all(&mut *conn).await?;
    let ids: Vec<Uuid> = mondays.iter().map(|(_, id)| id.0).collect();
    let written: Vec<(NaiveDate, Instant)> = sqlx::query_as(WRITTEN).bind(ids).fetch_all(&mut *conn).await?;
    Ok(written)
}

/// $1 briefs. What was put right counts where it is of a public block.
const WRITTEN: &str = "
select b.monday, greatest(b.published_at, (select max(c.at) from brief_correction c join brief_block k using (block_id)
    where c.brief_id = b.brief_id and k.public))
from brief b where b.brief_id = any($1) order by b.monday";

/// Those in which there is something for the public.
const PUBLIC: &str = "
select b.monday, b.brief_id from brief b
where b.public and b.published_at is not null and exists (
    select from jsonb_array_elements(b.frozen -> 'pieces') piece
    join brief_block k on k.block_id::text = piece -> 'block' ->> 'id' where k.public)
order by b.monday";
