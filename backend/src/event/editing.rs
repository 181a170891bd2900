//! An event becomes otherwise: this one, this one and those after it, or all of its series.

use domain::event::{Gathering, Hours, Mistake, Party, Planned, Rule, Scope, Series, State, Terms, carried, differing, planned};
use domain::id::{EventId, MemberId, SeriesId};
use domain::time::minus_days;
use uuid::Uuid;

use super::creating::insert_day;
use super::organising::Organised;
use super::rewrite::{rewrite, write};
use super::together::Together;
use super::{days, row};
use crate::Backend;
use crate::error::Error;

/// What an organiser asks for.
#[derive(Debug, Clone)]
pub struct Edit {
    /// The form's id: sent twice, it is one act.
    pub form: Uuid,
    /// The revision from which it was written.
    pub base: i32,
    pub scope: Scope,
    pub terms: Terms,
    /// How it comes back from here on, where that changes; its first day is the event's own.
    pub rule: Option<Rule>,
}

/// Edits an event. What another time of its series has of its own stays.
pub async fn edit(backend: &Backend, asking: MemberId, event: EventId, edit: &Edit) -> Result<Organised, Error> {
    let mut together = Together::of(backend, asking, event, edit.scope).await?;
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
    // What is to come is not moved into the past.
    if edit.terms.times.starts_at <= now && edit.terms.times != one.event.terms.times {
        return Ok(Err(vec![Mistake::AlreadyStarted]));
    }
    together.first(edit.form, "modifier").await?;
    let outcome = match (edit.scope, together.series.clone()) {
        (Scope::This, _) => {
            rewrite(&mut together.tx, &one, edit.terms.clone(), now, &mut together.after).await?.map(drop).map_err(|it| vec![it])
        }
        (_, None) => return Ok(Err(vec![Mistake::NoSeries])),
        (_, Some(series)) => all(&mut together, series, &one, edit, backend.ids.uuid()).await?,
    };
    match outcome {
        Ok(()) => together.end().await,
        // Nothing is kept of it.
        Err(mistakes) => Ok(Err(mistakes)),
    }
}

/// The series is split where the edit is for what follows: what came before stays as it was.
async fn all(together: &mut Together, before: Series, one: &Gathering, edit: &Edit, fresh: Uuid) -> Result<Organised, Error> {
    let now = together.now;
    let by = together.organiser.member();
    let Some(day) = together.days.iter().find(|(id, _)| *id == one.event.id).map(|(_, day)| *day) else {
        return Ok(Err(vec![Mistake::NoSeries]));
    };
    let fields = differing(&one.event.terms, &edit.terms);
    let hours = match Hours::of(day, &edit.terms.times) {
        // Its times were not what was changed.
        _ if edit.terms.times == one.event.terms.times => before.hours(),
        hours => hours,
    };
    let splits = edit.scope == Scope::Following && day > before.rule.first;
    let first = if splits { day } else { before.rule.first };
    let rule = match edit.rule {
        Some(rule) => Rule { first, ..rule },
        None => Rule { first, ..before.rule },
    };
    let mut terms = carried(&before.terms, &before.terms, &edit.terms, &fields);
    terms.times = hours.on(first);
    let id = if splits { SeriesId(fresh) } else { before.id };
    let series = Series { id, group: before.group, rule, terms };
    if splits {
        let shorter = Rule { until: minus_days(day, 1), ..before.rule };
        row::update_series(&mut together.tx, &Series { rule: shorter, ..before.clone() }).await?;
        row::insert_series(&mut together.tx, &series, by, now).await?;
    } else {
        row::update_series(&mut together.tx, &series).await?;
    }

    let old_hours = before.hours();
    let mut mistakes = Vec::new();
    for (event, on) in together.days.clone() {
        let Some(known) = together.known.iter().find(|known| known.event.id == event).cloned() else { continue };
        if !known.event.state.is_draft() && !known.event.state.is_published() {
            // It stays off, and goes with its series.
            row::move_to(&mut together.tx, event, id).await?;
            continue;
        }
        let of_its_own = Hours::of(on, &known.event.terms.times) != old_hours;
        let mut then = if event == one.event.id {
            edit.terms.clone()
        } else {
            carried(&known.event.terms, &before.terms, &edit.terms, &fields)
        };
        if event != one.event.id && !of_its_own {
            then.times = hours.on(on);
        }
        let mut known = known;
        known.event.series = Some(id);
        // Today's may have begun by its new hour.
        let untimely = then.times != known.event.terms.times && then.times.starts_at <= now;
        let wrong = match untimely {
            true => Some(Mistake::AlreadyStarted),
            false => rewrite(&mut together.tx, &known, then, now, &mut together.after).await?.err(),
        };
        if let Some(mistake) = wrong.filter(|mistake| !mistakes.contains(mistake)) {
            mistakes.push(mistake);
        }
    }
    if mistakes.is_empty() && edit.rule.is_some() {
        replan(together, &series, one).await
    } else if mistakes.is_empty() {
        Ok(Ok(()))
    } else {
        Ok(Err(mistakes))
    }
}

/// The rule says other days: they are made, left out, or brought back.
async fn replan(together: &mut Together, series: &Series, one: &Gathering) -> Result<Organised, Error> {
    let now = together.now;
    let by = together.organiser.member();
    let wanted = match days(&series.rule) {
        Ok(days) => days,
        Err(mistake) => return Ok(Err(vec![Mistake::Rule(mistake)])),
    };
    // The days that this edit is for: from the first of them on, and not over yet.
    let from = together.days.first().map_or(series.rule.first, |(_, day)| *day);
    let hours = series.hours();
    let ahead = |day: &chrono::NaiveDate| *day >= from && hours.on(*day).starts_at > now;
    let wanted: Vec<_> = wanted.into_iter().filter(ahead).collect();
    let state = |event: EventId| together.known.iter().find(|known| known.event.id == event).map(|known| &known.event.state);
    let left_out = |event| matches!(state(event), Some(State::Removed { .. } | State::Cancelled { .. }));
    let known: Vec<_> = together.days.iter().map(|(event, day)| (*day, left_out(*event))).collect();
    let Planned { make, back, gone } = planned(&known, &wanted);
    let fresh = || match &one.event.state {
        State::Published { .. } => State::Published { at: now },
        state => state.clone(),
    };
    for day in make {
        insert_day(&mut together.tx, series, hours, day, fresh(), by, now).await?;
        together.after.events |= one.event.state.is_published();
    }
    for (day, out) in back.into_iter().map(|day| (day, false)).chain(gone.into_iter().map(|day| (day, true))) {
        let event = together.days.iter().find(|(_, known)| *known == day).map(|(event, _)| *event);
        let found = super::find(&mut together.tx, event.as_slice()).await?.pop();
        let Some(known) = found else { continue };
        let mut then = known.clone();
        then.event.state = match out {
            false => fresh(),
            // Whoever answered sees that it does not take place.
            true if known.event.state.is_published() && known.parties.values().any(Party::cares) => {
                State::Cancelled { at: now, word: String::new() }
            }
            true => State::Removed { at: now },
        };
        // One that somebody cancelled with a word stays cancelled.
        if !out && matches!(&known.event.state, State::Cancelled { word, .. } if !word.is_empty()) {
            continue;
        }
        then.event.revision += 1;
        write(&mut together.tx, &known, &mut then, now, &mut together.after).await?;
    }
    Ok(Ok(()))
}
