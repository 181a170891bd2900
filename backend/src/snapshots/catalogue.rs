//! `Catalogue`: what the shop has, by range. An index names each shelf by the hash of what it holds, so that a price that
//! changes costs one shelf. What is too much for one is divided, by the products' ids: one more of them moves no other.

use std::sync::{Arc, LazyLock, OnceLock};

use chrono::Duration;
use domain::calendar::SCHEMA;
use domain::catalogue::{
    Catalogue, Index, MissingOf, PartOf, Product, Range, Shelf, ShelfOf, Stories, Suggested, Suggestion, Supplier, USUAL_SCALES,
    WHOLE_RANGE, WeighedRule,
};
use domain::id::ProductId;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;
use sqlx::types::Json;

use super::rows::PersonRow;
use super::{marks_of, next_midnight};
use crate::Backend;
use crate::catalogue::{PRODUCT, ProductRow, SUGGESTION, SUPPLIER, SupplierRow};
use crate::error::Error;

/// An answer is shown for so long. Days.
const ANSWERED_D: i64 = 90;
/// The most on one shelf: products, and bytes before they are compressed. It is what a price that changes costs a device, besides
/// the index: 40 kB together, compressed.
const SHELF_CAP: usize = 300;
const SHELF_BYTES_CAP: usize = 100_000;
/// How often a range is divided at most.
const DIVISIONS_CAP: usize = 12;

/// The index, and each shelf that it names.
#[derive(Debug)]
pub struct Shelves {
    pub index: Arc<Catalogue>,
    /// In the index's order. One that is as it was is the one of the version before.
    pub on: Vec<Arc<Shelf>>,
    /// What suppliers tell of themselves, likewise.
    pub stories: Arc<Stories>,
    searched: OnceLock<Arc<Index>>,
}

impl Shelves {
    /// None where it holds something else by now.
    pub fn shelf(&self, of: ShelfOf, hash: &str) -> Option<&Arc<Shelf>> {
        let at = self.index.parts.iter().position(|part| part.shelf() == of && part.hash == hash)?;
        self.on.get(at)
    }

    /// None where they tell something else by now.
    pub fn stories(&self, hash: &str) -> Option<&Arc<Stories>> {
        (!hash.is_empty() && self.index.stories == hash).then_some(&self.stories)
    }

    /// What is searched in for pages that are not alive; made when the first of them asks.
    pub fn searched(&self) -> &Index {
        self.searched.get_or_init(|| {
            let ranges: Vec<Range> = self.index.parts.iter().map(|part| part.range.clone()).collect();
            let products = self.on.iter().flat_map(|shelf| &shelf.products);
            Arc::new(Index::of(products, &self.index.suppliers, &ranges))
        })
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    mark: i64,
    ranges: Json<Vec<OnRange>>,
    suppliers: Json<Vec<SupplierRow>>,
    suggestions: Json<Vec<Suggestion>>,
    people: Json<Vec<PersonRow>>,
    missing: Json<Vec<MissingOf>>,
    scales: Option<Json<Vec<WeighedRule>>>,
}

#[derive(Deserialize)]
struct OnRange {
    range: Range,
    products: Vec<ProductRow>,
}

/// The catalogue as it is now, whatever version a process has.
pub async fn catalogue(backend: &Backend) -> Result<Shelves, Error> {
    after(backend, None).await
}

/// The same; what it has in common with the version before is kept once.
pub(super) async fn after(backend: &Backend, before: Option<&Shelves>) -> Result<Shelves, Error> {
    let now = backend.now();
    let row: Row =
        sqlx::query_as(AssertSqlSafe(CATALOGUE.as_str())).bind(now - Duration::days(ANSWERED_D)).fetch_one(&backend.pool).await?;
    let (mut parts, mut on) = (Vec::new(), Vec::new());
    for OnRange { range, products } in row.ranges.0.into_iter().filter(|known| !known.products.is_empty()) {
        let products = products.into_iter().map(ProductRow::shown).collect();
        let mut divided = Vec::new();
        divide(Shelf { range: range.id, piece: WHOLE_RANGE, products }, 0, &mut divided)?;
        for (shelf, hash) in divided {
            let products = u16::try_from(shelf.products.len()).unwrap_or(u16::MAX);
            let known = before.and_then(|before| before.shelf(shelf.of(), &hash)).cloned();
            parts.push(PartOf { range: range.clone(), piece: shelf.piece, products, hash });
            on.push(known.unwrap_or_else(|| Arc::new(shelf)));
        }
    }
    let suppliers: Vec<Supplier> = row.suppliers.0.into_iter().map(SupplierRow::shown).collect();
    let (suppliers, stories) = apart(suppliers);
    let told = if stories.of.is_empty() { String::new() } else { named(&stories)? };
    let stories = before.and_then(|before| before.stories(&told)).cloned().unwrap_or_else(|| Arc::new(stories));
    let index = Catalogue {
        schema: SCHEMA,
        marks: marks_of("catalogue", row.mark),
        as_of: now,
        valid_until: next_midnight(now),
        suppliers,
        stories: told,
        parts,
        people: row.people.0.into_iter().map(PersonRow::named).collect(),
        suggestions: row.suggestions.0.iter().map(Suggested::of).collect(),
        missing: row.missing.0,
        scales: row.scales.map_or_else(|| USUAL_SCALES.to_vec(), |Json(rules)| rules),
    };
    let same = before.filter(|before| before.index.parts == index.parts && before.index.suppliers == index.suppliers);
    let searched = same.map(|before| before.searched.clone()).unwrap_or_default();
    Ok(Shelves { index: Arc::new(index), on, stories, searched })
}

/// What suppliers tell apart from what they are: whoever has the index alone pays for none of it.
fn apart(suppliers: Vec<Supplier>) -> (Vec<Supplier>, Stories) {
    let mut stories = Stories::default();
    let mut bare = Vec::with_capacity(suppliers.len());
    for mut supplier in suppliers {
        let story = std::mem::take(&mut supplier.story);
        if !story.is_empty() {
            stories.of.insert(supplier.id, story);
        }
        bare.push(supplier);
    }
    (bare, stories)
}

fn named(stories: &Stories) -> Result<String, Error> {
    Ok(hash_of(&serde_json::to_vec(stories).map_err(|_| Error::Unreadable("stories cannot be written"))?))
}

/// The shelf with what it is called; of one that holds too much its halves instead, divided as often as it takes.
fn divide(shelf: Shelf, divided: usize, named: &mut Vec<(Shelf, String)>) -> Result<(), Error> {
    let is_last = divided == DIVISIONS_CAP || shelf.products.len() < 2;
    if is_last || shelf.products.len() <= SHELF_CAP {
        let bytes = serde_json::to_vec(&shelf).map_err(|_| Error::Unreadable("a shelf cannot be written"))?;
        if is_last || bytes.len() <= SHELF_BYTES_CAP {
            named.push((shelf, hash_of(&bytes)));
            return Ok(());
        }
    }
    let Shelf { range, piece, products } = shelf;
    let (odd, even): (Vec<Product>, Vec<Product>) = products.into_iter().partition(|product| is_odd(product.id, divided));
    for (piece, products) in [(2 * piece, even), (2 * piece + 1, odd)] {
        if !products.is_empty() {
            divide(Shelf { range, piece, products }, divided + 1, named)?;
        }
    }
    Ok(())
}

/// In which half a product is, once its range was divided so often: it never is in another.
fn is_odd(product: ProductId, divided: usize) -> bool {
    let mixed = Sha256::digest(product.0.as_bytes());
    mixed[divided / 8] >> (divided % 8) & 1 == 1
}

fn hash_of(bytes: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(SCHEMA.to_be_bytes());
    hash.update(bytes);
    hex::encode(&hash.finalize()[..16])
}

/// $1 since when an answer is shown.
static CATALOGUE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "with said as materialized (
            select * from suggestion s where s.answer is null or s.answer->>'verdict' = 'later'
                or (s.answer->>'at')::timestamptz > $1
        )
        select
            (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'catalogue') as mark,
            (select coalesce(json_agg(json_build_object(
                'range', json_build_object('id', g.product_range_id, 'name', g.name, 'rank', g.rank),
                'products', (select coalesce(json_agg({PRODUCT} order by p.facts->>'name', p.product_id), '[]')
                    from product p where p.product_range_id = g.product_range_id and p.archived = 'no'))
                order by g.rank, g.name), '[]') from product_range g) as ranges,
            (select coalesce(json_agg({SUPPLIER} order by s.name), '[]') from supplier s) as suppliers,
            (select coalesce(json_agg({SUGGESTION} order by s.at desc, s.suggestion_id), '[]') from said s) as suggestions,
            (select coalesce(json_agg(json_build_object('id', member_id, 'first', first_name, 'last', last_name)), '[]')
                from member where member_id in (select by_member from said
                    union select (answer->>'by')::uuid from said where answer is not null)) as people,
            (select coalesce(json_agg(json_build_object('product', product_id, 'since', min_on, 'last', max_on,
                    'reports', least(reports, 9999)) order by product_id), '[]')
                from (select product_id, min(on_day) as min_on, max(on_day) as max_on, count(*) as reports
                    from missing_report join product p using (product_id)
                    where closed is null and p.archived = 'no' group by product_id) as open) as missing,
            (select scales from catalogue_words) as scales"
    )
});
