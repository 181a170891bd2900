//! Who decides: the committee's seats, the coordination's agenda, the register of decisions, what members are asked in between.
//!
//! Whoever changes what a coordination meeting speaks of holds the agenda: an advisory lock ([`lock`]), after the people whom the
//! act concerns.

mod acting;
mod consultations;
mod decisions;
mod desk;
mod facts;
mod mandates;
mod meetings;
mod parting;
mod warn;
mod write;

use sqlx::PgConnection;

use crate::error::Error;

pub use acting::Governed;
pub(crate) use consultations::tallied;
pub use consultations::{close_consultation, consultation, consultations, open_consultation, put};
pub use decisions::{edit_decision, record_decision};
pub use desk::{desk, mandates, meeting};
pub(crate) use facts::{lay_facts, lay_told};
pub use mandates::{Chosen, NotInstalled, choose, end_mandate, install};
pub use meetings::{arrange, call_off, mark_presences, move_meeting, plan_meeting, write_minutes};
pub(crate) use parting::{forget_person, leaves_coop, moved};
pub use warn::warn;
pub(crate) use write::follow;

/// One at a time changes the agenda.
pub(crate) async fn lock(conn: &mut PgConnection) -> Result<(), Error> {
    sqlx::query("select pg_advisory_xact_lock(hashtext('agenda'))").execute(conn).await?;
    Ok(())
}

/// SQL for a [`domain::governance::Mandate`] `d`, as JSON.
pub(crate) const MANDATE: &str = "jsonb_build_object('member', d.member_id, 'from', d.from_on, 'to', d.to_on, 'seat', d.seat,
    'how', d.how, 'chosen_on', d.chosen_on, 'words', d.words,
    'ended', case when d.ended_on is not null then jsonb_build_object('on', d.ended_on, 'why', d.ended_why) end)";

/// SQL for a [`domain::governance::Meeting`] `c`, as JSON.
pub(crate) const MEETING: &str = "jsonb_build_object('id', c.meeting_id, 'starts_at', c.starts_at, 'ends_at', c.ends_at,
    'place', c.place, 'cancelled', c.cancelled, 'minutes', c.minutes_html,
    'present', (select coalesce(jsonb_agg(r.member_id order by r.member_id), '[]') from meeting_presence r
        where r.meeting_id = c.meeting_id and r.presence = 'present'),
    'excused', (select coalesce(jsonb_agg(r.member_id order by r.member_id), '[]') from meeting_presence r
        where r.meeting_id = c.meeting_id and r.presence = 'excused'))";

/// SQL for a [`domain::governance::Point`] `p`, as JSON.
pub(crate) const POINT: &str =
    "jsonb_build_object('id', p.point_id, 'meeting', p.meeting_id, 'by', p.by_member, 'title', p.title,
    'text', p.text, 'at', p.at, 'length', p.length, 'rank', p.rank)";

/// SQL for a [`domain::governance::Decision`] `d`, as JSON.
pub(crate) const DECISION: &str = "jsonb_build_object('id', d.decision_id, 'title', d.title, 'html', d.html,
    'by', case when d.decided_by = 'group' then jsonb_build_object('group', d.group_id) else to_jsonb(d.decided_by) end,
    'method', d.method, 'on', d.on_day, 'until', d.until_on, 'superseded_by', d.superseded_by, 'meeting', d.meeting_id)";

/// SQL for a [`domain::governance::Consultation`] `q`, as JSON, without what its answers come to.
pub(crate) const CONSULTATION: &str =
    "jsonb_build_object('id', q.consultation_id, 'title', q.title, 'html', q.html, 'asked', q.asked,
    'opened_at', q.opened_at, 'closes_at', q.closes_at,
    'answered', (select least(count(*), 60000) from consultation_answer a where a.consultation_id = q.consultation_id))";
