//! The facts of an act about the coordination's agenda, under its lock.

use domain::board::Board;
use domain::governance::{Meeting, Point};
use domain::id::MeetingId;
use domain::notice::Notice;
use domain::time::Instant;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::{MEETING, POINT, lock};
use crate::error::Error;
use crate::swaps::scope::Scope;

/// Lays what `scope` asks of the agenda on the board: the meetings to come, the points that wait, and the one that the act names.
pub(crate) async fn lay_facts(conn: &mut PgConnection, scope: &Scope, board: &mut Board, now: Instant) -> Result<(), Error> {
    let Some(point) = scope.point else { return Ok(()) };
    lock(conn).await?;
    let sql = format!(
        "select {MEETING} from coordination_meeting c
         where c.starts_at > $1 or c.meeting_id = (select p.meeting_id from agenda_point p where p.point_id = $2)"
    );
    let meetings: Vec<Json<Meeting>> = sqlx::query_scalar(AssertSqlSafe(sql)).bind(now).bind(point).fetch_all(&mut *conn).await?;
    let sql = format!(
        "select {POINT} from agenda_point p left join coordination_meeting c using (meeting_id)
         where p.withdrawn_at is null and (p.meeting_id is null or c.starts_at > $1 or p.point_id = $2)"
    );
    let points: Vec<Json<Point>> = sqlx::query_scalar(AssertSqlSafe(sql)).bind(now).bind(point).fetch_all(conn).await?;
    board.agenda.meetings = meetings.into_iter().map(|Json(meeting)| meeting).collect();
    board.agenda.points = points.into_iter().map(|Json(point)| point).collect();
    Ok(())
}

/// Lays over a board what notices say of meetings.
pub(crate) async fn lay_told(conn: &mut PgConnection, board: &mut Board, notices: &[&Notice]) -> Result<(), Error> {
    let meetings: Vec<MeetingId> = notices.iter().filter_map(|notice| notice.meeting()).collect();
    if meetings.is_empty() {
        return Ok(());
    }
    let sql = format!("select {MEETING} from coordination_meeting c where c.meeting_id = any($1)");
    let found: Vec<Json<Meeting>> = sqlx::query_scalar(AssertSqlSafe(sql))
        .bind(meetings.iter().map(|meeting| meeting.0).collect::<Vec<Uuid>>())
        .fetch_all(conn)
        .await?;
    board.agenda.meetings = found.into_iter().map(|Json(meeting)| meeting).collect();
    Ok(())
}
