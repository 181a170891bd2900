//! The capital and its course, and where other money comes from: every member reads it, the office keeps it.

use domain::catalogue::Cents;
use domain::id::{FinancingId, MemberId};
use domain::share::{Finances, Financing, Movement, WrittenFinancing, course};
use domain::time::paris_day;
use serde::Deserialize;
use sqlx::types::Json;
use uuid::Uuid;

use crate::Backend;
use crate::auth::Office;
use crate::error::Error;
use crate::register::together::{Keeping, Kept};

#[derive(Deserialize)]
struct Facts {
    movements: Vec<Movement>,
    shares: u32,
    to_come: Cents,
    to_refund: Cents,
    financing: Vec<Financing>,
}

pub async fn finances(backend: &Backend, asking: MemberId) -> Result<Finances, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let office = Office::find(&mut tx, asking, now).await?.is_some();
    let Json(facts): Json<Facts> = sqlx::query_scalar(FINANCES).fetch_one(&mut *tx).await?;
    Ok(Finances {
        now,
        course: course(&facts.movements, paris_day(now)),
        shares: facts.shares,
        to_come: facts.to_come,
        to_refund: facts.to_refund,
        financing: facts.financing,
        office,
    })
}

/// Money that is to come on a day to come moves nothing yet, and is not told.
const FINANCES: &str = "
with paid as materialized (
    select p.share_id, p.cents, p.paid_on from share_payment p where p.cancelled_at is null
), held as materialized (
    select h.*, (select coalesce(sum(p.cents), 0)::bigint from paid p where p.share_id = h.share_id) as paid
    from share h where h.refunded_on is null
)
select jsonb_build_object(
    'movements', (select coalesce(jsonb_agg(jsonb_build_object('on', on_day, 'cents', cents) order by on_day), '[]') from (
            select paid_on as on_day, sum(cents)::bigint as cents from paid group by paid_on
            union all
            select refunded_on, -sum(refunded_cents)::bigint from share
                where refunded_on is not null and refunded_cents > 0 group by refunded_on) moved),
    'shares', (select count(*) from held where refund_due_on is null),
    'to_come', (select coalesce(sum(greatest(cents - paid, 0)), 0)::bigint from held where refund_due_on is null),
    'to_refund', (select coalesce(sum(paid), 0)::bigint from held where refund_due_on is not null),
    'financing', (select coalesce(jsonb_agg(jsonb_build_object('id', f.financing_id, 'kind', f.kind, 'from_whom', f.from_whom,
            'cents', f.cents, 'on', f.on_day, 'note', f.note) order by f.on_day desc, f.financing_id), '[]')
        from financing f where f.removed_at is null))";

/// The form's id is its own; sent twice, it is one.
pub async fn add_financing(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    written: &WrittenFinancing,
) -> Result<Kept<()>, Error> {
    let Some(mut keeping) = Keeping::of(backend, asking, Some(form), []).await? else { return Ok(Ok(())) };
    let (by, now) = (keeping.by, keeping.now);
    sqlx::query(
        "insert into financing (financing_id, kind, from_whom, cents, on_day, note, by_member, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (financing_id) do nothing",
    )
    .bind(FinancingId(form))
    .bind(written.kind.slug())
    .bind(&written.from_whom)
    .bind(written.cents.0)
    .bind(written.on)
    .bind(&written.note)
    .bind(by)
    .bind(now)
    .execute(&mut *keeping.tx)
    .await?;
    keeping.end().await?;
    Ok(Ok(()))
}

/// It was a mistake, or came to nothing: it is kept, and counts no more.
pub async fn remove_financing(backend: &Backend, asking: MemberId, form: Uuid, id: FinancingId) -> Result<Kept<()>, Error> {
    let Some(mut keeping) = Keeping::of(backend, asking, Some(form), []).await? else { return Ok(Ok(())) };
    let (by, now) = (keeping.by, keeping.now);
    sqlx::query("update financing set removed_by = $2, removed_at = $3 where financing_id = $1 and removed_at is null")
        .bind(id)
        .bind(by)
        .bind(now)
        .execute(&mut *keeping.tx)
        .await?;
    keeping.end().await?;
    Ok(Ok(()))
}
