//! Who is missing where, how it went, and whom to call: for whoever answers for the shifts. Reads only.

mod people;

use chrono::{Duration, NaiveDate};
use domain::coverage::{AHEAD_W, BACK_W, Called, Coming, Counted, Figures, Forecast, forecast, is_light, weeks};
use domain::id::{MemberId, ShiftId};
use domain::members::ShortName;
use domain::rules::Rules;
use domain::time::{Instant, minus_days, monday_of, paris_day, paris_instant, paris_minute, plus_days};
use serde::Deserialize;
use sqlx::types::Json;

use crate::Backend;
use crate::auth::Covers;
use crate::error::Error;

pub use people::{Callable, callable};

/// As far back as a forecast looks: the weeks before this day of last year. Weeks.
const SEEN_W: u64 = 52 + 10;
/// A call that is older was for another day. Days.
const CALLED_D: i64 = 3;

/// The board's figures, for `asking`, who must answer for the shifts.
pub async fn figures(backend: &Backend, asking: MemberId) -> Result<Figures, Error> {
    let now = backend.now();
    let today = paris_day(now);
    let mut tx = backend.pool.begin().await?;
    Covers::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?;
    // The first of a plot's weeks is whole.
    let first = minus_days(monday_of(today), 7 * SEEN_W.max(BACK_W));
    let last = plus_days(monday_of(today), 7 * (AHEAD_W + 1));
    let midnight = |day: NaiveDate| paris_instant(day, chrono::NaiveTime::MIN);
    let row: Row = sqlx::query_as(FIGURES)
        .bind(midnight(first))
        .bind(midnight(last))
        .bind(now - Duration::days(CALLED_D))
        .fetch_one(&mut *tx)
        .await?;
    let Json(rules) = row.rules;
    let counted: Vec<Counted> = row.shifts.iter().map(ShiftRow::counted).collect();
    let light = |day: NaiveDate| is_light(&rules, day);
    let to_come = row.shifts.iter().filter(|shift| shift.starts_at > now);
    Ok(Figures {
        now,
        forecasts: to_come
            .map(|shift| (shift.id, forecast(shift.coming(), &counted, &light, today)))
            .collect::<Vec<(ShiftId, Forecast)>>(),
        called: row.called.0.into_iter().map(CalledRow::called).collect(),
        weeks: weeks(&counted, today),
    })
}

#[derive(sqlx::FromRow)]
struct Row {
    rules: Json<Rules>,
    shifts: Json<Vec<ShiftRow>>,
    called: Json<Vec<CalledRow>>,
}

#[derive(Deserialize)]
struct ShiftRow {
    id: ShiftId,
    on: NaiveDate,
    starts_at: Instant,
    seats: u16,
    held: u16,
    came: Option<u16>,
    swaps: u16,
}

impl ShiftRow {
    fn counted(&self) -> Counted {
        Counted {
            on: self.on,
            minute: paris_minute(self.starts_at),
            seats: self.seats,
            held: self.held,
            came: self.came,
            swaps: self.swaps,
        }
    }

    fn coming(&self) -> Coming {
        Coming { on: self.on, minute: paris_minute(self.starts_at), seats: self.seats, held: self.held }
    }
}

#[derive(Deserialize)]
struct CalledRow {
    shift: ShiftId,
    first: String,
    last: String,
    at: Instant,
}

impl CalledRow {
    fn called(self) -> Called {
        Called { shift: self.shift, by: ShortName::new(&self.first, &self.last), at: self.at }
    }
}

/// $1 from, $2 until, $3 calls since. Somebody in another's place came for them; whoever came without a seat
/// does not count here. A seat's regular, and a shift that was closed, are no swap.
const FIGURES: &str = "
with shown as materialized (
    select * from shift where starts_at >= $1 and starts_at < $2 and closed_why is null
), seats as (
    select shift_id, count(*) as seats from seat join shown using (shift_id) group by shift_id
), held as (
    select shift_id, count(*) as held, count(*) filter (where presence = 'present') as present,
        bool_and(presence is not null) as noted
    from assignment join shown using (shift_id) group by shift_id
), replaced as (
    select shift_id, count(*) as replaced from (
        select distinct on (p.shift_id, p.member_id) p.shift_id, p.presence
        from presence p join shown using (shift_id) order by p.shift_id, p.member_id, p.presence_id desc) as said
    where presence = 'replaced' group by shift_id
), swapped as (
    select shift_id, count(*) as swaps from seat_history h join shown using (shift_id)
    where h.how in ('claimed', 'swapped', 'looped', 'moved') and h.to_member is not null group by shift_id
)
select
    coop_rules() as rules,
    (select coalesce(json_agg(json_build_object(
        'id', s.shift_id, 'on', s.on_day, 'starts_at', s.starts_at, 'seats', coalesce(n.seats, 0), 'held', coalesce(h.held, 0),
        'came', case when h.noted then least(h.held, h.present + coalesce(r.replaced, 0)) end,
        'swaps', coalesce(w.swaps, 0)) order by s.starts_at, s.shift_id), '[]')
        from shown s left join seats n using (shift_id) left join held h using (shift_id)
            left join replaced r using (shift_id) left join swapped w using (shift_id)) as shifts,
    (select coalesce(json_agg(json_build_object('shift', c.shift, 'first', m.first_name, 'last', m.last_name, 'at', c.at)), '[]')
        from (select distinct on (n.notice->>'shift') n.notice->>'shift' as shift, n.notice->>'by' as by_member, n.at
            from notice n where n.notice->>'kind' = 'urgent_call' and n.at > $3
            order by n.notice->>'shift', n.at desc, n.notice_id) as c
        join member m on m.member_id = c.by_member::uuid) as called";
