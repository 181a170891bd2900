//! A brief as members read it, from the moment it goes out.

use std::collections::BTreeMap;

use domain::brief::{Block, Brief, Piece, Published, Shown, Source, Sourced};
use domain::id::{BlockId, GroupId};
use domain::time::Instant;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};

use super::{BLOCK, live, render};
use crate::error::Error;
use crate::swaps::scope::uuids;

/// What a brief is made of.
#[derive(Debug, Clone, Default)]
pub struct Material {
    pub blocks: BTreeMap<BlockId, Block>,
    /// The groups' names.
    pub groups: BTreeMap<GroupId, String>,
    /// All that each source has to tell.
    pub lines: BTreeMap<Source, Vec<Sourced>>,
}

/// When and how it goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct How {
    pub at: Instant,
    /// After its hour.
    pub late: bool,
    /// Nobody approved it: the blocks that fill themselves go out alone.
    pub automatic: bool,
}

/// What the pieces of `brief` are made of, as it stands at `at`.
pub async fn material(conn: &mut PgConnection, brief: &Brief, at: Instant) -> Result<Material, Error> {
    let named: Vec<BlockId> = brief.pieces.iter().filter_map(written).collect();
    let Json(blocks): Json<Vec<Block>> = sqlx::query_scalar(AssertSqlSafe(format!(
        "select coalesce(jsonb_agg({BLOCK}), '[]') from brief_block b where b.block_id = any($1)"
    )))
    .bind(uuids(&named, |id| id.0))
    .fetch_one(&mut *conn)
    .await?;
    let groups: Vec<(GroupId, String)> = sqlx::query_as("select group_id, name from working_group").fetch_all(&mut *conn).await?;
    let mut lines = BTreeMap::new();
    for piece in &brief.pieces {
        if let Piece::Live { source, .. } = piece {
            lines.insert(*source, live::lines(conn, *source, brief.monday, at).await?);
        }
    }
    Ok(Material {
        blocks: blocks.into_iter().map(|block| (block.id, block)).collect(),
        groups: groups.into_iter().collect(),
        lines,
    })
}

/// What members will read: in its order, each block that is ready, and each source that has something to tell. What is
/// not ready, or was put aside, is left out.
pub fn freeze(brief: &Brief, material: &Material, how: How) -> Published {
    let pieces = brief.pieces.iter().filter_map(|piece| match piece {
        Piece::Written { .. } if how.automatic => None,
        Piece::Written { block } => {
            material.blocks.get(block).filter(|block| block.ready && block.is_proposed()).map(|block| Shown::Block {
                id: block.id,
                group: material.groups.get(&block.group).cloned().unwrap_or_default(),
                title: block.said.title.clone(),
                html: render::html(&block.said.text),
                picture: block.said.picture.clone(),
                link: block.said.link.clone(),
            })
        }
        Piece::Live { source, count, intro } => {
            let lines = material.lines.get(source).map(Vec::as_slice).unwrap_or_default();
            let lines = lines.iter().take(usize::from(*count)).cloned().collect::<Vec<_>>();
            (!lines.is_empty()).then(|| Shown::Live { source: *source, intro: intro.clone(), lines })
        }
    });
    Published {
        id: brief.id,
        monday: brief.monday,
        at: how.at,
        late: how.late,
        automatic: how.automatic,
        pieces: pieces.collect(),
        corrected: Vec::new(),
    }
}

fn written(piece: &Piece) -> Option<BlockId> {
    match piece {
        Piece::Written { block } => Some(*block),
        Piece::Live { .. } => None,
    }
}
