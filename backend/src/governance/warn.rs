//! The committee hears that mandates lapse, sixty days before, once.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::governance::LAPSES_D;
use domain::id::{MandateId, MemberId};
use domain::notice::Notice;
use domain::time::{paris_day, plus_days};

use crate::Backend;
use crate::auth::OnCommittee;
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;

/// Tells whoever sits on it, and those whose mandate it is, of each day on which mandates end that nobody was told of yet. Gives how
/// many such days there are.
pub async fn warn(backend: &Backend) -> Result<usize, Error> {
    let now = backend.now();
    let today = paris_day(now);
    let mut tx = backend.pool.begin().await?;
    let lapsing: Vec<(MandateId, MemberId, NaiveDate)> = sqlx::query_as(
        "select mandate_id, member_id, to_on from mandate
         where warned_at is null and ended_on is null and from_on <= $1 and to_on between $1 and $2
         order by to_on, seat, mandate_id for update skip locked",
    )
    .bind(today)
    .bind(plus_days(today, LAPSES_D))
    .fetch_all(&mut *tx)
    .await?;
    if lapsing.is_empty() {
        return Ok(0);
    }
    let mut days: BTreeMap<NaiveDate, Vec<MemberId>> = BTreeMap::new();
    for (_, member, on) in &lapsing {
        days.entry(*on).or_default().push(*member);
    }
    let told = OnCommittee::everybody(&mut tx, today).await?;
    let mut after = Aftermath::of(told.iter().copied());
    for (on, members) in &days {
        let notice = Notice::MandatesLapse { on: *on, members: members.clone() };
        after.told.extend(told.iter().map(|member| (*member, notice.clone())));
    }
    sqlx::query("update mandate set warned_at = $2 where mandate_id = any($1)")
        .bind(lapsing.iter().map(|(id, ..)| id.0).collect::<Vec<uuid::Uuid>>())
        .bind(now)
        .execute(&mut *tx)
        .await?;
    after.finish(&mut tx, None, now).await?;
    tx.commit().await?;
    Ok(days.len())
}
