//! Pictures of the brief: kept by whoever sends them, shown to whoever may read the block that names them.

use chrono::Duration;
use domain::id::{MemberId, PictureId};
use domain::time::Instant;
use sqlx::PgConnection;

use crate::Backend;
use crate::auth::Editor;
use crate::error::Error;
use crate::pictures::{Of, claim};

/// A picture that no block names is kept for so long: its act may still be on its way. Days.
const UNNAMED_D: i64 = 2;

/// A picture as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// `image/jpeg` or `image/webp`.
    pub mime: String,
    /// Pixels.
    pub width: u16,
    pub height: u16,
    pub bytes: Vec<u8>,
}

/// A picture, for whoever may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub kept: Kept,
    /// Anybody may: a mail's reader on the web, too.
    pub public: bool,
}

/// Keeps a picture of `member`, named by its block before or after. The same one again changes nothing; under an id that
/// somebody else used, or used for another picture, of the brief or not, it is not kept.
pub async fn keep_picture(backend: &Backend, member: MemberId, id: PictureId, picture: &Kept) -> Result<(), Error> {
    let mut tx = backend.pool.begin().await?;
    claim(&mut tx, id, Of::Brief).await?;
    sqlx::query(
        "insert into brief_picture (picture_id, by_member, at, mime, width, height, bytes) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (picture_id) do nothing",
    )
    .bind(id)
    .bind(member)
    .bind(backend.now())
    .bind(&picture.mime)
    .bind(i16::try_from(picture.width).unwrap_or(i16::MAX))
    .bind(i16::try_from(picture.height).unwrap_or(i16::MAX))
    .bind(&picture.bytes)
    .execute(&mut *tx)
    .await?;
    let same: bool =
        sqlx::query_scalar("select exists (select from brief_picture where picture_id = $1 and by_member = $2 and bytes = $3)")
            .bind(id)
            .bind(member)
            .bind(&picture.bytes)
            .fetch_one(&mut *tx)
            .await?;
    if !same {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    Ok(())
}

/// For whoever may see it: its sender, its block's author, Communication; every member once it is out; and anybody, where
/// both its block and its brief are public.
pub async fn picture(backend: &Backend, member: Option<MemberId>, id: PictureId) -> Result<Found, Error> {
    let mut tx = backend.pool.begin().await?;
    let row: Row = sqlx::query_as(FOUND).bind(id).bind(member).fetch_optional(&mut *tx).await?.ok_or(Error::NotFound)?;
    let shows = match member {
        None => row.public,
        Some(_) if row.public || row.out || row.own => true,
        Some(member) => Editor::find(&mut tx, member, backend.now()).await?.is_some(),
    };
    if !shows {
        return Err(Error::NotFound);
    }
    let Row { mime, width, height, bytes, public, .. } = row;
    let pixels = |pixels: i16| u16::try_from(pixels).unwrap_or_default();
    Ok(Found { kept: Kept { mime, width: pixels(width), height: pixels(height), bytes }, public })
}

/// Forgets the pictures that nothing names: no version of a block, and no brief that is out, as it is or was before it was
/// corrected.
pub(super) async fn forget(conn: &mut PgConnection, now: Instant) -> Result<(), Error> {
    sqlx::query(UNNAMED).bind(now - Duration::days(UNNAMED_D)).execute(conn).await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    mime: String,
    width: i16,
    height: i16,
    bytes: Vec<u8>,
    own: bool,
    out: bool,
    public: bool,
}

/// $1 picture, $2 who asks, if it is a member.
const FOUND: &str = "
select p.mime, p.width, p.height, p.bytes,
    coalesce(p.by_member = $2, false) or exists (select from brief_block b
        where b.by_member = $2 and b.said->'picture'->>'id' = p.picture_id::text) as own,
    exists (select from brief i where i.pictures ? p.picture_id::text) as out,
    exists (select from brief i cross join lateral jsonb_array_elements(i.frozen->'pieces') as piece
        join brief_block b on b.block_id = (piece->'block'->>'id')::uuid
        where i.pictures ? p.picture_id::text and i.public and b.public and piece->'block'->'picture'->>'id' = p.picture_id::text) as public
from brief_picture p where p.picture_id = $1";

/// $1 sent before.
const UNNAMED: &str = "
delete from brief_picture p where p.at < $1
    and not exists (select from block_version v where v.said->'picture'->>'id' = p.picture_id::text)
    and not exists (select from brief i where i.pictures ? p.picture_id::text)
    and not exists (select from brief_correction c
        where jsonb_path_query_array(c.before, '$.pieces[*].block.picture.id') ? p.picture_id::text)";
