//! « Préviens-moi » and the waiting lists: whoever listens for seats hears of those that open.

use std::collections::BTreeSet;

use chrono::Duration;
use domain::effect::Effect;
use domain::id::{MemberId, SeatId, ShiftId};
use domain::notice::Notice;
use domain::swaps::Pattern;
use domain::time::Instant;
use domain::watches::{Listening, Opening, ToldOf, Watched, to_tell};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::scope::Scope;
use super::{load, write};
use crate::Backend;
use crate::error::Error;

/// What opened longer ago is no news. Hours.
const NEWS_H: i64 = 24;

/// Tells them, each once. Gives how many were told. One process at a time: the others leave it.
pub async fn tell_openings(backend: &Backend) -> Result<usize, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let mine: bool = sqlx::query_scalar(
        "select (exists (select from watch) or exists (select from waiting)) and pg_try_advisory_xact_lock(hashtext('openings'))",
    )
    .fetch_one(&mut *tx)
    .await?;
    if !mine {
        return Ok(0);
    }
    let since = now - Duration::hours(NEWS_H);
    let openings = openings(&mut tx, since, now).await?;
    if openings.is_empty() {
        return Ok(0);
    }
    let listening = listening(&mut tx).await?;
    let told = told(&mut tx, since).await?;
    let mut scope = Scope::new(MemberId(Uuid::nil()));
    scope.locks.shifts = openings.iter().map(|opening| opening.seat.shift).collect();
    scope.movers = listening.iter().map(|one| one.member).collect();
    let board = load::board(&mut tx, &scope, now).await?;
    let effects: Vec<Effect> = to_tell(&board, &listening, &openings, &told, now)
        .into_iter()
        .map(|(member, shift)| Effect::Told { member, notice: Notice::SeatOpened { shift } })
        .collect();
    if !effects.is_empty() {
        write::effects(&mut tx, &board, &effects, None, now).await?.finish(&mut tx, None, now).await?;
    }
    tx.commit().await?;
    Ok(effects.len())
}

/// The seats that came within reach since then, by their last opening.
async fn openings(conn: &mut PgConnection, since: Instant, now: Instant) -> Result<Vec<Opening>, Error> {
    let rows: Vec<(ShiftId, i16, Instant)> = sqlx::query_as(OPENED).bind(since).bind(now).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(shift, position, at)| Opening { seat: SeatId::new(shift, position), at }).collect())
}

/// $1 since, $2 now: freed by somebody, given away by somebody, or planned without anybody.
const OPENED: &str = "
select shift_id, position, max(at) from (
    select h.shift_id, h.position, h.at from seat_history h where h.at > $1 and h.to_member is null
    union all
    select o.shift_id, o.position, o.created_at from offer o
        where o.created_at > $1 and o.state = 'open' and o.kind = 'give' and o.audience = 'anyone'
    union all
    select seat.shift_id, seat.position, s.made_at from shift s join seat using (shift_id)
        left join assignment a using (shift_id, position) where s.made_at > $1 and a.member_id is null
) opened join shift using (shift_id)
where shift.starts_at > $2 and shift.closed_why is null
group by 1, 2 order by max(at), 1, 2";

/// Who waits for a shift listens for its seats, too.
async fn listening(conn: &mut PgConnection) -> Result<Vec<Listening>, Error> {
    type Row = (MemberId, Option<ShiftId>, Option<Json<Pattern>>, Option<String>, Instant);
    let rows: Vec<Row> = sqlx::query_as(
        "select member_id, shift_id, pattern, skill, since from watch
         union all select member_id, shift_id, null, null, since from waiting",
    )
    .fetch_all(conn)
    .await?;
    let listening = |(member, shift, pattern, skill, since): Row| {
        let skill = match skill {
            Some(skill) => Some(domain::members::Skill::parse(&skill)?),
            None => None,
        };
        Some(Listening { member, what: Watched { shift, pattern: pattern.map(|Json(pattern)| pattern), skill }, since })
    };
    Ok(rows.into_iter().filter_map(listening).collect())
}

async fn told(conn: &mut PgConnection, since: Instant) -> Result<Vec<ToldOf>, Error> {
    let rows: BTreeSet<(MemberId, Uuid, Instant)> = sqlx::query_as(
        "select member_id, (notice->>'shift')::uuid, at from notice where at > $1 and notice->>'kind' = 'seat_opened'",
    )
    .bind(since)
    .fetch_all(conn)
    .await?
    .into_iter()
    .collect();
    Ok(rows.into_iter().map(|(member, shift, at)| ToldOf { member, shift: ShiftId(shift), at }).collect())
}
