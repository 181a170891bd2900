//! Deliveries to come, who has the keys, and what is said of the alarm.

use domain::id::{DeliveryId, MemberId};
use domain::procedures::{Expected, Fields, alarm_of, key_of};
use domain::time::paris_day;
use uuid::Uuid;

use super::{Keeping, Kept};
use crate::Backend;
use crate::error::Error;

/// The same `id` again changes nothing.
pub async fn expect_delivery(backend: &Backend, asking: MemberId, id: DeliveryId, fields: &Fields) -> Result<Kept, Error> {
    let mut keeping = Keeping::of(backend, asking).await?;
    let expected = match Expected::parse(fields, paris_day(keeping.now)) {
        Ok(expected) => expected,
        Err(mistakes) => return Ok(Err(mistakes)),
    };
    sqlx::query(
        "insert into expected_delivery (expected_delivery_id, on_day, supplier, what, added_at, added_by)
         values ($1, $2, $3, $4, $5, $6) on conflict (expected_delivery_id) do nothing",
    )
    .bind(id)
    .bind(expected.on)
    .bind(&expected.supplier)
    .bind(&expected.what)
    .bind(keeping.now)
    .bind(keeping.right.member())
    .execute(&mut *keeping.tx)
    .await?;
    keeping.end().await?;
    Ok(Ok(()))
}

/// It stands on no sheet any more; what was said of it stays.
pub async fn no_longer_expect(backend: &Backend, asking: MemberId, id: DeliveryId) -> Result<(), Error> {
    let mut keeping = Keeping::of(backend, asking).await?;
    sqlx::query(
        "update expected_delivery set removed_at = $2, removed_by = $3 where expected_delivery_id = $1 and removed_at is null",
    )
    .bind(id)
    .bind(keeping.now)
    .bind(keeping.right.member())
    .execute(&mut *keeping.tx)
    .await?;
    keeping.end().await
}

/// A new key, or one that changes hands.
pub async fn give_key(backend: &Backend, asking: MemberId, key: Uuid, fields: &Fields) -> Result<Kept, Error> {
    let (label, holder) = match key_of(fields) {
        Ok(key) => key,
        Err(mistakes) => return Ok(Err(mistakes)),
    };
    let mut keeping = Keeping::of(backend, asking).await?;
    let given = sqlx::query(
        "insert into shop_key (key_id, label, member_id, since, given_by)
         select $1, $2, member_id, $4, $5 from member where member_id = $3 and (left_on is null or left_on > $6)
         on conflict (key_id) do update set label = $2, member_id = $3, since = $4, given_by = $5",
    )
    .bind(key)
    .bind(&label)
    .bind(holder)
    .bind(keeping.now)
    .bind(keeping.right.member())
    .bind(paris_day(keeping.now))
    .execute(&mut *keeping.tx)
    .await?;
    if given.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    keeping.end().await?;
    Ok(Ok(()))
}

/// The key is no more: lost, or the lock was changed.
pub async fn take_key_off(backend: &Backend, asking: MemberId, key: Uuid) -> Result<(), Error> {
    let mut keeping = Keeping::of(backend, asking).await?;
    sqlx::query("delete from shop_key where key_id = $1").bind(key).execute(&mut *keeping.tx).await?;
    keeping.end().await
}

/// The office's alone to read here and to write.
pub async fn set_alarm(backend: &Backend, asking: MemberId, fields: &Fields) -> Result<Kept, Error> {
    let mut keeping = Keeping::of(backend, asking).await?;
    if !keeping.right.is_office() {
        return Err(Error::NotAllowed);
    }
    let text = match alarm_of(fields) {
        Ok(text) => text,
        Err(mistakes) => return Ok(Err(mistakes)),
    };
    sqlx::query("update setting set alarm = nullif($1, ''), alarm_at = $2, alarm_by = $3")
        .bind(text)
        .bind(keeping.now)
        .bind(keeping.right.member())
        .execute(&mut *keeping.tx)
        .await?;
    keeping.end().await?;
    Ok(Ok(()))
}
