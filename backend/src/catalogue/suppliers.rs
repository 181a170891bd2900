//! Who makes or brings what we sell.

use domain::catalogue::import::key;
use domain::catalogue::{Mistake, SupplierInHand, WrittenSupplier};
use domain::id::{MemberId, SupplierId};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::row::{self, SupplierRow};
use super::together::{Keeping, Kept, keeper};
use crate::Backend;
use crate::brief::html;
use crate::error::Error;

/// By name, with how many products each has, archived ones too.
pub async fn suppliers(backend: &Backend, asking: MemberId) -> Result<Vec<SupplierInHand>, Error> {
    let mut tx = backend.pool.begin().await?;
    keeper(&mut tx, asking, backend.now()).await?;
    let counts: Vec<(SupplierId, i64)> =
        sqlx::query_as("select supplier_id, count(*) from product where supplier_id is not null group by supplier_id")
            .fetch_all(&mut *tx)
            .await?;
    let of = |id: SupplierId| counts.iter().find(|(known, _)| *known == id).map_or(0, |(_, count)| *count);
    let in_hand = |row: SupplierRow| SupplierInHand {
        id: row.id,
        revision: row.revision,
        products: u32::try_from(of(row.id)).unwrap_or(u32::MAX),
        thumbnail: row.small_photo(),
        written: row.written,
    };
    Ok(row::suppliers(&mut tx).await?.into_iter().map(in_hand).collect())
}

/// The form's id is the supplier's; with something else in it, it makes another.
pub async fn create_supplier(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    written: WrittenSupplier,
) -> Result<Kept<SupplierId>, Error> {
    let mut keeping = Keeping::of(backend, asking).await?;
    let all = row::suppliers(&mut keeping.tx).await?;
    let mut id = SupplierId(form);
    let known = all.iter().find(|known| known.id == id);
    if known.is_some() {
        id = SupplierId(backend.ids.uuid());
    }
    let written = match written.checked() {
        Ok(written) if known.is_some_and(|known| known.written == written) => return Ok(Ok(SupplierId(form))),
        Ok(written) => written,
        Err(mistakes) => return Ok(Err(mistakes)),
    };
    let written = match read(&all, id, written) {
        Ok(written) => written,
        Err(mistakes) => return Ok(Err(mistakes)),
    };
    insert(&mut keeping.tx, id, &written).await?;
    keeping.end().await?;
    Ok(Ok(id))
}

/// `base`: the revision from which it was written.
pub async fn edit_supplier(
    backend: &Backend,
    asking: MemberId,
    id: SupplierId,
    base: i32,
    written: WrittenSupplier,
) -> Result<Kept<()>, Error> {
    let mut keeping = Keeping::of(backend, asking).await?;
    let all = row::suppliers(&mut keeping.tx).await?;
    let known = all.iter().find(|known| known.id == id).ok_or(Error::NotFound)?;
    let written = match read(&all, id, written) {
        Ok(written) => written,
        Err(mistakes) => return Ok(Err(mistakes)),
    };
    if written == known.written {
        return Ok(Ok(()));
    }
    if known.revision != base {
        return Ok(Err(vec![Mistake::Stale { revision: known.revision }]));
    }
    sqlx::query("update supplier set written = $2, html = $3, revision = revision + 1 where supplier_id = $1")
        .bind(id)
        .bind(Json(&written))
        .bind(html(&written.story))
        .execute(&mut *keeping.tx)
        .await?;
    keeping.end().await?;
    Ok(Ok(()))
}

/// One of whom we have nothing.
pub async fn remove_supplier(backend: &Backend, asking: MemberId, id: SupplierId) -> Result<Kept<()>, Error> {
    let mut keeping = Keeping::of(backend, asking).await?;
    let products: i64 =
        sqlx::query_scalar("select count(*) from product where supplier_id = $1").bind(id).fetch_one(&mut *keeping.tx).await?;
    if products > 0 {
        return Ok(Err(vec![Mistake::InUse { products: u32::try_from(products).unwrap_or(u32::MAX) }]));
    }
    sqlx::query("delete from supplier where supplier_id = $1").bind(id).execute(&mut *keeping.tx).await?;
    keeping.end().await?;
    Ok(Ok(()))
}

pub(super) async fn insert(conn: &mut PgConnection, id: SupplierId, written: &WrittenSupplier) -> Result<(), Error> {
    sqlx::query("insert into supplier (supplier_id, written, html) values ($1, $2, $3)")
        .bind(id)
        .bind(Json(written))
        .bind(html(&written.story))
        .execute(conn)
        .await?;
    Ok(())
}

/// As it is kept: under a name that no other has, however it is spelt.
fn read(all: &[SupplierRow], id: SupplierId, written: WrittenSupplier) -> Kept<WrittenSupplier> {
    let written = written.checked()?;
    let taken = all.iter().any(|known| known.id != id && key(&known.written.name) == key(&written.name));
    if taken { Err(vec![Mistake::NameTaken]) } else { Ok(written) }
}
