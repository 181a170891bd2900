//! Photos of members, made small on their device: each sends their own.

use chrono::Duration;
use domain::brief::Picture;
use domain::id::{MemberId, PictureId};
use domain::register::{Deed, Part};
use domain::time::Instant;
use sqlx::PgConnection;
use sqlx::types::Json;

use super::together::note;
use crate::Backend;
use crate::auth::SignedIn;
pub use crate::brief::Kept;
use crate::error::Error;
use crate::pictures::{Of, claim};
use crate::swaps::aftermath::Aftermath;
use crate::swaps::scope::Locks;

/// Photos that were sent, and are nobody's, are forgotten after so long. Days.
const UNUSED_D: i64 = 2;

/// Keeps a picture of `member`. The same one again changes nothing; under an id that somebody else used, or used for another
/// picture, of members or not, it is not kept.
pub async fn keep_picture(backend: &Backend, member: MemberId, id: PictureId, picture: &Kept) -> Result<(), Error> {
    let mut tx = backend.pool.begin().await?;
    claim(&mut tx, id, Of::Member).await?;
    sqlx::query(
        "insert into member_picture (member_picture_id, by_member, at, mime, width, height, bytes)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (member_picture_id) do nothing",
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
        "select exists (select from member_picture where member_picture_id = $1 and by_member = $2 and bytes = $3)",
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

/// For its sender, and for every member once it is somebody's photo.
pub async fn picture(backend: &Backend, member: Option<MemberId>, id: PictureId) -> Result<Kept, Error> {
    let member = member.ok_or(Error::NotFound)?;
    let row: Option<(String, i16, i16, Vec<u8>)> = sqlx::query_as(
        "select k.mime, k.width, k.height, k.bytes from member_picture k
         where k.member_picture_id = $1 and (k.by_member = $2
            or exists (select from member m where m.photo->>'id' = k.member_picture_id::text))",
    )
    .bind(id)
    .bind(member)
    .fetch_optional(&backend.pool)
    .await?;
    let (mime, width, height, bytes) = row.ok_or(Error::NotFound)?;
    let pixels = |pixels: i16| u16::try_from(pixels).unwrap_or_default();
    Ok(Kept { mime, width: pixels(width), height: pixels(height), bytes })
}

/// The photo that is mine now.
pub async fn photo_of(backend: &Backend, who: &SignedIn) -> Result<Option<Picture>, Error> {
    let photo: Option<Json<Picture>> =
        sqlx::query_scalar("select photo from member where member_id = $1").bind(who.member).fetch_one(&backend.pool).await?;
    Ok(photo.map(|Json(photo)| photo))
}

/// My photo, or none from here on. One that I did not send is not there.
pub async fn set_photo(backend: &Backend, who: &SignedIn, photo: Option<&Picture>) -> Result<(), Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    Locks { members: [who.member].into(), shifts: Default::default() }.take(&mut tx).await?;
    if let Some(photo) = photo {
        let mine: bool =
            sqlx::query_scalar("select exists (select from member_picture where member_picture_id = $1 and by_member = $2)")
                .bind(photo.id)
                .bind(who.member)
                .fetch_one(&mut *tx)
                .await?;
        if !mine {
            return Err(Error::NotFound);
        }
    }
    let changed =
        sqlx::query("update member set photo = $2, revision = revision + 1 where member_id = $1 and photo is distinct from $2")
            .bind(who.member)
            .bind(photo.map(Json))
            .execute(&mut *tx)
            .await?;
    if changed.rows_affected() == 1 {
        let deed = Deed::Edited { parts: vec![Part::Photo] };
        note(&mut tx, None, who.member, &deed, Some(who.member), now).await?;
        Aftermath { groups: true, ..Aftermath::of([who.member]) }.finish(&mut tx, None, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Forgets those that nobody took as theirs, and those that somebody took off.
pub(super) async fn forget_unused(conn: &mut PgConnection, now: Instant) -> Result<(), Error> {
    sqlx::query(
        "delete from member_picture k where k.at < $1
            and not exists (select from member m where m.photo->>'id' = k.member_picture_id::text)",
    )
    .bind(now - Duration::days(UNUSED_D))
    .execute(conn)
    .await?;
    Ok(())
}
