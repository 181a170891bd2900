//! What is over by the clock ends.

use std::collections::BTreeSet;

use domain::decide;
use domain::effect::Effect;
use domain::id::{LoopId, MemberId, OfferId, ProposalId, ShiftId};
use domain::time::Instant;
use sqlx::PgConnection;
use uuid::Uuid;

use super::scope::{Locks, Scope};
use super::{load, write};
use crate::Backend;
use crate::error::Error;
use crate::jobs::again;

/// Ends the offers, proposals and suggested loops whose time is over. Gives how many there were.
pub async fn expire(backend: &Backend) -> Result<usize, Error> {
    let (mut ended, mut run) = (0, 0);
    loop {
        match some(backend).await {
            Ok(0) => return Ok(ended),
            Ok(some) => ended += some,
            Err(error) if again(&error, run) => run += 1,
            Err(error) => return Err(error),
        }
    }
}

/// A hundred at most: a short transaction.
async fn some(backend: &Backend) -> Result<usize, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let mut scope = Scope::new(MemberId(Uuid::nil()));
    over(&mut tx, &mut scope, now).await?;
    let (offers, proposals, loops) = (scope.offers.clone(), scope.proposals.clone(), scope.loops.clone());
    if offers.is_empty() && proposals.is_empty() && loops.is_empty() && scope.locks.shifts.is_empty() {
        return Ok(0);
    }
    scope.resolve(&mut tx).await?;
    scope.locks = Locks { members: BTreeSet::new(), shifts: scope.locks.shifts };
    scope.locks.take(&mut tx).await?;
    let mut board = load::board(&mut tx, &scope, now).await?;
    let mut effects: Vec<Effect> = decide::expire(&board, now);
    board.apply_all(&effects);
    let served = decide::serve_waiting(&board, &effects, now);
    board.apply_all(&served);
    effects.extend(served);
    let after = write::effects(&mut tx, &board, &effects, None, now).await?;
    after.finish(&mut tx, None, now).await?;
    tx.commit().await?;
    Ok(effects.iter().filter(|effect| !matches!(effect, Effect::Told { .. })).count())
}

async fn over(conn: &mut PgConnection, scope: &mut Scope, now: Instant) -> Result<(), Error> {
    let rows: Vec<(String, Uuid)> = sqlx::query_as(OVER).bind(now).fetch_all(conn).await?;
    for (kind, id) in rows {
        match kind.as_str() {
            "offer" => drop(scope.offers.insert(OfferId(id))),
            "proposal" => drop(scope.proposals.insert(ProposalId(id))),
            "kept" => drop(scope.locks.shifts.insert(ShiftId(id))),
            _ => drop(scope.loops.insert(LoopId(id))),
        }
    }
    Ok(())
}

const OVER: &str = "
(select 'offer' as kind, o.offer_id as id from offer o join shift s using (shift_id) where o.state = 'open'
    and s.starts_at < $1 + case when o.kind = 'exchange'
        then make_interval(hours => (select (rules->>'exchange_notice_h')::int from setting)) else interval '0' end
    order by s.starts_at limit 100)
union all
(select 'proposal', proposal_id from proposal where state = 'pending' and expires_at < $1 order by expires_at limit 100)
union all
(select 'kept', shift_id from kept_seat where until < $1 order by until limit 100)
union all
(select 'loop', loop_id from suggested_loop where state = 'pending' and expires_at < $1 order by expires_at limit 100)";
