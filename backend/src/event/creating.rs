//! Events come into being: one, a series, or another one like it. Nobody but its organisers sees a draft.

use domain::event::{Event, Hours, Mistake, Rule, Series, State, Terms, id_of};
use domain::id::{EventId, GroupId, MemberId, SeriesId};
use domain::time::{Instant, paris_day, plus_days};
use sqlx::PgConnection;
use uuid::Uuid;

use super::organising::{Organising, note};
use super::{days, row, wanted};
use crate::Backend;
use crate::auth::Organiser;
use crate::error::Error;

/// A draft of a group, or one for each day of a rule; gives the first. The form's id is the event's, or the series': sent
/// twice, it makes the same one.
pub async fn create(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    group: GroupId,
    terms: &Terms,
    rule: Option<&Rule>,
) -> Result<Result<EventId, Vec<Mistake>>, Error> {
    let now = backend.now();
    if terms.times.starts_at <= now {
        return Ok(Err(vec![Mistake::AlreadyStarted]));
    }
    let mut tx = backend.pool.begin().await?;
    let organiser = Organiser::find(&mut tx, asking, &[group], now).await?.ok_or(Error::NotAllowed)?;
    if let Err(mistakes) = organiser.may_make(terms) {
        return Ok(Err(mistakes));
    }
    // Whoever makes the events of all groups could name one that there is not.
    let is_known: bool = sqlx::query_scalar("select exists (select from working_group where group_id = $1)")
        .bind(group)
        .fetch_one(&mut *tx)
        .await?;
    if !is_known {
        return Err(Error::NotFound);
    }
    let by = organiser.member();
    let Some(rule) = rule else {
        let event = draft(EventId(form), None, group, terms.clone());
        if row::insert(&mut tx, &event, None, by, now).await? {
            note(&mut tx, form, event.id, "créer", by, now).await?;
        } else {
            is_theirs(&mut tx, event.id, by).await?;
        }
        tx.commit().await?;
        return Ok(Ok(event.id));
    };
    let days = match days(rule) {
        Ok(days) => days,
        Err(mistake) => return Ok(Err(vec![Mistake::Rule(mistake)])),
    };
    let series = Series { id: SeriesId(form), group, rule: *rule, terms: terms.clone() };
    let hours = series.hours();
    let first = id_of(series.id, days.first().copied().unwrap_or(rule.first));
    if row::insert_series(&mut tx, &series, by, now).await? {
        for day in days {
            insert_day(&mut tx, &series, hours, day, State::Draft, by, now).await?;
        }
        note(&mut tx, form, first, "créer", by, now).await?;
    } else {
        is_theirs(&mut tx, first, by).await?;
    }
    tx.commit().await?;
    Ok(Ok(first))
}

/// One day of a series, as the series is; nothing where it is known.
pub(super) async fn insert_day(
    conn: &mut PgConnection,
    series: &Series,
    hours: Hours,
    day: chrono::NaiveDate,
    state: State,
    by: MemberId,
    now: Instant,
) -> Result<Option<Event>, Error> {
    let terms = Terms { times: hours.on(day), ..series.terms.clone() };
    let event = Event { state, ..draft(id_of(series.id, day), Some(series.id), series.group, terms) };
    let is_new = row::insert(conn, &event, Some(day), by, now).await?;
    Ok(is_new.then_some(event))
}

fn draft(id: EventId, series: Option<SeriesId>, group: GroupId, terms: Terms) -> Event {
    Event { id, series, group, terms, state: State::Draft, sequence: 0, revision: 1 }
}

/// An id that somebody else's form has used is not given away.
async fn is_theirs(conn: &mut PgConnection, event: EventId, by: MemberId) -> Result<(), Error> {
    let theirs: bool = sqlx::query_scalar("select exists (select from event where event_id = $1 and by_member = $2)")
        .bind(event)
        .bind(by)
        .fetch_one(conn)
        .await?;
    if theirs { Ok(()) } else { Err(Error::NotFound) }
}

/// « Refaire »: a draft like it, on the same weekday at the same hour, on the first such day that is still to come. What was
/// asked for to bring and to do comes along; nobody's answers do.
pub async fn duplicate(backend: &Backend, asking: MemberId, event: EventId, form: Uuid) -> Result<EventId, Error> {
    let mut organising = Organising::of(backend, asking, event).await?;
    let (by, now) = (organising.organiser.member(), organising.now);
    let known = &organising.known;
    let on = paris_day(known.event.terms.times.starts_at);
    let hours = Hours::of(on, &known.event.terms.times);
    let mut later = (1..).map(|weeks| hours.on(plus_days(on, 7 * weeks)));
    let times = later.find(|times| times.starts_at > now).unwrap_or(known.event.terms.times);
    let terms = Terms { times, ..known.event.terms.clone() };
    let copy = draft(EventId(form), None, known.event.group, terms);
    if row::insert(&mut organising.tx, &copy, None, by, now).await? {
        wanted::copy(&mut organising.tx, known, copy.id, &backend.ids).await?;
        note(&mut organising.tx, form, copy.id, "refaire", by, now).await?;
    } else {
        is_theirs(&mut organising.tx, copy.id, by).await?;
    }
    organising.tx.commit().await?;
    Ok(copy.id)
}
