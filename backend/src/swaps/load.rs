//! The facts of a decision, in one statement.

use std::collections::BTreeMap;

use domain::board::Board;
use domain::id::{InvitationId, MemberId, NoticeId, ShiftId};
use domain::members::{Aptitude, Known, Person, ShortName, Skill};
use domain::notify::Preferences;
use domain::rules::Rules;
use domain::sheet::DaySheet;
use domain::shifts::{Shift, ShiftTemplate};
use domain::swaps::{Invitation, Offer, Proposal, SuggestedLoop};
use domain::time::{Days, Instant, paris_day};
use domain::watches::{Kept, Watch};
use serde::Deserialize;
use sqlx::PgConnection;
use sqlx::types::Json;

use super::scope::{Scope, uuids};
use crate::error::Error;

/// Everything that the decision of what is in `scope` looks at.
pub async fn board(conn: &mut PgConnection, scope: &Scope, now: Instant) -> Result<Board, Error> {
    let ids = |ids: &mut dyn Iterator<Item = uuid::Uuid>| ids.collect::<Vec<_>>();
    let facts: Facts = sqlx::query_as(FACTS)
        .bind(ids(&mut scope.locks.shifts.iter().map(|id| id.0)))
        .bind(ids(&mut scope.offers.iter().map(|id| id.0)))
        .bind(ids(&mut scope.movers.iter().map(|id| id.0)))
        .bind(ids(&mut scope.proposals.iter().map(|id| id.0)))
        .bind(ids(&mut scope.loops.iter().map(|id| id.0)))
        .bind(uuids(&scope.named, |id| id.0))
        .bind(uuids(&scope.wished, |id| id.0))
        .bind(scope.matching)
        .bind(paris_day(now))
        .bind(scope.notice)
        .bind(scope.secret_hash.as_deref())
        .bind(scope.actor)
        .fetch_one(&mut *conn)
        .await?;
    let mut board = Board::new(facts.rules.0);
    board.shifts = by(facts.shifts.0, |shift: &Shift| shift.id);
    board.offers = by(facts.offers.0, |offer: &Offer| offer.id);
    board.proposals = by(facts.proposals.0, |proposal: &Proposal| proposal.id);
    board.loops = by(facts.loops.0, |suggested: &SuggestedLoop| suggested.id);
    board.people = facts.people.0.into_iter().map(|row| (row.id, row.person())).collect();
    let shown: Option<InvitationId> = facts.invitation.map(|Json(invitation)| {
        let id = invitation.id;
        board.invitations.insert(id, invitation);
        id
    });
    board.shown = Known::Known(shown);
    if let Some(Json(preferences)) = facts.preferences {
        board.preferences = preferences;
    }
    board.watches = by(facts.watches.0, |watch: &Watch| watch.id);
    for InLine { shift, member } in facts.waiting.0 {
        board.waiting.entry(shift).or_default().push(member);
    }
    board.kept = by(facts.kept.0, |kept: &Kept| kept.seat);
    board.notices = facts.notice.into_iter().map(|notice| (notice, scope.actor)).collect();
    if let Some(shift) = scope.sheet {
        let sheets = crate::sheet::sheets(&mut *conn, &[shift], &[], &[]).await?;
        board.sheets = by(sheets, |sheet: &DaySheet| sheet.shift);
    }
    crate::ledger::lay_facts(&mut *conn, scope, &mut board, now).await?;
    crate::brief::lay_facts(&mut *conn, scope, &mut board, now).await?;
    crate::event::lay_facts(&mut *conn, scope, &mut board).await?;
    crate::catalogue::lay_facts(&mut *conn, scope, &mut board, now).await?;
    crate::groups::lay_facts(&mut *conn, scope, &mut board, now).await?;
    crate::governance::lay_facts(&mut *conn, scope, &mut board, now).await?;
    crate::dossiers::lay_facts(&mut *conn, scope, &mut board).await?;
    crate::register::lay_facts(&mut *conn, scope, &mut board).await?;
    crate::assembly::lay_facts(&mut *conn, scope, &mut board).await?;
    if scope.wished.iter().any(|wish| !board.shifts.contains_key(wish)) {
        board.templates = templates(conn).await?;
    }
    Ok(board)
}

/// The recurring shifts: only a wish for one that is not generated yet asks for them.
async fn templates(conn: &mut PgConnection) -> Result<Vec<ShiftTemplate>, Error> {
    let Json(templates) = sqlx::query_scalar(TEMPLATES).fetch_one(conn).await?;
    Ok(templates)
}

fn by<K: Ord, T>(rows: Vec<T>, key: impl Fn(&T) -> K) -> BTreeMap<K, T> {
    rows.into_iter().map(|row| (key(&row), row)).collect()
}

/// $1 shifts, $2 offers, $3 movers, $4 proposals, $5 loops, $6 people named, $7 shifts wished,
/// $8 whether all open exchanges count, $9 today, $10 notice, $11 secret's hash, $12 actor.
/// JSON comes out in the shape that the domain's types have on the wire.
const FACTS: &str = "
with offered as materialized (
    select * from offer where offer_id in (
        select unnest($2::uuid[])
        union select offer_id from offer where state = 'open' and shift_id = any($1)
        union select offer_id from offer where $8 and state = 'open' and kind = 'exchange')
), involved as materialized (
    select unnest($1::uuid[]) as shift_id
    union select shift_id from offered
), mover as materialized (
    select unnest($3::uuid[]) as member_id
    union select member_id from offered where $8
    union select member_id from waiting where shift_id = any($1)
), around as materialized (
    select tstzrange(min(starts_at) - interval '29 days', max(ends_at) + interval '29 days') as span
    from shift where shift_id in (select shift_id from involved)
), needed as materialized (
    select shift_id from involved
    union select unnest($7::uuid[])
    union select a.shift_id from mover m join assignment a on a.member_id = m.member_id
        and not a.closed and a.during && (select span from around)
), person as materialized (
    select unnest($6::uuid[]) as member_id
    union select $12
    union select member_id from mover
    union select done_by from offered where done_by is not null
    union select member_id from offered
    union select member_id from assignment where shift_id in (select shift_id from involved)
)
select
    coop_rules() as rules,
    (select coalesce(json_agg(json_build_object(
        'id', s.shift_id, 'template', s.template_id, 'on', s.on_day,
        'starts_at', s.starts_at, 'ends_at', s.ends_at, 'minimum', s.minimum,
        'state', case when s.closed_why is null then '{\"is\":\"planned\"}'::json
            else json_build_object('is', 'closed', 'why', s.closed_why, 'treatment', s.closed_treatment) end,
        'seats', (select coalesce(json_agg(json_build_object(
            'lead', seat.lead, 'skill', seat.skill, 'holder', a.member_id) order by seat.position), '[]')
            from seat left join assignment a using (shift_id, position) where seat.shift_id = s.shift_id)
        )), '[]') from shift s where s.shift_id in (select shift_id from needed)) as shifts,
    (select coalesce(json_agg(json_build_object(
        'id', m.member_id, 'first', m.first_name, 'last', m.last_name,
        'active', m.joined_on <= $9 and (m.left_on is null or m.left_on > $9),
        'skills', array(select skill from member_skill where member_id = m.member_id),
        'leaves', (select coalesce(json_agg(json_build_object('from', from_on, 'to', to_on)), '[]')
            from leave where member_id = m.member_id and to_on >= $9),
        'experienced', exists (select from assignment a where a.member_id = m.member_id and a.presence = 'present')
            or exists (select from ledger_entry l where l.member_id = m.member_id and l.kind = 'done')
        )), '[]') from member m where m.member_id in (select member_id from person)) as people,
    (select coalesce(json_agg(json_build_object(
        'id', o.offer_id, 'seat', o.shift_id || '~' || o.position, 'member', o.member_id,
        'note', o.note, 'created_at', o.created_at,
        'state', json_build_object('is', o.state, 'at', o.ended_at, 'by', o.done_by),
        'kind', case when o.kind = 'give' then json_build_object('kind', 'give', 'audience', json_build_object(
                'to', o.audience,
                'members', array(select member_id from offer_named n where n.offer_id = o.offer_id order by 1)))
            else json_build_object('kind', 'exchange', 'wishes', json_build_object(
                'shifts', (select coalesce(json_agg(json_build_object('shift', w.shift_id, 'ticked_at', w.ticked_at)
                    order by w.shift_id), '[]') from wish w where w.offer_id = o.offer_id),
                'patterns', (select coalesce(json_agg(json_build_object('pattern', p.pattern, 'ticked_at', p.ticked_at)
                    order by p.rank), '[]') from wish_pattern p where p.offer_id = o.offer_id))) end
        )), '[]') from offered o) as offers,
    (select coalesce(json_agg(json_build_object(
        'id', p.proposal_id, 'from', p.from_member, 'mine', p.from_shift || '~' || p.from_position,
        'to', p.to_member, 'theirs', p.to_shift || '~' || p.to_position, 'note', p.note,
        'created_at', p.created_at, 'expires_at', p.expires_at,
        'state', json_build_object('is', p.state, 'at', p.ended_at))), '[]')
        from proposal p where p.proposal_id in (
            select unnest($4::uuid[])
            union select proposal_id from proposal where state = 'pending' and from_shift = any($1)
            union select proposal_id from proposal where state = 'pending' and to_shift = any($1)
            union select proposal_id from proposal where $8 and state = 'pending')) as proposals,
    (select coalesce(json_agg(json_build_object(
        'id', l.loop_id, 'asks', l.asks, 'created_at', l.created_at, 'expires_at', l.expires_at,
        'state', json_build_object('is', l.state, 'at', l.ended_at),
        'legs', (select json_agg(json_build_object(
            'offer', g.offer_id, 'member', g.member_id, 'gives', g.gives_shift || '~' || g.gives_position,
            'takes', g.takes_shift || '~' || g.takes_position) order by g.rank)
            from loop_leg g where g.loop_id = l.loop_id))), '[]')
        from suggested_loop l where l.loop_id in (
            select unnest($5::uuid[])
            union select g.loop_id from loop_leg g join suggested_loop using (loop_id)
                where g.gives_shift = any($1) and state = 'pending'
            union select loop_id from suggested_loop where $8 and state = 'pending'
            union select g.loop_id from offered o join loop_leg g using (offer_id) join suggested_loop l using (loop_id)
                where $8 and o.state = 'open' and l.state = 'declined' and l.asks = g.member_id)) as loops,
    (select json_build_object('id', invitation_id, 'offer', offer_id, 'secret_hash', secret_hash,
        'expires_at', expires_at) from invitation where secret_hash = $11 and used_by is null) as invitation,
    (select json_build_object('switches', switches, 'reminders', reminders) from preference where member_id = $12)
        as preferences,
    (select coalesce(json_agg(json_build_object('id', watch_id, 'since', since,
        'what', json_build_object('shift', shift_id, 'pattern', pattern, 'skill', skill))), '[]')
        from watch where member_id = $12) as watches,
    (select coalesce(json_agg(json_build_object('shift', shift_id, 'member', member_id) order by waiting_id), '[]')
        from waiting where shift_id = any($1)) as waiting,
    (select coalesce(json_agg(json_build_object('seat', shift_id || '~' || position, 'until', until, 'for', member_id)), '[]')
        from kept_seat where shift_id = any($1)) as kept,
    (select notice_id from notice where notice_id = $10 and member_id = $12 and seen_at is null) as notice";

const TEMPLATES: &str = "
select coalesce(json_agg(json_build_object(
    'id', t.template_id, 'week', chr(65 + t.cycle_week),
    'weekday', (array['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])[t.weekday + 1],
    'from', t.from_clock, 'to', t.to_clock, 'minimum', t.minimum, 'tasks', t.tasks,
    'seats', (select coalesce(json_agg(json_build_object(
        'lead', s.lead, 'skill', s.skill, 'regular', s.regular) order by s.position), '[]')
        from seat_template s where s.template_id = t.template_id))), '[]')
from shift_template t where t.retired_on is null";

#[derive(sqlx::FromRow)]
struct Facts {
    rules: Json<Rules>,
    shifts: Json<Vec<Shift>>,
    people: Json<Vec<PersonRow>>,
    offers: Json<Vec<Offer>>,
    proposals: Json<Vec<Proposal>>,
    loops: Json<Vec<SuggestedLoop>>,
    invitation: Option<Json<Invitation>>,
    notice: Option<NoticeId>,
    preferences: Option<Json<Preferences>>,
    watches: Json<Vec<Watch>>,
    waiting: Json<Vec<InLine>>,
    kept: Json<Vec<Kept>>,
}

/// Somebody waits for a shift; in line.
#[derive(Deserialize)]
struct InLine {
    shift: ShiftId,
    member: MemberId,
}

#[derive(Deserialize)]
struct PersonRow {
    id: MemberId,
    first: String,
    last: String,
    active: bool,
    skills: Vec<Skill>,
    leaves: Vec<Days>,
    experienced: bool,
}

impl PersonRow {
    fn person(self) -> Person {
        let aptitude = Aptitude {
            active: self.active,
            skills: self.skills.into_iter().collect(),
            leaves: self.leaves,
            experienced: self.experienced,
        };
        Person { id: self.id, name: ShortName::new(&self.first, &self.last), aptitude: Known::Known(aptitude) }
    }
}
