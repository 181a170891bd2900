//! An event does not take place, with a word; or takes place after all.

use domain::event::{Mistake, PLACE_CAP, Scope, State, served, word_of};
use domain::id::{EventId, MemberId};
use uuid::Uuid;

use super::organising::{Organised, serve};
use super::rewrite::write;
use super::row;
use super::together::Together;
use crate::Backend;
use crate::error::Error;

/// Cancels an event, and those of its series that `scope` names. It stays to be seen, with the word, until the day after it
/// would have been; those who answered are told. A draft goes without a word.
pub async fn cancel(
    backend: &Backend,
    asking: MemberId,
    event: EventId,
    form: Uuid,
    scope: Scope,
    word: &str,
) -> Result<Organised, Error> {
    let Some(mut together) = Together::of(backend, asking, event, scope).await? else {
        return Ok(Err(vec![Mistake::OthersNotTheirs]));
    };
    if together.did(form).await? {
        return together.end().await;
    }
    let now = together.now;
    let one = &together.one().event;
    let announced = together.known.iter().any(|known| known.event.state.is_published());
    let said = word_of(word, PLACE_CAP);
    match (&one.state, &said) {
        (State::Cancelled { .. } | State::Removed { .. }, _) => return Ok(Err(vec![Mistake::NotNow])),
        (State::Published { .. }, _) if one.terms.times.ends_at <= now => return Ok(Err(vec![Mistake::AlreadyStarted])),
        (_, Err(mistake)) if announced => return Ok(Err(vec![mistake.clone()])),
        _ => {}
    }
    let word = said.unwrap_or_default();
    together.first(form, "annuler").await?;
    for known in together.known.clone() {
        if known.event.state.is_draft() {
            row::set_state(&mut together.tx, known.event.id, &State::Removed { at: now, by_rule: false }).await?;
        } else if known.event.state.is_published() && known.event.terms.times.ends_at > now {
            let mut then = known.clone();
            then.event.state = State::Cancelled { at: now, word: word.clone() };
            then.event.revision += 1;
            write(&mut together.tx, &known, &mut then, now, &mut together.after).await?;
        }
    }
    together.end().await
}

/// It takes place after all, as it was announced; whoever waits is served anew.
pub async fn restore(backend: &Backend, asking: MemberId, event: EventId, form: Uuid) -> Result<Organised, Error> {
    let mut together = Together::of(backend, asking, event, Scope::This).await?.ok_or(Error::NotAllowed)?;
    if together.did(form).await? {
        return together.end().await;
    }
    let now = together.now;
    let known = together.one().clone();
    if !matches!(known.event.state, State::Cancelled { .. }) {
        return Ok(Err(vec![Mistake::NotNow]));
    }
    if known.event.terms.times.starts_at <= now {
        return Ok(Err(vec![Mistake::AlreadyStarted]));
    }
    together.first(form, "rétablir").await?;
    let mut then = known.clone();
    then.event.state = State::Published { at: now };
    then.event.revision += 1;
    write(&mut together.tx, &known, &mut then, now, &mut together.after).await?;
    let served = served(&then, now);
    for change in served.changes() {
        then.apply(&change);
    }
    serve(&mut together.tx, &then, &served, now, &mut together.after).await?;
    together.end().await
}
