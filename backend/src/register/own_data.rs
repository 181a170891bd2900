//! « Mes données »: everything that is kept of somebody, to take away; for themselves, and for some time after they left.

use domain::id::MemberId;
use domain::register::{Deed, OwnData, Row, Section};
use domain::time::paris_day;
use sqlx::types::Json;

use super::departing::left_behind;
use super::together::note;
use crate::Backend;
use crate::auth::SignedIn;
use crate::error::Error;

/// My own. That it was taken is noted, since somebody else may hold my device.
pub async fn own_data(backend: &Backend, who: &SignedIn) -> Result<OwnData, Error> {
    let data = collected(backend, who.member).await?;
    let mut conn = backend.pool.acquire().await?;
    note(&mut conn, None, who.member, &Deed::DataTaken, Some(who.member), backend.now()).await?;
    Ok(data)
}

/// Theirs who left, by the secret in their mail: to be read, and nothing else.
pub async fn own_data_of(backend: &Backend, secret: &str) -> Result<OwnData, Error> {
    let (member, until) = left_behind(backend, secret).await?;
    Ok(OwnData { until: Some(paris_day(until)), ..collected(backend, member).await? })
}

async fn collected(backend: &Backend, member: MemberId) -> Result<OwnData, Error> {
    let mut tx = backend.pool.begin().await?;
    let name: String = sqlx::query_scalar("select first_name || ' ' || last_name from member where member_id = $1")
        .bind(member)
        .fetch_one(&mut *tx)
        .await?;
    let mut sections = Vec::with_capacity(Section::ALL.len());
    for section in Section::ALL {
        let rows: Vec<Json<Row>> = sqlx::query_scalar(rows_of(section)).bind(member).fetch_all(&mut *tx).await?;
        sections.push((section, rows.into_iter().map(|Json(row)| row).collect()));
    }
    Ok(OwnData { at: backend.now(), name, until: None, sections })
}

/// $1 member. One JSON object a row; names of others where they are part of it, and nothing else of them. Each place where the
/// database names somebody is in here, or `backend/tests/own_data.rs` says why not.
fn rows_of(section: Section) -> &'static str {
    match section {
        Section::Card => CARD,
        Section::Share => SHARES,
        Section::Association => YEARS,
        Section::Seats => SEATS,
        Section::Ledger => LEDGER,
        Section::Requests => REQUESTS,
        Section::Exchanges => EXCHANGES,
        Section::Events => EVENTS,
        Section::Comments => COMMENTS,
        Section::Contributions => CONTRIBUTIONS,
        Section::Lists => LISTS,
        Section::Suggestions => SUGGESTIONS,
        Section::Shop => SHOP,
        Section::Groups => GROUPS,
        Section::Governance => GOVERNANCE,
        Section::Notices => NOTICES,
        Section::Preferences => PREFERENCES,
        Section::Devices => DEVICES,
        Section::Trail => TRAIL,
    }
}

const CARD: &str = "
select jsonb_build_object('number', m.number, 'first_name', m.first_name, 'last_name', m.last_name, 'email', m.email,
    'phone', m.phone, 'address', m.address, 'show_phone', m.show_phone, 'show_email', m.show_email, 'rhythm', m.rhythm,
    'joined_on', m.joined_on, 'left_on', m.left_on, 'employee', m.employee, 'photo', m.photo->>'id',
    'skills', array(select k.label from member_skill s join skill k using (skill) where s.member_id = $1 order by 1),
    'presented_on', a.presented_on, 'requested_on', a.requested_on, 'chosen_on', a.chosen_on,
    'sponsor', (select o.first_name || ' ' || upper(left(o.last_name, 1)) || '.' from member o where o.member_id = a.sponsor),
    'sponsored', array(select o.first_name || ' ' || upper(left(o.last_name, 1)) || '.'
        from arrival b join member o on o.member_id = b.member_id where b.sponsor = $1 order by b.requested_on))
from member m left join arrival a using (member_id) where m.member_id = $1";

const SHARES: &str = "
select jsonb_build_object('cents', h.cents, 'subscribed_on', h.subscribed_on, 'refund_due_on', h.refund_due_on,
    'refunded_on', h.refunded_on, 'refunded_cents', h.refunded_cents,
    'payments', (select coalesce(jsonb_agg(jsonb_build_object('cents', p.cents, 'on', p.paid_on, 'how', p.how,
        'cancelled', p.cancelled_at is not null) order by p.paid_on), '[]') from share_payment p where p.share_id = h.share_id))
from share h where h.member_id = $1 order by h.subscribed_on";

const YEARS: &str = "
select jsonb_build_object('year', year, 'cents', cents, 'paid_on', paid_on)
from association_year where member_id = $1 order by year";

const SEATS: &str = "
(select jsonb_build_object('on', s.on_day, 'starts_at', s.starts_at, 'ends_at', s.ends_at, 'presence', a.presence)
from assignment a join shift s using (shift_id) where a.member_id = $1 order by s.starts_at)
union all
select jsonb_build_object('on', s.on_day, 'starts_at', s.starts_at, 'ends_at', s.ends_at, 'kind', 'walk_in')
from walk_in w join shift s using (shift_id) where w.member_id = $1 and w.removed_at is null
union all
(select jsonb_build_object('kind', 'regular', 'week', chr(65 + t.cycle_week),
    'weekday', (array['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'])[t.weekday + 1],
    'starts_at', to_char(t.from_clock, 'HH24:MI'), 'ends_at', to_char(t.to_clock, 'HH24:MI'))
from seat_template r join shift_template t using (template_id) where r.regular = $1 order by t.cycle_week, t.weekday)
union all
(select jsonb_build_object('on', s.on_day, 'kind', 'said_presence', 'presence', p.presence, 'at', p.at,
    'replaced_by', m.first_name || ' ' || upper(left(m.last_name, 1)) || '.')
from presence p join shift s using (shift_id) left join member m on m.member_id = p.replaced_by
where p.member_id = $1 order by p.presence_id)
union all
select jsonb_build_object('on', s.on_day, 'kind', 'replacing', 'at', p.at)
from presence p join shift s using (shift_id) where p.replaced_by = $1
union all
(select jsonb_build_object('on', s.on_day, 'at', h.at,
    'kind', case when h.to_member = $1 then 'seat_came' else 'seat_went' end)
from seat_history h join shift s using (shift_id) where $1 in (h.from_member, h.to_member) order by h.seat_history_id)";

const LEDGER: &str = "
select jsonb_build_object('on', on_day, 'kind', kind, 'shifts', shifts, 'why', why)
from ledger_entry where member_id = $1 order by on_day, ledger_entry_id";

/// What was asked of the office and what became of it; what it keeps of pauses and of how much somebody owes; when the employee is
/// away, and who stands in; leaving, and being erased.
const REQUESTS: &str = "
(select jsonb_build_object('what', r.what, 'from', r.from_on, 'to', r.to_on, 'why', r.why, 'asked_at', r.asked_at,
    'state', coalesce(a.state, 'pending'), 'word', a.word)
from leave_request r left join leave_request_answer a using (request_id) where r.member_id = $1 order by r.asked_at)
union all
(select jsonb_build_object('kind', 'leave', 'what', l.kind, 'from', l.from_on, 'to', l.to_on, 'why', l.why)
from leave l where l.member_id = $1 order by l.from_on)
union all
(select jsonb_build_object('kind', 'duty', 'what', d.share, 'from', d.from_on, 'to', d.to_on, 'at', d.at,
    'why', case when d.member_id = $1 then d.why end,
    'with', o.first_name || ' ' || upper(left(o.last_name, 1)) || '.')
from duty d left join member o on o.member_id = case when d.member_id = $1 then d.with_member else d.member_id end
where $1 in (d.member_id, d.with_member) order by d.duty_id)
union all
(select jsonb_build_object('kind', case when a.employee_id = $1 then 'absence' else 'standing_in' end,
    'from', a.from_on, 'to', a.until_on, 'ended_on', a.ended_on, 'at', a.at,
    'with', o.first_name || ' ' || upper(left(o.last_name, 1)) || '.')
from absence a join member o on o.member_id = case when a.employee_id = $1 then a.deputy_id else a.employee_id end
where $1 in (a.employee_id, a.deputy_id) order by a.from_on)
union all
(select jsonb_build_object('kind', 'erasure', 'why', e.word, 'asked_at', e.asked_at, 'state', e.state, 'word', e.answer,
    'ended_at', e.ended_at)
from erasure_request e where e.member_id = $1 order by e.asked_at)
union all
select jsonb_build_object('kind', 'departure', 'on', d.on_day, 'why', d.why, 'at', d.at, 'ended_at', d.done_at)
from departure d where d.member_id = $1";

const EXCHANGES: &str = "
select jsonb_build_object('on', s.on_day, 'kind', o.kind, 'note', o.note, 'at', o.created_at, 'state', o.state)
from offer o join shift s using (shift_id) where o.member_id = $1
union all
select jsonb_build_object('on', s.on_day, 'kind', 'proposal', 'note', p.note, 'at', p.created_at, 'state', p.state)
from proposal p join shift s on s.shift_id = p.to_shift where p.from_member = $1
union all
select jsonb_build_object('on', s.on_day, 'kind', 'proposed_to_me', 'at', p.created_at, 'state', p.state)
from proposal p join shift s on s.shift_id = p.from_shift where p.to_member = $1
union all
select jsonb_build_object('on', s.on_day, 'kind', 'offered_to_me', 'at', o.created_at, 'state', o.state)
from offer_named n join offer o using (offer_id) join shift s using (shift_id) where n.member_id = $1
union all
select jsonb_build_object('kind', 'loop', 'at', l.created_at, 'state', l.state) from suggested_loop l where l.asks = $1
union all
select jsonb_build_object('on', s.on_day, 'kind', 'waiting', 'at', w.since)
from waiting w join shift s using (shift_id) where w.member_id = $1
union all
select jsonb_build_object('kind', 'watch', 'text', w.skill, 'at', w.since) from watch w where w.member_id = $1";

const EVENTS: &str = "
(select jsonb_build_object('title', e.details->>'title', 'starts_at', e.starts_at, 'standing', p.standing, 'guests', p.guests,
    'children', p.children, 'note', p.note, 'diet', p.diet, 'answered_at', p.answered_at, 'came_at', r.at)
from event_party p join event e using (event_id) left join event_arrival r using (event_party_id) where p.member_id = $1 order by e.starts_at)
union all
select jsonb_build_object('title', e.details->>'title', 'kind', c.what, 'text', coalesce(b.label, h.label, k.place),
    'quantity', c.quantity)
from event_claim c join event e on e.event_id = c.event_id left join bring_item b on b.bring_item_id = c.thing_id
    left join helper_post h on h.helper_post_id = c.thing_id left join carpool k on k.carpool_id = c.thing_id
where c.member_id = $1
union all
select jsonb_build_object('title', e.details->>'title', 'kind', 'car', 'text', k.place, 'note', k.note, 'quantity', k.seats)
from carpool k join event e using (event_id) where k.driver = $1 and not k.withdrawn
union all
select jsonb_build_object('title', e.details->>'title', 'photo', p.event_picture_id, 'text', p.alt, 'at', p.at)
from event_photo p join event e using (event_id) where p.by_member = $1 and p.removed_at is null
union all
select jsonb_build_object('title', e.details->>'title', 'kind', 'photo_removal', 'at', p.asked_at, 'word', p.word)
from event_photo p join event e using (event_id) where p.asked_by = $1";

const COMMENTS: &str = "
select jsonb_build_object('title', e.details->>'title', 'text', c.text, 'at', c.at)
from event_comment c join event e using (event_id) where c.by_member = $1 and c.removed_by is null order by c.at";

const CONTRIBUTIONS: &str = "
select jsonb_build_object('monday', b.monday, 'title', b.said->>'title', 'text', b.said->>'text', 'at', b.proposed_at)
from brief_block b where b.by_member = $1
union all
(select jsonb_build_object('kind', 'version', 'title', v.said->>'title', 'text', v.said->>'text', 'at', v.at)
from block_version v where v.by_member = $1 order by v.block_version_id)
union all
select jsonb_build_object('page', d.page, 'title', d.said->>'title', 'text', d.said->>'text', 'at', d.saved_at)
from public_page_draft d where d.member_id = $1";

const LISTS: &str = "
select jsonb_build_object('product', p.facts->>'name', 'favourite', true)
from favourite f join product p using (product_id) where f.member_id = $1
union all
select jsonb_build_object('product', coalesce(i.what->>'text', p.facts->>'name'), 'quantity', i.quantity, 'done', i.done)
from shopping_item i left join product p on p.product_id::text = i.what->>'product' where i.member_id = $1";

const SUGGESTIONS: &str = "
(select jsonb_build_object('text', s.text, 'at', s.at) from suggestion s where s.by_member = $1 order by s.at)
union all
select jsonb_build_object('text', s.text, 'kind', 'support')
from suggestion_support u join suggestion s using (suggestion_id) where u.member_id = $1";

const SHOP: &str = "
select jsonb_build_object('on', s.on_day, 'kind', 'note', 'text', n.text, 'at', n.at)
from hand_over_note n join shift s using (shift_id) where n.by_member = $1
union all
select jsonb_build_object('on', s.on_day, 'kind', r.what, 'text', r.note, 'at', r.at)
from report r join shift s using (shift_id) where r.by_member = $1
union all
select jsonb_build_object('on', s.on_day, 'kind', i.what, 'text', i.text, 'at', i.at)
from incident i join shift s using (shift_id) where i.by_member = $1
union all
select jsonb_build_object('on', m.on_day, 'kind', 'missing', 'product', p.facts->>'name', 'at', m.at)
from missing_report m join product p using (product_id) where m.by_member = $1
union all
select jsonb_build_object('kind', 'key', 'text', k.label) from shop_key k where k.member_id = $1
union all
(select jsonb_build_object('on', s.on_day, 'kind', 'tick', 'text', i.label, 'done', t.done, 'at', t.at)
from tick t join shift s using (shift_id) join checklist_item i using (item_id) where t.by_member = $1 order by t.tick_id)
union all
select jsonb_build_object('on', s.on_day, 'kind', 'reading', 'text', f.name, 'degrees', round(r.tenths / 10.0, 1), 'note', r.note,
    'at', r.at)
from reading r join shift s using (shift_id) join fridge f using (fridge_id) where r.by_member = $1
union all
select jsonb_build_object('on', s.on_day, 'kind', 'delivery', 'text', concat_ws(', ', d.supplier, nullif(d.what, '')), 'at', d.at)
from added_delivery d join shift s using (shift_id) where d.by_member = $1
union all
select jsonb_build_object('on', s.on_day, 'kind', 'receipt', 'state', r.state, 'text', r.remarks, 'at', r.at)
from delivery_receipt r join shift s using (shift_id) where r.by_member = $1";

const GROUPS: &str = "
select jsonb_build_object('group', w.name, 'referent', g.referent)
from group_member g join working_group w using (group_id) where g.member_id = $1
union all
select jsonb_build_object('group', w.name, 'text', j.word, 'at', j.at)
from group_joining j join working_group w using (group_id) where j.member_id = $1
union all
(select jsonb_build_object('group', w.name, 'kind', t.what, 'at', t.at)
from group_act t join working_group w using (group_id) where t.about = $1 order by t.at)
union all
select jsonb_build_object('group', w.name, 'title', d.title, 'text', d.text, 'at', d.at)
from dossier d join working_group w using (group_id) where $1 in (d.by_member, d.holder_id)
    or d.matter ? 'volunteer' and d.matter->'volunteer'->>'tutor' = $1::text
union all
select jsonb_build_object('group', w.name, 'title', d.title, 'text', h.note, 'on', h.on_day)
from dossier_hours h join dossier d using (dossier_id) join working_group w using (group_id) where h.by_member = $1
union all
select jsonb_build_object('group', 'committee', 'from', d.from_on, 'to', d.to_on, 'ended_on', d.ended_on)
from mandate d where d.member_id = $1";

const GOVERNANCE: &str = "
select jsonb_build_object('title', p.title, 'text', p.text, 'at', p.at) from agenda_point p where p.by_member = $1
union all
(select jsonb_build_object('kind', 'meeting', 'starts_at', c.starts_at, 'place', c.place, 'presence', r.presence)
from meeting_presence r join coordination_meeting c using (meeting_id) where r.member_id = $1 order by c.starts_at)
union all
select jsonb_build_object('title', a.title, 'starts_at', a.starts_at, 'role', o.role)
from assembly_role o join assembly a using (assembly_id) where o.member_id = $1
union all
select jsonb_build_object('title', q.title, 'standing', a.put->'stance'->>'stance', 'text', a.put->'stance'->>'word',
    'ways', (select jsonb_agg(jsonb_build_object('title', way->>'label', 'points', a.put->'points'->(way->>'id')))
        from jsonb_array_elements(q.asked->'resistance'->'ways') as way), 'at', a.at)
from consultation_answer a join consultation q using (consultation_id) where a.member_id = $1
union all
select jsonb_build_object('title', a.title, 'starts_at', a.starts_at, 'channel', c.channel, 'called_at', c.done_at,
    'coming', w.coming, 'text', k.words, 'signed_at', s.at, 'left_at', s.left_at,
    'proxies', (select jsonb_agg(m.first_name || ' ' || upper(left(m.last_name, 1)) || '.' order by p.at, p.proxy_id)
        from proxy p join member m on m.member_id in (p.from_member, p.to_member) and m.member_id <> $1
        where p.assembly_id = a.assembly_id and $1 in (p.from_member, p.to_member)),
    'voted', (select jsonb_agg(r.title order by r.rank, r.resolution_id) from vote_cast v join resolution r using (resolution_id)
        where r.assembly_id = a.assembly_id and v.voice = $1))
from assembly_convocation c join assembly a using (assembly_id)
    left join assembly_answer w using (assembly_id, member_id) left join candidacy k using (assembly_id, member_id)
    left join assembly_sign_in s using (assembly_id, member_id)
where c.member_id = $1";

const NOTICES: &str = "
(select jsonb_build_object('kind', n.notice->>'kind', 'at', n.at, 'seen_at', n.seen_at)
from notice n where n.member_id = $1 order by n.at)
union all
(select jsonb_build_object('kind', d.notice->>'kind', 'channel', d.channel, 'at', d.at, 'state', d.state)
from delivery d where d.member_id = $1 order by d.delivery_id)
union all
select jsonb_build_object('kind', 'welcome', 'channel', 'mail', 'at', w.planned_at, 'sent_at', w.sent_at)
from welcome_mail w where w.member_id = $1
union all
(select jsonb_build_object('kind', 'brief', 'channel', 'mail', 'monday', b.monday, 'at', c.prepared_at, 'state', c.state)
from brief_copy c join brief b using (brief_id) where c.member_id = $1 order by c.brief_copy_id)
union all
(select jsonb_build_object('kind', 'brief_read', 'monday', b.monday, 'at', r.at)
from brief_read r join brief b using (brief_id) where r.member_id = $1 order by b.monday)";

const PREFERENCES: &str = "
select jsonb_build_object('switches', p.switches, 'reminders', p.reminders) from preference p where p.member_id = $1";

const DEVICES: &str = "
(select jsonb_build_object('device', s.device, 'created_at', s.created_at, 'last_seen_on', s.last_seen_on,
    'revoked_at', s.revoked_at, 'pushes_since_at',
    (select min(p.created_at) from push_subscription p where p.session_id = s.session_id and p.member_id = $1))
from session s where s.member_id = $1 order by s.created_at)
union all
select jsonb_build_object('kind', 'calendar', 'created_at', f.made_at) from calendar_feed f where f.member_id = $1";

const TRAIL: &str = "
select jsonb_build_object('deed', t.deed, 'by', m.first_name || ' ' || upper(left(m.last_name, 1)) || '.', 'at', t.at)
from account_act t left join member m on m.member_id = t.by_member where t.member_id = $1 order by t.at";
