//! Acts of an editor: what is written waits, is published, and comes back. What is published is never edited.

use domain::id::MemberId;
use domain::public_page::{Mistake, Page, Said, Saved, Version};
use domain::time::Instant;
use sqlx::types::Json;
use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use super::in_hand::{before_all, draft_of, editor, newest};
use crate::Backend;
use crate::auth::Editor;
use crate::error::Error;

/// Whether it was done, or why not.
pub type Kept = Result<(), Vec<Mistake>>;

/// A page in the hands of somebody who may: one at a time, so that its revisions have no gaps and no twins.
struct Publishing {
    tx: Transaction<'static, Postgres>,
    editor: Editor,
    now: Instant,
    page: Page,
    /// What is read.
    read: Version,
}

impl Publishing {
    async fn of(backend: &Backend, asking: MemberId, page: Page) -> Result<Publishing, Error> {
        let now = backend.now();
        let mut tx = backend.pool.begin().await?;
        let editor = editor(&mut tx, asking, now).await?;
        sqlx::query("select pg_advisory_xact_lock(hashtext('public_page'))").execute(&mut *tx).await?;
        let read = newest(&mut tx, page).await?;
        Ok(Publishing { tx, editor, now, page, read })
    }

    /// Whether the same form has done it already.
    async fn did(&mut self, form: Uuid) -> Result<bool, Error> {
        Ok(sqlx::query_scalar("select exists (select from public_page_version where public_page_version_id = $1)")
            .bind(form)
            .fetch_one(&mut *self.tx)
            .await?)
    }

    async fn earlier(&mut self, revision: i32) -> Result<Option<Said>, Error> {
        let found: Option<Json<Said>> =
            sqlx::query_scalar("select said from public_page_version where page = $1 and revision = $2")
                .bind(self.page.slug())
                .bind(revision)
                .fetch_optional(&mut *self.tx)
                .await?;
        Ok(found.map(|Json(said)| said))
    }

    async fn write(&mut self, form: Uuid, said: &Said, like: Option<i32>) -> Result<(), Error> {
        sqlx::query(
            "insert into public_page_version
                (public_page_version_id, page, revision, said, like_revision, by_member, published_at)
             values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(form)
        .bind(self.page.slug())
        .bind(self.read.revision + 1)
        .bind(Json(said))
        .bind(like)
        .bind(self.editor.member())
        .bind(self.now)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    async fn keep(&mut self, base: i32, said: &Said) -> Result<(), Error> {
        sqlx::query(
            "insert into public_page_draft (page, member_id, base_revision, said, saved_at) values ($1, $2, $3, $4, $5)
             on conflict (page, member_id) do update
             set base_revision = excluded.base_revision, said = excluded.said, saved_at = excluded.saved_at",
        )
        .bind(self.page.slug())
        .bind(self.editor.member())
        // A form that says another one was not made by us: it is judged as if it knew the first.
        .bind(if (0..=self.read.revision).contains(&base) { base } else { 0 })
        .bind(Json(said))
        .bind(self.now)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    async fn forget(&mut self) -> Result<(), Error> {
        sqlx::query("delete from public_page_draft where page = $1 and member_id = $2")
            .bind(self.page.slug())
            .bind(self.editor.member())
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Publishes what was written from `base`; where somebody published meanwhile, it waits.
    async fn put_out(mut self, form: Uuid, base: i32, said: &Said) -> Result<Kept, Error> {
        if base != self.read.revision {
            self.keep(base, said).await?;
            self.tx.commit().await?;
            return Ok(Err(vec![Mistake::Changed]));
        }
        if *said != self.read.said {
            self.write(form, said, None).await?;
        }
        self.forget().await?;
        self.tx.commit().await?;
        Ok(Ok(()))
    }
}

/// Keeps what one writes, for oneself alone; what says the same as what is read needs no keeping.
pub async fn save_draft(backend: &Backend, asking: MemberId, page: Page, base: i32, said: &Said) -> Result<Saved, Error> {
    let mut publishing = Publishing::of(backend, asking, page).await?;
    let revision = publishing.read.revision;
    if base == revision && *said == publishing.read.said {
        publishing.forget().await?;
    } else {
        publishing.keep(base, said).await?;
    }
    publishing.tx.commit().await?;
    Ok(Saved { revision: base, beside: usize::from(base != revision) })
}

/// The page says it from here on. The same form again changes nothing.
pub async fn publish(backend: &Backend, asking: MemberId, form: Uuid, page: Page, base: i32, said: &Said) -> Result<Kept, Error> {
    let mut publishing = Publishing::of(backend, asking, page).await?;
    if publishing.did(form).await? {
        return Ok(Ok(()));
    }
    publishing.put_out(form, base, said).await
}

/// The same with the text of one's own that waits.
pub async fn publish_draft(backend: &Backend, asking: MemberId, form: Uuid, page: Page) -> Result<Kept, Error> {
    let mut publishing = Publishing::of(backend, asking, page).await?;
    if publishing.did(form).await? {
        return Ok(Ok(()));
    }
    let member = publishing.editor.member();
    match draft_of(&mut publishing.tx, page, member).await? {
        Some(draft) => publishing.put_out(form, draft.base, &draft.said).await,
        None => Ok(Err(vec![Mistake::NoDraft])),
    }
}

/// An earlier version comes back, as a new one. `base` is what whoever asks has read.
pub async fn restore(backend: &Backend, asking: MemberId, form: Uuid, page: Page, base: i32, wanted: i32) -> Result<Kept, Error> {
    let mut publishing = Publishing::of(backend, asking, page).await?;
    if publishing.did(form).await? {
        return Ok(Ok(()));
    }
    if base != publishing.read.revision {
        return Ok(Err(vec![Mistake::Changed]));
    }
    let earlier = match wanted {
        0 => Some(before_all(page).said),
        wanted => publishing.earlier(wanted).await?,
    };
    let Some(said) = earlier.filter(|said| *said != publishing.read.said) else {
        return Ok(Err(vec![Mistake::NothingToBringBack]));
    };
    publishing.write(form, &said, Some(wanted)).await?;
    publishing.tx.commit().await?;
    Ok(Ok(()))
}

/// One has read what was published meanwhile, and goes on from there with one's own text.
pub async fn keep_draft(backend: &Backend, asking: MemberId, page: Page, base: i32) -> Result<Kept, Error> {
    let mut publishing = Publishing::of(backend, asking, page).await?;
    let member = publishing.editor.member();
    let Some(draft) = draft_of(&mut publishing.tx, page, member).await? else {
        return Ok(Err(vec![Mistake::NoDraft]));
    };
    if base != publishing.read.revision {
        return Ok(Err(vec![Mistake::Changed]));
    }
    publishing.keep(base, &draft.said).await?;
    publishing.tx.commit().await?;
    Ok(Ok(()))
}

/// One's own text goes.
pub async fn forget_draft(backend: &Backend, asking: MemberId, page: Page) -> Result<(), Error> {
    let mut publishing = Publishing::of(backend, asking, page).await?;
    publishing.forget().await?;
    publishing.tx.commit().await?;
    Ok(())
}
