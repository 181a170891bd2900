//! Fridges: other limits are another row, from a day on, so that what was read stays beside the limits of then.

use domain::id::{FridgeId, MemberId};
use domain::procedures::{Fields, FridgeDraft, first_day};

use super::{Keeping, Kept};
use crate::Backend;
use crate::error::Error;

/// A new fridge, or `instead` of one: the same, with other words or limits. The same `id` again changes nothing.
pub async fn set_fridge(
    backend: &Backend,
    asking: MemberId,
    id: FridgeId,
    instead: Option<FridgeId>,
    fields: &Fields,
) -> Result<Kept, Error> {
    let draft = match FridgeDraft::parse(fields) {
        Ok(draft) => draft,
        Err(mistakes) => return Ok(Err(mistakes)),
    };
    let mut keeping = Keeping::of(backend, asking).await?;
    let first = first_day(keeping.now);
    let known: bool = sqlx::query_scalar("select exists (select from fridge where fridge_id = $1)")
        .bind(id)
        .fetch_one(&mut *keeping.tx)
        .await?;
    if known {
        return Ok(Ok(()));
    }
    let rank: i16 = match instead {
        Some(old) => retire(&mut keeping, old, first).await?,
        None => {
            sqlx::query_scalar("select (coalesce(max(rank), -1) + 1)::smallint from fridge").fetch_one(&mut *keeping.tx).await?
        }
    };
    sqlx::query(
        "insert into fridge (fridge_id, name, low, high, advice, rank, from_on, made_at, by_member)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(id)
    .bind(&draft.name)
    .bind(draft.low)
    .bind(draft.high)
    .bind(&draft.advice)
    .bind(rank)
    .bind(first)
    .bind(keeping.now)
    .bind(keeping.right.member())
    .execute(&mut *keeping.tx)
    .await?;
    keeping.end().await?;
    Ok(Ok(()))
}

/// It is on no sheet from the first day on that none is kept of yet.
pub async fn retire_fridge(backend: &Backend, asking: MemberId, fridge: FridgeId) -> Result<(), Error> {
    let mut keeping = Keeping::of(backend, asking).await?;
    let first = first_day(keeping.now);
    retire(&mut keeping, fridge, first).await?;
    keeping.end().await
}

/// Its rank, which its successor takes.
async fn retire(keeping: &mut Keeping, fridge: FridgeId, on: chrono::NaiveDate) -> Result<i16, Error> {
    let rank =
        "update fridge set retired_on = $2 where fridge_id = $1 and (retired_on is null or retired_on > $2) returning rank";
    sqlx::query_scalar(rank).bind(fridge).bind(on).fetch_optional(&mut *keeping.tx).await?.ok_or(Error::NotFound)
}
