//! Closing the loops that the open wishes make, in an act's transaction and each night.

use domain::board::Board;
use domain::effect::Effect;
use domain::id::{LoopId, MemberId};
use domain::matching::{close_loops, suggest_loops};
use domain::swaps::Leg;
use domain::time::Instant;
use uuid::Uuid;

use super::scope::{Locks, Scope, lock_board};
use super::{load, write};
use crate::Backend;
use crate::command::stay_within;
use crate::error::Error;
use crate::ids::Ids;
use crate::jobs::again;

/// What matching did on a board.
#[derive(Debug, Default)]
pub struct Matched {
    pub effects: Vec<Effect>,
    pub loops: Vec<Vec<Leg>>,
}

/// Closes what can close, then suggests what lacks one yes; `board` shows it all afterwards.
pub fn close_and_suggest(board: &mut Board, actor: Option<MemberId>, now: Instant, ids: &Ids) -> Matched {
    let closed = close_loops(board, actor, now);
    board.apply_all(&closed.effects);
    let mut effects = closed.effects;
    let suggested = suggest_loops(board, now, &mut || LoopId(ids.uuid()));
    board.apply_all(&suggested);
    effects.extend(suggested);
    Matched { effects, loops: closed.loops }
}

/// The nightly matching: what has become possible without anybody's act. Gives how many loops
/// closed.
pub async fn match_all(backend: &Backend) -> Result<usize, Error> {
    let (mut locks, mut run) = (Locks::default(), 0);
    loop {
        match match_once(backend, &mut locks).await {
            Err(error) if again(&error, run) => run += 1,
            answer => return answer,
        }
    }
}

async fn match_once(backend: &Backend, locks: &mut Locks) -> Result<usize, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let mut scope = Scope::new(MemberId(Uuid::nil()));
    scope.matching = true;
    scope.locks = locks.clone();
    lock_board(&mut tx).await?;
    scope.locks.take(&mut tx).await?;
    let mut board = load::board(&mut tx, &scope, now).await?;
    let matched = close_and_suggest(&mut board, None, now, &backend.ids);
    stay_within(&scope.locks, locks, &matched.effects, &board)?;
    let after = write::effects(&mut tx, &board, &matched.effects, None, now).await?;
    sqlx::query("set constraints all immediate").execute(&mut *tx).await?;
    after.finish(&mut tx, None, now).await?;
    tx.commit().await?;
    Ok(matched.loops.len())
}
