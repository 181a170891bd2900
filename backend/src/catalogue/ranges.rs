//! The rayons.

use domain::catalogue::import::key;
use domain::catalogue::{Mistake, Range, RangeInHand, range_name};
use domain::id::{MemberId, RangeId};
use serde::Deserialize;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::row::{self, RANGE};
use super::together::{Keeping, Kept, keeper};
use crate::Backend;
use crate::error::Error;

#[derive(Deserialize)]
struct Row {
    range: Range,
    products: u32,
}

/// In their order, with how many products each has, archived ones too.
pub async fn ranges(backend: &Backend, asking: MemberId) -> Result<Vec<RangeInHand>, Error> {
    let mut tx = backend.pool.begin().await?;
    keeper(&mut tx, asking, backend.now()).await?;
    let all = sqlx::query_scalar(AssertSqlSafe(format!(
        "select jsonb_build_object('range', {RANGE}, 'products',
            (select count(*) from product p where p.product_range_id = g.product_range_id))
         from product_range g order by g.rank, g.name"
    )));
    let rows: Vec<Json<Row>> = all.fetch_all(&mut *tx).await?;
    Ok(rows.into_iter().map(|Json(Row { range, products })| RangeInHand { range, products }).collect())
}

/// The last of them, for now. The form's id is the range's; with another name in it, it makes another range.
pub async fn create_range(backend: &Backend, asking: MemberId, form: Uuid, name: &str) -> Result<Kept<RangeId>, Error> {
    let mut keeping = Keeping::of(backend, asking).await?;
    let all = row::ranges(&mut keeping.tx).await?;
    let mut id = RangeId(form);
    if let Some(known) = all.iter().find(|known| known.id == id) {
        if range_name(name).is_ok_and(|name| name == known.name) {
            return Ok(Ok(id));
        }
        id = RangeId(backend.ids.uuid());
    }
    let name = match free_name(&all, id, name) {
        Ok(name) => name,
        Err(mistake) => return Ok(Err(vec![mistake])),
    };
    insert(&mut keeping.tx, &all, id, &name).await?;
    keeping.end().await?;
    Ok(Ok(id))
}

/// It stays where it stands.
pub async fn rename_range(backend: &Backend, asking: MemberId, id: RangeId, name: &str) -> Result<Kept<()>, Error> {
    let mut keeping = Keeping::of(backend, asking).await?;
    let all = row::ranges(&mut keeping.tx).await?;
    if !all.iter().any(|known| known.id == id) {
        return Err(Error::NotFound);
    }
    let name = match free_name(&all, id, name) {
        Ok(name) => name,
        Err(mistake) => return Ok(Err(vec![mistake])),
    };
    sqlx::query("update product_range set name = $2 where product_range_id = $1")
        .bind(id)
        .bind(name)
        .execute(&mut *keeping.tx)
        .await?;
    keeping.end().await?;
    Ok(Ok(()))
}

/// To a place among the others, from 0 on: sent twice, it is still that place.
pub async fn move_range(backend: &Backend, asking: MemberId, id: RangeId, place: usize) -> Result<(), Error> {
    let mut keeping = Keeping::of(backend, asking).await?;
    let mut all = row::ranges(&mut keeping.tx).await?;
    let at = all.iter().position(|known| known.id == id).ok_or(Error::NotFound)?;
    let moved = all.remove(at);
    all.insert(place.min(all.len()), moved);
    for (rank, range) in (0_i16..).zip(&all).filter(|(rank, range)| i16::try_from(range.rank) != Ok(*rank)) {
        sqlx::query("update product_range set rank = $2 where product_range_id = $1")
            .bind(range.id)
            .bind(rank)
            .execute(&mut *keeping.tx)
            .await?;
    }
    keeping.end().await
}

/// One that has no products. Sent twice, it is gone all the same.
pub async fn remove_range(backend: &Backend, asking: MemberId, id: RangeId) -> Result<Kept<()>, Error> {
    let mut keeping = Keeping::of(backend, asking).await?;
    let products: i64 = sqlx::query_scalar("select count(*) from product where product_range_id = $1")
        .bind(id)
        .fetch_one(&mut *keeping.tx)
        .await?;
    if products > 0 {
        return Ok(Err(vec![Mistake::InUse { products: u32::try_from(products).unwrap_or(u32::MAX) }]));
    }
    sqlx::query("delete from product_range where product_range_id = $1").bind(id).execute(&mut *keeping.tx).await?;
    keeping.end().await?;
    Ok(Ok(()))
}

/// After all others.
pub(super) async fn insert(conn: &mut PgConnection, all: &[Range], id: RangeId, name: &str) -> Result<Range, Error> {
    let rank = all.iter().map(|range| range.rank).max().map_or(0, |rank| rank.saturating_add(1));
    sqlx::query("insert into product_range (product_range_id, name, rank) values ($1, $2, $3)")
        .bind(id)
        .bind(name)
        .bind(i16::try_from(rank).unwrap_or(i16::MAX))
        .execute(conn)
        .await?;
    Ok(Range { id, name: name.to_owned(), rank })
}

/// A name that no other has, however it is spelt.
fn free_name(all: &[Range], id: RangeId, typed: &str) -> Result<String, Mistake> {
    let name = range_name(typed)?;
    let taken = all.iter().any(|known| known.id != id && key(&known.name) == key(&name));
    if taken { Err(Mistake::NameTaken) } else { Ok(name) }
}
