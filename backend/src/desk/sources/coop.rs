//! What comes from the groups and from those who govern: requests that nobody answers, mandates and grants that come to their day,
//! figures that nobody typed.

use chrono::{Duration, NaiveDate, NaiveTime};
use domain::desk::{DOSSIER_D, GRANT_D, Item, JOINING_D, What, figure_by, is_ahead, joining_by};
use domain::dossiers::Dossier;
use domain::governance::LAPSES_D;
use domain::groups::OFFICE;
use domain::time::{Instant, minus_days, paris_day, paris_instant, plus_days};
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};

use super::Named;
use crate::dossiers::{DOSSIER, IS_OPEN};
use crate::error::Error;

#[derive(sqlx::FromRow)]
struct Joining {
    slug: String,
    name: String,
    at: Instant,
    #[sqlx(flatten)]
    who: Named,
}

/// Requests to join a group that its referents have left unanswered.
pub async fn joinings_left(conn: &mut PgConnection, now: Instant) -> Result<Vec<Item>, Error> {
    let rows: Vec<Joining> = sqlx::query_as(
        "select g.slug, g.name, j.at, m.member_id, m.first_name, m.last_name
         from group_joining j join working_group g using (group_id) join member m on m.member_id = j.member_id
         where j.state = '\"pending\"' and j.invited_by is null and j.at < $1 and (m.left_on is null or m.left_on > $2)",
    )
    .bind(now - Duration::days(i64::try_from(JOINING_D).unwrap_or(0)))
    .bind(paris_day(now))
    .fetch_all(conn)
    .await?;
    let item = |row: Joining| Item {
        what: What::JoiningLeft { slug: row.slug, group: row.name },
        who: Some(row.who.person()),
        since: row.at,
        due: joining_by(row.at),
    };
    Ok(rows.into_iter().map(item).collect())
}

#[derive(sqlx::FromRow)]
struct Mandate {
    seat: Option<i16>,
    to_on: NaiveDate,
    #[sqlx(flatten)]
    who: Named,
}

/// Mandates in force that lapse soon.
pub async fn mandates(conn: &mut PgConnection, now: Instant) -> Result<Vec<Item>, Error> {
    let today = paris_day(now);
    let rows: Vec<Mandate> = sqlx::query_as(
        "select d.seat, d.to_on, m.member_id, m.first_name, m.last_name from mandate d join member m using (member_id)
         where d.ended_on is null and d.from_on <= $1 and d.to_on between $1 and $2",
    )
    .bind(today)
    .bind(plus_days(today, LAPSES_D))
    .fetch_all(conn)
    .await?;
    let item = |row: Mandate| Item {
        what: What::MandateLapses { seat: row.seat.and_then(|seat| u8::try_from(seat).ok()) },
        since: paris_instant(minus_days(row.to_on, LAPSES_D), NaiveTime::MIN),
        due: row.to_on,
        who: Some(row.who.person()),
    };
    Ok(rows.into_iter().map(item).collect())
}

/// Grants of any group, and the office's own dossiers, as their day comes up.
pub async fn dossiers(conn: &mut PgConnection, now: Instant) -> Result<Vec<Item>, Error> {
    let today = paris_day(now);
    let sql = format!(
        "select {DOSSIER} as dossier, g.name from dossier d join working_group g using (group_id)
         where {IS_OPEN} and d.due_on <= $1 and (d.matter ? 'grant' or g.slug = $2)"
    );
    let rows: Vec<(Json<Dossier>, String)> =
        sqlx::query_as(AssertSqlSafe(sql)).bind(plus_days(today, GRANT_D.max(DOSSIER_D))).bind(OFFICE).fetch_all(conn).await?;
    let item = |(Json(dossier), group): (Json<Dossier>, String)| {
        let due = dossier.due?;
        let grant = dossier.kind() == domain::dossiers::Kind::Grant;
        is_ahead(due, grant, today).then(|| Item {
            since: dossier.at,
            due,
            who: None,
            what: What::DossierDue { dossier: dossier.id, of: dossier.group, group, kind: dossier.kind(), title: dossier.title },
        })
    };
    Ok(rows.into_iter().filter_map(item).collect())
}

/// Figures of objectives that the employee has not typed.
pub async fn figures(conn: &mut PgConnection, now: Instant) -> Result<Vec<Item>, Error> {
    let today = paris_day(now);
    let courses = crate::objectives::courses(conn, None, now).await?;
    let missing = courses.into_iter().flat_map(|course| {
        let months = course.missing(today);
        months.into_iter().map(move |month| Item {
            what: What::FigureMissing { objective: course.objective.id, label: course.objective.label.clone(), month },
            who: None,
            since: paris_instant(domain::objectives::next_month(month), NaiveTime::MIN),
            due: figure_by(month),
        })
    });
    Ok(missing.collect())
}
