//! Products, suppliers and ranges as rows.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::catalogue::import::{Archived, Facts, Kept, Shop};
use domain::catalogue::{ByHand, Product, ProductInHand, Range, Supplier, Written, WrittenSupplier, comes_back};
use domain::id::{ImportId, MemberId, PictureId, ProductId, SupplierId};
use domain::time::{Instant, paris_day};
use serde::Deserialize;
use serde_json::Value;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::deliveries::delivered;
use crate::error::Error;
use crate::swaps::write::word;

/// SQL for a [`ProductRow`] of a product `p`, as JSON.
pub(crate) const PRODUCT: &str = "jsonb_build_object('id', p.product_id, 'revision', p.revision, 'facts', p.facts,
    'by_hand', p.by_hand, 'archived', p.archived, 'price_since', p.price_since, 'changed_on', p.changed_on, 'html', p.html,
    'thumbnail', exists (select from product_picture t
        where t.product_picture_id = (p.by_hand->'photo'->>'id')::uuid and t.thumbnail is not null))";

/// SQL for a [`SupplierRow`] of a supplier `s`, as JSON.
pub(crate) const SUPPLIER: &str =
    "jsonb_build_object('id', s.supplier_id, 'revision', s.revision, 'written', s.written, 'html', s.html,
    'thumbnail', exists (select from product_picture t
        where t.product_picture_id = (s.written->'photo'->>'id')::uuid and t.thumbnail is not null))";

/// SQL for a [`Range`] `g`, as JSON.
pub(super) const RANGE: &str = "jsonb_build_object('id', g.product_range_id, 'name', g.name, 'rank', g.rank)";

#[derive(Debug, Deserialize)]
pub(crate) struct ProductRow {
    id: ProductId,
    revision: i32,
    facts: Facts,
    by_hand: ByHand,
    archived: Archived,
    price_since: NaiveDate,
    changed_on: NaiveDate,
    html: String,
    thumbnail: bool,
}

#[derive(Debug, Deserialize)]
pub(crate) struct SupplierRow {
    pub id: SupplierId,
    pub revision: i32,
    pub written: WrittenSupplier,
    pub html: String,
    pub thumbnail: bool,
}

impl ProductRow {
    /// The photo of which there is a small one.
    pub fn small_photo(&self) -> Option<PictureId> {
        self.by_hand.photo.as_ref().filter(|_| self.thumbnail).map(|photo| photo.id)
    }

    pub fn in_hand(self) -> ProductInHand {
        self.parts().0
    }

    /// As members see it.
    pub fn shown(self) -> Product {
        let thumbnail = self.thumbnail;
        let (in_hand, html) = self.parts();
        Product { thumbnail, ..in_hand.shown(html) }
    }

    fn parts(self) -> (ProductInHand, String) {
        let ProductRow { id, revision, facts, by_hand, archived, price_since, changed_on, html, .. } = self;
        let written = Written { facts, by_hand };
        (ProductInHand { id, revision, written, archived, price_since, changed_on }, html)
    }
}

impl SupplierRow {
    /// Likewise.
    pub fn small_photo(&self) -> Option<PictureId> {
        self.written.photo.as_ref().filter(|_| self.thumbnail).map(|photo| photo.id)
    }

    pub fn shown(self) -> Supplier {
        Supplier { thumbnail: self.thumbnail, ..self.written.shown(self.id, self.html) }
    }
}

pub(super) async fn product(conn: &mut PgConnection, id: ProductId) -> Result<ProductInHand, Error> {
    let found = sqlx::query_scalar(AssertSqlSafe(format!("select {PRODUCT} from product p where p.product_id = $1")));
    let Json(row): Json<ProductRow> = found.bind(id).fetch_one(conn).await?;
    Ok(row.in_hand())
}

pub(super) async fn ranges(conn: &mut PgConnection) -> Result<Vec<Range>, Error> {
    let all = sqlx::query_scalar(AssertSqlSafe(format!("select {RANGE} from product_range g order by g.rank, g.name")));
    let rows: Vec<Json<Range>> = all.fetch_all(conn).await?;
    Ok(rows.into_iter().map(|Json(range)| range).collect())
}

pub(super) async fn suppliers(conn: &mut PgConnection) -> Result<Vec<SupplierRow>, Error> {
    let all = sqlx::query_scalar(AssertSqlSafe(format!("select {SUPPLIER} from supplier s order by s.name")));
    let rows: Vec<Json<SupplierRow>> = all.fetch_all(conn).await?;
    Ok(rows.into_iter().map(|Json(supplier)| supplier).collect())
}

/// Everything that an import compares with.
pub(super) async fn shop(conn: &mut PgConnection) -> Result<Shop, Error> {
    let rows: Vec<(ProductId, Json<Kept>)> =
        sqlx::query_as("select product_id, jsonb_build_object('facts', facts, 'archived', archived) from product")
            .fetch_all(conn)
            .await?;
    Ok(rows.into_iter().map(|(id, Json(kept))| (id, kept)).collect())
}

/// Who writes, and by which file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Author {
    pub by: MemberId,
    pub import: Option<ImportId>,
}

/// Writes what differs: both hold the products that may have changed. The catalogue is held.
pub(super) async fn write(
    conn: &mut PgConnection,
    before: &Shop,
    after: &Shop,
    author: Author,
    now: Instant,
) -> Result<(), Error> {
    let removed: Vec<Uuid> = before.keys().filter(|id| !after.contains_key(*id)).map(|id| id.0).collect();
    if !removed.is_empty() {
        sqlx::query("delete from product where product_id = any($1)").bind(removed).execute(&mut *conn).await?;
    }
    let changed: BTreeMap<&ProductId, &Kept> = after.iter().filter(|(id, kept)| before.get(*id) != Some(*kept)).collect();
    if changed.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = changed.keys().map(|id| id.0).collect();
    let facts: Vec<Value> = changed.values().map(|kept| serde_json::to_value(&kept.facts).unwrap_or(Value::Null)).collect();
    let archived: Vec<String> = changed.values().map(|kept| word(&kept.archived)).collect();
    let moved: Vec<bool> = changed.iter().map(|(id, kept)| costs_otherwise(before.get(*id), kept)).collect();
    sqlx::query(WRITE)
        .bind(&ids)
        .bind(facts)
        .bind(archived)
        .bind(&moved)
        .bind(Json(ByHand::default()))
        .bind(paris_day(now))
        .execute(&mut *conn)
        .await?;
    barcodes(conn, &ids, &changed).await?;
    let priced: BTreeMap<&ProductId, &Kept> =
        changed.iter().filter(|(id, kept)| is_priced_anew(before.get(**id), kept)).map(|(id, kept)| (*id, *kept)).collect();
    prices(conn, &priced, author, now).await?;
    let back = changed.iter().filter(|(id, kept)| comes_back(before.get(**id), kept, paris_day(now)));
    delivered(conn, back.map(|(id, _)| id.0).collect(), now).await
}

/// A new one, or one that members pay another price for, or the same for a kilogram instead of a piece.
fn costs_otherwise(before: Option<&Kept>, after: &Kept) -> bool {
    let costs = |facts: &Facts| (facts.price(), facts.sold_by);
    before.is_none_or(|before| costs(&before.facts) != costs(&after.facts))
}

/// A new one, or one whose price is made of something else: a version of it, though it may come to the same.
fn is_priced_anew(before: Option<&Kept>, after: &Kept) -> bool {
    let parts = |facts: &Facts| (facts.purchase, facts.margin.rate(), facts.vat, facts.sold_by);
    before.is_none_or(|before| parts(&before.facts) != parts(&after.facts))
}

async fn barcodes(conn: &mut PgConnection, ids: &[Uuid], changed: &BTreeMap<&ProductId, &Kept>) -> Result<(), Error> {
    sqlx::query("delete from product_barcode where product_id = any($1)").bind(ids).execute(&mut *conn).await?;
    let each = changed.iter().flat_map(|(id, kept)| kept.facts.barcodes.iter().map(move |code| (id.0, code.as_str().to_owned())));
    let (of, codes): (Vec<Uuid>, Vec<String>) = each.unzip();
    sqlx::query("insert into product_barcode (product_id, barcode) select * from unnest($1::uuid[], $2::text[])")
        .bind(of)
        .bind(codes)
        .execute(conn)
        .await?;
    Ok(())
}

async fn prices(
    conn: &mut PgConnection,
    priced: &BTreeMap<&ProductId, &Kept>,
    author: Author,
    now: Instant,
) -> Result<(), Error> {
    let priced: Vec<(Uuid, &Facts)> = priced.iter().map(|(id, kept)| (id.0, &kept.facts)).collect();
    sqlx::query(PRICED)
        .bind(priced.iter().map(|(id, _)| *id).collect::<Vec<_>>())
        .bind(priced.iter().map(|(_, facts)| facts.purchase.0).collect::<Vec<_>>())
        .bind(priced.iter().map(|(_, facts)| i32::from(facts.margin.rate().0)).collect::<Vec<_>>())
        .bind(priced.iter().map(|(_, facts)| i32::from(facts.vat.0)).collect::<Vec<_>>())
        .bind(priced.iter().map(|(_, facts)| facts.price().0).collect::<Vec<_>>())
        .bind(priced.iter().map(|(_, facts)| word(&facts.sold_by)).collect::<Vec<_>>())
        .bind(now)
        .bind(author.by)
        .bind(author.import)
        .execute(conn)
        .await?;
    Ok(())
}

/// $1 products, $2 facts, $3 archived, $4 whether they cost something else, $5 what a new one has by hand, $6 today.
const WRITE: &str = "
insert into product as k (product_id, facts, by_hand, archived, price_since, changed_on)
select g.product_id, g.facts, $5, g.archived, case when g.moved then $6 else coalesce(p.price_since, $6) end, $6
from unnest($1::uuid[], $2::jsonb[], $3::text[], $4::boolean[]) as g (product_id, facts, archived, moved)
    left join product p using (product_id)
on conflict (product_id) do update set facts = excluded.facts, archived = excluded.archived,
    price_since = excluded.price_since, changed_on = excluded.changed_on, revision = k.revision + 1";

/// $1 products, $2 purchase, $3 margin, $4 VAT, $5 price, $6 sold by, $7 now, $8 by whom, $9 import.
const PRICED: &str = "
insert into price_version (product_id, purchase, margin, vat, price, sold_by, at, by_member, catalogue_import_id)
select g.*, $7, $8, $9 from unnest($1::uuid[], $2::bigint[], $3::integer[], $4::integer[], $5::bigint[], $6::text[]) as g
on conflict (product_id, at) do update set purchase = excluded.purchase, margin = excluded.margin, vat = excluded.vat,
    price = excluded.price, sold_by = excluded.sold_by, by_member = excluded.by_member, catalogue_import_id = excluded.catalogue_import_id";
