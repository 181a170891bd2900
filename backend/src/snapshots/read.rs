//! The slices that are the same for every member: whichever are asked for, in one statement, which sees one state of the
//! database.

use std::sync::LazyLock;

use chrono::Duration;
use domain::brief::Briefs;
use domain::calendar::Calendar;
use domain::event::Events;
use domain::groups::Groups;
use domain::time::paris_day;
use sqlx::AssertSqlSafe;
use sqlx::types::Json;

use super::calendar::CALENDAR;
use super::{briefs, calendar, events, groups};
use crate::Backend;
use crate::error::Error;

/// A slice that is the same for every member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slice {
    Calendar,
    Groups,
    Briefs,
    Events,
}

/// Those that were asked for.
pub(super) struct Read {
    pub calendar: Option<Calendar>,
    pub groups: Option<Groups>,
    pub briefs: Option<Briefs>,
    pub events: Option<Events>,
}

type Rows = (Option<Json<calendar::Row>>, Option<Json<groups::Row>>, Option<Json<briefs::Row>>, Option<Json<events::Row>>);

pub(super) async fn read(backend: &Backend, slices: &[Slice]) -> Result<Read, Error> {
    let now = backend.now();
    let today = paris_day(now);
    let (first, last) = calendar::days(today);
    let rows: Rows = sqlx::query_as(AssertSqlSafe(STATEMENT.as_str()))
        .bind(now)
        .bind(today)
        .bind(first)
        .bind(last)
        .bind(now - Duration::days(events::BACK_D))
        .bind(groups::since(today))
        .bind(slices.contains(&Slice::Calendar))
        .bind(slices.contains(&Slice::Groups))
        .bind(slices.contains(&Slice::Briefs))
        .bind(slices.contains(&Slice::Events))
        .fetch_one(&backend.pool)
        .await?;
    Ok(Read {
        calendar: rows.0.map(|Json(row)| calendar::made(row, now)),
        groups: rows.1.map(|Json(row)| groups::made(row, now)),
        briefs: rows.2.map(|Json(row)| briefs::made(row, now)),
        events: rows.3.map(|Json(row)| events::made(row, now)),
    })
}

/// $1 now, $2 today, $3 and $4 the calendar's first and last day, $5 from when on events are shown, $6 the first day of what is
/// kept of meetings, $7 to $10 which slices are asked for: the others cost nothing.
static STATEMENT: LazyLock<String> = LazyLock::new(|| {
    let (groups, briefs, events) = (groups::sql(), briefs::sql(), events::sql());
    format!(
        "select
    case when $7 then (select row_to_json(r) from ({CALENDAR}) as r) end as calendar,
    case when $8 then (select row_to_json(r) from ({groups}) as r) end as groups,
    case when $9 then (select row_to_json(r) from ({briefs}) as r) end as briefs,
    case when $10 then (select row_to_json(r) from ({events}) as r) end as events"
    )
});
