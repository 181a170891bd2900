//! An act of an organiser: one transaction, in which nobody else changes that event.

use domain::decide::tell_served;
use domain::effect::Effect;
use domain::event::{Change, Gathering, Mistake, Served};
use domain::id::{EventId, MemberId};
use domain::time::Instant;
use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use super::facts::lock;
use super::visitors::offer_seat;
use super::write::{promote, settle};
use crate::Backend;
use crate::auth::Organiser;
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;

/// Whether it was done, or why not.
pub type Organised = Result<(), Vec<Mistake>>;

/// An event in the hands of somebody who may, its row locked.
pub(super) struct Organising {
    pub tx: Transaction<'static, Postgres>,
    pub organiser: Organiser,
    pub now: Instant,
    pub known: Gathering,
    pub after: Aftermath,
}

impl Organising {
    pub async fn of(backend: &Backend, asking: MemberId, event: EventId) -> Result<Organising, Error> {
        let now = backend.now();
        let mut tx = backend.pool.begin().await?;
        // Whoever may not waits for nobody, and holds up nobody.
        Organiser::of_event(&mut tx, asking, event, now).await?.ok_or(Error::NotAllowed)?;
        let known = lock(&mut tx, &[event]).await?.pop().ok_or(Error::NotFound)?;
        // Whoever held the event meanwhile may have made it somebody else's.
        let organiser = Organiser::of_event(&mut tx, asking, event, now).await?.ok_or(Error::NotAllowed)?;
        Ok(Organising { tx, organiser, now, known, after: Aftermath::default() })
    }

    /// Notes the act. False where the same form has done it already.
    pub async fn first(&mut self, id: Uuid, what: &str) -> Result<bool, Error> {
        note(&mut self.tx, id, self.known.event.id, what, self.organiser.member(), self.now).await
    }

    pub async fn end(mut self) -> Result<Organised, Error> {
        self.after.finish(&mut self.tx, None, self.now).await?;
        self.tx.commit().await?;
        Ok(Ok(()))
    }
}

/// Notes an act of an organiser; false where the same form has done it already.
pub(super) async fn note(
    conn: &mut sqlx::PgConnection,
    id: Uuid,
    event: EventId,
    what: &str,
    by: MemberId,
    now: Instant,
) -> Result<bool, Error> {
    let noted = sqlx::query(
        "insert into event_act (event_act_id, event_id, what, by_member, at) values ($1, $2, $3, $4, $5)
         on conflict (event_act_id) do nothing",
    )
    .bind(id)
    .bind(event)
    .bind(what)
    .bind(by)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(noted.rows_affected() == 1)
}

/// Whoever waited has their seats, or may take what is free: written and told. `known` holds the event with them served.
pub(super) async fn serve(
    conn: &mut sqlx::PgConnection,
    known: &Gathering,
    served: &Served,
    now: Instant,
    after: &mut Aftermath,
) -> Result<(), Error> {
    for who in &served.promoted {
        promote(conn, &known.event, *who, after).await?;
    }
    for effect in tell_served(known, served) {
        match effect {
            Effect::Told { member, notice } => {
                after.touched.insert(member);
                after.told.push((member, notice));
            }
            Effect::SeatFreeFor { visitor, .. } => offer_seat(conn, &known.event, visitor, now).await?,
            _ => {}
        }
    }
    let changes: Vec<Change> = served.changes();
    settle(conn, known, changes.iter(), now, after).await
}
