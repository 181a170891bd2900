//! The rule of a series says other days: they are made, left out, or brought back.

use chrono::NaiveDate;
use domain::event::{Gathering, Mistake, Party, Planned, Series, State, Terms, planned};
use domain::id::EventId;
use domain::time::Instant;

use super::creating::insert_day;
use super::organising::Organised;
use super::rewrite::{rewrite_as, write};
use super::together::Together;
use super::{days, door, wanted};
use crate::error::Error;
use crate::ids::Ids;

/// Makes the days of a series those of its rule. `state` is that of the one from which the rule was changed.
pub(super) async fn replan(together: &mut Together, series: &Series, state: &State, ids: &Ids) -> Result<Organised, Error> {
    let now = together.now;
    let by = together.organiser.member();
    let wanted = match days(&series.rule) {
        Ok(days) => days,
        Err(mistake) => return Ok(Err(vec![Mistake::Rule(mistake)])),
    };
    // The days that this edit is for: from the first of them on, and not begun yet.
    let from = together.days.first().map_or(series.rule.first, |(_, day)| *day);
    let hours = series.hours();
    let ahead = |day: &NaiveDate| *day >= from && hours.on(*day).starts_at > now;
    // As this edit has made them.
    let events: Vec<EventId> = together.days.iter().map(|(event, _)| *event).collect();
    let found = super::find(&mut together.tx, &events).await?;
    let one_of = |event: EventId| found.iter().find(|known| known.event.id == event);
    let known: Vec<(NaiveDate, &Gathering)> =
        together.days.iter().filter_map(|(event, day)| Some((*day, one_of(*event)?))).collect();
    let left_out = |state: &State| matches!(state, State::Removed { .. } | State::Cancelled { .. });
    let were: Vec<_> = known.iter().map(|(day, known)| (*day, left_out(&known.event.state))).collect();
    let Planned { make, back, gone } = planned(&were, &wanted);
    // What is asked for goes with the series, as it was last said.
    let latest = known.iter().rev().map(|(_, known)| *known).find(|known| !left_out(&known.event.state));

    for day in make.into_iter().filter(ahead) {
        let state = as_one(state, hours.on(day).starts_at, now);
        let made = insert_day(&mut together.tx, series, hours, day, state, by, now).await?;
        let Some(made) = made else { continue };
        if let Some(latest) = latest {
            wanted::copy(&mut together.tx, latest, made.id, ids).await?;
        }
        together.after.events |= made.state.is_published();
        door::opens(&mut together.tx, &made, &mut together.after).await?;
    }
    for (_, known) in known.iter().filter(|(day, _)| gone.contains(day) && ahead(day)) {
        // What has begun goes on.
        if known.event.terms.times.starts_at <= now {
            continue;
        }
        let mut then = (*known).clone();
        // Whoever answered sees that it does not take place.
        let cares = known.event.state.is_published() && known.parties.values().any(Party::cares);
        then.event.state = match cares {
            true => State::Cancelled { at: now, word: String::new() },
            false => State::Removed { at: now, by_rule: true },
        };
        then.event.revision += 1;
        write(&mut together.tx, known, &mut then, now, &mut together.after).await?;
    }
    for (day, known) in known.iter().filter(|(day, _)| back.contains(day) && ahead(day)) {
        // What a person took off stays off.
        if !known.event.state.comes_back() {
            continue;
        }
        let times = hours.on(*day);
        let state = match known.event.state {
            // Those who answered know of it.
            State::Cancelled { .. } => State::Published { at: now },
            _ => as_one(state, times.starts_at, now),
        };
        // As its series is now; but nobody loses a seat by it.
        let capacity = series.terms.capacity.map(|seats| seats.max(known.seated()));
        let terms = Terms { times, capacity, ..series.terms.clone() };
        if let Err(mistake) = rewrite_as(&mut together.tx, known, state, terms, now, &mut together.after).await? {
            return Ok(Err(vec![together.said_of(&known.event, mistake)]));
        }
        let taken_on = known.things().iter().any(|(_, claims)| claims.claimed() > 0);
        if let Some(latest) = latest.filter(|_| !taken_on) {
            wanted::copy(&mut together.tx, latest, known.event.id, ids).await?;
        }
    }
    Ok(Ok(()))
}

/// The state of a day that comes into its series: that of the one from which it is asked for.
fn as_one(state: &State, starts_at: Instant, now: Instant) -> State {
    match state {
        State::Published { .. } => State::Published { at: now },
        // It would come out once it has begun.
        State::Scheduled { at } if *at >= starts_at => State::Draft,
        state => state.clone(),
    }
}
