//! Products, by hand.

use domain::brief::Picture;
use domain::catalogue::import::{Archived, Kept, Shop};
use domain::catalogue::{Barcode, Mistake, PriceVersion, ProductInHand, ProductLine, Written};
use domain::id::{MemberId, PictureId, ProductId};
use domain::time::paris_day;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::margin;
use super::row::{self, Author, PRODUCT, ProductRow};
use super::together::{Keeping, Kept as Done, keeper};
use crate::Backend;
use crate::brief::html;
use crate::error::Error;

/// Every product, archived ones too, by range and then by name.
pub async fn product_lines(backend: &Backend, asking: MemberId) -> Result<Vec<ProductLine>, Error> {
    let mut tx = backend.pool.begin().await?;
    keeper(&mut tx, asking, backend.now()).await?;
    let all = sqlx::query_scalar(AssertSqlSafe(format!(
        "select {PRODUCT} from product p join product_range g using (product_range_id)
         order by g.rank, g.name, p.facts->>'name', p.product_id"
    )));
    let rows: Vec<Json<ProductRow>> = all.fetch_all(&mut *tx).await?;
    Ok(rows.into_iter().map(|Json(row)| line(row.small_photo(), row.in_hand())).collect())
}

fn line(thumbnail: Option<PictureId>, product: ProductInHand) -> ProductLine {
    let Written { facts, by_hand } = product.written;
    ProductLine {
        id: product.id,
        price: facts.price(),
        name: facts.name,
        brand: facts.brand,
        range: facts.range,
        supplier: facts.supplier,
        archived: product.archived,
        has_photo: by_hand.photo.is_some(),
        thumbnail,
        allergens_said: by_hand.allergens.said_on().is_some(),
    }
}

pub async fn product_in_hand(backend: &Backend, asking: MemberId, id: ProductId) -> Result<ProductInHand, Error> {
    let mut tx = backend.pool.begin().await?;
    keeper(&mut tx, asking, backend.now()).await?;
    row::product(&mut tx, id).await
}

/// The form's id is the product's: sent twice, it makes the same one. Whoever goes back to the form and writes something else in it
/// makes another.
pub async fn create_product(backend: &Backend, asking: MemberId, form: Uuid, written: Written) -> Result<Done<ProductId>, Error> {
    let mut keeping = Keeping::of(backend, asking).await?;
    let mut id = ProductId(form);
    let mut written = match written.checked(paris_day(keeping.now)) {
        Ok(written) => written,
        Err(mistakes) => return Ok(Err(mistakes)),
    };
    written.facts.margin = written.facts.margin.settled(margin::current(&mut keeping.tx).await?);
    match row::product(&mut keeping.tx, id).await {
        Ok(known) if known.written == written => return Ok(Ok(id)),
        Ok(_) => id = ProductId(backend.ids.uuid()),
        Err(Error::NotFound) => {}
        Err(error) => return Err(error),
    }
    let mistakes = clashes(&mut keeping.tx, id, &written).await?;
    if !mistakes.is_empty() {
        return Ok(Err(mistakes));
    }
    let after = Shop::from([(id, Kept { facts: written.facts.clone(), archived: Archived::No })]);
    let author = Author { by: keeping.by, import: None };
    row::write(&mut keeping.tx, &Shop::new(), &after, author, keeping.now).await?;
    by_hand(&mut keeping, id, &written, 1).await?;
    keeping.end().await?;
    Ok(Ok(id))
}

/// `base`: the revision from which it was written.
pub async fn edit_product(
    backend: &Backend,
    asking: MemberId,
    id: ProductId,
    base: i32,
    written: Written,
) -> Result<Done<()>, Error> {
    let mut keeping = Keeping::of(backend, asking).await?;
    let known = row::product(&mut keeping.tx, id).await?;
    let written = match read(&mut keeping, id, written).await? {
        Ok(written) => written,
        Err(mistakes) => return Ok(Err(mistakes)),
    };
    // The same form twice is one act.
    if written == known.written {
        return Ok(Ok(()));
    }
    if known.revision != base {
        return Ok(Err(vec![Mistake::Stale { revision: known.revision }]));
    }
    replace(keeping, known, written).await?;
    Ok(Ok(()))
}

/// By hand, so that no file brings it back; or back again.
pub async fn archive_product(backend: &Backend, asking: MemberId, id: ProductId, archived: bool) -> Result<(), Error> {
    let mut keeping = Keeping::of(backend, asking).await?;
    let known = row::product(&mut keeping.tx, id).await?;
    let is = if archived { Archived::ByHand } else { Archived::No };
    if known.archived == is {
        return Ok(());
    }
    let facts = known.written.facts;
    let before = Shop::from([(id, Kept { facts: facts.clone(), archived: known.archived })]);
    let after = Shop::from([(id, Kept { facts, archived: is })]);
    let author = Author { by: keeping.by, import: None };
    row::write(&mut keeping.tx, &before, &after, author, keeping.now).await?;
    keeping.end().await
}

/// A photo dropped on a product; its bytes come before or after.
pub async fn set_photo(backend: &Backend, asking: MemberId, id: ProductId, photo: Option<Picture>) -> Result<Done<()>, Error> {
    let mut keeping = Keeping::of(backend, asking).await?;
    let known = row::product(&mut keeping.tx, id).await?;
    let mut written = known.written.clone();
    written.by_hand.photo = photo;
    match written.checked(paris_day(keeping.now)) {
        Ok(written) if written == known.written => Ok(Ok(())),
        Ok(written) => {
            replace(keeping, known, written).await?;
            Ok(Ok(()))
        }
        Err(mistakes) => Ok(Err(mistakes)),
    }
}

/// What it cost, the newest first.
pub async fn prices(backend: &Backend, asking: MemberId, id: ProductId) -> Result<Vec<PriceVersion>, Error> {
    let mut tx = backend.pool.begin().await?;
    keeper(&mut tx, asking, backend.now()).await?;
    let rows: Vec<Json<PriceVersion>> = sqlx::query_scalar(
        "select jsonb_build_object('at', at, 'purchase', purchase, 'margin', margin, 'vat', vat, 'price', price, 'sold_by', sold_by,
            'by', by_member, 'import', catalogue_import_id)
         from price_version where product_id = $1 order by at desc",
    )
    .bind(id)
    .fetch_all(&mut *tx)
    .await?;
    Ok(rows.into_iter().map(|Json(version)| version).collect())
}

/// What was written, as it is kept, or everything that is wrong with it.
async fn read(keeping: &mut Keeping, id: ProductId, written: Written) -> Result<Done<Written>, Error> {
    let mut written = match written.checked(paris_day(keeping.now)) {
        Ok(written) => written,
        Err(mistakes) => return Ok(Err(mistakes)),
    };
    written.facts.margin = written.facts.margin.settled(margin::current(&mut keeping.tx).await?);
    let mistakes = clashes(&mut keeping.tx, id, &written).await?;
    Ok(if mistakes.is_empty() { Ok(written) } else { Err(mistakes) })
}

/// Whether the range and the supplier are there, and who has the till's number or a barcode already.
type Clashes = (bool, bool, Option<String>, Option<Json<(Barcode, String)>>);

/// What it has in common with others, and what it names that is not there.
async fn clashes(conn: &mut PgConnection, id: ProductId, written: &Written) -> Result<Vec<Mistake>, Error> {
    let facts = &written.facts;
    let codes: Vec<String> = facts.barcodes.iter().map(ToString::to_string).collect();
    let (range, supplier, till_id, barcode): Clashes = sqlx::query_as(CLASHES)
        .bind(id)
        .bind(facts.range)
        .bind(facts.supplier)
        .bind(&facts.till_id)
        .bind(codes)
        .fetch_one(conn)
        .await?;
    let mistakes = [
        (!range).then_some(Mistake::UnknownRange),
        (!supplier).then_some(Mistake::UnknownSupplier),
        till_id.map(|by| Mistake::TillIdTaken { by }),
        barcode.map(|Json((barcode, by))| Mistake::BarcodeTaken { barcode, by }),
    ];
    Ok(mistakes.into_iter().flatten().collect())
}

async fn replace(mut keeping: Keeping, known: ProductInHand, written: Written) -> Result<(), Error> {
    let kept = |facts: &domain::catalogue::import::Facts| Kept { facts: facts.clone(), archived: known.archived };
    let before = Shop::from([(known.id, kept(&known.written.facts))]);
    let after = Shop::from([(known.id, kept(&written.facts))]);
    let author = Author { by: keeping.by, import: None };
    row::write(&mut keeping.tx, &before, &after, author, keeping.now).await?;
    by_hand(&mut keeping, known.id, &written, known.revision + 1).await?;
    keeping.end().await
}

async fn by_hand(keeping: &mut Keeping, id: ProductId, written: &Written, revision: i32) -> Result<(), Error> {
    sqlx::query("update product set by_hand = $2, html = $3, changed_on = $4, revision = $5 where product_id = $1")
        .bind(id)
        .bind(Json(&written.by_hand))
        .bind(html(&written.by_hand.story))
        .bind(paris_day(keeping.now))
        .bind(revision)
        .execute(&mut *keeping.tx)
        .await?;
    Ok(())
}

/// $1 product, $2 range, $3 supplier, $4 till id, $5 barcodes.
const CLASHES: &str = "
select exists (select from product_range where product_range_id = $2),
    $3::uuid is null or exists (select from supplier where supplier_id = $3),
    (select facts->>'name' from product where till_id = $4 and product_id <> $1 limit 1),
    (select jsonb_build_array(b.barcode, p.facts->>'name') from product_barcode b join product p using (product_id)
        where b.barcode = any($5) and b.product_id <> $1 order by b.barcode limit 1)";
