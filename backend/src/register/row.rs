//! Members as the register has them, in the shapes of the domain.

use std::collections::BTreeSet;

use domain::brief::Picture;
use domain::id::MemberId;
use domain::members::Skill;
use domain::register::{Mistake, Registered, Since, Status, Written};
use domain::time::paris_day;
use serde::Deserialize;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};

use crate::error::Error;

/// SQL for the [`Written`] of a member `m`, as JSON.
pub(super) const WRITTEN: &str = "jsonb_build_object('first_name', m.first_name, 'last_name', m.last_name, 'email', m.email,
    'phone', m.phone, 'address', m.address, 'rhythm', m.rhythm, 'joined_on', m.joined_on,
    'skills', array(select s.skill from member_skill s where s.member_id = m.member_id order by 1))";

/// SQL for the [`Since`] of a member `m`, as JSON.
pub(super) const SINCE: &str = "jsonb_build_object('joined_on', m.joined_on, 'left_on', m.left_on,
    'merged_into', m.merged_into, 'erased', m.erased_at is not null)";

/// SQL for the short name of a member `m`, as JSON.
pub(super) const SHORT: &str = "jsonb_build_object('f', m.first_name, 'i', upper(left(m.last_name, 1)))";

/// SQL for the [`domain::register::Newcomer`] whose arrival is `a`, as JSON; `now` is a parameter.
pub(super) fn newcomer(now: &str) -> String {
    format!(
        "jsonb_build_object('requested_on', a.requested_on, 'presented_on', a.presented_on, 'chosen_on', a.chosen_on,
        'paid_on', (select min(p.paid_on) from share h join share_payment p using (share_id)
            where h.member_id = a.member_id and p.cancelled_at is null),
        'signed_in_on', (select min((d.created_at at time zone 'Europe/Paris')::date) from session d
            where d.member_id = a.member_id),
        'first_shift', (select jsonb_build_object('shift', s.shift_id, 'starts_at', s.starts_at, 'ends_at', s.ends_at)
            from assignment t join shift s using (shift_id)
            where t.member_id = a.member_id and not t.closed and (t.presence = 'present' or s.ends_at > {now})
            order by s.starts_at limit 1),
        'worked_on', (select min(day) from (
            select s.on_day as day from assignment t join shift s using (shift_id)
                where t.member_id = a.member_id and t.presence = 'present'
            union all select l.on_day from ledger_entry l where l.member_id = a.member_id and l.kind = 'done') worked),
        'sponsor', (select {SHORT} from member m where m.member_id = a.sponsor),
        'learnt', exists (select from member_skill k where k.member_id = a.member_id))"
    )
}

/// SQL for what the register keeps of the member `m` for themselves ([`domain::register::Mine`]), as JSON; `$1` is they.
pub(crate) const MINE: &str = "jsonb_build_object('joined_on', m.joined_on, 'address', m.address,
    'show_phone', m.show_phone, 'show_email', m.show_email, 'photo', m.photo,
    'share', (select jsonb_build_object('cents', h.cents, 'subscribed_on', h.subscribed_on,
            'paid', (select coalesce(sum(p.cents), 0)::bigint from share_payment p
                where p.share_id = h.share_id and p.cancelled_at is null))
        from share h where h.member_id = $1 and h.refunded_on is null),
    'years', (select coalesce(jsonb_agg(y.year order by y.year desc), '[]') from association_year y where y.member_id = $1),
    'leaving_on', m.left_on,
    'erasure', (select jsonb_build_object('id', e.erasure_request_id, 'at', e.asked_at) from erasure_request e
        where e.member_id = $1 and e.state = 'pending'))";

/// SQL for the [`domain::register::Newcomer`] that the member `$1` is, and for what is said of a first shift; both null for the others. `$3`: now.
pub(crate) static ARRIVING_OF_ME: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
    format!(
        "(select {} from arrival a where a.member_id = $1 and a.ended_on is null) as newcomer,
    (select r.first_shift from register_setting r) as welcome",
        newcomer("$3")
    )
});

/// Somebody's card as the rules need it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Known {
    pub number: i32,
    pub written: Written,
    pub since: Since,
    pub revision: i32,
    pub employee: bool,
    pub photo: Option<Picture>,
}

impl Known {
    pub fn status(&self, now: domain::time::Instant) -> Status {
        self.since.status(paris_day(now))
    }
}

/// Nothing where there is nobody of that id.
pub(super) async fn find(conn: &mut PgConnection, member: MemberId) -> Result<Option<Known>, Error> {
    let found = sqlx::query_scalar(AssertSqlSafe(format!(
        "select jsonb_build_object('number', m.number, 'written', {WRITTEN}, 'since', {SINCE}, 'revision', m.revision,
            'employee', m.employee, 'photo', m.photo) from member m where m.member_id = $1"
    )));
    let row: Option<Json<Known>> = found.bind(member).fetch_optional(conn).await?;
    Ok(row.map(|Json(known)| known))
}

/// Somebody who is there, or why not.
pub(super) async fn there(
    conn: &mut PgConnection,
    member: MemberId,
    now: domain::time::Instant,
) -> Result<Result<Known, Vec<Mistake>>, Error> {
    Ok(match find(conn, member).await? {
        None => Err(vec![Mistake::UnknownMember]),
        Some(known) if !known.status(now).is_there() => Err(vec![Mistake::NotThere]),
        Some(known) => Ok(known),
    })
}

/// Those who are members, or soon are.
pub(super) async fn registered(conn: &mut PgConnection, today: chrono::NaiveDate) -> Result<Vec<Registered>, Error> {
    let Json(people) = sqlx::query_scalar(
        "select coalesce(jsonb_agg(jsonb_build_object('id', member_id, 'number', number, 'first_name', first_name,
            'last_name', last_name, 'email', email, 'phone', phone) order by number), '[]')
         from member where (left_on is null or left_on > $1) and merged_into is null and erased_at is null",
    )
    .bind(today)
    .fetch_one(conn)
    .await?;
    Ok(people)
}

/// Addresses of which somebody said that several people share them.
pub(super) async fn settled(conn: &mut PgConnection) -> Result<BTreeSet<String>, Error> {
    let rows: Vec<String> = sqlx::query_scalar("select email from shared_address").fetch_all(conn).await?;
    Ok(rows.into_iter().collect())
}

/// The skills that the co-op teaches.
pub(super) async fn skills(conn: &mut PgConnection) -> Result<Vec<domain::calendar::SkillLabel>, Error> {
    let Json(skills) = sqlx::query_scalar(
        "select coalesce(jsonb_agg(jsonb_build_object('skill', skill, 'label', label) order by label), '[]') from skill",
    )
    .fetch_one(conn)
    .await?;
    Ok(skills)
}

pub(super) async fn known_skills(conn: &mut PgConnection) -> Result<BTreeSet<Skill>, Error> {
    Ok(skills(conn).await?.into_iter().map(|label| label.skill).collect())
}
