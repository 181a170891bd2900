//! What my acts that are not answered yet have to do with a shift.

use domain::command::Command;
use domain::id::{CommandId, SeatId, ShiftId};
use domain::outbox::{Entry, EntryState};
use domain::outcome::Outcome;
use domain::time::Instant;
use leptos::prelude::*;

use crate::offline::acts::Acts;
use crate::offline::store::Store;

/// An act on a shift, on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub id: CommandId,
    pub stage: Stage,
    pub since: Instant,
    /// The seat that it would give me.
    pub takes: Option<SeatId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// « Annuler » is still possible.
    Held,
    /// Leaves as soon as it can.
    ToSend,
    /// Failed too often alone.
    Paused,
}

/// The last unanswered act that touches a shift: laid over it already, or paused. Follows the outbox.
pub fn waiting_on(acts: Acts, shift: ShiftId) -> Option<Waiting> {
    let touch = Store::expect().touch(shift);
    let shown = |entry: &Entry, takes: Option<SeatId>| {
        let stage = stage(entry)?;
        Some(Waiting { id: entry.id(), stage, since: entry.created_at, takes })
    };
    acts.outbox.with(|outbox| match touch {
        Some(touch) => outbox.entries.iter().find(|entry| entry.id() == touch.by).and_then(|entry| shown(entry, touch.takes)),
        None => {
            let paused = |entry: &&Entry| {
                entry.state == EntryState::Paused && entry.command().is_some_and(|command| names(command, shift))
            };
            outbox.entries.iter().rev().find(paused).and_then(|entry| shown(entry, None))
        }
    })
}

fn stage(entry: &Entry) -> Option<Stage> {
    match entry.state {
        EntryState::Held { .. } => Some(Stage::Held),
        EntryState::ToSend | EntryState::Sending => Some(Stage::ToSend),
        EntryState::Paused => Some(Stage::Paused),
        EntryState::Answered { .. } | EntryState::GivenUp { .. } => None,
    }
}

/// Whether the act names a seat of this shift.
fn names(command: &Command, shift: ShiftId) -> bool {
    domain::outbox::seats_named(command).iter().any(|seat| seat.shift == shift)
}

/// How many acts are to be looked at under « Moi »: on their way, or refused and not put away.
pub fn to_see(acts: Acts) -> Signal<usize> {
    Signal::derive(move || {
        acts.outbox.with(|outbox| {
            let counts = |entry: &&Entry| match &entry.state {
                EntryState::Answered { outcome: Outcome::Refused { .. }, .. } => !entry.put_away,
                state => state.is_waiting(),
            };
            outbox.entries.iter().filter(counts).count()
        })
    })
}
