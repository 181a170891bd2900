//! Photos of an event: shown to members until anybody asks for the removal of one, which its organisers then settle.

use domain::event::{Mistake, PLACE_CAP, Photo, word_of};
use domain::id::{EventId, MemberId, PictureId};
use domain::notice::Notice;
use domain::sheet::Said;
use domain::time::Instant;
use sqlx::PgConnection;
use uuid::Uuid;

use super::organising::{Organised, Organising};
use crate::Backend;
use crate::auth::Organiser;
use crate::brief::Kept;
use crate::error::Error;

pub(super) async fn add(conn: &mut PgConnection, event: EventId, photo: &Photo) -> Result<(), Error> {
    let picture = &photo.picture;
    sqlx::query(
        "insert into event_photo (event_picture_id, event_id, by_member, at, alt, width, height)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(picture.id)
    .bind(event)
    .bind(photo.by)
    .bind(photo.at)
    .bind(&picture.alt)
    .bind(i16::try_from(picture.width).unwrap_or(i16::MAX))
    .bind(i16::try_from(picture.height).unwrap_or(i16::MAX))
    .execute(conn)
    .await?;
    Ok(())
}

/// Somebody asked for its removal, also after it was put back for somebody else.
pub(super) async fn hide(conn: &mut PgConnection, picture: PictureId, asked: Said) -> Result<(), Error> {
    sqlx::query(
        "update event_photo set asked_by = $2, asked_at = $3, back_by = null, back_at = null, word = null
         where event_picture_id = $1 and removed_at is null",
    )
    .bind(picture)
    .bind(asked.by)
    .bind(asked.at)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn remove(conn: &mut PgConnection, picture: PictureId, said: Said) -> Result<(), Error> {
    sqlx::query("update event_photo set removed_by = $2, removed_at = $3 where event_picture_id = $1 and removed_at is null")
        .bind(picture)
        .bind(said.by)
        .bind(said.at)
        .execute(conn)
        .await?;
    Ok(())
}

/// The organisers remove a photo for good.
pub async fn remove_photo(
    backend: &Backend,
    asking: MemberId,
    event: EventId,
    form: Uuid,
    picture: PictureId,
) -> Result<Organised, Error> {
    let mut organising = Organising::of(backend, asking, event).await?;
    let said = Said { by: organising.organiser.member(), at: organising.now };
    if organising.first(form, "photo retirée").await? {
        if organising.known.photo(picture).is_none() {
            return Ok(Err(vec![Mistake::NotNow]));
        }
        remove(&mut organising.tx, picture, said).await?;
        organising.after.events = true;
    }
    organising.end().await
}

/// The organisers show a photo again, with a word to whoever had asked for its removal, at `asked_at` as the page said: nobody
/// overrides what they have not read.
pub async fn put_photo_back(
    backend: &Backend,
    asking: MemberId,
    event: EventId,
    form: Uuid,
    picture: PictureId,
    asked_at: Option<Instant>,
    word: &str,
) -> Result<Organised, Error> {
    let word = match word_of(word, PLACE_CAP) {
        Ok(word) => word,
        Err(mistake) => return Ok(Err(vec![mistake])),
    };
    let mut organising = Organising::of(backend, asking, event).await?;
    let hidden = organising.known.photo(picture).filter(|photo| photo.is_hidden()).and_then(|photo| photo.asked);
    if organising.first(form, "photo remise").await? {
        let Some(asked) = hidden else { return Ok(Err(vec![Mistake::NotNow])) };
        if asked_at != Some(asked.at) {
            return Ok(Err(vec![Mistake::AskedSince]));
        }
        sqlx::query("update event_photo set back_by = $2, back_at = $3, word = $4 where event_picture_id = $1")
            .bind(picture)
            .bind(organising.organiser.member())
            .bind(organising.now)
            .bind(&word)
            .execute(&mut *organising.tx)
            .await?;
        let terms = &organising.known.event.terms;
        let (title, starts_at) = (terms.details.title.clone(), terms.times.starts_at);
        organising.after.touched.insert(asked.by);
        organising.after.told.push((asked.by, Notice::PhotoPutBack { event, picture, title, starts_at, word }));
        organising.after.events = true;
    }
    organising.end().await
}

/// The bytes of a photo, for members while it is shown, and for its organisers until it is removed.
pub async fn photo(backend: &Backend, member: Option<MemberId>, id: PictureId) -> Result<Kept, Error> {
    let member = member.ok_or(Error::NotFound)?;
    let mut tx = backend.pool.begin().await?;
    let found: Option<Found> = sqlx::query_as(FOUND).bind(id).fetch_optional(&mut *tx).await?;
    let Found { mime, width, height, bytes, event_id, hidden } = found.ok_or(Error::NotFound)?;
    if hidden && Organiser::of_event(&mut tx, member, event_id, backend.now()).await?.is_none() {
        return Err(Error::NotFound);
    }
    let pixels = |pixels: i16| u16::try_from(pixels).unwrap_or_default();
    Ok(Kept { mime, width: pixels(width), height: pixels(height), bytes })
}

#[derive(sqlx::FromRow)]
struct Found {
    mime: String,
    width: i16,
    height: i16,
    bytes: Vec<u8>,
    event_id: EventId,
    hidden: bool,
}

/// $1 picture.
const FOUND: &str = "
select b.mime, b.width, b.height, b.bytes, f.event_id, f.asked_at is not null and f.back_at is null as hidden
from event_photo f join event_picture b using (event_picture_id, by_member)
where f.event_picture_id = $1 and f.removed_at is null";
