//! What my acts that are not answered yet have to do with a shift.

use domain::command::Command;
use domain::id::{CommandId, SeatId};
use domain::outbox::{Entry, EntryState};
use domain::outcome::Outcome;
use domain::time::Instant;
use domain::view::seats::ShiftCard;
use leptos::prelude::*;

use crate::offline::acts::Acts;

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

/// The last unanswered act that touches a shift. Follows the outbox.
pub fn waiting_on(acts: Acts, card: &ShiftCard) -> Option<Waiting> {
    acts.outbox.with(|outbox| {
        outbox.entries.iter().rev().find_map(|entry| {
            let stage = stage(entry)?;
            let takes = seat_taken(&entry.envelope.command, card);
            (takes.is_some() || touches(&entry.envelope.command, card)).then_some(Waiting {
                id: entry.envelope.id,
                stage,
                since: entry.created_at,
                takes,
            })
        })
    })
}

fn stage(entry: &Entry) -> Option<Stage> {
    match entry.state {
        EntryState::Held { .. } => Some(Stage::Held),
        EntryState::ToSend | EntryState::Sending => Some(Stage::ToSend),
        EntryState::Paused => Some(Stage::Paused),
        EntryState::Answered { .. } => None,
    }
}

/// The seat of this shift that the act would give me.
fn seat_taken(command: &Command, card: &ShiftCard) -> Option<SeatId> {
    match command {
        Command::TakeSeat { seat } | Command::MoveSeat { to: seat, .. } => (seat.shift == card.id).then_some(*seat),
        Command::ClaimOffer { offer, .. } => {
            let seat = card.seats.iter().find(|seat| seat.offer.as_ref().is_some_and(|known| known.id == *offer))?;
            Some(seat.id)
        }
        _ => None,
    }
}

fn touches(command: &Command, card: &ShiftCard) -> bool {
    let here = |seat: &SeatId| seat.shift == card.id;
    match command {
        Command::GiveSeat { seat, .. }
        | Command::ExchangeSeat { seat, .. }
        | Command::Invite { seat, .. }
        | Command::WarnTeam { seat, .. } => here(seat),
        Command::MoveSeat { from, .. } => here(from),
        Command::ClaimOffer { instead_of, .. } => instead_of.as_ref().is_some_and(here),
        Command::ProposeSwap { mine, theirs, .. } => here(mine) || here(theirs),
        Command::WithdrawOffer { offer } | Command::SetWishes { offer, .. } => {
            card.mine().and_then(|seat| seat.offer.as_ref()).is_some_and(|known| known.id == *offer)
        }
        Command::CloseShift { shift, .. } => *shift == card.id,
        _ => false,
    }
}

/// How many acts are to be looked at under « Moi »: on their way, or refused in the last day.
pub fn to_see(acts: Acts) -> Signal<usize> {
    Signal::derive(move || {
        acts.outbox.with(|outbox| {
            let last = outbox.entries.iter().map(|entry| entry.created_at).max();
            let recent = |at: Instant| last.is_some_and(|last| last - at < chrono::Duration::days(1));
            let counts = |entry: &&Entry| match &entry.state {
                EntryState::Answered { outcome: Outcome::Refused { .. }, at, .. } => recent(*at),
                EntryState::Answered { .. } => false,
                _ => true,
            };
            outbox.entries.iter().filter(counts).count()
        })
    })
}
