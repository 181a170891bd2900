//! What comes from the shop: nobody leads a shift that is near, the till or the shop was closed, something went wrong, a file of the
//! till waits.

use chrono::Duration;
use domain::desk::{Item, What, import_by, mishap_by};
use domain::id::{ImportId, IncidentId, ShiftId};
use domain::notify::LEAD_MISSING_H;
use domain::reason::When;
use domain::sheet::{Mishap, Trouble};
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;
use sqlx::types::Json;

use super::Named;
use crate::error::Error;

/// What was reported longer ago, nobody deals with any more. Days.
const REPORTED_D: i64 = 30;

/// Shifts that are near, and that nobody leads.
pub async fn leads_missing(conn: &mut PgConnection, now: Instant) -> Result<Vec<Item>, Error> {
    let near: Vec<(ShiftId, Instant, Instant)> = sqlx::query_as(
        "select s.shift_id, s.starts_at, s.ends_at from shift s join seat using (shift_id)
            left join assignment a using (shift_id, position)
         where seat.lead and a.member_id is null and s.closed_why is null and s.starts_at > $1 and s.starts_at <= $2
         order by s.starts_at, s.shift_id",
    )
    .bind(now)
    .bind(now + Duration::hours(i64::from(LEAD_MISSING_H)))
    .fetch_all(conn)
    .await?;
    let item = |(shift, starts_at, ends_at): (ShiftId, Instant, Instant)| Item {
        what: What::LeadMissing { when: When { shift, starts_at, ends_at } },
        who: None,
        since: starts_at - Duration::hours(i64::from(LEAD_MISSING_H)),
        due: paris_day(starts_at),
    };
    Ok(near.into_iter().map(item).collect())
}

#[derive(sqlx::FromRow)]
struct Reported {
    report_id: i64,
    what: Json<Trouble>,
    note: String,
    at: Instant,
    shift_id: ShiftId,
    starts_at: Instant,
    ends_at: Instant,
    #[sqlx(flatten)]
    who: Named,
}

/// « Caisse fermée », « magasin fermé », until somebody says that it was dealt with.
pub async fn reported(conn: &mut PgConnection, now: Instant) -> Result<Vec<Item>, Error> {
    let rows: Vec<Reported> = sqlx::query_as(
        "select r.report_id, to_jsonb(r.what) as what, r.note, r.at, s.shift_id, s.starts_at, s.ends_at,
            m.member_id, m.first_name, m.last_name
         from report r join shift s using (shift_id) join member m on m.member_id = r.by_member
         where r.at > $1 and not exists (select from desk_handled h where h.thing = 'report/' || r.report_id)",
    )
    .bind(now - Duration::days(REPORTED_D))
    .fetch_all(conn)
    .await?;
    let item = |row: Reported| {
        let when = When { shift: row.shift_id, starts_at: row.starts_at, ends_at: row.ends_at };
        Item {
            what: What::ShopReported { report: row.report_id, when, what: row.what.0, note: row.note },
            who: Some(row.who.person()),
            since: row.at,
            due: paris_day(row.at),
        }
    };
    Ok(rows.into_iter().map(item).collect())
}

#[derive(sqlx::FromRow)]
struct Happened {
    incident_id: IncidentId,
    what: Json<Mishap>,
    text: String,
    at: Instant,
    shift_id: ShiftId,
    starts_at: Instant,
    ends_at: Instant,
    #[sqlx(flatten)]
    who: Named,
}

/// What went wrong on a shift, likewise.
pub async fn incidents(conn: &mut PgConnection, now: Instant) -> Result<Vec<Item>, Error> {
    let rows: Vec<Happened> = sqlx::query_as(
        "select i.incident_id, to_jsonb(i.what) as what, i.text, i.at, s.shift_id, s.starts_at, s.ends_at,
            m.member_id, m.first_name, m.last_name
         from incident i join shift s using (shift_id) join member m on m.member_id = i.by_member
         where i.at > $1 and not exists (select from desk_handled h where h.thing = 'incident/' || i.incident_id)",
    )
    .bind(now - Duration::days(REPORTED_D))
    .fetch_all(conn)
    .await?;
    let item = |row: Happened| {
        let when = When { shift: row.shift_id, starts_at: row.starts_at, ends_at: row.ends_at };
        Item {
            what: What::IncidentReported { incident: row.incident_id, when, what: row.what.0, text: row.text },
            who: Some(row.who.person()),
            since: row.at,
            due: mishap_by(row.what.0, row.at),
        }
    };
    Ok(rows.into_iter().map(item).collect())
}

/// Files of the till that wait to be approved.
pub async fn imports(conn: &mut PgConnection) -> Result<Vec<Item>, Error> {
    let rows: Vec<(ImportId, String, Instant)> =
        sqlx::query_as("select catalogue_import_id, file, at from catalogue_import where approved_at is null")
            .fetch_all(conn)
            .await?;
    let item = |(import, file, at): (ImportId, String, Instant)| Item {
        what: What::ImportWaiting { import, file },
        who: None,
        since: at,
        due: import_by(at),
    };
    Ok(rows.into_iter().map(item).collect())
}
