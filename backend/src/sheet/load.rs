//! Day sheets as the domain and the wire have them, in one statement.

use domain::id::ShiftId;
use domain::sheet::DaySheet;
use sqlx::PgExecutor;
use sqlx::types::Json;
use uuid::Uuid;

use crate::error::Error;

/// The sheets of `shifts`, in order of start; with the team's phones, and who of it is not insured, for those of `phones`,
/// with the alarm procedure for those of `alarm`.
pub async fn sheets(
    conn: impl PgExecutor<'_>,
    shifts: &[ShiftId],
    phones: &[ShiftId],
    alarm: &[ShiftId],
) -> Result<Vec<DaySheet>, Error> {
    let uuids = |ids: &[ShiftId]| ids.iter().map(|id| id.0).collect::<Vec<Uuid>>();
    let Json(sheets) =
        sqlx::query_scalar(SHEETS).bind(uuids(shifts)).bind(uuids(phones)).bind(uuids(alarm)).fetch_one(conn).await?;
    Ok(sheets)
}

/// $1 shifts, $2 of which with phones, $3 of which with the alarm procedure. A word that no later
/// team has seen is handed on for two weeks.
const SHEETS: &str = "
select coalesce(json_agg(json_build_object(
    'shift', s.shift_id,
    'closed', (select json_build_object('by', closed_by, 'at', closed_at) from sheet where sheet.shift_id = s.shift_id),
    'presences', (select coalesce(json_agg(json_build_object(
        'member', p.member_id, 'presence', p.presence, 'replaced_by', p.replaced_by, 'owed', p.owed,
        'said', json_build_object('by', p.by_member, 'at', p.at)) order by p.presence_id), '[]')
        from (select distinct on (member_id) * from presence where presence.shift_id = s.shift_id
            order by member_id, presence_id desc) p),
    'walk_ins', (select coalesce(json_agg(json_build_object(
        'id', w.walk_in_id, 'member', w.member_id, 'name', w.name,
        'said', json_build_object('by', w.by_member, 'at', w.at)) order by w.at, w.walk_in_id), '[]')
        from walk_in w where w.shift_id = s.shift_id and w.removed_at is null),
    'checklists', (select coalesce(json_agg(json_build_object(
        'name', c.name, 'version', c.version, 'items', (select coalesce(json_agg(json_build_object(
            'id', i.item_id, 'label', i.label,
            'done', (select case when t.done then json_build_object('by', t.by_member, 'at', t.at) end from tick t
                where t.shift_id = s.shift_id and t.item_id = i.item_id order by t.tick_id desc limit 1))
            order by i.rank), '[]') from checklist_item i where i.checklist_id = c.checklist_id))
        order by c.rank, c.slug), '[]')
        from (select distinct on (slug) * from checklist where from_on <= s.on_day order by slug, version desc) c
        join shift_template t on t.template_id = s.template_id
        where extract(isodow from s.on_day)::int - 1 = any(c.weekdays) and t.from_clock = any(c.clocks)
            and exists (select from checklist_item i where i.checklist_id = c.checklist_id)),
    'fridges', (select coalesce(json_agg(json_build_object(
        'id', f.fridge_id, 'name', f.name, 'low', f.low, 'high', f.high, 'advice', f.advice,
        'last', (select json_build_object('id', r.reading_id, 'fridge', r.fridge_id, 'tenths', r.tenths, 'note', r.note,
                'said', json_build_object('by', r.by_member, 'at', r.at))
            from reading r where r.shift_id = s.shift_id and r.fridge_id = f.fridge_id order by r.received desc limit 1))
        order by f.rank), '[]')
        from fridge f where (f.from_on is null or f.from_on <= s.on_day) and (f.retired_on is null or f.retired_on > s.on_day)),
    'notes', (select coalesce(json_agg(json_build_object('id', n.note_id, 'text', n.text, 'open', n.open,
        'said', json_build_object('by', n.by_member, 'at', n.at),
        'seen', case when n.seen_at is not null then json_build_object('by', n.seen_by, 'at', n.seen_at) end)
        order by n.at, n.note_id), '[]') from hand_over_note n where n.shift_id = s.shift_id),
    'handed_over', (select coalesce(json_agg(json_build_object('id', n.note_id, 'text', n.text, 'open', n.open,
        'said', json_build_object('by', n.by_member, 'at', n.at),
        'seen', case when n.seen_at is not null then json_build_object('by', n.seen_by, 'at', n.seen_at) end)
        order by n.at, n.note_id), '[]')
        from hand_over_note n join shift b on b.shift_id = n.shift_id
        where (n.seen_at is null or n.seen_shift = s.shift_id)
            and b.starts_at < s.starts_at and b.starts_at > s.starts_at - interval '14 days'),
    'reports', (select coalesce(json_agg(json_build_object('what', r.what, 'note', r.note,
        'said', json_build_object('by', r.by_member, 'at', r.at)) order by r.report_id), '[]')
        from report r where r.shift_id = s.shift_id),
    'deliveries', (select coalesce(json_agg(json_build_object('id', d.id, 'supplier', d.supplier, 'what', d.what,
        'added', case when d.by_member is not null then json_build_object('by', d.by_member, 'at', d.at) end,
        'last', (select json_build_object('state', r.state, 'remarks', r.remarks,
                'photo', (select p.photo_id from photo p where p.photo_id = r.photo_id),
                'said', json_build_object('by', r.by_member, 'at', r.at))
            from delivery_receipt r where r.delivery_id = d.id order by r.delivery_receipt_id desc limit 1))
        order by d.at nulls first, d.supplier, d.id), '[]')
        from (select expected_delivery_id as id, supplier, what, null::uuid as by_member, null::timestamptz as at
            from expected_delivery e where e.on_day = s.on_day and e.removed_at is null
            union all
            select delivery_id, supplier, what, by_member, at from added_delivery a join shift b using (shift_id)
            where b.on_day = s.on_day) d),
    'incidents', (select coalesce(json_agg(json_build_object('id', i.incident_id, 'what', i.what, 'text', i.text,
        'said', json_build_object('by', i.by_member, 'at', i.at)) order by i.at, i.incident_id), '[]')
        from incident i where i.shift_id = s.shift_id),
    'keys', (select coalesce(json_agg(json_build_object('label', k.label, 'holder', k.member_id)
        order by k.label, k.key_id), '[]') from shop_key k),
    'phones', (select coalesce(json_object_agg(m.member_id, m.phone), '{}') from (
            select a.member_id from assignment a where a.shift_id = s.shift_id
            union select k.member_id from shop_key k join member using (member_id) where show_phone
        ) near join member m using (member_id) where s.shift_id = any($2) and m.phone is not null),
    'uninsured', (select coalesce(json_agg(near.member_id order by near.member_id), '[]') from (
            select a.member_id from assignment a where a.shift_id = s.shift_id
            union select w.member_id from walk_in w where w.shift_id = s.shift_id and w.removed_at is null
        ) near join member m using (member_id) where s.shift_id = any($2) and not m.employee
            and not exists (select from association_year y where y.member_id = near.member_id
                and y.year = extract(year from s.on_day))),
    'alarm', case when s.shift_id = any($3) then (select alarm from setting) end
    ) order by s.starts_at, s.shift_id), '[]')
from shift s where s.shift_id = any($1)";
