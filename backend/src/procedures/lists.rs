//! Checklists: a change is a new version with lines of its own.

use domain::id::MemberId;
use domain::procedures::{Fields, ListDraft, first_day, slug_of};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Keeping, Kept};
use crate::Backend;
use crate::error::Error;

/// A new version of `slug`, or a new list without one. The same `id` again changes nothing.
pub async fn set_list(backend: &Backend, asking: MemberId, id: Uuid, slug: Option<&str>, fields: &Fields) -> Result<Kept, Error> {
    let mut keeping = Keeping::of(backend, asking).await?;
    let draft = match ListDraft::parse(fields, first_day(keeping.now)) {
        Ok(draft) => draft,
        Err(mistakes) => return Ok(Err(mistakes)),
    };
    let conn = &mut *keeping.tx;
    let after = match slug {
        Some(slug) => last(conn, slug).await?.ok_or(Error::NotFound)?,
        None => first(conn, &slug_of(&draft.name)).await?,
    };
    let new = sqlx::query(
        "insert into checklist (checklist_id, slug, version, from_on, name, weekdays, clocks, rank, by_member, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (checklist_id) do nothing",
    )
    .bind(id)
    .bind(&after.slug)
    .bind(after.version + 1)
    .bind(draft.from)
    .bind(&draft.name)
    .bind(&draft.weekdays)
    .bind(&draft.clocks)
    .bind(after.rank)
    .bind(keeping.right.member())
    .bind(keeping.now)
    .execute(&mut *conn)
    .await?;
    if new.rows_affected() == 0 {
        return Ok(Ok(()));
    }
    let items: Vec<Uuid> = draft.lines.iter().map(|_| backend.ids.uuid()).collect();
    sqlx::query(
        "insert into checklist_item (item_id, checklist_id, rank, label)
         select item, $2, rank - 1, label from unnest($1::uuid[], $3::text[]) with ordinality as line (item, label, rank)",
    )
    .bind(items)
    .bind(id)
    .bind(&draft.lines)
    .execute(&mut *conn)
    .await?;
    keeping.end().await?;
    Ok(Ok(()))
}

/// The list is on no sheet from the first day on that none is kept of yet: a version without lines.
pub async fn end_list(backend: &Backend, asking: MemberId, id: Uuid, slug: &str) -> Result<(), Error> {
    let mut keeping = Keeping::of(backend, asking).await?;
    last(&mut keeping.tx, slug).await?.ok_or(Error::NotFound)?;
    sqlx::query(
        "insert into checklist (checklist_id, slug, version, from_on, name, weekdays, clocks, rank, by_member, made_at)
         select $1, slug, version + 1, $3, name, weekdays, clocks, rank, $4, $5 from checklist where slug = $2
         order by version desc limit 1 on conflict (checklist_id) do nothing",
    )
    .bind(id)
    .bind(slug)
    .bind(first_day(keeping.now))
    .bind(keeping.right.member())
    .bind(keeping.now)
    .execute(&mut *keeping.tx)
    .await?;
    keeping.end().await
}

/// Where a list stands.
#[derive(sqlx::FromRow)]
struct Last {
    slug: String,
    version: i16,
    rank: i16,
}

async fn last(conn: &mut PgConnection, slug: &str) -> Result<Option<Last>, Error> {
    let last = "select slug, version, rank from checklist where slug = $1 order by version desc limit 1";
    Ok(sqlx::query_as(last).bind(slug).fetch_optional(conn).await?)
}

/// A slug that no list has yet, after all of them.
async fn first(conn: &mut PgConnection, wanted: &str) -> Result<Last, Error> {
    let (rank, taken): (i16, Vec<String>) =
        sqlx::query_as("select (coalesce(max(rank), -1) + 1)::smallint, coalesce(array_agg(distinct slug), '{}') from checklist")
            .fetch_one(conn)
            .await?;
    let numbered = (1..).map(|n| if n == 1 { wanted.to_owned() } else { format!("{wanted}-{n}") });
    let slug = numbered.into_iter().find(|slug| !taken.contains(slug)).unwrap_or_default();
    Ok(Last { slug, version: 0, rank })
}
