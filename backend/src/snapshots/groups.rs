//! `Groups`: the working groups, their people, the committee, contacts that were opted in.

use std::collections::BTreeMap;

use domain::calendar::SCHEMA;
use domain::groups::{Contact, Groups, Mandate, WorkingGroup};
use domain::id::MemberId;
use domain::time::paris_day;
use serde::Deserialize;
use sqlx::types::Json;

use super::rows::PersonRow;
use super::{marks_of, next_midnight};
use crate::Backend;
use crate::error::Error;

#[derive(sqlx::FromRow)]
struct Row {
    mark: i64,
    people: Json<Vec<PersonRow>>,
    groups: Json<Vec<WorkingGroup>>,
    committee: Json<Vec<Mandate>>,
    contacts: Json<Vec<ContactRow>>,
}

#[derive(Deserialize)]
struct ContactRow {
    id: MemberId,
    phone: Option<String>,
    email: Option<String>,
}

pub async fn groups(backend: &Backend) -> Result<Groups, Error> {
    let now = backend.now();
    let row: Row = sqlx::query_as(GROUPS).bind(paris_day(now)).fetch_one(&backend.pool).await?;
    let contacts: BTreeMap<_, _> =
        row.contacts.0.into_iter().map(|row| (row.id, Contact { phone: row.phone, email: row.email })).collect();
    Ok(Groups {
        schema: SCHEMA,
        marks: marks_of("groups", row.mark),
        as_of: now,
        valid_until: next_midnight(now),
        people: row.people.0.into_iter().map(PersonRow::named).collect(),
        groups: row.groups.0,
        committee: row.committee.0,
        contacts,
    })
}

/// $1 today. Only people who stand in a group or on the committee are named.
const GROUPS: &str = "
with seated as materialized (
    select * from mandate where $1 between from_on and to_on
), active as materialized (
    select m.* from member m where (m.left_on is null or m.left_on > $1)
        and (exists (select from group_member g where g.member_id = m.member_id)
            or exists (select from seated s where s.member_id = m.member_id))
)
select
    (select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'groups') as mark,
    (select coalesce(json_agg(json_build_object('id', member_id, 'first', first_name, 'last', last_name)), '[]')
        from active) as people,
    (select coalesce(json_agg(json_build_object(
        'id', g.group_id, 'slug', g.slug, 'name', g.name, 'role', g.role,
        'referents', array(select gm.member_id from group_member gm join active a using (member_id)
            where gm.group_id = g.group_id and gm.referent order by a.number),
        'members', array(select gm.member_id from group_member gm join active a using (member_id)
            where gm.group_id = g.group_id order by a.first_name, a.number)) order by g.rank), '[]')
        from working_group g) as groups,
    (select coalesce(json_agg(json_build_object('member', s.member_id, 'from', s.from_on, 'to', s.to_on)
        order by s.to_on, a.number), '[]') from seated s join active a using (member_id)) as committee,
    (select coalesce(json_agg(json_build_object('id', member_id,
        'phone', case when show_phone then phone end, 'email', case when show_email then email end)), '[]')
        from active where (show_phone and phone is not null) or show_email) as contacts";
