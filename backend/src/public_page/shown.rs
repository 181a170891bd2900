//! A page as anybody reads it, or would.

use domain::brief::COMMUNICATION;
use domain::calendar::OpeningHours;
use domain::event::Event;
use domain::id::MemberId;
use domain::public_page::{CLOSURES_D, Cell, Draft, Facts, Page, Place, Said, Shown, outline};
use domain::shifts::Closure;
use domain::time::{Instant, paris_day, plus_days};
use serde::Deserialize;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};

use super::in_hand::{draft_of, editor, newest};
use super::texts::{first, first_place};
use crate::Backend;
use crate::brief::html;
use crate::error::Error;
use crate::event::EVENT;

#[derive(Deserialize)]
struct Published {
    said: Said,
    at: Instant,
}

#[derive(Deserialize)]
struct CellRow {
    slug: String,
    name: String,
    role: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    published: Option<Json<Published>>,
    place: Option<Json<Place>>,
    opening: Json<Vec<OpeningHours>>,
    closures: Json<Vec<Closure>>,
    groups: Json<Vec<CellRow>>,
    presentation: Option<Json<Event>>,
}

/// A page as it is published.
pub async fn shown(backend: &Backend, page: Page) -> Result<Shown, Error> {
    let now = backend.now();
    let mut conn = backend.pool.acquire().await?;
    let mut row = load(&mut conn, page, now).await?;
    let published = row.published.take().map(|Json(published)| published);
    let published_at = published.as_ref().map(|published| published.at);
    let said = published.map_or_else(|| first(page), |published| published.said);
    Ok(laid_out(page, said, published_at, row, now))
}

/// What an editor would publish.
#[derive(Debug, Clone)]
pub struct Preview {
    pub shown: Shown,
    /// The revision that is read now.
    pub revision: i32,
    /// The editor's own text, where one waits: it is what is shown.
    pub draft: Option<Draft>,
}

/// A page with one's own text, for `asking`, who must be an editor.
pub async fn preview(backend: &Backend, asking: MemberId, page: Page) -> Result<Preview, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let editor = editor(&mut tx, asking, now).await?;
    let draft = draft_of(&mut tx, page, editor.member()).await?;
    let read = newest(&mut tx, page).await?;
    let row = load(&mut tx, page, now).await?;
    let (said, published_at) = match &draft {
        Some(draft) => (draft.said.clone(), None),
        None => (read.said, read.signed.at),
    };
    Ok(Preview { shown: laid_out(page, said, published_at, row, now), revision: read.revision, draft })
}

/// Where the shop is, as pages say it that have no text of their own.
pub async fn place(backend: &Backend) -> Result<Place, Error> {
    let kept: Option<Json<Place>> = sqlx::query_scalar("select place from public_place").fetch_optional(&backend.pool).await?;
    Ok(kept.map_or_else(first_place, |Json(place)| place))
}

async fn load(conn: &mut PgConnection, page: Page, now: Instant) -> Result<Row, Error> {
    let today = paris_day(now);
    Ok(sqlx::query_as(AssertSqlSafe(SHOWN.replace("{EVENT}", EVENT)))
        .bind(page.slug())
        .bind(today)
        .bind(plus_days(today, CLOSURES_D))
        .bind(COMMUNICATION)
        .bind(now)
        .fetch_one(conn)
        .await?)
}

fn laid_out(page: Page, said: Said, published_at: Option<Instant>, row: Row, now: Instant) -> Shown {
    let cell = |row: CellRow| Cell { slug: row.slug, name: row.name, role: row.role };
    let facts = Facts {
        now,
        place: row.place.map_or_else(first_place, |Json(place)| place),
        opening: row.opening.0,
        closures: row.closures.0,
        groups: row.groups.0.into_iter().map(cell).collect(),
        presentation: row.presentation.map(|Json(event)| event),
    };
    let outline = outline(&said.text).rendered(html);
    Shown { page, title: said.title, description: said.description, outline, published_at, facts }
}

/// $1 page, $2 today, $3 how far closures are told, $4 the group that presents the co-op, $5 now.
const SHOWN: &str = "
select
    (select jsonb_build_object('said', v.said, 'at', v.published_at) from public_page_version v
        where v.page = $1 order by v.revision desc limit 1) as published,
    (select place from public_place) as place,
    coalesce((select opening from setting), '[]'::jsonb) as opening,
    (select coalesce(jsonb_agg(jsonb_build_object('id', closure_id,
            'days', jsonb_build_object('from', from_on, 'to', to_on), 'why', why)), '[]')
        from closure where to_on >= $2 and from_on <= $3) as closures,
    (select coalesce(jsonb_agg(jsonb_build_object('slug', slug, 'name', name, 'role', role) order by rank, slug), '[]')
        from working_group) as groups,
    (select {EVENT} from event e join working_group g on g.group_id = e.group_id
        where g.slug = $4 and e.state ? 'published' and e.details->>'for_whom' = 'public' and e.ends_at > $5
        order by e.starts_at, e.event_id limit 1) as presentation";
