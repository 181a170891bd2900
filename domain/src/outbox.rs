//! The commands not yet answered, in order: a plain structure with a store around it.

use serde::{Deserialize, Serialize};

use crate::command::{Command, Envelope};
use crate::id::{CommandId, LoopId, OfferId, ProposalId, SeatId};
use crate::outcome::{Marks, Outcome};
use crate::time::Instant;

/// Where an act is: `retenu → à envoyer → envoi → confirmé | refusé | en pause`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum EntryState {
    /// Held with « Annuler » until then.
    Held {
        until: Instant,
    },
    ToSend,
    Sending,
    Answered {
        outcome: Outcome,
        marks: Marks,
        at: Instant,
    },
    /// Failed too often alone.
    Paused,
}

/// One act on this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub envelope: Envelope,
    pub created_at: Instant,
    /// What was wanted, in French, as it will be told if it fails.
    pub intent: String,
    pub attempts: u16,
    pub state: EntryState,
}

/// How long an act that gives something away can be called back. Seconds.
pub const HELD_S: i64 = 15;
/// How long an answered act stays in « Mes actions ». Days.
pub const KEPT_D: i64 = 14;
/// The most commands of one request.
pub const BATCH_CAP: usize = 50;

/// First in, first out, per member and device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outbox {
    pub entries: Vec<Entry>,
}

impl Outbox {
    /// Adds an act; it waits for what it rests on.
    pub fn enqueue(&mut self, id: CommandId, command: Command, intent: String, now: Instant) {
        let depends_on = self
            .entries
            .iter()
            .filter(|earlier| !matches!(earlier.state, EntryState::Answered { .. }))
            .filter(|earlier| depends(&earlier.envelope.command, &command))
            .map(|earlier| earlier.envelope.id)
            .collect();
        let state = if command.gives_away() {
            EntryState::Held { until: now + chrono::Duration::seconds(HELD_S) }
        } else {
            EntryState::ToSend
        };
        self.entries.push(Entry {
            envelope: Envelope { id, schema: crate::command::SCHEMA, depends_on, on_behalf_of: None, command },
            created_at: now,
            intent,
            attempts: 0,
            state,
        });
    }

    /// « Annuler »: takes back an act that is still held. What rested on it is judged without it.
    pub fn take_back(&mut self, id: CommandId) -> Option<Entry> {
        let at =
            self.entries.iter().position(|entry| entry.envelope.id == id && matches!(entry.state, EntryState::Held { .. }))?;
        for later in &mut self.entries {
            later.envelope.depends_on.retain(|earlier| *earlier != id);
        }
        Some(self.entries.remove(at))
    }

    /// Held acts whose time is over, or all of them, are sent.
    pub fn release(&mut self, now: Instant, all: bool) {
        for entry in &mut self.entries {
            if let EntryState::Held { until } = entry.state
                && (all || until <= now)
            {
                entry.state = EntryState::ToSend;
            }
        }
    }

    /// The next commands to send, in order; an act that is held or paused holds back only what
    /// depends on it.
    pub fn next_batch(&self) -> Vec<Envelope> {
        let mut waiting: Vec<CommandId> = Vec::new();
        let mut batch = Vec::new();
        for entry in &self.entries {
            let blocked = entry.envelope.depends_on.iter().any(|id| waiting.contains(id));
            match entry.state {
                EntryState::ToSend | EntryState::Sending if !blocked => batch.push(entry.envelope.clone()),
                EntryState::Answered { .. } => {}
                _ => waiting.push(entry.envelope.id),
            }
        }
        batch.truncate(BATCH_CAP);
        batch
    }

    pub fn mark_sending(&mut self, ids: &[CommandId]) {
        for entry in &mut self.entries {
            if ids.contains(&entry.envelope.id) && entry.state == EntryState::ToSend {
                entry.state = EntryState::Sending;
                entry.attempts = entry.attempts.saturating_add(1);
            }
        }
    }

    /// What was being sent and got no answer goes back to the queue, under the same id.
    pub fn unanswered(&mut self) {
        for entry in &mut self.entries {
            if entry.state == EntryState::Sending {
                entry.state = EntryState::ToSend;
            }
        }
    }

    pub fn answer(&mut self, id: CommandId, outcome: Outcome, marks: Marks, at: Instant) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.envelope.id == id) {
            entry.state = EntryState::Answered { outcome, marks, at };
        }
    }

    /// Forgets what was answered long ago.
    pub fn prune(&mut self, now: Instant) {
        self.entries.retain(|entry| match entry.state {
            EntryState::Answered { at, .. } => now - at < chrono::Duration::days(KEPT_D),
            _ => true,
        });
    }

    /// How many acts are not answered yet.
    pub fn waiting(&self) -> usize {
        self.entries.iter().filter(|entry| !matches!(entry.state, EntryState::Answered { .. })).count()
    }
}

/// Whether `later` rests on `earlier`: the same seat, offer, proposal or loop.
pub fn depends(earlier: &Command, later: &Command) -> bool {
    let (a, b) = (Touched::by(earlier), Touched::by(later));
    a.seats.iter().any(|seat| b.seats.contains(seat))
        || a.offers.iter().any(|offer| b.offers.contains(offer))
        || a.proposals.iter().any(|proposal| b.proposals.contains(proposal))
        || a.loops.iter().any(|suggested| b.loops.contains(suggested))
}

#[derive(Default)]
struct Touched {
    seats: Vec<SeatId>,
    offers: Vec<OfferId>,
    proposals: Vec<ProposalId>,
    loops: Vec<LoopId>,
}

impl Touched {
    fn by(command: &Command) -> Touched {
        let mut touched = Touched::default();
        match command {
            Command::TakeSeat { seat } | Command::WarnTeam { seat, .. } => touched.seats.push(*seat),
            Command::GiveSeat { offer, seat, .. }
            | Command::ExchangeSeat { offer, seat, .. }
            | Command::Invite { offer, seat, .. } => {
                touched.offers.push(*offer);
                touched.seats.push(*seat);
            }
            Command::SetWishes { offer, .. } | Command::WithdrawOffer { offer } => touched.offers.push(*offer),
            Command::ClaimOffer { offer, instead_of, .. } => {
                touched.offers.push(*offer);
                touched.seats.extend(*instead_of);
            }
            Command::MoveSeat { from, to } => touched.seats.extend([*from, *to]),
            Command::ProposeSwap { proposal, mine, theirs, .. } => {
                touched.proposals.push(*proposal);
                touched.seats.extend([*mine, *theirs]);
            }
            Command::AcceptProposal { proposal }
            | Command::RefuseProposal { proposal }
            | Command::WithdrawProposal { proposal } => touched.proposals.push(*proposal),
            Command::AcceptLoop { lacking } | Command::DeclineLoop { lacking } => touched.loops.push(*lacking),
            Command::MarkSeen { .. } | Command::CloseShift { .. } => {}
        }
        touched
    }
}
