//! Photos of products and suppliers, each with a small one for rows: kept by whoever sends them, shown to members once something
//! names them.

use chrono::Duration;
use domain::id::{MemberId, PictureId};
use domain::time::Instant;
use sqlx::{AssertSqlSafe, PgConnection};

use super::changed;
use super::together::keeper;
use crate::Backend;
pub use crate::brief::Kept;
use crate::error::Error;
use crate::pictures::{Of, claim};

/// A picture that nothing names is kept for so long: what names it may still be on its way. Days.
const UNNAMED_D: i64 = 2;

/// Whether `asking` may send pictures at all: nobody else's bytes are even read.
pub async fn may_keep_pictures(backend: &Backend, asking: MemberId) -> Result<(), Error> {
    keeper(&mut *backend.pool.begin().await?, asking, backend.now()).await?;
    Ok(())
}

/// Keeps a picture of `member`, of the group. The same one again changes nothing; under an id that somebody else used, or used for another
/// picture, it is not kept.
pub async fn keep_picture(backend: &Backend, member: MemberId, id: PictureId, picture: &Kept) -> Result<(), Error> {
    let mut tx = backend.pool.begin().await?;
    keeper(&mut tx, member, backend.now()).await?;
    claim(&mut tx, id, Of::Product).await?;
    sqlx::query(
        "insert into product_picture (product_picture_id, by_member, at, mime, width, height, bytes)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (product_picture_id) do nothing",
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
    let same: bool = sqlx::query_scalar(
        "select exists (select from product_picture where product_picture_id = $1 and by_member = $2 and bytes = $3)",
    )
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

/// A small one of a picture, for rows and lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thumbnail {
    pub mime: String,
    pub bytes: Vec<u8>,
}

/// Keeps the small one of a picture that `member` sent. The same one again changes nothing; another one is not kept.
pub async fn keep_thumbnail(backend: &Backend, member: MemberId, id: PictureId, small: &Thumbnail) -> Result<(), Error> {
    let mut tx = backend.pool.begin().await?;
    keeper(&mut tx, member, backend.now()).await?;
    let kept = sqlx::query(
        "update product_picture set thumbnail = $3, thumbnail_mime = $4
         where product_picture_id = $1 and by_member = $2 and thumbnail is null",
    )
    .bind(id)
    .bind(member)
    .bind(&small.bytes)
    .bind(&small.mime)
    .execute(&mut *tx)
    .await?;
    if kept.rows_affected() == 0 {
        let same: bool = sqlx::query_scalar(
            "select exists (select from product_picture where product_picture_id = $1 and by_member = $2 and thumbnail = $3)",
        )
        .bind(id)
        .bind(member)
        .bind(&small.bytes)
        .fetch_one(&mut *tx)
        .await?;
        return if same { Ok(()) } else { Err(Error::NotFound) };
    }
    // Usually what names it comes after it, and then it is no news.
    let named: bool =
        sqlx::query_scalar(AssertSqlSafe(format!("select {NAMED} from product_picture k where k.product_picture_id = $1")))
            .bind(id)
            .fetch_one(&mut *tx)
            .await?;
    if named {
        changed(&mut tx, Vec::new(), backend.now()).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// For whoever may see the picture itself, where there is a small one of it.
pub async fn thumbnail(backend: &Backend, member: MemberId, id: PictureId) -> Result<Thumbnail, Error> {
    let found: Option<(String, Vec<u8>)> = sqlx::query_as(AssertSqlSafe(format!(
        "select k.thumbnail_mime, k.thumbnail from product_picture k
         where k.product_picture_id = $1 and k.thumbnail is not null and (k.by_member = $2 or {NAMED})"
    )))
    .bind(id)
    .bind(member)
    .fetch_optional(&backend.pool)
    .await?;
    let (mime, bytes) = found.ok_or(Error::NotFound)?;
    Ok(Thumbnail { mime, bytes })
}

/// For its sender, and for every member once a product or a supplier has it.
pub async fn picture(backend: &Backend, member: Option<MemberId>, id: PictureId) -> Result<Kept, Error> {
    let member = member.ok_or(Error::NotFound)?;
    let found: Option<(String, i16, i16, Vec<u8>)> = sqlx::query_as(AssertSqlSafe(format!(
        "select k.mime, k.width, k.height, k.bytes from product_picture k
         where k.product_picture_id = $1 and (k.by_member = $2 or {NAMED})"
    )))
    .bind(id)
    .bind(member)
    .fetch_optional(&backend.pool)
    .await?;
    let (mime, width, height, bytes) = found.ok_or(Error::NotFound)?;
    let pixels = |pixels: i16| u16::try_from(pixels).unwrap_or_default();
    Ok(Kept { mime, width: pixels(width), height: pixels(height), bytes })
}

/// Forgets the pictures that no product and no supplier names.
pub(super) async fn forget(conn: &mut PgConnection, now: Instant) -> Result<(), Error> {
    sqlx::query(AssertSqlSafe(format!("delete from product_picture k where k.at < $1 and not {NAMED}")))
        .bind(now - Duration::days(UNNAMED_D))
        .execute(conn)
        .await?;
    Ok(())
}

/// SQL for whether a product or a supplier names a picture `k`.
const NAMED: &str = "(exists (select from product p where p.by_hand->'photo'->>'id' = k.product_picture_id::text)
    or exists (select from supplier s where s.written->'photo'->>'id' = k.product_picture_id::text))";
