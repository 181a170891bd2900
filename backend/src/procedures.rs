//! What Distribution keeps for the shop, and the records of it.

mod fridges;
mod lists;
mod records;
mod shop;

use domain::id::{MemberId, ShiftId};
use domain::procedures::{Mistake, Procedures};
use domain::time::{Instant, minus_days, paris_day, plus_days};
use sqlx::types::Json;
use sqlx::{Postgres, Transaction};

use crate::Backend;
use crate::auth::Distribution;
use crate::error::Error;
use crate::sheet::watchers;
use crate::swaps::aftermath::Aftermath;

pub use fridges::{retire_fridge, set_fridge};
pub use lists::{end_list, set_list};
pub use records::records;
pub use shop::{expect_delivery, give_key, no_longer_expect, set_alarm, take_key_off};

/// Whether it was kept, or what is wrong with what was typed.
pub type Kept = Result<(), Vec<Mistake>>;

/// All of it, for `asking`, who must be of Distribution or of the office.
pub async fn procedures(backend: &Backend, asking: MemberId) -> Result<Procedures, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let right = Distribution::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?;
    let Json(procedures) =
        sqlx::query_scalar(PROCEDURES).bind(now).bind(paris_day(now)).bind(right.is_office()).fetch_one(&mut *tx).await?;
    Ok(procedures)
}

/// A transaction of somebody who may, one at a time: a list's versions have no gaps and no twins.
struct Keeping {
    tx: Transaction<'static, Postgres>,
    right: Distribution,
    now: Instant,
}

impl Keeping {
    async fn of(backend: &Backend, asking: MemberId) -> Result<Keeping, Error> {
        let now = backend.now();
        let mut tx = backend.pool.begin().await?;
        let right = Distribution::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?;
        sqlx::query("select pg_advisory_xact_lock(hashtext('procedures'))").execute(&mut *tx).await?;
        Ok(Keeping { tx, right, now })
    }

    /// Commits; whoever has a sheet open these days sees it.
    async fn end(mut self) -> Result<(), Error> {
        let today = paris_day(self.now);
        let near: Vec<ShiftId> = sqlx::query_scalar("select shift_id from shift where on_day between $1 and $2")
            .bind(minus_days(today, 1))
            .bind(plus_days(today, 1))
            .fetch_all(&mut *self.tx)
            .await?;
        let watching = watchers(&mut self.tx, &near, false, self.now).await?;
        Aftermath::of(watching).finish(&mut self.tx, None, self.now).await?;
        self.tx.commit().await?;
        Ok(())
    }
}

/// $1 now, $2 today, $3 whether it is said that there is something of the alarm. A fridge that is retired stays a year, for its records.
const PROCEDURES: &str = "
with name as (
    select member_id, json_build_object('f', first_name, 'i', upper(left(last_name, 1))) as n, first_name, last_name from member
)
select json_build_object(
    'as_of', $1::timestamptz,
    'lists', (select coalesce(json_agg(json_build_object('slug', l.slug, 'versions', l.versions) order by l.rank, l.slug), '[]')
        from (select c.slug, min(c.rank) as rank, json_agg(json_build_object(
                'version', c.version, 'from', c.from_on, 'name', c.name, 'weekdays', c.weekdays, 'clocks', c.clocks,
                'lines', array(select i.label from checklist_item i where i.checklist_id = c.checklist_id order by i.rank),
                'signed', json_build_object('by', n.n, 'at', c.made_at)) order by c.version desc) as versions
            from checklist c left join name n on n.member_id = c.by_member group by c.slug) l),
    'fridges', (select coalesce(json_agg(json_build_object(
            'id', f.fridge_id, 'name', f.name, 'low', f.low, 'high', f.high, 'advice', f.advice,
            'from', f.from_on, 'until', f.retired_on, 'signed', json_build_object('by', n.n, 'at', f.made_at))
            order by f.rank, f.from_on nulls first, f.fridge_id), '[]')
        from fridge f left join name n on n.member_id = f.by_member
        where (f.retired_on is null or f.retired_on > $2::date - 366) and (f.from_on is null or f.retired_on is null or f.from_on < f.retired_on)),
    'deliveries', (select coalesce(json_agg(json_build_object(
            'id', d.expected_delivery_id, 'on', d.on_day, 'supplier', d.supplier, 'what', d.what)
            order by d.on_day, d.supplier, d.expected_delivery_id), '[]')
        from expected_delivery d where d.on_day >= $2 and d.removed_at is null),
    'keys', (select coalesce(json_agg(json_build_object('id', k.key_id, 'label', k.label, 'holder', k.member_id, 'name', h.n,
            'signed', json_build_object('by', n.n, 'at', k.since)) order by k.label, k.key_id), '[]')
        from shop_key k join name h using (member_id) left join name n on n.member_id = k.given_by),
    'clocks', (select coalesce(json_agg(c.from_clock order by c.from_clock), '[]')
        from (select distinct from_clock from shift_template) c),
    'openers', (select coalesce(json_agg(json_build_array(m.member_id, name.n) order by name.first_name, name.last_name, m.member_id), '[]')
        from member m join name using (member_id)
        where m.joined_on <= $2 and (m.left_on is null or m.left_on > $2)
            and (m.employee or exists (select from member_skill s where s.member_id = m.member_id and s.skill = 'animation')
                or exists (select from shop_key k where k.member_id = m.member_id))),
    'alarm', case when $3 then (select coalesce(alarm, '') <> '' from setting) end
)";
