//! « Préviens-moi », and who waits for a seat of a full shift.

use domain::effect::Effect;
use domain::id::{MemberId, SeatId, ShiftId, WatchId};
use domain::time::Instant;
use domain::watches::Watch;
use sqlx::PgConnection;

use super::aftermath::Aftermath;
use super::write::json;
use crate::Backend;
use crate::error::Error;

/// Writes what an effect says of watches and lines; nothing for the others.
pub(super) async fn write(conn: &mut PgConnection, effect: &Effect, after: &mut Aftermath) -> Result<(), Error> {
    match effect {
        Effect::WatchSet { member, watch } => {
            after.touched.insert(*member);
            set(conn, *member, watch).await
        }
        Effect::WatchEnded { member, watch } => {
            after.touched.insert(*member);
            end(conn, *member, *watch).await
        }
        Effect::WaitingJoined { shift, member, at } => {
            after.touched.insert(*member);
            join(conn, *shift, *member, *at).await
        }
        Effect::WaitingLeft { shift, member } => {
            after.touched.insert(*member);
            after.calendar = true;
            leave(conn, *shift, *member).await
        }
        Effect::SeatKept { seat, member, until } => {
            after.touched.insert(*member);
            after.calendar = true;
            after.due.push((format!("kept/{seat}/{}", until.timestamp()), *until));
            keep(conn, *seat, *member, *until).await
        }
        Effect::KeptEnded { seat } => {
            after.calendar = true;
            unkeep(conn, *seat).await
        }
        _ => Ok(()),
    }
}

async fn set(conn: &mut PgConnection, member: MemberId, watch: &Watch) -> Result<(), Error> {
    sqlx::query("insert into watch (watch_id, member_id, shift_id, pattern, skill, since) values ($1, $2, $3, $4, $5, $6)")
        .bind(watch.id)
        .bind(member)
        .bind(watch.what.shift)
        .bind(watch.what.pattern.as_ref().map(json))
        .bind(watch.what.skill.as_ref().map(|skill| skill.as_str()))
        .bind(watch.since)
        .execute(conn)
        .await?;
    Ok(())
}

async fn end(conn: &mut PgConnection, member: MemberId, watch: WatchId) -> Result<(), Error> {
    sqlx::query("delete from watch where watch_id = $1 and member_id = $2").bind(watch).bind(member).execute(conn).await?;
    Ok(())
}

async fn join(conn: &mut PgConnection, shift: ShiftId, member: MemberId, at: Instant) -> Result<(), Error> {
    sqlx::query("insert into waiting (shift_id, member_id, since) values ($1, $2, $3)")
        .bind(shift)
        .bind(member)
        .bind(at)
        .execute(conn)
        .await?;
    Ok(())
}

/// What was kept for them goes with it.
async fn leave(conn: &mut PgConnection, shift: ShiftId, member: MemberId) -> Result<(), Error> {
    let left = sqlx::query("delete from waiting where shift_id = $1 and member_id = $2").bind(shift).bind(member).execute(conn);
    if left.await?.rows_affected() == 1 { Ok(()) } else { Err(Error::Conflict) }
}

async fn keep(conn: &mut PgConnection, seat: SeatId, member: MemberId, until: Instant) -> Result<(), Error> {
    sqlx::query("insert into kept_seat (shift_id, position, member_id, until) values ($1, $2, $3, $4)")
        .bind(seat.shift)
        .bind(seat.position)
        .bind(member)
        .bind(until)
        .execute(conn)
        .await?;
    Ok(())
}

async fn unkeep(conn: &mut PgConnection, seat: SeatId) -> Result<(), Error> {
    sqlx::query("delete from kept_seat where shift_id = $1 and position = $2")
        .bind(seat.shift)
        .bind(seat.position)
        .execute(conn)
        .await?;
    Ok(())
}

/// Lines of shifts that have begun, and watches for them, are over.
pub(crate) async fn purge(backend: &Backend, now: Instant) -> Result<(), Error> {
    sqlx::query("delete from waiting w using shift s where s.shift_id = w.shift_id and s.starts_at < $1")
        .bind(now)
        .execute(&backend.pool)
        .await?;
    sqlx::query("delete from watch w using shift s where s.shift_id = w.shift_id and s.starts_at < $1")
        .bind(now)
        .execute(&backend.pool)
        .await?;
    Ok(())
}
