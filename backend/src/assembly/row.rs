//! An assembly's rows as the domain's types.

/// SQL for how far an assembly `a` is, a [`domain::assembly::Stage`] as JSON.
pub(super) const STAGE: &str = "case
    when a.cancelled is not null then jsonb_build_object('cancelled', jsonb_build_object('word', a.cancelled))
    when a.closed_at is not null then jsonb_build_object('closed', jsonb_build_object('at', a.closed_at))
    when a.opened_at is not null then jsonb_build_object('open', jsonb_build_object('since', a.opened_at))
    when a.convoked_at is not null then jsonb_build_object('convoked', jsonb_build_object('at', a.convoked_at))
    else '\"planned\"'::jsonb end";

/// SQL for a [`domain::assembly::Proxy`] `p`, as JSON.
pub(crate) const PROXY: &str = "jsonb_build_object('id', p.proxy_id, 'assembly', p.assembly_id, 'from', p.from_member,
    'to', p.to_member, 'at', p.at, 'paper', p.paper)";

/// SQL for a [`domain::assembly::Resolution`] `r`, as JSON.
pub(super) const RESOLUTION: &str = "jsonb_build_object('id', r.resolution_id, 'title', r.title, 'html', r.html,
    'way', case when r.way = 'election' then jsonb_build_object('election', jsonb_build_object('seats', r.seats))
        else to_jsonb(r.way) end,
    'majority', r.majority,
    'voting', case when r.done_at is not null then jsonb_build_object('done', jsonb_build_object('at', r.done_at))
        when r.counting_at is not null then jsonb_build_object('counting', jsonb_build_object('since', r.counting_at))
        when r.opened_at is not null then jsonb_build_object('open', jsonb_build_object('since', r.opened_at))
        else '\"not_yet\"'::jsonb end,
    'result', r.result)";

/// SQL for the roles of an assembly `a`, as JSON.
pub(super) const ROLES: &str = "(select coalesce(jsonb_agg(jsonb_build_object('member', o.member_id, 'role', o.role)
    order by o.role, o.member_id), '[]') from assembly_role o where o.assembly_id = a.assembly_id)";

/// SQL for who stands at an assembly `a`, by name, as JSON.
pub(super) const CANDIDATES: &str = "(select coalesce(jsonb_agg(jsonb_build_object('member', k.member_id, 'words', k.words)
    order by n.first_name, n.last_name, k.member_id), '[]')
    from candidacy k join member n on n.member_id = k.member_id where k.assembly_id = a.assembly_id and k.withdrawn_at is null)";

/// SQL for a [`domain::assembly::Attendance`] of an assembly `a`, as JSON; `today` is a parameter such as `$1`. Whoever left the
/// co-op since the assembly was called to it all the same.
pub(super) fn attendance(today: &str) -> String {
    format!(
        "jsonb_build_object(
            'called', (select count(*) from assembly_convocation c join member m using (member_id) where c.assembly_id = a.assembly_id
                and (m.left_on is null or m.left_on > least({today}, (a.starts_at at time zone 'Europe/Paris')::date))),
            'coming', (select count(*) from assembly_answer w where w.assembly_id = a.assembly_id and w.coming),
            'present', (select count(*) from assembly_sign_in s where s.assembly_id = a.assembly_id and s.left_at is null),
            'represented', (select count(*) from proxy p
                join assembly_sign_in s on s.assembly_id = p.assembly_id and s.member_id = p.to_member and s.left_at is null
                where p.assembly_id = a.assembly_id and p.ended_at is null))"
    )
}

/// SQL for a [`domain::assembly::Assembly`] `a`, as JSON; with those documents `d` for which `documents` holds.
pub(crate) fn assembly(today: &str, documents: &str) -> String {
    let attendance = attendance(today);
    format!(
        "jsonb_build_object('id', a.assembly_id, 'kind', a.kind, 'title', a.title, 'starts_at', a.starts_at, 'place', a.place,
            'agenda', a.agenda_html, 'stage', {STAGE},
            'terms', jsonb_build_object('notice_d', a.notice_d, 'quorum', a.quorum, 'proxies', a.proxies),
            'roles', {ROLES},
            'documents', (select coalesce(jsonb_agg(jsonb_build_object('id', d.document_id, 'title', d.title, 'html', d.html,
                'href', d.href) order by d.rank, d.document_id), '[]')
                from assembly_document d where d.assembly_id = a.assembly_id and d.removed_at is null and {documents}),
            'resolutions', (select coalesce(jsonb_agg({RESOLUTION} order by r.rank, r.resolution_id), '[]')
                from resolution r where r.assembly_id = a.assembly_id and r.removed_at is null),
            'candidates', {CANDIDATES}, 'away', (select coalesce(jsonb_agg(w.member_id order by w.member_id), '[]')
                from assembly_answer w where w.assembly_id = a.assembly_id and not w.coming and a.convoked_at is not null
                    and a.opened_at is null and a.cancelled is null and (a.starts_at at time zone 'Europe/Paris')::date >= {today}),
            'attendance', {attendance}, 'minutes', a.minutes_html)"
    )
}
