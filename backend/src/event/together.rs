//! One event, or several of its series, in the hands of an organiser.

use domain::event::{Event, Gathering, Mistake, Scope, Series};
use domain::id::{EventId, MemberId, SeriesId};
use domain::time::Instant;
use sqlx::{PgConnection, Postgres, Transaction};
use uuid::Uuid;

use super::facts::lock;
use super::organising::Organised;
use super::row;
use crate::Backend;
use crate::auth::Organiser;
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;

/// Events of one series, their rows locked, and before them the series': what is done to several is done once.
pub(super) struct Together {
    pub tx: Transaction<'static, Postgres>,
    pub organiser: Organiser,
    pub now: Instant,
    /// The one that was named, which is among them.
    pub id: EventId,
    pub series: Option<Series>,
    /// In order of start.
    pub known: Vec<Gathering>,
    /// The day of each in the series.
    pub days: Vec<(EventId, chrono::NaiveDate)>,
    pub after: Aftermath,
}

impl Together {
    /// The event, and those that `scope` names with it: what has begun is left alone, but for the event itself. Nothing where
    /// `asking` does not make all of them.
    pub async fn of(backend: &Backend, asking: MemberId, event: EventId, scope: Scope) -> Result<Option<Together>, Error> {
        let now = backend.now();
        let mut tx = backend.pool.begin().await?;
        // Whoever may not waits for nobody, and holds up nobody.
        Organiser::of_event(&mut tx, asking, event, now).await?.ok_or(Error::NotAllowed)?;
        let of: Option<SeriesId> = sqlx::query_scalar("select event_series_id from event where event_id = $1")
            .bind(event)
            .fetch_optional(&mut *tx)
            .await?
            .ok_or(Error::NotFound)?;
        let mut series = None;
        if scope != Scope::This
            && let Some(of) = of
        {
            series = row::lock_series(&mut tx, of).await?;
        }
        let days: Vec<(EventId, chrono::NaiveDate)> = match &series {
            None => Vec::new(),
            Some(series) => {
                sqlx::query_as(
                    "select event_id, on_day from event where event_series_id = $1 and on_day is not null
                        and (event_id = $2 or starts_at > $3
                            and ($4 or on_day >= (select on_day from event where event_id = $2)))
                     order by on_day",
                )
                .bind(series.id)
                .bind(event)
                .bind(now)
                .bind(scope == Scope::All)
                .fetch_all(&mut *tx)
                .await?
            }
        };
        let mut ids: Vec<EventId> = days.iter().map(|(id, _)| *id).collect();
        if !ids.contains(&event) {
            ids.push(event);
        }
        let known = lock(&mut tx, &ids).await?;
        // Whoever held them meanwhile may have made them somebody else's.
        let organiser = Organiser::of_event(&mut tx, asking, event, now).await?.ok_or(Error::NotAllowed)?;
        if let Some(series) = &series
            && !are_theirs(&mut tx, asking, series, &days, now).await?
        {
            return Ok(None);
        }
        let together = Together { tx, organiser, now, id: event, series, known, days, after: Aftermath::default() };
        if together.known.iter().any(|known| known.event.id == event) { Ok(Some(together)) } else { Err(Error::NotFound) }
    }

    /// The one that was named.
    pub fn one(&self) -> &Gathering {
        let at = self.known.iter().position(|known| known.event.id == self.id).unwrap_or(0);
        &self.known[at]
    }

    /// A mistake as it is said on the page of the one that was named: that of another date says which.
    pub fn said_of(&self, event: &Event, mistake: Mistake) -> Mistake {
        if event.id == self.id {
            return mistake;
        }
        Mistake::OfAnother { starts_at: event.terms.times.starts_at, mistake: Box::new(mistake) }
    }

    /// Whether the same form has done it already, whatever came since.
    pub async fn did(&mut self, form: Uuid) -> Result<bool, Error> {
        Ok(sqlx::query_scalar("select exists (select from event_act where event_act_id = $1)")
            .bind(form)
            .fetch_one(&mut *self.tx)
            .await?)
    }

    pub async fn first(&mut self, form: Uuid, what: &str) -> Result<bool, Error> {
        super::organising::note(&mut self.tx, form, self.id, what, self.organiser.member(), self.now).await
    }

    pub async fn end(mut self) -> Result<Organised, Error> {
        self.after.finish(&mut self.tx, None, self.now).await?;
        self.tx.commit().await?;
        Ok(Ok(()))
    }
}

/// Whether somebody makes the events of a series: all of its group's, or each that is concerned, by what it is; and the
/// series as it is, from which others are made.
async fn are_theirs(
    conn: &mut PgConnection,
    asking: MemberId,
    series: &Series,
    days: &[(EventId, chrono::NaiveDate)],
    now: Instant,
) -> Result<bool, Error> {
    if Organiser::find(conn, asking, &[series.group], now).await?.is_some_and(|found| found.makes_any()) {
        return Ok(true);
    }
    for (event, _) in days {
        match Organiser::of_event(conn, asking, *event, now).await? {
            Some(found) if found.may_make(&series.terms).is_ok() => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}
