//! « Plus en rayon », once it is there again.

use chrono::NaiveDate;
use domain::catalogue::{Availability, Closed, is_back};
use domain::id::MemberId;
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::error::Error;

/// These are there again from `now` on: what was said of them is over.
pub(super) async fn delivered(conn: &mut PgConnection, products: Vec<Uuid>, now: Instant) -> Result<(), Error> {
    if products.is_empty() {
        return Ok(());
    }
    sqlx::query("update missing_report set closed = $2 where product_id = any($1) and closed is null and at <= $3")
        .bind(products)
        .bind(Json(Closed::ByDelivery { at: now }))
        .bind(now)
        .execute(conn)
        .await?;
    Ok(())
}

/// Who had said what [`delivered`] ended at that moment.
pub(super) async fn reporters(conn: &mut PgConnection, now: Instant) -> Result<Vec<MemberId>, Error> {
    let whose = sqlx::query_scalar("select distinct by_member from missing_report where closed = $1");
    Ok(whose.bind(Json(Closed::ByDelivery { at: now })).fetch_all(conn).await?)
}

/// What was out until a day is there from that day on, and what has a season from its first, though nobody writes anything. Gives who
/// had said that it is not.
pub(super) async fn back_by_themselves(conn: &mut PgConnection, now: Instant) -> Result<Vec<MemberId>, Error> {
    let open: Vec<(Uuid, NaiveDate, Json<Availability>)> = sqlx::query_as(OPEN).fetch_all(&mut *conn).await?;
    let today = paris_day(now);
    let back = open.into_iter().filter(|(_, on, Json(availability))| is_back(availability, *on, today));
    let (products, days): (Vec<Uuid>, Vec<NaiveDate>) = back.map(|(product, on, _)| (product, on)).unzip();
    if products.is_empty() {
        return Ok(Vec::new());
    }
    let ended = sqlx::query_scalar(BACK).bind(Json(Closed::ByDelivery { at: now })).bind(products).bind(days);
    Ok(ended.fetch_all(conn).await?)
}

/// Of which day each is, and how its product stands.
const OPEN: &str = "
select distinct r.product_id, r.on_day, p.facts->'availability' from missing_report r join product p using (product_id)
where r.closed is null and p.archived = 'no'";

/// $1 what ends them, $2 products, $3 the day of each.
const BACK: &str = "
update missing_report r set closed = $1 from unnest($2::uuid[], $3::date[]) as b (product_id, on_day)
where b.product_id = r.product_id and b.on_day = r.on_day and r.closed is null returning r.by_member";
