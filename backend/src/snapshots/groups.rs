//! `Groups`: the working groups, their people, contacts that were opted in; and who governs: the committee, the coordination, the
//! decisions, what members are asked.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use domain::assembly::Assembly;
use domain::calendar::SCHEMA;
use domain::governance::{Consultation, Decision, Mandate, Meeting, Point, Put};
use domain::groups::{Contact, Employed, Groups, WorkingGroup};
use domain::id::{ConsultationId, MemberId, PictureId};
use domain::time::Instant;
use serde::Deserialize;

use super::rows::PersonRow;
use super::{marks_of, next_midnight};
use crate::auth::{away, in_force};
use crate::governance::{CONSULTATION, DECISION, MANDATE, MEETING, POINT, tallied};

/// Meetings, minutes and consultations are kept on devices for so long.
const BACK: Months = Months::new(13);
/// The most minutes of one group.
const MINUTES: usize = 8;
/// The most decisions, the newest first.
const DECISIONS: usize = 400;
/// The most assemblies, the last one first.
const ASSEMBLIES: usize = 4;

#[derive(Deserialize)]
pub(super) struct Row {
    mark: i64,
    people: Vec<PersonRow>,
    groups: Vec<WorkingGroup>,
    committee: Vec<Mandate>,
    past: Vec<Mandate>,
    contacts: Vec<ContactRow>,
    meetings: Vec<Meeting>,
    points: Vec<Point>,
    decisions: Vec<Decision>,
    consultations: Vec<Consultation>,
    /// Of those that are over.
    answers: Vec<AnswerRow>,
    employees: Vec<Employed>,
    assemblies: Vec<Assembly>,
}

#[derive(Deserialize)]
struct AnswerRow {
    to: ConsultationId,
    put: Put,
}

#[derive(Deserialize)]
struct ContactRow {
    id: MemberId,
    phone: Option<String>,
    email: Option<String>,
    photo: Option<PictureId>,
}

/// The first day of what is kept of meetings, minutes and consultations.
pub(super) fn since(today: NaiveDate) -> NaiveDate {
    today.checked_sub_months(BACK).unwrap_or(today)
}

pub(super) fn made(row: Row, now: Instant) -> Groups {
    let contacts: BTreeMap<_, _> =
        row.contacts.into_iter().map(|row| (row.id, Contact { phone: row.phone, email: row.email, photo: row.photo })).collect();
    let consultations = tallied(row.consultations, row.answers.into_iter().map(|answer| (answer.to, answer.put)), now);
    // What is asked ends by itself.
    let ends = consultations.iter().map(|asked| asked.closes_at).filter(|at| *at > now);
    let valid_until = ends.fold(next_midnight(now), Instant::min);
    Groups {
        schema: SCHEMA,
        marks: marks_of("groups", row.mark),
        as_of: now,
        valid_until,
        people: row.people.into_iter().map(PersonRow::named).collect(),
        groups: row.groups,
        committee: row.committee,
        contacts,
        past: row.past,
        meetings: row.meetings,
        points: row.points,
        decisions: row.decisions,
        consultations,
        employees: row.employees,
        assemblies: row.assemblies,
    }
}

/// $1 now, $2 today, $6 the first day of what is kept of meetings, minutes and consultations. Only people who stand in it are
/// named.
pub(super) fn sql() -> String {
    let (in_force, away) = (in_force("$2"), away("$2"));
    // What was read before one that is over stays on devices for a month.
    let assembly = crate::assembly::row("$2", "(a.closed_at is null or a.closed_at > $1 - interval '30 days')");
    format!(
        "with belongs as materialized (
            select m.* from member m where m.joined_on <= $2 and (m.left_on is null or m.left_on > $2)
        ), seated as materialized (
            select d.* from mandate d join belongs using (member_id)
            where d.to_on >= $2 and (d.ended_on is null or $2 < d.ended_on)
        ), over as materialized (
            select d.* from mandate d where d.to_on < $2 or d.ended_on <= $2 order by least(d.to_on, d.ended_on) desc limit 60
        ), meeting as materialized (
            select c.* from coordination_meeting c where (c.starts_at at time zone 'Europe/Paris')::date >= $6
        ), point as materialized (
            select p.* from agenda_point p left join meeting c using (meeting_id)
            where p.withdrawn_at is null and (p.meeting_id is null or c.meeting_id is not null)
        ), employed as materialized (
            select b.member_id, b.number, a.until_on, a.deputy_id
            from belongs b left join absence a on a.employee_id = b.member_id and {away} where b.employee
        ), called as materialized (
            select a.* from assembly a
            where a.convoked_at is not null and (a.starts_at at time zone 'Europe/Paris')::date >= $6
            order by a.starts_at desc, a.assembly_id limit {ASSEMBLIES}
        ), named as materialized (
            select member_id from group_member
            union select member_id from employed union select deputy_id from employed where deputy_id is not null
            union select member_id from seated union select member_id from over
            union select by_member from point
            union select r.member_id from meeting_presence r join meeting using (meeting_id)
            union select o.member_id from assembly_role o join called using (assembly_id)
            union select k.member_id from candidacy k join called using (assembly_id) where k.withdrawn_at is null
        ), active as materialized (
            select b.* from belongs b where b.employee
                or exists (select from group_member g where g.member_id = b.member_id)
                or exists (select from mandate d where d.member_id = b.member_id and {in_force})
        )
        select
            (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'groups') as mark,
            (select coalesce(json_agg(json_build_object('id', member_id, 'first', first_name, 'last', last_name)
                order by member_id), '[]') from member where member_id in (select member_id from named)) as people,
            (select coalesce(json_agg(json_build_object(
                'id', g.group_id, 'slug', g.slug, 'name', g.name, 'role', g.role, 'page', g.html,
                'call', case when g.call <> '' then json_build_object('text', g.call, 'at', g.call_at) end,
                'referents', array(select gm.member_id from group_member gm join active a using (member_id)
                    where gm.group_id = g.group_id and gm.referent order by a.number),
                'members', array(select gm.member_id from group_member gm join active a using (member_id)
                    where gm.group_id = g.group_id order by a.first_name, a.number),
                'minutes', (select coalesce(json_agg(json_build_object('id', n.minutes_id, 'event', n.event_id, 'on', n.on_day,
                        'title', n.title, 'html', n.html) order by n.on_day desc, n.minutes_id desc), '[]')
                    from (select * from group_minutes k where k.group_id = g.group_id and k.on_day >= $6
                        order by k.on_day desc, k.minutes_id desc limit {MINUTES}) n))
                order by g.rank), '[]') from working_group g) as groups,
            (select coalesce(json_agg({MANDATE} order by d.from_on, d.seat, d.mandate_id), '[]') from seated d) as committee,
            (select coalesce(json_agg({MANDATE} order by least(d.to_on, d.ended_on) desc, d.from_on desc, d.mandate_id), '[]')
                from over d) as past,
            (select coalesce(json_agg(json_build_object('id', member_id,
                'phone', case when show_phone then phone end, 'email', case when show_email and email <> '' then email end,
                'photo', photo->>'id')), '[]')
                from active where (show_phone and phone is not null) or (show_email and email <> '') or photo is not null)
                as contacts,
            (select coalesce(json_agg({MEETING} order by c.starts_at, c.meeting_id), '[]') from meeting c) as meetings,
            (select coalesce(json_agg({POINT} order by p.rank, p.at, p.point_id), '[]') from point p) as points,
            (select coalesce(json_agg({DECISION} order by d.on_day desc, d.at desc, d.decision_id), '[]')
                from (select * from decision order by on_day desc, at desc, decision_id limit {DECISIONS}) d) as decisions,
            (select coalesce(json_agg({CONSULTATION} order by q.opened_at desc, q.consultation_id), '[]') from consultation q
                where q.opened_at <= $1 and (q.closes_at at time zone 'Europe/Paris')::date >= $6) as consultations,
            (select coalesce(json_agg(json_build_object('to', v.consultation_id, 'put', v.put)), '[]')
                from consultation q join consultation_answer v using (consultation_id)
                where q.closes_at <= $1 and (q.closes_at at time zone 'Europe/Paris')::date >= $6) as answers,
            (select coalesce(json_agg(json_build_object('member', member_id,
                'away', case when deputy_id is not null then json_build_object('until', until_on, 'deputy', deputy_id) end)
                order by number), '[]') from employed) as employees,
            (select coalesce(json_agg({assembly} order by a.starts_at desc, a.assembly_id), '[]') from called a) as assemblies"
    )
}
