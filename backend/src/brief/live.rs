//! What fills the blocks that fill themselves, as it stands at a moment.

use chrono::{Duration, NaiveDate};
use domain::brief::{Source, Sourced, new_products, next_events};
use domain::catalogue::import::Facts;
use domain::coverage::gaps;
use domain::event::Event;
use domain::id::{ProductId, SeatId};
use domain::members::ShortName;
use domain::order;
use domain::shifts::Shift;
use domain::time::{Instant, minus_days, plus_days};
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};

use crate::error::Error;
use crate::event::EVENT;

/// « Places à prendre » looks so far ahead. Days.
const AHEAD_D: i64 = 10;
/// « Prochaines sorties », as far as people plan an evening. Days.
const EVENTS_AHEAD_D: i64 = 42;
/// « Nouveautés en rayon » tells nothing again that an issue of so long ago told. Days.
const TOLD_D: u64 = 182;

/// All the lines that a source has for the issue of `monday`, as things stand at `at`.
pub(super) async fn lines(
    conn: &mut PgConnection,
    source: Source,
    monday: NaiveDate,
    at: Instant,
) -> Result<Vec<Sourced>, Error> {
    match source {
        Source::Seats => seats(conn, at).await,
        Source::Events => events(conn, at).await,
        Source::Products => products(conn, monday).await,
        Source::Anniversaries => anniversaries(conn, monday).await,
    }
}

/// The empty seats of the days to come, where nobody leads first; without those that are kept for somebody.
async fn seats(conn: &mut PgConnection, at: Instant) -> Result<Vec<Sourced>, Error> {
    let (Json(shifts), Json(kept)): (Json<Vec<Shift>>, Json<Vec<SeatId>>) =
        sqlx::query_as(SHIFTS).bind(at).bind(at + Duration::days(AHEAD_D)).fetch_one(conn).await?;
    let free = |shift: &Shift| -> Vec<SeatId> {
        let seats = shift.seat_ids().filter(|seat| shift.seat(*seat).is_some_and(|place| place.holder.is_none()));
        seats.filter(|seat| !kept.contains(seat)).collect()
    };
    let lines = gaps(&shifts, &|_| false, at).into_iter().filter_map(|gap| {
        let seats = shifts.iter().find(|shift| shift.id == gap.shift()).map(free)?;
        (!seats.is_empty()).then_some(Sourced::Shift { shift: gap.shift(), when: gap.when, seats })
    });
    Ok(lines.collect())
}

/// What is announced for the weeks to come.
async fn events(conn: &mut PgConnection, at: Instant) -> Result<Vec<Sourced>, Error> {
    let rows: Vec<(Json<Event>, i32)> = sqlx::query_as(AssertSqlSafe(ANNOUNCED.replace("{EVENT}", EVENT)))
        .bind(at)
        .bind(at + Duration::days(EVENTS_AHEAD_D))
        .fetch_all(conn)
        .await?;
    let known: Vec<(Event, u16)> =
        rows.into_iter().map(|(Json(event), seated)| (event, u16::try_from(seated).unwrap_or(u16::MAX))).collect();
    Ok(next_events(&known, at))
}

/// What is new in the shop, and was in no issue before.
async fn products(conn: &mut PgConnection, monday: NaiveDate) -> Result<Vec<Sourced>, Error> {
    let rows: Vec<(ProductId, Json<Facts>, Instant)> = sqlx::query_as(NEW).fetch_all(&mut *conn).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let told: Vec<ProductId> =
        sqlx::query_scalar(TOLD).bind(minus_days(monday, TOLD_D)).bind(monday).fetch_all(&mut *conn).await?;
    let known: Vec<(ProductId, Facts, Instant)> = rows.into_iter().map(|(id, Json(facts), since)| (id, facts, since)).collect();
    Ok(new_products(&known, &told.into_iter().collect(), monday))
}

/// Who joined so many years ago in the week of `monday`, the longest first. Named as the planning names them.
async fn anniversaries(conn: &mut PgConnection, monday: NaiveDate) -> Result<Vec<Sourced>, Error> {
    let mut rows: Vec<(String, String, i32)> =
        sqlx::query_as(JOINED).bind(monday).bind(plus_days(monday, 6)).fetch_all(conn).await?;
    order::by_key(&mut rows, |(first, last, years)| (-years, first.clone(), last.clone()));
    let line = |(first, last, years): (String, String, i32)| Sourced::Anniversary {
        name: ShortName::new(&first, &last).to_string(),
        years: u16::try_from(years).unwrap_or(u16::MAX),
    };
    Ok(rows.into_iter().map(line).collect())
}

/// $1 after, $2 until.
const SHIFTS: &str = "
with near as materialized (
    select * from shift where starts_at > $1 and starts_at <= $2 and closed_why is null
)
select
    (select coalesce(json_agg(json_build_object(
        'id', s.shift_id, 'template', s.template_id, 'on', s.on_day,
        'starts_at', s.starts_at, 'ends_at', s.ends_at, 'minimum', s.minimum, 'state', json_build_object('is', 'planned'),
        'seats', (select coalesce(json_agg(json_build_object(
            'lead', seat.lead, 'skill', seat.skill, 'holder', a.member_id) order by seat.position), '[]')
            from seat left join assignment a using (shift_id, position) where seat.shift_id = s.shift_id))), '[]') from near s),
    (select coalesce(json_agg(k.shift_id || '~' || k.position), '[]') from kept_seat k join near using (shift_id))";

/// $1 after, $2 until.
const ANNOUNCED: &str = "
select {EVENT}, e.seated from event e where e.state ? 'published' and e.starts_at > $1 and e.starts_at <= $2";

/// Each since its first price.
const NEW: &str = "
select p.product_id, p.facts, coalesce((select min(v.at) from price_version v where v.product_id = p.product_id), 'epoch')
from product p where p.archived = 'no' and p.facts->'availability'->'new' is not null";

/// $1 a Monday, $2 a later one: of the issues between them.
const TOLD: &str = "
select distinct (told.id #>> '{}')::uuid from brief b
    cross join lateral jsonb_path_query(b.frozen, '$.pieces[*].live.lines[*].product.product') as told (id)
where b.monday >= $1 and b.monday < $2";

/// $1 a Monday, $2 its Sunday.
const JOINED: &str = "
select m.first_name, m.last_name, years
from member m cross join generate_series(1, 80) as years
where (m.joined_on + make_interval(years => years))::date between $1 and $2
    and m.joined_on < $1 and (m.left_on is null or m.left_on > $1)";
