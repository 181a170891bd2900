//! « Attestation d'heures »: what somebody worked in a year, from the whole ledger.

use chrono::{Datelike, NaiveDate};
use domain::id::MemberId;
use domain::office::{Certificate, Worked};
use domain::time::paris_day;

use crate::Backend;
use crate::error::Error;

/// A year's hours of `member` themselves. A household's ledger holds the work of two: whose shift it
/// was is told by who sat there.
pub async fn hours(backend: &Backend, member: MemberId, year: Option<i32>) -> Result<Certificate, Error> {
    let now = backend.now();
    let running = paris_day(now).year();
    let year = year.filter(|year| (2000..=running).contains(year)).unwrap_or(running);
    let mut tx = backend.pool.begin().await?;
    let (number, first_name, last_name): (i32, String, String) =
        sqlx::query_as("select number, first_name, last_name from member where member_id = $1")
            .bind(member)
            .fetch_one(&mut *tx)
            .await?;
    let rows: Vec<(NaiveDate, i32, String)> = sqlx::query_as(WORKED)
        .bind(member)
        .bind(NaiveDate::from_ymd_opt(year, 1, 1))
        .bind(NaiveDate::from_ymd_opt(year, 12, 31))
        .fetch_all(&mut *tx)
        .await?;
    let years: Vec<i32> = sqlx::query_scalar(YEARS).bind(member).fetch_all(&mut *tx).await?;
    let worked = |(on, minutes, what): (NaiveDate, i32, String)| Worked { on, minutes: minutes.unsigned_abs(), what };
    Ok(Certificate { now, year, number, first_name, last_name, worked: rows.into_iter().map(worked).collect(), years })
}

/// $1 member, $2 and $3 the days. A shift counts once, as long as it was, if its entries leave something
/// done: one that a corrected sheet took back does not.
const WORKED: &str = "
with mine as (
    select e.shift_id, e.on_day, e.kind, credit_of(e) as credit, e.why, e.ledger_entry_id
    from ledger_entry e
    where e.on_day between $2 and $3 and e.member_id = account($1, e.on_day)
        and (e.kind in ('done', 'make_up', 'advance') or (e.kind = 'correction' and e.shift_id is not null))
        and (e.member_id = $1 or exists (
            select from assignment a where a.shift_id = e.shift_id and a.member_id = $1))
        and not exists (select from assignment a where a.shift_id = e.shift_id and a.member_id <> $1
            and account(a.member_id, e.on_day) = e.member_id)
)
select min(m.on_day) as on_day, (extract(epoch from s.ends_at - s.starts_at) / 60)::int as minutes, '' as what
from mine m join shift s using (shift_id)
group by s.shift_id having bool_or(m.kind = 'done') and sum(m.credit) > 0
union all
select m.on_day, m.credit, m.why from mine m
where m.kind <> 'correction' and m.credit > 0 and not exists (select from shift s where s.shift_id = m.shift_id)
order by 1";

const YEARS: &str = "
select distinct extract(year from on_day)::int from ledger_entry
where member_id = $1 and kind in ('done', 'make_up', 'advance') order by 1 desc";
