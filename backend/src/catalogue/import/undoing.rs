//! The last import, taken back: all but what somebody changed since.

use std::collections::BTreeSet;

use domain::catalogue::ByHand;
use domain::catalogue::import::{NotUndone, Now, Plan, Undo};
use domain::id::{ImportId, MemberId, ProductId};
use domain::import::may_undo;
use domain::time::Instant;
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::Backend;
use crate::catalogue::row::{self, Author};
use crate::catalogue::together::Keeping;
use crate::error::Error;

#[derive(sqlx::FromRow)]
struct Row {
    plan: Json<Plan>,
    undone_at: Option<Instant>,
    is_last: bool,
}

pub async fn undo_last(backend: &Backend, asking: MemberId, id: ImportId) -> Result<Result<Undo, NotUndone>, Error> {
    let mut keeping = Keeping::of(backend, asking).await?;
    let known: Row = sqlx::query_as(
        "select plan, undone_at, not exists (select from catalogue_import l where l.approved_at is not null
            and (l.approved_at, l.catalogue_import_id) > (i.approved_at, i.catalogue_import_id)) as is_last
         from catalogue_import i where catalogue_import_id = $1 and approved_at is not null",
    )
    .bind(id)
    .fetch_one(&mut *keeping.tx)
    .await?;
    if let Err(why) = may_undo(known.undone_at.is_some(), known.is_last) {
        return Ok(Err(why));
    }
    let now_there = row::shop(&mut keeping.tx).await?;
    let ranges = row::ranges(&mut keeping.tx).await?.into_iter().map(|range| range.id).collect();
    let suppliers = row::suppliers(&mut keeping.tx).await?.into_iter().map(|supplier| supplier.id).collect();
    let touched = touched(&mut keeping.tx).await?;
    let margin = super::remembered(&mut keeping.tx).await?.margin;
    let undo = known.plan.0.undo(Now { shop: &now_there, touched: &touched, ranges: &ranges, suppliers: &suppliers, margin });
    let Ok(after) = undo.plan.applied(&now_there) else {
        return Err(Error::Unreadable("an undo that its own shop does not take"));
    };
    let (by, now) = (keeping.by, keeping.now);
    row::write(&mut keeping.tx, &now_there, &after, Author { by, import: None }, now).await?;
    sqlx::query("update catalogue_import set undone_by = $2, undone_at = $3 where catalogue_import_id = $1")
        .bind(id)
        .bind(by)
        .bind(now)
        .execute(&mut *keeping.tx)
        .await?;
    keeping.end().await?;
    Ok(Ok(undo))
}

/// Of what a removal would lose something: what is written by hand, and what members like, are to buy, or miss.
async fn touched(conn: &mut PgConnection) -> Result<BTreeSet<ProductId>, Error> {
    let ids: Vec<ProductId> = sqlx::query_scalar(TOUCHED).bind(Json(ByHand::default())).fetch_all(conn).await?;
    Ok(ids.into_iter().collect())
}

/// $1 what a product has by hand of which nobody wrote anything.
const TOUCHED: &str = "
select product_id from product where by_hand <> $1
union select product_id from missing_report
union select product_id from favourite
union select (what->>'product')::uuid from shopping_item where what->>'product' is not null";
