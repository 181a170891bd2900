//! `Me`: what is mine alone, in one statement.

use std::sync::LazyLock;

use chrono::Duration;
use domain::assembly::MyAssembly;
use domain::brief::{Block, KEPT};
use domain::calendar::SCHEMA;
use domain::catalogue::{Lists, Report};
use domain::dossiers::{Dossier, KEPT_D};
use domain::event::{ArrivalList, Mine, Times};
use domain::groups::{Admission, Joining};
use domain::id::{BriefId, GroupId, MemberId, ShiftId, SuggestionId};
use domain::ledger::{DutyPeriod, Entry, standing};

use domain::me::{Me, Profile};
use domain::members::{Aptitude, Rights};
use domain::notice::InboxRow;
use domain::notify::Preferences;
use domain::register::{Mine as OnRegister, Newcomer, arriving};
use domain::requests::LeaveRequest;
use domain::rules::Rules;
use domain::sheet::{DaySheet, Presence, Window, could_keep, may_keep};
use domain::shifts::Shift;
use domain::swaps::{Offer, Proposal, SuggestedLoop};
use domain::time::{Cycle, Instant, minus_days, paris_day};
use domain::watches::{Kept, Waiting, Watch};
use serde::Deserialize;
use sqlx::types::Json;

use super::of_events::{CARD, MAKES, OF_EVENTS, doors};
use super::{marks_of, next_midnight};
use crate::Backend;
use crate::assembly::PROXY;
use crate::auth::{KEEPS_BOARD, MINE, RUNS_GROUP, rights};
use crate::brief::{BLOCK, IN_WHOSE_NAME};
use crate::catalogue::{REPORT, lists_of};
use crate::dossiers::{CLOSED_AT, DOSSIER, IS_OPEN, accompanied_by};
use crate::error::Error;
use crate::groups::JOINING;
use crate::ledger::REQUEST;
use crate::register::{ARRIVING_OF_ME, MINE as REGISTERED};

/// Ledger entries are told one by one for so long. Days: a dozen cycles.
const LEDGER_D: u64 = 12 * Cycle::DAYS;

#[derive(sqlx::FromRow)]
struct Row {
    mark: i64,
    rules: Json<Rules>,
    profile: Json<Profile>,
    aptitude: Json<Aptitude>,
    rights: Json<Rights>,
    ledger: Json<Vec<Entry>>,
    duty: Json<Vec<DutyPeriod>>,
    requests: Json<Vec<LeaveRequest>>,
    blocks: Json<Vec<Block>>,
    read_briefs: Json<Vec<BriefId>>,
    groups: Json<Vec<GroupId>>,
    answers: Json<Vec<Mine>>,
    organises: Json<Vec<GroupId>>,
    organises_public: Json<Vec<GroupId>>,
    arrivals: Json<Vec<ArrivalList>>,
    lists: Json<Lists>,
    supports: Json<Vec<SuggestionId>>,
    reported: Json<Vec<Report>>,
    joinings: Json<Vec<Joining>>,
    runs: Json<Vec<GroupId>>,
    admits: Json<Vec<Admission>>,
    dossiers: Json<Vec<Dossier>>,
    keeps_dossiers: Json<Vec<GroupId>>,
    assemblies: Json<Vec<MyAssembly>>,
    /// When the next list at the door opens or closes.
    door: Json<Vec<Times>>,
    offers: Json<Vec<Offer>>,
    offered_to_me: Json<Vec<Offer>>,
    /// The first start among them.
    offered_until: Option<Instant>,
    proposals: Json<Vec<Proposal>>,
    loops: Json<Vec<SuggestedLoop>>,
    inbox: Json<Vec<InboxRow>>,
    preferences: Option<Json<Preferences>>,
    watches: Json<Vec<Watch>>,
    waiting: Json<Vec<Waiting>>,
    kept: Json<Vec<Kept>>,
    has_device: bool,
    calendar_since: Option<Instant>,
    address_bounced: bool,
    register: Json<OnRegister>,
    newcomer: Option<Json<Newcomer>>,
    welcome: Option<String>,
    /// The shifts of these days that I am on; all of them for the office.
    near: Json<Vec<Near>>,
}

#[derive(Deserialize)]
struct Near {
    shift: Shift,
    /// What was last said of whoever leads it, if anything was.
    lead: Option<Presence>,
}

pub async fn me(backend: &Backend, member: MemberId) -> Result<Me, Error> {
    let now = backend.now();
    let row: Row = sqlx::query_as(sqlx::AssertSqlSafe(STATEMENT.as_str()))
        .bind(member)
        .bind(paris_day(now))
        .bind(now)
        .bind(minus_days(paris_day(now), LEDGER_D))
        .fetch_one(&backend.pool)
        .await?;
    let sheets = sheets(backend, member, &row, now).await?;
    let standing = standing(&row.ledger.0, &row.rules.0, now);
    let valid_until = boundary(&row, now);
    Ok(Me {
        schema: SCHEMA,
        marks: marks_of("me", row.mark),
        as_of: now,
        valid_until,
        profile: row.profile.0,
        aptitude: row.aptitude.0,
        rights: row.rights.0,
        standing,
        ledger: row.ledger.0,
        duty: row.duty.0,
        offers: row.offers.0,
        offered_to_me: row.offered_to_me.0,
        proposals: row.proposals.0,
        loops: row.loops.0,
        inbox: row.inbox.0,
        preferences: row.preferences.map(|kept| kept.0).unwrap_or_default(),
        watches: row.watches.0,
        waiting: row.waiting.0,
        kept: row.kept.0,
        has_device: row.has_device,
        calendar_since: row.calendar_since,
        address_bounced: row.address_bounced,
        sheets,
        requests: row.requests.0,
        blocks: row.blocks.0,
        read_briefs: row.read_briefs.0,
        groups: row.groups.0,
        answers: row.answers.0,
        organises: row.organises.0,
        organises_public: row.organises_public.0,
        arrivals: row.arrivals.0,
        lists: row.lists.0,
        supports: row.supports.0,
        reported: row.reported.0,
        joinings: row.joinings.0,
        runs: row.runs.0,
        admits: row.admits.0,
        dossiers: row.dossiers.0,
        keeps_dossiers: row.keeps_dossiers.0,
        register: row.register.0,
        arriving: row.newcomer.map(|Json(newcomer)| arriving(&newcomer, &row.welcome.unwrap_or_default(), now)),
        assemblies: row.assemblies.0,
    })
}

/// The day sheets that `member` keeps now. A second statement, of the few who keep one: what it sees may be newer than the mark,
/// never older.
async fn sheets(backend: &Backend, member: MemberId, row: &Row, now: Instant) -> Result<Vec<DaySheet>, Error> {
    let office = row.rights.0.office;
    let keeps = |near: &&Near| Window::of(&near.shift).is_open(now) && could_keep(&near.shift, near.lead, member, office);
    let open: Vec<&Shift> = row.near.0.iter().filter(keeps).map(|near| &near.shift).collect();
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let of = |keep: &dyn Fn(&Shift) -> bool| -> Vec<ShiftId> {
        open.iter().filter(|shift| keep(shift)).map(|shift| shift.id).collect()
    };
    let leads = |shift: &Shift| shift.lead() == Some(member);
    let phones = of(&|shift| office || leads(shift));
    let alarm = of(&|shift| leads(shift) && now < Window::of(shift).day_ends);
    let mut sheets = crate::sheet::sheets(&backend.pool, &of(&|_| true), &phones, &alarm).await?;
    sheets.retain(|sheet| open.iter().any(|shift| shift.id == sheet.shift && may_keep(shift, sheet, member, office)));
    Ok(sheets)
}

/// The next moment at which something of mine is over without anybody doing anything: just after
/// its deadline, or the day.
fn boundary(row: &Row, now: Instant) -> Instant {
    let proposals = row.proposals.0.iter().filter(|known| known.is_pending()).map(|known| known.expires_at);
    let loops = row.loops.0.iter().map(|known| known.expires_at);
    let windows = row.near.0.iter().filter_map(|near| Window::of(&near.shift).next(now));
    let over = proposals.chain(loops).chain(row.offered_until).map(|at| at + Duration::milliseconds(1));
    over.chain(doors(&row.door.0)).filter(|at| *at > now).chain(windows).fold(next_midnight(now), Instant::min)
}

/// $1 member, $2 today, $3 now, $4 the first day whose ledger entries are told one by one: what came
/// before is one entry, however long one has been a member. `makes` are the groups whose events I make, of which those that
/// are not `any_event` only for everybody; `run` are the groups that I run, `keeps` those whose boards I keep; `bearer` is on whose
/// ledger my work counts: each is looked for once. Dossiers are found by their groups and their tutors, however many there are.
static STATEMENT: LazyLock<String> = LazyLock::new(|| {
    let rights = rights("$2");
    let offer = "json_build_object(
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
                    order by p.rank), '[]') from wish_pattern p where p.offer_id = o.offer_id))) end)";
    // An offer made to others by name shows me my own name among them, and no one else's.
    let offer_to_me = "json_build_object(
        'id', o.offer_id, 'seat', o.shift_id || '~' || o.position, 'member', o.member_id,
        'note', o.note, 'created_at', o.created_at, 'state', json_build_object('is', o.state),
        'kind', json_build_object('kind', 'give', 'audience',
            json_build_object('to', 'named', 'members', json_build_array($1))))";
    let lists = lists_of("$1");
    let accompanied = accompanied_by("$1");
    let (arriving_of_me, makes, of_events) = (ARRIVING_OF_ME.as_str(), MAKES.as_str(), OF_EVENTS.as_str());
    format!(
        "with {MINE}, {makes}, run as materialized (
    select g.group_id, g.rank from working_group g join member m on m.member_id = $1 where {RUNS_GROUP}
), keeps as materialized (
    select g.group_id, g.rank from working_group g join member m on m.member_id = $1 where {KEEPS_BOARD}
), bearer as materialized (
    select account($1, $2) as id
)
select
    {CARD},
    coop_rules() as rules,
    json_build_object(
        'active', m.joined_on <= $2 and (m.left_on is null or m.left_on > $2),
        'skills', array(select skill from member_skill where member_id = $1 order by 1),
        'leaves', (select coalesce(json_agg(json_build_object('from', from_on, 'to', to_on) order by from_on), '[]')
            from leave where member_id = $1 and to_on >= $2),
        'experienced', exists (select from assignment a where a.member_id = $1 and a.presence = 'present')
            or exists (select from ledger_entry l where l.member_id = $1 and l.kind = 'done')) as aptitude,
    {rights} as rights,
    (select coalesce(json_agg(json_build_object('kind', kind, 'on', on_day, 'shifts', shifts, 'credit', credit,
        'why', why, 'shift', shift_id) order by on_day, ledger_entry_id), '[]') from (
            select ledger_entry_id, kind, on_day, shifts, credit, why, shift_id from ledger_entry
            where member_id = (select id from bearer) and on_day >= $4
            union all
            select 0, 'correction', $4 - 1, floor(sum(credit_of(e)) / 180.0)::int, sum(credit_of(e))::int, 'report', null
            from ledger_entry e where member_id = (select id from bearer) and on_day < $4
            having sum(credit_of(e)) <> 0) as counted) as ledger,
    (select coalesce(json_agg(json_build_object('from', from_on, 'to', to_on, 'share', to_json(share))
        order by at, duty_id), '[]') from duty
        where member_id = (select id from bearer) and share <> 'with' and (to_on is null or to_on >= $2)) as duty,
    (select coalesce(json_agg({REQUEST} order by r.asked_at desc, r.request_id desc), '[]')
        from leave_request r left join leave_request_answer a using (request_id)
        where r.member_id = $1 and (a.at is null or a.at > $3 - interval '14 days'
            or a.state <> 'withdrawn' and (a.at > $3 - interval '1 year' or r.to_on >= $2))) as requests,
    (select coalesce(jsonb_agg({BLOCK} order by b.proposed_at desc, b.block_id), '[]') from brief_block b
        where b.by_member = $1 and (b.state = '\"proposed\"' or b.monday > $2 - 35)) as blocks,
    (select coalesce(jsonb_agg(r.brief_id), '[]') from brief_read r join (
            select brief_id from brief where published_at is not null order by monday desc limit {KEPT}) as kept using (brief_id)
        where r.member_id = $1) as read_briefs,
    (select coalesce(jsonb_agg(g.group_id order by g.rank), '[]') from working_group g
        where {IN_WHOSE_NAME}) as groups,
    {of_events},
    {lists} as lists,
    (select coalesce(jsonb_agg(s.suggestion_id order by s.suggestion_id), '[]') from suggestion_support s
        where s.member_id = $1) as supports,
    (select coalesce(jsonb_agg({REPORT} order by r.at, r.product_id, r.on_day), '[]') from missing_report r
        where r.by_member = $1 and r.at > $3 - interval '8 days') as reported,
    (select coalesce(jsonb_agg({JOINING} order by j.at desc, j.joining_id), '[]') from group_joining j
        where j.member_id = $1 and (j.state = '\"pending\"' or j.at > $3 - interval '30 days')) as joinings,
    (select coalesce(jsonb_agg(g.group_id order by g.rank), '[]') from run g) as runs,
    (select coalesce(jsonb_agg(jsonb_build_object('joining', {JOINING},
            'name', jsonb_build_object('f', w.first_name, 'i', upper(left(w.last_name, 1)))) order by j.at, j.joining_id), '[]')
        from group_joining j join member w on w.member_id = j.member_id join run g on g.group_id = j.group_id
        where j.state = '\"pending\"' and (w.left_on is null or w.left_on > $2)) as admits,
    (select coalesce(jsonb_agg({DOSSIER} order by d.due_on, d.at, d.dossier_id), '[]') from dossier d
        where d.dossier_id in (
                select d.dossier_id from dossier d where d.group_id in (select k.group_id from keeps k)
                union select d.dossier_id from dossier d where {accompanied})
            and ({IS_OPEN} or {CLOSED_AT} > $3 - interval '{KEPT_D} days')) as dossiers,
    (select coalesce(jsonb_agg(k.group_id order by k.rank), '[]') from keeps k) as keeps_dossiers,
    (select coalesce(jsonb_agg(jsonb_build_object('assembly', a.assembly_id,
            'called', exists (select from assembly_convocation c where c.assembly_id = a.assembly_id and c.member_id = $1),
            'coming', (select w.coming from assembly_answer w where w.assembly_id = a.assembly_id and w.member_id = $1),
            'proxies', (select coalesce(jsonb_agg({PROXY} order by p.at, p.proxy_id), '[]') from proxy p
                where p.assembly_id = a.assembly_id and p.ended_at is null and $1 in (p.from_member, p.to_member)),
            'returned', (select case when p.ended in ('returned', 'left') then p.to_member end from proxy p
                where p.assembly_id = a.assembly_id and p.from_member = $1
                order by p.ended_at is null desc, p.at desc, p.proxy_id desc limit 1),
            'names', (select coalesce(jsonb_object_agg(m.member_id,
                    jsonb_build_object('f', m.first_name, 'i', upper(left(m.last_name, 1)))), '{{}}')
                from proxy p join member m on m.member_id in (p.from_member, p.to_member) and m.member_id <> $1
                where p.assembly_id = a.assembly_id and (p.ended_at is null and $1 in (p.from_member, p.to_member)
                    or p.ended in ('returned', 'left') and p.from_member = $1)),
            'present', exists (select from assembly_sign_in s
                where s.assembly_id = a.assembly_id and s.member_id = $1 and s.left_at is null),
            'voted', (select coalesce(jsonb_agg(v.resolution_id order by v.resolution_id), '[]')
                from vote_cast v join resolution r using (resolution_id) where r.assembly_id = a.assembly_id and v.voice = $1))
            order by a.starts_at, a.assembly_id), '[]')
        from assembly a where a.convoked_at is not null and a.starts_at > $3 - interval '30 days') as assemblies,
    (select coalesce(json_agg({offer} order by o.created_at, o.offer_id), '[]') from offer o
        where o.member_id = $1 and (o.state = 'open' or o.ended_at > $3 - interval '28 days')) as offers,
    to_me.offers as offered_to_me,
    to_me.until as offered_until,
    (select coalesce(json_agg(json_build_object(
        'id', p.proposal_id, 'from', p.from_member, 'mine', p.from_shift || '~' || p.from_position,
        'to', p.to_member, 'theirs', p.to_shift || '~' || p.to_position, 'note', p.note,
        'created_at', p.created_at, 'expires_at', p.expires_at,
        'state', json_build_object('is', p.state, 'at', p.ended_at)) order by p.created_at, p.proposal_id), '[]')
        from proposal p where $1 in (p.from_member, p.to_member)
            and (p.state = 'pending' or p.ended_at > $3 - interval '14 days')) as proposals,
    (select coalesce(json_agg(json_build_object(
        'id', l.loop_id, 'asks', l.asks, 'created_at', l.created_at, 'expires_at', l.expires_at,
        'state', json_build_object('is', l.state),
        'legs', (select json_agg(json_build_object(
            'offer', g.offer_id, 'member', g.member_id, 'gives', g.gives_shift || '~' || g.gives_position,
            'takes', g.takes_shift || '~' || g.takes_position) order by g.rank)
            from loop_leg g where g.loop_id = l.loop_id)) order by l.created_at, l.loop_id), '[]')
        from suggested_loop l where l.asks = $1 and l.state = 'pending') as loops,
    (select coalesce(json_agg(json_build_object('id', notice_id, 'notice', notice, 'at', at, 'seen_at', seen_at)
        order by at desc, notice_id desc), '[]') from notice
        where member_id = $1 and (seen_at is null or at > $3 - interval '14 days')) as inbox,
    (select json_build_object('switches', switches, 'reminders', reminders) from preference where member_id = $1)
        as preferences,
    (select coalesce(json_agg(json_build_object('id', watch_id, 'since', since,
        'what', json_build_object('shift', shift_id, 'pattern', pattern, 'skill', skill)) order by since, watch_id), '[]')
        from watch where member_id = $1) as watches,
    (select coalesce(json_agg(json_build_object('shift', w.shift_id, 'since', w.since,
        'place', (select count(*) from waiting b where b.shift_id = w.shift_id and b.waiting_id <= w.waiting_id))
        order by w.shift_id), '[]') from waiting w where w.member_id = $1) as waiting,
    (select coalesce(json_agg(json_build_object('seat', shift_id || '~' || position, 'until', until, 'for', member_id)
        order by shift_id, position), '[]') from kept_seat where member_id = $1) as kept,
    exists (select from push_subscription d join session s using (session_id)
        where d.member_id = $1 and s.revoked_at is null) as has_device,
    (select made_at from calendar_feed where member_id = $1) as calendar_since,
    exists (select from bounced_address b where b.email = m.email) as address_bounced,
    {REGISTERED} as register,
    {arriving_of_me},
    (select coalesce(json_agg(json_build_object('shift', json_build_object(
            'id', s.shift_id, 'template', s.template_id, 'on', s.on_day,
            'starts_at', s.starts_at, 'ends_at', s.ends_at, 'minimum', s.minimum, 'state', json_build_object('is', 'planned'),
            'seats', (select coalesce(json_agg(json_build_object(
                'lead', seat.lead, 'holder', a.member_id) order by seat.position), '[]')
                from seat left join assignment a using (shift_id, position) where seat.shift_id = s.shift_id)),
        'lead', (select p.presence from seat join assignment a using (shift_id, position)
            join presence p on p.shift_id = a.shift_id and p.member_id = a.member_id
            where seat.shift_id = s.shift_id and seat.lead order by seat.position, p.presence_id desc limit 1))
        order by s.starts_at, s.shift_id), '[]') from shift s
        where s.starts_at between $3 - interval '3 days' and $3 + interval '3 days'
            and s.on_day between $2 - 1 and $2 + 1 and s.closed_why is null
            and (m.employee or exists (select from assignment a where a.shift_id = s.shift_id and a.member_id = $1)
                or exists (select from mine where slug = 'administratif'))) as near
from member m, (
    select coalesce(json_agg({offer_to_me} order by o.created_at, o.offer_id), '[]') as offers, min(s.starts_at) as until
    from offer_named n join offer o using (offer_id) join shift s using (shift_id)
    where n.member_id = $1 and o.state = 'open' and s.starts_at >= $3
) as to_me
where m.member_id = $1"
    )
});
