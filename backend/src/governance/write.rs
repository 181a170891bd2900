//! What a member's act about the agenda leaves in the tables.

use domain::effect::Effect;
use domain::governance::{Change, Point};
use domain::id::MemberId;
use domain::time::Instant;
use sqlx::PgConnection;

use crate::error::Error;
use crate::swaps::aftermath::Aftermath;

/// Writes what `effects` say of the coordination.
pub(crate) async fn follow(
    conn: &mut PgConnection,
    effects: &[Effect],
    sender: Option<MemberId>,
    now: Instant,
    after: &mut Aftermath,
) -> Result<(), Error> {
    for effect in effects {
        let Effect::GovernanceChanged(change) = effect else { continue };
        after.groups = true;
        match change {
            Change::PointAdded(point) => add(conn, point).await?,
            Change::PointWithdrawn(point) => {
                let gone = sqlx::query(
                    "update agenda_point set withdrawn_at = $2, withdrawn_by = coalesce($3, by_member)
                     where point_id = $1 and withdrawn_at is null",
                )
                .bind(point)
                .bind(now)
                .bind(sender)
                .execute(&mut *conn)
                .await?;
                if gone.rows_affected() != 1 {
                    return Err(Error::Conflict);
                }
            }
        }
    }
    Ok(())
}

async fn add(conn: &mut PgConnection, point: &Point) -> Result<(), Error> {
    sqlx::query(
        "insert into agenda_point (point_id, meeting_id, by_member, title, text, at, rank) values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(point.id)
    .bind(point.meeting)
    .bind(point.by)
    .bind(&point.title)
    .bind(&point.text)
    .bind(point.at)
    .bind(i16::try_from(point.rank).unwrap_or(i16::MAX))
    .execute(conn)
    .await?;
    Ok(())
}
