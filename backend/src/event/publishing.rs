//! Drafts come out: at once, or by themselves at an hour.

use domain::event::{Facts, Mistake, Scope, State};
use domain::id::{EventId, MemberId};
use domain::time::Instant;
use sqlx::PgConnection;
use uuid::Uuid;

use super::organising::Organised;
use super::row;
use super::together::Together;
use crate::Backend;
use crate::error::Error;
use crate::jobs;
use crate::swaps::aftermath::Aftermath;

/// Publishes a draft, and those of its series that `scope` names: now, or at an instant. What has begun by then does not come
/// out: it is left as it is, or refused where it is the one.
pub async fn publish(
    backend: &Backend,
    asking: MemberId,
    event: EventId,
    form: Uuid,
    scope: Scope,
    at: Option<Instant>,
) -> Result<Organised, Error> {
    let Some(mut together) = Together::of(backend, asking, event, scope).await? else {
        return Ok(Err(vec![Mistake::OthersNotTheirs]));
    };
    if together.did(form).await? {
        return together.end().await;
    }
    let now = together.now;
    let one = together.one().event.clone();
    if !one.state.is_draft() {
        return Ok(Err(vec![Mistake::NotNow]));
    }
    if one.terms.times.starts_at <= now {
        return Ok(Err(vec![Mistake::AlreadyStarted]));
    }
    if at.is_some_and(|at| at >= one.terms.times.starts_at) {
        return Ok(Err(vec![Mistake::PublishesTooLate]));
    }
    if at.is_some_and(|at| at <= now) {
        return Ok(Err(vec![Mistake::PublishesInThePast]));
    }
    together.first(form, "publier").await?;
    let out: Vec<_> = together.known.iter().map(|known| known.event.clone()).filter(|known| known.state.is_draft()).collect();
    for mut known in out {
        let starts_at = known.terms.times.starts_at;
        match at {
            Some(at) if at < starts_at => {
                row::set_state(&mut together.tx, known.id, &State::Scheduled { at }).await?;
                jobs::note(&mut together.tx, "events", &format!("{}/out/{}", known.id, at.timestamp_millis()), at).await?;
            }
            None if now < starts_at => {
                known.state = State::Published { at: now };
                come_out(&mut together.tx, &known, &mut together.after).await?;
            }
            _ => {}
        }
    }
    together.end().await
}

/// Everybody sees it from here on; what they see is what they know.
pub(super) async fn come_out(conn: &mut PgConnection, event: &domain::event::Event, after: &mut Aftermath) -> Result<(), Error> {
    row::set_state(conn, event.id, &event.state).await?;
    row::set_told(conn, event.id, &Facts::of(event)).await?;
    after.events = true;
    super::door::opens(conn, event, after).await
}
