//! Covers, and the bytes of photos: kept by whoever sends them; covers are shown to whoever may see the event that names them.

use chrono::Duration;
use domain::id::{MemberId, PictureId};
use domain::time::Instant;
use sqlx::PgConnection;

use crate::Backend;
pub use crate::brief::Kept;
use crate::error::Error;
use crate::pictures::{Of, claim};
use crate::swaps::aftermath::Aftermath;

/// A picture that no event names is kept for so long: its form may still be open. Days.
const UNNAMED_D: i64 = 2;

/// Keeps a picture of `member`. The same one again changes nothing; under an id that somebody else used, or used for another
/// picture, it is not kept.
pub async fn keep_picture(backend: &Backend, member: MemberId, id: PictureId, picture: &Kept) -> Result<(), Error> {
    let (mut tx, now) = (backend.pool.begin().await?, backend.now());
    claim(&mut tx, id, Of::Event).await?;
    let kept = sqlx::query(
        "insert into event_picture (event_picture_id, by_member, at, mime, width, height, bytes)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (event_picture_id) do nothing",
    )
    .bind(id)
    .bind(member)
    .bind(now)
    .bind(&picture.mime)
    .bind(i16::try_from(picture.width).unwrap_or(i16::MAX))
    .bind(i16::try_from(picture.height).unwrap_or(i16::MAX))
    .bind(&picture.bytes)
    .execute(&mut *tx)
    .await?;
    let same: bool = sqlx::query_scalar(
        "select exists (select from event_picture where event_picture_id = $1 and by_member = $2 and bytes = $3)",
    )
    .bind(id)
    .bind(member)
    .bind(&picture.bytes)
    .fetch_one(&mut *tx)
    .await?;
    if !same {
        return Err(Error::NotFound);
    }
    // A photo that was added before its bytes came shows from here on.
    if kept.rows_affected() == 1 && is_photo(&mut tx, member, id).await? {
        Aftermath::of_events().finish(&mut tx, None, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn is_photo(conn: &mut PgConnection, member: MemberId, id: PictureId) -> Result<bool, Error> {
    let found = sqlx::query_scalar(
        "select exists (select from event_photo where event_picture_id = $1 and by_member = $2 and removed_at is null)",
    );
    Ok(found.bind(id).bind(member).fetch_one(conn).await?)
}

/// For its sender, for every member once its event is announced, and for anybody where that is public. A photo is none of these,
/// whatever event names it as its cover: whoever is on it may have it hidden.
pub async fn picture(backend: &Backend, member: Option<MemberId>, id: PictureId) -> Result<Kept, Error> {
    let row: Option<(String, i16, i16, Vec<u8>)> =
        sqlx::query_as(FOUND).bind(id).bind(member).fetch_optional(&backend.pool).await?;
    let (mime, width, height, bytes) = row.ok_or(Error::NotFound)?;
    let pixels = |pixels: i16| u16::try_from(pixels).unwrap_or_default();
    Ok(Kept { mime, width: pixels(width), height: pixels(height), bytes })
}

/// Forgets the pictures that no event and no photo names.
pub(super) async fn forget(conn: &mut PgConnection, now: Instant) -> Result<(), Error> {
    sqlx::query(
        "delete from event_picture p where p.at < $1
            and not exists (select from event e where e.details->'cover'->>'id' = p.event_picture_id::text)
            and not exists (select from event_photo f where f.event_picture_id = p.event_picture_id)",
    )
    .bind(now - Duration::days(UNNAMED_D))
    .execute(conn)
    .await?;
    Ok(())
}

/// $1 picture, $2 who asks, if it is a member. What somebody else calls a photo of theirs is none.
const FOUND: &str = "
select p.mime, p.width, p.height, p.bytes from event_picture p
where p.event_picture_id = $1
    and not exists (select from event_photo f where f.event_picture_id = p.event_picture_id and f.by_member = p.by_member)
    and (p.by_member = $2 or exists (select from event e
    where e.details->'cover'->>'id' = p.event_picture_id::text
        and ((e.state ? 'published' or e.state ? 'cancelled') and ($2 is not null or e.details->>'for_whom' = 'public')
            or $2 is not null and e.by_member = $2)))";
