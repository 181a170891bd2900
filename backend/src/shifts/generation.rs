//! Generating shifts ahead: the same however often it runs.

use std::collections::BTreeMap;

use chrono::{Datelike, Duration, NaiveDate};
use domain::holidays::holidays;
use domain::id::{ClosureId, MemberId};
use domain::rules::Rules;
use domain::shifts::{Closure, Seat, Shift, ShiftTemplate, generate as shifts_of};
use domain::time::{Days, Instant, paris_day, plus_days};
use serde::Deserialize;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::Backend;
use crate::error::Error;

/// How far ahead shifts are generated.
pub const HORIZON_WEEKS: u64 = 10;

/// When a regular member does not work their recurring seat.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Standby {
    pub joined_on: NaiveDate,
    /// The first day on which they are no longer a member.
    pub left_on: Option<NaiveDate>,
    pub leaves: Vec<Days>,
    /// What they hold elsewhere, as start and end.
    #[serde(default)]
    pub busy: Vec<(Instant, Instant)>,
}

/// By regular member; whoever is not in it gets no seat.
pub type Absences = BTreeMap<MemberId, Standby>;

impl Standby {
    fn may_work(&self, shift: &Shift, rules: &Rules) -> bool {
        let tolerance = Duration::minutes(i64::from(rules.overlap_tolerance_min));
        let shares = |(from, to): &(Instant, Instant)| shift.ends_at.min(*to) - shift.starts_at.max(*from) > tolerance;
        self.joined_on <= shift.on
            && self.left_on.is_none_or(|left| shift.on < left)
            && !self.leaves.iter().any(|leave| leave.contains(shift.on))
            && !self.busy.iter().any(shares)
    }
}

/// The shifts that the templates give in `days`, their regulars seated where they can come: a
/// member, not on leave, and not on another shift at that time.
pub fn planned(
    templates: &[ShiftTemplate],
    days: Days,
    rules: &Rules,
    closures: &[Closure],
    mut regulars: Absences,
) -> Vec<Shift> {
    let mut shifts = shifts_of(templates, days, rules.cycle, closures);
    for shift in &mut shifts {
        for position in 0..shift.seats.len() {
            let Some(member) = shift.seats[position].holder else { continue };
            let twice = shift.seats[..position].iter().any(|seat| seat.holder == Some(member));
            match regulars.get_mut(&member).filter(|standby| !twice && standby.may_work(shift, rules)) {
                Some(standby) => standby.busy.push((shift.starts_at, shift.ends_at)),
                None => shift.seats[position].holder = None,
            }
        }
    }
    shifts
}

/// Generates what the templates give from today to the horizon, and is not there yet. Public
/// holidays become closures first. Gives how many shifts are new.
pub async fn generate(backend: &Backend) -> Result<usize, Error> {
    let mut run = 0;
    loop {
        match once(backend).await {
            Err(error) if crate::jobs::again(&error, run) => run += 1,
            answer => return answer,
        }
    }
}

async fn once(backend: &Backend) -> Result<usize, Error> {
    let now = backend.now();
    let today = paris_day(now);
    let days = Days { from: today, to: plus_days(today, 7 * HORIZON_WEEKS) };
    let mut tx = backend.pool.begin().await?;
    // Two processes at once would both be right, and one would wait for the other at every row.
    sqlx::query("select pg_advisory_xact_lock(hashtext('generation'))").execute(&mut *tx).await?;
    let closed = close_holidays(&mut tx, days).await?;
    let facts: Facts = sqlx::query_as(FACTS).bind(days.from).bind(days.to).bind(now).fetch_one(&mut *tx).await?;
    let mut shifts = planned(&facts.templates, days, &facts.rules, &facts.closures, facts.regulars.0);
    // Today's that have begun are history: nothing is generated into it.
    shifts.retain(|shift| shift.starts_at > now && !facts.there.contains(&shift.id.0));
    let new = insert(&mut tx, &shifts, now).await?;
    if new > 0 || closed > 0 {
        sqlx::query("update change_mark set mark = mark + 1 where slice = 'calendar' and shard = 0").execute(&mut *tx).await?;
    }
    tx.commit().await?;
    Ok(new)
}

/// The public holidays in `days`, as closures with ids of their own.
pub(crate) fn holiday_closures(days: Days) -> Vec<Closure> {
    const NAMESPACE: Uuid = Uuid::from_u128(0x9b1d_6f60_58a4_4c1e_8d57_30c1_52aa_7f11);
    (days.from.year()..=days.to.year())
        .flat_map(holidays)
        .filter(|holiday| days.contains(holiday.on))
        .map(|holiday| Closure {
            id: ClosureId(Uuid::new_v5(&NAMESPACE, holiday.on.to_string().as_bytes())),
            days: Days { from: holiday.on, to: holiday.on },
            why: holiday.name.to_owned(),
        })
        .collect()
}

async fn close_holidays(conn: &mut PgConnection, days: Days) -> Result<u64, Error> {
    let closures = holiday_closures(days);
    let written = sqlx::query(
        "insert into closure (closure_id, from_on, to_on, why)
         select * from unnest($1::uuid[], $2::date[], $3::date[], $4::text[])
         on conflict do nothing",
    )
    .bind(closures.iter().map(|closure| closure.id.0).collect::<Vec<_>>())
    .bind(closures.iter().map(|closure| closure.days.from).collect::<Vec<_>>())
    .bind(closures.iter().map(|closure| closure.days.to).collect::<Vec<_>>())
    .bind(closures.iter().map(|closure| closure.why.as_str()).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(written.rows_affected())
}

/// Writes shifts with their seats and who sits on them; those that are there already stay as
/// they are. Gives how many are new.
pub(crate) async fn insert(conn: &mut PgConnection, shifts: &[Shift], now: Instant) -> Result<usize, Error> {
    if shifts.is_empty() {
        return Ok(0);
    }
    let seats: Vec<(Uuid, i16, &Seat)> = shifts
        .iter()
        .flat_map(|shift| {
            shift.seats.iter().enumerate().map(|(at, seat)| (shift.id.0, i16::try_from(at).unwrap_or(i16::MAX), seat))
        })
        .collect();
    let new: i64 = sqlx::query_scalar(INSERT)
        .bind(shifts.iter().map(|shift| shift.id.0).collect::<Vec<_>>())
        .bind(shifts.iter().map(|shift| shift.template.0).collect::<Vec<_>>())
        .bind(shifts.iter().map(|shift| shift.on).collect::<Vec<_>>())
        .bind(shifts.iter().map(|shift| shift.starts_at).collect::<Vec<_>>())
        .bind(shifts.iter().map(|shift| shift.ends_at).collect::<Vec<_>>())
        .bind(shifts.iter().map(|shift| i16::from(shift.minimum)).collect::<Vec<_>>())
        .bind(seats.iter().map(|seat| seat.0).collect::<Vec<_>>())
        .bind(seats.iter().map(|seat| seat.1).collect::<Vec<_>>())
        .bind(seats.iter().map(|seat| seat.2.lead).collect::<Vec<_>>())
        .bind(seats.iter().map(|seat| seat.2.skill.as_ref().map(|skill| skill.as_str())).collect::<Vec<_>>())
        .bind(seats.iter().map(|seat| seat.2.holder.map(|holder| holder.0)).collect::<Vec<_>>())
        .bind(now)
        .fetch_one(conn)
        .await?;
    Ok(usize::try_from(new).unwrap_or(0))
}

const INSERT: &str = "
with new as (
    insert into shift (shift_id, template_id, on_day, starts_at, ends_at, minimum, made_at)
    select s.*, $12 from unnest($1::uuid[], $2::uuid[], $3::date[], $4::timestamptz[], $5::timestamptz[], $6::smallint[]) as s
    on conflict do nothing
    returning shift_id, starts_at, ends_at
), place as (
    select p.*, new.starts_at, new.ends_at
    from unnest($7::uuid[], $8::smallint[], $9::bool[], $10::text[], $11::uuid[])
        as p (shift_id, position, lead, skill, member_id)
    join new using (shift_id)
), seats as (
    insert into seat (shift_id, position, lead, skill) select shift_id, position, lead, skill from place
), held as (
    insert into assignment (shift_id, position, member_id, during)
    select shift_id, position, member_id,
        tstzrange(starts_at + interval '15 minutes', ends_at - interval '15 minutes')
    from place where member_id is not null
), kept as (
    insert into seat_history (shift_id, position, at, to_member, how)
    select shift_id, position, $12, member_id, 'generated' from place where member_id is not null
)
select count(*) from new";

/// $1 first day, $2 last day, $3 now.
const FACTS: &str = "
select
    (select rules from setting) as rules,
    (select coalesce(jsonb_agg(jsonb_build_object(
        'id', closure_id, 'days', jsonb_build_object('from', from_on, 'to', to_on), 'why', why)), '[]')
        from closure where to_on >= $1 and from_on <= $2) as closures,
    (select coalesce(jsonb_agg(jsonb_build_object(
        'id', t.template_id, 'week', chr(65 + t.cycle_week),
        'weekday', (array['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])[t.weekday + 1],
        'from', t.from_clock, 'to', t.to_clock, 'minimum', t.minimum, 'tasks', t.tasks,
        'seats', (select coalesce(jsonb_agg(jsonb_build_object(
            'lead', s.lead, 'skill', s.skill, 'regular', s.regular) order by s.position), '[]')
            from seat_template s where s.template_id = t.template_id))), '[]')
        from shift_template t where t.retired_on is null or t.retired_on > $1) as templates,
    (select coalesce(jsonb_object_agg(m.member_id, jsonb_build_object(
        'joined_on', m.joined_on, 'left_on', m.left_on,
        'leaves', (select coalesce(jsonb_agg(jsonb_build_object('from', from_on, 'to', to_on)), '[]')
            from leave where leave.member_id = m.member_id and to_on >= $1),
        'busy', (select coalesce(jsonb_agg(jsonb_build_array(s.starts_at, s.ends_at)), '[]')
            from assignment a join shift s using (shift_id)
            where a.member_id = m.member_id and not a.closed and s.ends_at > $3))), '{}')
        from member m where m.member_id in (select regular from seat_template)) as regulars,
    (select coalesce(array_agg(shift_id), '{}') from shift where on_day between $1 and $2) as there";

#[derive(sqlx::FromRow)]
struct Facts {
    rules: Json<Rules>,
    closures: Json<Vec<Closure>>,
    templates: Json<Vec<ShiftTemplate>>,
    regulars: Json<Absences>,
    there: Vec<Uuid>,
}
