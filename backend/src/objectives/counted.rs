//! Figures that nobody types: counted from what the co-op knows.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::objectives::{Amount, Source, last_of};
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;

use crate::error::Error;

/// A source's figures, by month.
pub(super) struct Counts(BTreeMap<NaiveDate, Option<Amount>>);

impl Counts {
    pub fn of(&self, month: NaiveDate) -> Option<Amount> {
        self.0.get(&month).copied().flatten()
    }

    /// Whether all of these months were looked at.
    pub fn hold(&self, months: &[NaiveDate]) -> bool {
        months.iter().all(|month| self.0.contains_key(month))
    }
}

/// Of the month that runs, as far as it has gone.
pub(super) async fn counts(conn: &mut PgConnection, source: Source, months: &[NaiveDate], now: Instant) -> Result<Counts, Error> {
    let mut counts: BTreeMap<NaiveDate, Option<Amount>> = months.iter().map(|month| (*month, None)).collect();
    let (Some(first), Some(last)) = (months.first(), months.last()) else { return Ok(Counts(counts)) };
    let last = last_of(*last).min(paris_day(now));
    match source {
        Source::Typed => {}
        Source::Members => {
            let ends: Vec<NaiveDate> = months.iter().map(|month| last_of(*month).min(last)).collect();
            let rows: Vec<(NaiveDate, i64)> = sqlx::query_as(MEMBERS).bind(months).bind(ends).fetch_all(conn).await?;
            counts.extend(rows.into_iter().map(|(month, members)| (month, Some(Amount::whole(members)))));
        }
        Source::Coverage => {
            let rows: Vec<(NaiveDate, i64, i64)> =
                sqlx::query_as(COVERAGE).bind(*first).bind(last).bind(now).fetch_all(conn).await?;
            let rows = rows.into_iter().filter(|(_, seats, _)| *seats > 0);
            // Hundredths of a per cent, half up.
            counts.extend(rows.map(|(month, seats, held)| (month, Some(Amount((held * 20_000 + seats) / (2 * seats))))));
        }
        Source::Outings => {
            // A month without any is one of none.
            counts.values_mut().for_each(|seats| *seats = Some(Amount(0)));
            let rows: Vec<(NaiveDate, i64)> = sqlx::query_as(OUTINGS).bind(*first).bind(last).bind(now).fetch_all(conn).await?;
            counts.extend(rows.into_iter().map(|(month, seats)| (month, Some(Amount::whole(seats)))));
        }
    }
    Ok(Counts(counts))
}

/// $1 months, $2 the day on which each is looked at.
const MEMBERS: &str = "
select m.month, (select count(*) from member p where p.joined_on <= m.day and (p.left_on is null or p.left_on > m.day))
from unnest($1::date[], $2::date[]) as m (month, day)";

/// $1 the first day, $2 the last, $3 now: of the shifts that have begun and were not closed, the seats, and those that were held.
const COVERAGE: &str = "
select date_trunc('month', s.on_day::timestamp)::date, count(*), count(a.member_id)
from shift s join seat using (shift_id) left join assignment a using (shift_id, position)
where s.on_day between $1 and $2 and s.starts_at < $3 and s.closed_why is null
group by 1";

/// $1 the first day, $2 the last, $3 now: of the outings that have begun and took place, the seats that were taken. The event keeps
/// how many, whoever of those who took them is forgotten since.
const OUTINGS: &str = "
select date_trunc('month', e.starts_at at time zone 'Europe/Paris')::date as month, sum(e.seated)::bigint
from event e
where e.state ? 'published' and e.starts_at < $3
    and (e.starts_at at time zone 'Europe/Paris')::date between $1 and $2
group by 1";
