//! `Calendar`: 8 weeks back and ahead.

use std::collections::HashMap;

use chrono::{Duration, NaiveDate};
use domain::calendar::{Calendar, OpeningHours, PublicKind, PublicOffer, SCHEMA, SkillLabel};
use domain::id::ShiftId;
use domain::rules::Rules;
use domain::shifts::{Closure, Shift, ShiftTemplate};
use domain::time::{Instant, minus_days, monday_of, plus_days};
use domain::watches::Kept;
use serde::Deserialize;

use super::rows::PersonRow;
use super::{marks_of, next_midnight};

/// Days that the snapshot reaches back from this Monday, and ahead of it.
const BACK_D: u64 = 56;
const AHEAD_D: u64 = 62;

#[derive(Deserialize)]
pub(super) struct Row {
    mark: i64,
    rules: Rules,
    opening: Vec<OpeningHours>,
    skills: Vec<SkillLabel>,
    people: Vec<PersonRow>,
    templates: Vec<ShiftTemplate>,
    closures: Vec<Closure>,
    shifts: Vec<Shift>,
    offers: Vec<PublicOffer>,
    kept: Vec<Kept>,
}

/// The first and the last day that it shows.
pub(super) fn days(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let monday = monday_of(today);
    (minus_days(monday, BACK_D), plus_days(monday, AHEAD_D))
}

pub(super) fn made(row: Row, now: Instant) -> Calendar {
    Calendar {
        schema: SCHEMA,
        marks: marks_of("calendar", row.mark),
        as_of: now,
        valid_until: boundary(&row, now),
        rules: row.rules,
        opening: row.opening,
        skills: row.skills,
        people: row.people.into_iter().map(PersonRow::named).collect(),
        templates: row.templates,
        closures: row.closures,
        shifts: row.shifts,
        offers: row.offers,
        kept: row.kept,
    }
}

/// The next moment at which something shown is over without anybody doing anything: an offer, just
/// after its deadline, or the day.
fn boundary(row: &Row, now: Instant) -> Instant {
    let starts: HashMap<ShiftId, Instant> = row.shifts.iter().map(|shift| (shift.id, shift.starts_at)).collect();
    let notice = Duration::hours(i64::from(row.rules.exchange_notice_h));
    let over = row.offers.iter().filter_map(|offer| {
        let start = *starts.get(&offer.seat.shift)?;
        let until = if offer.kind == PublicKind::Exchange { start - notice } else { start };
        Some(until + Duration::milliseconds(1))
    });
    over.filter(|at| *at > now).fold(next_midnight(now), Instant::min)
}

/// $1 now, $3 first day, $4 last day. Seats without the keys that say nothing: it is most of it.
pub(super) const CALENDAR: &str = "
with shown as materialized (
    select * from shift where on_day between $3 and $4
), open as materialized (
    select o.* from offer o join shown s using (shift_id)
    where o.state = 'open' and s.starts_at >= $1 and (o.kind = 'exchange' or o.audience = 'anyone')
)
select
    (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'calendar') as mark,
    coop_rules() as rules,
    (select opening from setting) as opening,
    (select coalesce(json_agg(json_build_object('skill', skill, 'label', label) order by label), '[]')
        from skill) as skills,
    (select coalesce(json_agg(json_build_object('id', member_id, 'first', first_name, 'last', last_name)), '[]')
        from member where left_on is null or left_on > $3) as people,
    (select coalesce(json_agg(json_build_object(
        'id', t.template_id, 'week', chr(65 + t.cycle_week),
        'weekday', (array['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])[t.weekday + 1],
        'from', t.from_clock, 'to', t.to_clock, 'minimum', t.minimum, 'tasks', t.tasks,
        'seats', (select coalesce(json_agg(json_build_object('lead', s.lead, 'skill', s.skill)
            order by s.position), '[]') from seat_template s where s.template_id = t.template_id))
        order by t.cycle_week, t.weekday, t.from_clock), '[]')
        from shift_template t where t.retired_on is null) as templates,
    (select coalesce(json_agg(json_build_object('id', closure_id,
        'days', json_build_object('from', from_on, 'to', to_on), 'why', why) order by from_on), '[]')
        from closure where to_on >= $3 and from_on <= $4) as closures,
    (select coalesce(json_agg(json_build_object(
        'id', s.shift_id, 'template', s.template_id, 'on', s.on_day,
        'starts_at', s.starts_at, 'ends_at', s.ends_at, 'minimum', s.minimum,
        'state', case when s.closed_why is null then '{\"is\":\"planned\"}'::json
            else json_build_object('is', 'closed', 'why', s.closed_why, 'treatment', s.closed_treatment) end,
        'seats', (select coalesce(json_agg(json_build_object(
            'lead', seat.lead, 'skill', seat.skill, 'holder', a.member_id) order by seat.position), '[]')
            from seat left join assignment a using (shift_id, position) where seat.shift_id = s.shift_id))
        order by s.starts_at, s.shift_id), '[]') from shown s) as shifts,
    (select coalesce(json_agg(json_build_object(
        'id', o.offer_id, 'seat', o.shift_id || '~' || o.position, 'member', o.member_id,
        'kind', o.kind, 'note', o.note, 'created_at', o.created_at) order by o.created_at, o.offer_id), '[]')
        from open o) as offers,
    (select coalesce(json_agg(json_build_object('seat', k.shift_id || '~' || k.position, 'until', k.until)
        order by k.shift_id, k.position), '[]') from kept_seat k join shown using (shift_id)) as kept";
