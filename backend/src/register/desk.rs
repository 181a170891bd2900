//! The register as the office looks through it.

use std::sync::LazyLock;

use domain::id::MemberId;
use domain::members::Rhythm;
use domain::register::{Desk, Filter, Line, Newcomer, Paid, Registered, Since, arriving, duplicates};
use domain::share::{Refund, Share};
use domain::time::{Instant, paris_day};
use serde::Deserialize;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};

use super::row::{self, SINCE, newcomer};
use super::together::office;
use crate::Backend;
use crate::error::Error;
use crate::share::SHARE;

/// Those who answer to what was typed, of that filter, by name.
pub async fn desk(backend: &Backend, asking: MemberId, filter: Filter, typed: &str, page: usize) -> Result<Desk, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    office(&mut tx, asking, now).await?;
    let lines = lines(&mut tx, now).await?;
    let alike = duplicates(&row::registered(&mut tx, paris_day(now)).await?).len();
    Ok(Desk::of(now, &lines, (filter, typed, page), alike))
}

/// Everybody who is a member, or soon is.
pub async fn people(backend: &Backend, asking: MemberId) -> Result<Vec<Registered>, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    office(&mut tx, asking, now).await?;
    row::registered(&mut tx, paris_day(now)).await
}

#[derive(Deserialize)]
struct Row {
    id: MemberId,
    number: i32,
    first_name: String,
    last_name: String,
    email: String,
    phone: Option<String>,
    rhythm: Rhythm,
    employee: bool,
    since: Since,
    share: Option<Share>,
    insured: bool,
    signed_in: bool,
    newcomer: Option<Newcomer>,
    erasing: bool,
}

impl Row {
    fn shown(self, now: Instant) -> Line {
        let way = self.newcomer.map(|newcomer| arriving(&newcomer, "", now));
        Line {
            id: self.id,
            number: self.number,
            first_name: self.first_name,
            last_name: self.last_name,
            email: self.email,
            phone: self.phone,
            status: self.since.status(paris_day(now)),
            rhythm: self.rhythm,
            employee: self.employee,
            share: self.share.as_ref().map_or(Paid::None, how_far),
            insured: self.insured,
            signed_in: self.signed_in,
            next: way.as_ref().and_then(|way| way.next),
            stuck: way.is_some_and(|way| way.stuck),
            erasing: self.erasing,
        }
    }
}

fn how_far(share: &Share) -> Paid {
    match share.refund {
        Refund::Paid { .. } => Paid::Refunded,
        Refund::Due { .. } => Paid::ToRefund { cents: share.paid() },
        Refund::NotDue if share.is_whole() => Paid::Whole,
        Refund::NotDue => Paid::Partly { left: share.left() },
    }
}

/// Everybody who ever was in it, by name.
async fn lines(conn: &mut PgConnection, now: Instant) -> Result<Vec<Line>, Error> {
    let rows: Vec<Json<Row>> =
        sqlx::query_scalar(AssertSqlSafe(LINES.as_str())).bind(now).bind(paris_day(now)).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|Json(row)| row.shown(now)).collect())
}

/// $1 now, $2 today.
static LINES: LazyLock<String> = LazyLock::new(|| {
    let newcomer = newcomer("$1");
    format!(
        "select jsonb_build_object('id', m.member_id, 'number', m.number, 'first_name', m.first_name,
            'last_name', m.last_name, 'email', m.email, 'phone', m.phone, 'rhythm', m.rhythm, 'employee', m.employee,
            'since', {SINCE},
            'share', (select {SHARE} from share h where h.member_id = m.member_id
                order by h.refunded_on is null desc, h.subscribed_on desc limit 1),
            'insured', exists (select from association_year y where y.member_id = m.member_id
                and y.year = extract(year from $2::date)),
            'signed_in', exists (select from session d where d.member_id = m.member_id),
            'newcomer', (select {newcomer} from arrival a where a.member_id = m.member_id and a.ended_on is null),
            'erasing', exists (select from erasure_request e where e.member_id = m.member_id and e.state = 'pending'))
        from member m order by lower(m.last_name), lower(m.first_name), m.number"
    )
});
