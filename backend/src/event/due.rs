//! What an event does by itself: it comes out at its hour, and those who answered are told what became otherwise.

use domain::event::{Attendee, Changed, Facts, Party, State, what_changed};
use domain::id::EventId;
use domain::notice::Notice;
use domain::time::Instant;

use super::facts::lock;
use super::publishing::come_out;
use super::row;
use super::visitors::tell_changed;
use crate::Backend;
use crate::error::Error;
use crate::jobs;
use crate::swaps::aftermath::Aftermath;

/// Does all that is due of events. Each in a transaction of its own, so that whatever dies in between has done it or not; run
/// twice, it does it once.
pub async fn due(backend: &Backend) -> Result<usize, Error> {
    let now = backend.now();
    let out: Vec<EventId> = sqlx::query_scalar(
        "select event_id from event
         where state ? 'scheduled' and (state->'scheduled'->>'at')::timestamptz <= $1 and starts_at > $1 order by event_id",
    )
    .bind(now)
    .fetch_all(&backend.pool)
    .await?;
    let told: Vec<EventId> = sqlx::query_scalar("select event_id from event where tell_at <= $1 order by tell_at, event_id")
        .bind(now)
        .fetch_all(&backend.pool)
        .await?;
    for event in &out {
        again(backend, *event, now, Work::ComesOut).await?;
    }
    for event in &told {
        again(backend, *event, now, Work::IsTold).await?;
    }
    Ok(out.len() + told.len())
}

#[derive(Debug, Clone, Copy)]
enum Work {
    ComesOut,
    IsTold,
}

async fn again(backend: &Backend, event: EventId, now: Instant, work: Work) -> Result<(), Error> {
    for run in 0.. {
        let did = match work {
            Work::ComesOut => publish(backend, event, now).await,
            Work::IsTold => tell(backend, event, now).await,
        };
        match did {
            Err(error) if jobs::again(&error, run) => {}
            did => return did,
        }
    }
    Ok(())
}

async fn publish(backend: &Backend, event: EventId, now: Instant) -> Result<(), Error> {
    let mut tx = backend.pool.begin().await?;
    let Some(mut known) = lock(&mut tx, &[event]).await?.pop() else { return Ok(()) };
    // Somebody was faster, or took it back.
    if !matches!(known.event.state, State::Scheduled { at } if at <= now) {
        return Ok(());
    }
    // What has begun is announced to nobody.
    if known.event.terms.times.starts_at <= now {
        return Ok(());
    }
    let mut after = Aftermath::default();
    known.event.state = State::Published { at: now };
    come_out(&mut tx, &known.event, &mut after).await?;
    after.finish(&mut tx, None, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Tells those who answered what they do not know yet, and notes that they know it: one transaction.
async fn tell(backend: &Backend, event: EventId, now: Instant) -> Result<(), Error> {
    let mut tx = backend.pool.begin().await?;
    let Some(known) = lock(&mut tx, &[event]).await?.pop() else { return Ok(()) };
    let due: bool = sqlx::query_scalar("select coalesce(tell_at <= $2, false) from event where event_id = $1")
        .bind(event)
        .bind(now)
        .fetch_one(&mut *tx)
        .await?;
    if !due {
        return Ok(());
    }
    let is = Facts::of(&known.event);
    let changed = row::told(&mut tx, event).await?.map_or_else(Vec::new, |was| what_changed(&was, &is));
    let mut after = Aftermath::default();
    if !changed.is_empty() {
        tell_changed(&mut tx, &known.event, is.cancelled.as_deref()).await?;
        let notice = notice(event, &is, changed);
        for party in known.parties.values().filter(|party| Party::cares(party)) {
            if let Attendee::Member(member) = party.who {
                after.touched.insert(member);
                after.told.push((member, notice.clone()));
            }
        }
    }
    row::set_told(&mut tx, event, &is).await?;
    after.finish(&mut tx, None, now).await?;
    tx.commit().await?;
    Ok(())
}

fn notice(event: EventId, is: &Facts, changed: Vec<Changed>) -> Notice {
    let (title, starts_at) = (is.title.clone(), is.starts_at);
    match &is.cancelled {
        Some(word) => Notice::EventCancelled { event, title, starts_at, word: word.clone() },
        None => Notice::EventChanged { event, title, starts_at, changed },
    }
}
