//! A member's card, as the office reads it.

use std::sync::LazyLock;

use chrono::NaiveDate;
use domain::id::MemberId;
use domain::ledger::standing;
use domain::register::{Card, Departure, Erasure, ErasureState, Newcomer, OtherAtAddress, RegularSeat, Welcomed, arriving};
use domain::rules::Rules;
use domain::share::AssociationYear;
use domain::time::{Days, paris_day};
use serde::Deserialize;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};

use super::row::{self, SHORT, newcomer};
use super::together::office;
use crate::Backend;
use crate::auth::in_force;
use crate::error::Error;
use crate::ledger::entries_of;
use crate::share::{YEAR, shares};

#[derive(Deserialize)]
struct Row {
    show_phone: bool,
    show_email: bool,
    bounced: bool,
    account: MemberId,
    leaves: Vec<Days>,
    years: Vec<AssociationYear>,
    groups: Vec<String>,
    mandate_until: Option<NaiveDate>,
    newcomer: Option<Newcomer>,
    sponsor: Option<MemberId>,
    welcome: String,
    departure: Option<Departure>,
    erasure: Option<Erasure>,
    others: Vec<OtherAtAddress>,
    address_settled: bool,
    welcomed: Option<Welcomed>,
    last_seen_on: Option<NaiveDate>,
    rules: Rules,
}

pub async fn card(backend: &Backend, asking: MemberId, member: MemberId) -> Result<Card, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    office(&mut tx, asking, now).await?;
    let known = row::find(&mut tx, member).await?.ok_or(Error::NotFound)?;
    let found = sqlx::query_scalar(AssertSqlSafe(CARD.as_str()));
    let Json(row): Json<Row> = found.bind(member).bind(paris_day(now)).bind(now).fetch_one(&mut *tx).await?;
    let entries = entries_of(&mut tx, row.account).await?;
    Ok(Card {
        now,
        id: member,
        number: known.number,
        revision: known.revision,
        status: known.status(now),
        written: known.written,
        employee: known.employee,
        photo: known.photo,
        show_phone: row.show_phone,
        show_email: row.show_email,
        bounced: row.bounced,
        regular: regular_seat(&mut tx, member).await?,
        standing: standing(&entries, &row.rules, now),
        leaves: row.leaves,
        shares: shares(&mut tx, member).await?,
        years: row.years,
        groups: row.groups,
        mandate_until: row.mandate_until,
        arriving: row.newcomer.map(|newcomer| arriving(&newcomer, &row.welcome, now)),
        sponsor: row.sponsor,
        departure: row.departure,
        erasure: row.erasure.filter(|erasure| erasure.state != ErasureState::Withdrawn),
        others: row.others,
        address_settled: row.address_settled,
        welcomed: row.welcomed,
        last_seen_on: row.last_seen_on,
        skills: row::skills(&mut tx).await?,
        own: asking == member,
    })
}

/// Their place on a recurring shift; of several, the first of the cycle.
pub(super) async fn regular_seat(conn: &mut PgConnection, member: MemberId) -> Result<Option<RegularSeat>, Error> {
    let seat: Option<Json<RegularSeat>> = sqlx::query_scalar(
        "select jsonb_build_object('template', t.template_id, 'position', s.position, 'week', chr(65 + t.cycle_week),
            'weekday', (array['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])[t.weekday + 1],
            'from', t.from_clock, 'to', t.to_clock, 'lead', s.lead)
         from seat_template s join shift_template t using (template_id)
         where s.regular = $1 and t.retired_on is null order by t.cycle_week, t.weekday, t.from_clock limit 1",
    )
    .bind(member)
    .fetch_optional(conn)
    .await?;
    Ok(seat.map(|Json(seat)| seat))
}

/// SQL for an [`Erasure`] `e`, as JSON.
pub(super) const ERASURE: &str = "jsonb_build_object('id', e.erasure_request_id, 'member', e.member_id, 'word', e.word,
    'asked_at', e.asked_at, 'state', e.state, 'answer', e.answer, 'ended_at', e.ended_at)";

/// SQL for a [`Departure`] `d`, as JSON.
pub(super) fn departure() -> String {
    format!(
        "jsonb_build_object('on', d.on_day, 'why', d.why, 'at', d.at, 'done_at', d.done_at, 'export_until', d.export_until,
        'by', (select {SHORT} from member m where m.member_id = d.by_member))"
    )
}

/// $1 member, $2 today, $3 now.
static CARD: LazyLock<String> = LazyLock::new(|| {
    let (newcomer, departure, in_force) = (newcomer("$3"), departure(), in_force("$2"));
    format!(
        "select jsonb_build_object('show_phone', m.show_phone, 'show_email', m.show_email,
            'bounced', exists (select from bounced_address b where b.email = m.email),
            'account', account(m.member_id, $2),
            'leaves', (select coalesce(jsonb_agg(jsonb_build_object('from', l.from_on, 'to', l.to_on) order by l.from_on), '[]')
                from leave l where l.member_id = m.member_id and l.to_on >= $2),
            'years', (select coalesce(jsonb_agg({YEAR} order by y.year desc), '[]') from association_year y
                where y.member_id = m.member_id),
            'groups', array(select w.name from group_member g join working_group w using (group_id)
                where g.member_id = m.member_id order by w.rank),
            'mandate_until', (select max(d.to_on) from mandate d
                where d.member_id = m.member_id and {in_force}),
            'newcomer', (select {newcomer} from arrival a where a.member_id = m.member_id and a.ended_on is null),
            'sponsor', (select a.sponsor from arrival a where a.member_id = m.member_id and a.ended_on is null),
            'welcome', (select r.first_shift from register_setting r),
            'departure', (select {departure} from departure d where d.member_id = m.member_id),
            'erasure', (select {ERASURE} from erasure_request e where e.member_id = m.member_id
                order by e.asked_at desc, e.erasure_request_id desc limit 1),
            'others', (select coalesce(jsonb_agg(jsonb_build_object('id', o.member_id, 'number', o.number,
                    'first_name', o.first_name, 'last_name', o.last_name) order by o.number), '[]')
                from member o where o.email = m.email and o.email <> '' and o.member_id <> m.member_id
                    and (o.left_on is null or o.left_on > $2)),
            'address_settled', exists (select from shared_address a where a.email = m.email),
            'welcomed', (select jsonb_build_object('due_at', w.due_at, 'sent_at', w.sent_at) from welcome_mail w
                where w.member_id = m.member_id and w.dropped is null order by w.due_at desc limit 1),
            'last_seen_on', (select max(d.last_seen_on) from session d where d.member_id = m.member_id),
            'rules', coop_rules())
        from member m where m.member_id = $1"
    )
});
