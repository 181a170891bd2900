//! An event becomes otherwise: its row, who has a seat then, and whether anybody is to be told.

use domain::event::{Facts, Gathering, Mistake, State, Terms, set_capacity, tell_at, what_changed};
use domain::time::Instant;
use sqlx::PgConnection;

use super::organising::serve;
use super::{door, row};
use crate::error::Error;
use crate::jobs;
use crate::swaps::aftermath::Aftermath;

/// Gives an event other terms. Nothing is written where something is wrong with them.
pub(super) async fn rewrite(
    conn: &mut PgConnection,
    known: &Gathering,
    terms: Terms,
    now: Instant,
    after: &mut Aftermath,
) -> Result<Result<Gathering, Mistake>, Error> {
    rewrite_as(conn, known, known.event.state.clone(), terms, now, after).await
}

/// Gives an event another state, too.
pub(super) async fn rewrite_as(
    conn: &mut PgConnection,
    known: &Gathering,
    state: State,
    terms: Terms,
    now: Instant,
    after: &mut Aftermath,
) -> Result<Result<Gathering, Mistake>, Error> {
    let mut then = known.clone();
    then.event.state = state;
    let capacity = terms.capacity;
    then.event.terms = Terms { capacity: known.event.terms.capacity, ..terms };
    // By its new time: somebody may have the time to hear of a seat, or no longer.
    let served = match set_capacity(&mut then, capacity, now) {
        Ok(served) => served,
        Err(mistake) => return Ok(Err(mistake)),
    };
    then.event.revision += 1;
    write(conn, known, &mut then, now, after).await?;
    // What was free before is no news to those who wait, unless it was off.
    let fresh = match (known.free(), then.free()) {
        (Some(before), Some(free)) => free > before || known.event.state != then.event.state,
        _ => true,
    };
    let mut served = served;
    if !fresh {
        served.offered.clear();
    }
    if !served.promoted.is_empty() || !served.offered.is_empty() {
        serve(conn, &then, &served, now, after).await?;
    }
    Ok(Ok(then))
}

/// Writes what an event is then; plans when those who answered are told, if what they know is no longer true.
pub(super) async fn write(
    conn: &mut PgConnection,
    known: &Gathering,
    then: &mut Gathering,
    now: Instant,
    after: &mut Aftermath,
) -> Result<(), Error> {
    let is = Facts::of(&then.event);
    if !known.event.state.is_draft() && Facts::of(&known.event) != is {
        then.event.sequence += 1;
    }
    let told = row::told(conn, then.event.id).await?;
    let at = told.as_ref().filter(|was| !what_changed(was, &is).is_empty()).map(|was| tell_at(now, was, &is));
    // Whoever keeps its door now, and whoever will.
    door::moves(conn, &known.event, &then.event, now, after).await?;
    row::update(conn, &then.event, then.seated(), at, now).await?;
    // Whoever answers from here on knows it as it is.
    if told.is_none() && then.event.state.is_published() {
        row::set_told(conn, then.event.id, &is).await?;
    }
    if let Some(at) = at {
        jobs::note(conn, "events", &format!("{}/{}", then.event.id, at.timestamp_millis()), at).await?;
    }
    after.events |= !known.event.state.is_draft() || !then.event.state.is_draft();
    door::moves(conn, &known.event, &then.event, now, after).await
}
