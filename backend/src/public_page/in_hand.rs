//! The pages as their editors see them.

use domain::id::MemberId;
use domain::members::ShortName;
use domain::procedures::Signed;
use domain::public_page::{Draft, InHand, Listed, Overview, Page, Place, Said, Version, Writing};
use domain::time::Instant;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};

use super::texts::{first, first_place};
use crate::Backend;
use crate::auth::Editor;
use crate::error::Error;

pub(super) async fn editor(conn: &mut PgConnection, asking: MemberId, now: Instant) -> Result<Editor, Error> {
    Editor::find(conn, asking, now).await?.ok_or(Error::NotAllowed)
}

#[derive(sqlx::FromRow)]
struct VersionRow {
    revision: i32,
    said: Json<Said>,
    like_revision: Option<i32>,
    first_name: String,
    last_name: String,
    published_at: Instant,
}

impl VersionRow {
    fn version(self) -> Version {
        let signed = Signed { by: Some(ShortName::new(&self.first_name, &self.last_name)), at: Some(self.published_at) };
        Version { revision: self.revision, said: self.said.0, signed, like: self.like_revision }
    }
}

/// What came with the app.
pub(super) fn before_all(page: Page) -> Version {
    Version { revision: 0, said: first(page), signed: Signed::default(), like: None }
}

/// All that was published of a page, newest first, down to what came with the app.
async fn versions(conn: &mut PgConnection, page: Page) -> Result<Vec<Version>, Error> {
    let rows: Vec<VersionRow> = sqlx::query_as(VERSIONS).bind(page.slug()).fetch_all(conn).await?;
    Ok(rows.into_iter().map(VersionRow::version).chain([before_all(page)]).collect())
}

/// What is read of a page.
pub(super) async fn newest(conn: &mut PgConnection, page: Page) -> Result<Version, Error> {
    let row: Option<VersionRow> =
        sqlx::query_as(AssertSqlSafe(format!("{VERSIONS} limit 1"))).bind(page.slug()).fetch_optional(conn).await?;
    Ok(row.map_or_else(|| before_all(page), VersionRow::version))
}

const VERSIONS: &str = "
select v.revision, v.said, v.like_revision, m.first_name, m.last_name, v.published_at
from public_page_version v join member m on m.member_id = v.by_member
where v.page = $1 order by v.revision desc";

/// The text of somebody's that waits.
pub(super) async fn draft_of(conn: &mut PgConnection, page: Page, member: MemberId) -> Result<Option<Draft>, Error> {
    let row: Option<(i32, Json<Said>, Instant)> =
        sqlx::query_as("select base_revision, said, saved_at from public_page_draft where page = $1 and member_id = $2")
            .bind(page.slug())
            .bind(member)
            .fetch_optional(conn)
            .await?;
    Ok(row.map(|(base, Json(said), at)| Draft { base, said, at }))
}

/// A page with all that was published of it and what waits, for `asking`, who must be an editor.
pub async fn in_hand(backend: &Backend, asking: MemberId, page: Page) -> Result<InHand, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let editor = editor(&mut tx, asking, now).await?;
    let versions = versions(&mut tx, page).await?;
    let draft = draft_of(&mut tx, page, editor.member()).await?;
    let others: Vec<(String, String, Instant)> = sqlx::query_as(
        "select m.first_name, m.last_name, d.saved_at from public_page_draft d join member m using (member_id)
         where d.page = $1 and d.member_id <> $2 order by d.saved_at desc",
    )
    .bind(page.slug())
    .bind(editor.member())
    .fetch_all(&mut *tx)
    .await?;
    let others = others.into_iter().map(|(first, last, at)| Writing { name: ShortName::new(&first, &last), at }).collect();
    Ok(InHand { now, page, versions, draft, others })
}

/// Every page and the shop's place, for `asking`, who must be an editor.
pub async fn overview(backend: &Backend, asking: MemberId) -> Result<Overview, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let editor = editor(&mut tx, asking, now).await?;
    let mut pages = Vec::new();
    for page in Page::ALL {
        let read = newest(&mut tx, page).await?;
        let draft = draft_of(&mut tx, page, editor.member()).await?.is_some();
        pages.push(Listed { page, title: read.said.title, revision: read.revision, signed: read.signed, draft });
    }
    let (place, place_revision, place_signed) = match place(&mut tx).await? {
        Some(row) => {
            let by = Some(ShortName::new(&row.first_name, &row.last_name));
            (row.place.0, row.revision, Signed { by, at: Some(row.set_at) })
        }
        None => (first_place(), 0, Signed::default()),
    };
    Ok(Overview { now, pages, place, place_revision, place_signed })
}

#[derive(sqlx::FromRow)]
struct PlaceRow {
    place: Json<Place>,
    revision: i32,
    first_name: String,
    last_name: String,
    set_at: Instant,
}

async fn place(conn: &mut PgConnection) -> Result<Option<PlaceRow>, Error> {
    let kept = "select p.place, p.revision, m.first_name, m.last_name, p.set_at
        from public_place p join member m on m.member_id = p.by_member";
    Ok(sqlx::query_as(kept).fetch_optional(conn).await?)
}
