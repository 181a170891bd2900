//! What an inspection asks for, in one statement.

use chrono::NaiveDate;
use domain::id::MemberId;
use domain::procedures::Records;
use domain::time::{paris_instant, plus_days};
use sqlx::types::Json;

use crate::Backend;
use crate::auth::Distribution;
use crate::error::Error;

/// The records of a period, ends included, for `asking`, who must be of Distribution or of the office.
pub async fn records(backend: &Backend, asking: MemberId, (from, to): (NaiveDate, NaiveDate)) -> Result<Records, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    Distribution::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?;
    let midnight = |day| paris_instant(day, chrono::NaiveTime::MIN);
    let Json(records) = sqlx::query_scalar(RECORDS)
        .bind(from)
        .bind(to)
        .bind(midnight(from))
        .bind(midnight(plus_days(to, 1)))
        .bind(now)
        .fetch_one(&mut *tx)
        .await?;
    Ok(records)
}

/// $1 from, $2 to, as days; $3 and $4 as instants, the second exclusive; $5 now. A list counts once its shift has
/// begun, whether or not anything is ticked.
const RECORDS: &str = "
with name as materialized (
    select member_id, json_build_object('f', first_name, 'i', upper(left(last_name, 1))) as n from member
), listed as materialized (
    select s.shift_id, s.on_day, s.starts_at, t.from_clock, t.to_clock, c.checklist_id, c.name, c.version, c.rank
    from shift s join shift_template t using (template_id)
    join lateral (select distinct on (slug) * from checklist where from_on <= s.on_day order by slug, version desc) c
        on extract(isodow from s.on_day)::int - 1 = any(c.weekdays) and t.from_clock = any(c.clocks)
    where s.on_day between $1 and $2 and s.closed_why is null and s.starts_at <= $5
), line as materialized (
    select l.shift_id, l.checklist_id, i.label, i.rank, k.done, k.by_member
    from listed l join checklist_item i using (checklist_id)
    left join lateral (select done, by_member from tick where tick.shift_id = l.shift_id and tick.item_id = i.item_id
        order by tick_id desc limit 1) k on true
)
select json_build_object(
    'from', $1, 'to', $2,
    'readings', (select coalesce(json_agg(json_build_object('at', r.at, 'fridge', f.name, 'tenths', r.tenths, 'low', f.low,
            'high', f.high, 'by', n.n, 'note', r.note) order by r.at, f.rank, r.received), '[]')
        from reading r join fridge f using (fridge_id) join name n on n.member_id = r.by_member where r.at >= $3 and r.at < $4),
    'lists', (select coalesce(json_agg(json_build_object('on', l.on_day, 'from', l.from_clock, 'to', l.to_clock, 'name', l.name,
            'version', l.version, 'done', d.done, 'missing', d.missing, 'by', d.by) order by l.starts_at, l.rank), '[]')
        from listed l join lateral (
            select coalesce(json_agg(label order by rank) filter (where done), '[]') as done,
                coalesce(json_agg(label order by rank) filter (where done is not true), '[]') as missing,
                (select coalesce(json_agg(n.n), '[]') from name n where n.member_id in (select w.by_member from line w
                    where w.shift_id = l.shift_id and w.checklist_id = l.checklist_id and w.done)) as by,
                count(*) as lines
            from line where line.shift_id = l.shift_id and line.checklist_id = l.checklist_id) d on d.lines > 0),
    'deliveries', (select coalesce(json_agg(json_build_object('on', d.on_day, 'supplier', d.supplier, 'what', d.what,
            'state', r.state, 'remarks', r.remarks, 'at', r.at, 'by', n.n) order by d.on_day, r.at, d.id), '[]')
        from (select expected_delivery_id as id, on_day, supplier, what from expected_delivery where on_day between $1 and $2
            union all
            select a.delivery_id, s.on_day, a.supplier, a.what from added_delivery a join shift s using (shift_id)
            where s.on_day between $1 and $2) d
        join lateral (select * from delivery_receipt w where w.delivery_id = d.id
            order by w.delivery_receipt_id desc limit 1) r on true
        join name n on n.member_id = r.by_member)
)";
