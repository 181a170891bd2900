//! An event becomes otherwise: this one, this one and those after it, or all of its series.

use domain::event::{Event, Hours, Mistake, Rule, RuleEdit, Scope, Series, State, Terms, Times, carried, differing};
use domain::id::{EventId, MemberId, SeriesId};
use domain::time::{Instant, minus_days};
use uuid::Uuid;

use super::organising::Organised;
use super::replanning::replan;
use super::rewrite::rewrite;
use super::row;
use super::together::Together;
use crate::Backend;
use crate::error::Error;
use crate::ids::Ids;

/// What an organiser asks for.
#[derive(Debug, Clone)]
pub struct Edit {
    /// The form's id: sent twice, it is one act.
    pub form: Uuid,
    /// The revision from which it was written.
    pub base: i32,
    pub scope: Scope,
    pub terms: Terms,
    /// How it comes back from here on, where that changes: said of the event's day in its series.
    pub rule: Option<RuleEdit>,
}

/// Edits an event. What another time of its series has of its own stays.
pub async fn edit(backend: &Backend, asking: MemberId, event: EventId, edit: &Edit) -> Result<Organised, Error> {
    let Some(mut together) = Together::of(backend, asking, event, edit.scope).await? else {
        return Ok(Err(vec![Mistake::OthersNotTheirs]));
    };
    let now = together.now;
    let one = together.one().clone();
    if together.did(edit.form).await? {
        return together.end().await;
    }
    if let Err(mistakes) = together.organiser.may_make(&edit.terms) {
        return Ok(Err(mistakes));
    }
    if one.event.revision != edit.base {
        return Ok(Err(vec![Mistake::Stale { revision: one.event.revision }]));
    }
    match one.event.state {
        State::Cancelled { .. } | State::Removed { .. } => return Ok(Err(vec![Mistake::NotNow])),
        _ if one.event.terms.times.ends_at <= now => return Ok(Err(vec![Mistake::AlreadyStarted])),
        _ => {}
    }
    if let Some(mistake) = untimely(&one.event, &edit.terms.times, now) {
        return Ok(Err(vec![mistake]));
    }
    together.first(edit.form, "modifier").await?;
    let outcome = match (edit.scope, together.series.clone()) {
        (Scope::This, _) => {
            rewrite(&mut together.tx, &one, edit.terms.clone(), now, &mut together.after).await?.map(drop).map_err(|it| vec![it])
        }
        (_, None) => return Ok(Err(vec![Mistake::NoSeries])),
        (_, Some(series)) => all(&mut together, series, &one.event, edit, &backend.ids).await?,
    };
    match outcome {
        Ok(()) => together.end().await,
        // Nothing is kept of it.
        Err(mistakes) => Ok(Err(mistakes)),
    }
}

/// Why an event is not to be at other times than its own: it is not moved into the past, nor before the hour at which it comes
/// out. What has begun may last longer, or less long, but not be over.
fn untimely(event: &Event, then: &Times, now: Instant) -> Option<Mistake> {
    if *then == event.terms.times {
        return None;
    }
    match event.state {
        _ if then.ends_at <= now => Some(Mistake::AlreadyStarted),
        _ if then.starts_at != event.terms.times.starts_at && then.starts_at <= now => Some(Mistake::AlreadyStarted),
        State::Scheduled { at } if at >= then.starts_at => Some(Mistake::PublishesTooLate),
        _ => None,
    }
}

/// The series is split where the edit is for what follows: what came before stays as it was.
async fn all(together: &mut Together, before: Series, one: &Event, edit: &Edit, ids: &Ids) -> Result<Organised, Error> {
    let now = together.now;
    let by = together.organiser.member();
    let Some(day) = together.days.iter().find(|(id, _)| *id == one.id).map(|(_, day)| *day) else {
        return Ok(Err(vec![Mistake::NoSeries]));
    };
    let fields = differing(&one.terms, &edit.terms);
    let old_hours = before.hours();
    let hours = old_hours.changed(Hours::of(day, &one.terms.times), Hours::of(day, &edit.terms.times));
    let splits = edit.scope == Scope::Following && day > before.rule.first;
    let first = if splits { day } else { before.rule.first };
    let rule = match edit.rule.map(|said| said.of(&before.rule, day, first)) {
        Some(Err(mistake)) => return Ok(Err(vec![Mistake::Rule(mistake)])),
        Some(Ok(rule)) => rule,
        None => Rule { first, ..before.rule },
    };
    let mut terms = carried(&before.terms, &before.terms, &edit.terms, &fields);
    terms.times = hours.on(rule.first);
    let id = if splits { SeriesId(ids.uuid()) } else { before.id };
    let series = Series { id, group: before.group, rule, terms };
    if splits {
        let shorter = Rule { until: minus_days(day, 1), ..before.rule };
        row::update_series(&mut together.tx, &Series { rule: shorter, ..before.clone() }).await?;
        row::insert_series(&mut together.tx, &series, by, now).await?;
    } else {
        row::update_series(&mut together.tx, &series).await?;
    }

    let mut mistakes = Vec::new();
    for (event, on) in together.days.clone() {
        let Some(mut known) = together.known.iter().find(|known| known.event.id == event).cloned() else { continue };
        if !known.event.state.is_draft() && !known.event.state.is_published() {
            // It stays off, and goes with its series.
            row::move_to(&mut together.tx, event, id).await?;
            continue;
        }
        let then = if event == one.id {
            edit.terms.clone()
        } else {
            let times = carried_times(&known.event.terms.times, on, old_hours, hours);
            Terms { times, ..carried(&known.event.terms, &before.terms, &edit.terms, &fields) }
        };
        known.event.series = Some(id);
        // Today's may have begun by its new hour.
        let wrong = match untimely(&known.event, &then.times, now) {
            Some(mistake) => Some(mistake),
            None => rewrite(&mut together.tx, &known, then, now, &mut together.after).await?.err(),
        };
        if let Some(mistake) = wrong {
            mistakes.push(together.said_of(&known.event, mistake));
        }
    }
    if mistakes.is_empty() && edit.rule.is_some() {
        replan(together, &series, &one.state, ids).await
    } else if mistakes.is_empty() {
        Ok(Ok(()))
    } else {
        Ok(Err(mistakes))
    }
}

/// The times of the one of a day, once its series' hours are others: what it has of its own stays.
fn carried_times(times: &Times, day: chrono::NaiveDate, was: Hours, is: Hours) -> Times {
    let own = Hours::of(day, times);
    // On the night that the clocks leave out an hour, the series itself is at another one.
    let then = if was == is { own } else { own.carried(Hours::of(day, &was.on(day)), is) };
    if then == own { *times } else { then.on(day) }
}
