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

/// $1 member. One JSON object a row; names of others where they are part of it, and nothing else of them.
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
    'joined_on', m.joined_on, 'left_on', m.left_on, 'photo', m.photo->>'id',
    'skills', array(select k.label from member_skill s join skill k using (skill) where s.member_id = $1 order by 1),
    'presented_on', a.presented_on, 'requested_on', a.requested_on, 'chosen_on', a.chosen_on)
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
from walk_in w join shift s using (shift_id) where w.member_id = $1 and w.removed_at is null";

const LEDGER: &str = "
select jsonb_build_object('on', on_day, 'kind', kind, 'shifts', shifts, 'why', why)
from ledger_entry where member_id = $1 order by on_day, ledger_entry_id";

const REQUESTS: &str = "
select jsonb_build_object('what', r.what, 'from', r.from_on, 'to', r.to_on, 'why', r.why, 'asked_at', r.asked_at,
    'state', coalesce(a.state, 'pending'), 'word', a.word)
from leave_request r left join leave_request_answer a using (request_id) where r.member_id = $1 order by r.asked_at";

const EXCHANGES: &str = "
select jsonb_build_object('on', s.on_day, 'kind', o.kind, 'note', o.note, 'at', o.created_at, 'state', o.state)
from offer o join shift s using (shift_id) where o.member_id = $1
union all
select jsonb_build_object('on', s.on_day, 'kind', 'proposal', 'note', p.note, 'at', p.created_at, 'state', p.state)
from proposal p join shift s on s.shift_id = p.to_shift where p.from_member = $1
union all
select jsonb_build_object('on', s.on_day, 'kind', 'waiting', 'at', w.since)
from waiting w join shift s using (shift_id) where w.member_id = $1
union all
select jsonb_build_object('kind', 'watch', 'text', w.skill, 'at', w.since) from watch w where w.member_id = $1";

const EVENTS: &str = "
(select jsonb_build_object('title', e.details->>'title', 'starts_at', e.starts_at, 'standing', p.standing, 'guests', p.guests,
    'children', p.children, 'note', p.note, 'diet', p.diet, 'answered_at', p.answered_at)
from event_party p join event e using (event_id) where p.member_id = $1 order by e.starts_at)
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
from event_photo p join event e using (event_id) where p.by_member = $1 and p.removed_at is null";

const COMMENTS: &str = "
select jsonb_build_object('title', e.details->>'title', 'text', c.text, 'at', c.at)
from event_comment c join event e using (event_id) where c.by_member = $1 and c.removed_by is null order by c.at";

const CONTRIBUTIONS: &str = "
select jsonb_build_object('monday', b.monday, 'title', b.said->>'title', 'text', b.said->>'text', 'at', b.proposed_at)
from brief_block b where b.by_member = $1
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
select jsonb_build_object('kind', 'key', 'text', k.label) from shop_key k where k.member_id = $1";

const GROUPS: &str = "
select jsonb_build_object('group', w.name, 'referent', g.referent)
from group_member g join working_group w using (group_id) where g.member_id = $1
union all
select jsonb_build_object('group', w.name, 'text', j.word, 'at', j.at)
from group_joining j join working_group w using (group_id) where j.member_id = $1
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
select jsonb_build_object('title', q.title, 'standing', a.put->'stance'->>'stance', 'text', a.put->'stance'->>'word',
    'ways', (select jsonb_agg(jsonb_build_object('title', way->>'label', 'points', a.put->'points'->(way->>'id')))
        from jsonb_array_elements(q.asked->'resistance'->'ways') as way), 'at', a.at)
from consultation_answer a join consultation q using (consultation_id) where a.member_id = $1
union all
select jsonb_build_object('title', a.title, 'starts_at', a.starts_at, 'coming', w.coming, 'text', k.words, 'signed_at', s.at,
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
select jsonb_build_object('kind', n.notice->>'kind', 'at', n.at, 'seen_at', n.seen_at)
from notice n where n.member_id = $1 order by n.at";

const PREFERENCES: &str = "
select jsonb_build_object('switches', p.switches, 'reminders', p.reminders) from preference p where p.member_id = $1";

const DEVICES: &str = "
select jsonb_build_object('device', s.device, 'created_at', s.created_at, 'last_seen_on', s.last_seen_on,
    'revoked_at', s.revoked_at)
from session s where s.member_id = $1 order by s.created_at";

const TRAIL: &str = "
select jsonb_build_object('deed', t.deed, 'by', m.first_name || ' ' || upper(left(m.last_name, 1)) || '.', 'at', t.at)
from account_act t left join member m on m.member_id = t.by_member where t.member_id = $1 order by t.at";
