//! The commands not yet answered, in order: a plain structure with a store around it.
//!
//! Nothing here knows a command by name: what an act rests on and what it replaces is said by
//! [`depends`] and [`replaces`], what it gives away by [`Command::gives_away`]. A new command adds
//! a line there, and none here.

mod act;
mod kept;
mod pace;
mod rests;

use chrono::Duration;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::command::{Command, SCHEMA};
use crate::id::{CommandId, MemberId};
use crate::outcome::{Marks, Outcome};
use crate::time::Instant;

pub use act::Act;
pub use pace::{ALONE_CAP, Pace, Setback};
pub use rests::{depends, replaces, seats_named};

/// Where an act is: `retenu → à envoyer → envoi → confirmé | refusé | en pause`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
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
    /// Failed too often alone: waits for its member to say « Réessayer » or « Abandonner ».
    Paused,
    /// « Abandonner »: its member no longer wants it.
    GivenUp {
        at: Instant,
    },
}

impl EntryState {
    /// No answer yet, and its member still wants it.
    pub fn is_waiting(&self) -> bool {
        !self.is_over()
    }

    /// Nothing more will come of it.
    pub fn is_over(&self) -> bool {
        matches!(self, EntryState::Answered { .. } | EntryState::GivenUp { .. })
    }

    /// Since when nothing more will come of it.
    pub fn over_since(&self) -> Option<Instant> {
        match self {
            EntryState::Answered { at, .. } | EntryState::GivenUp { at } => Some(*at),
            _ => None,
        }
    }
}

/// An act with what the wire needs to run it at most once: an [`Envelope`](crate::command::Envelope)
/// whose command may be of another build.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Parcel {
    pub id: CommandId,
    pub schema: u16,
    /// Acts that this one rests on: refused if one of them was.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub depends_on: Vec<CommandId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<MemberId>,
    #[serde(flatten)]
    pub act: Act,
}

impl Parcel {
    pub fn command(&self) -> Option<&Command> {
        match &self.act {
            Act::Known(command) => Some(command),
            Act::Foreign(_) => None,
        }
    }
}

/// One act on this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub parcel: Parcel,
    pub created_at: Instant,
    /// What was wanted, in French, as it will be told if it fails.
    pub intent: String,
    /// How often it was sent: after the first time its effect may already be there.
    pub attempts: u16,
    /// How often it failed alone in its request.
    #[serde(default)]
    pub alone: u16,
    /// Its member has seen the answer, and put the card away.
    #[serde(default)]
    pub put_away: bool,
    pub state: EntryState,
}

impl Entry {
    pub fn id(&self) -> CommandId {
        self.parcel.id
    }

    pub fn command(&self) -> Option<&Command> {
        self.parcel.command()
    }

    /// Applied, and not yet in snapshots with these marks: what it changed is still to be laid over.
    fn is_ahead_of(&self, seen: &Marks) -> bool {
        match &self.state {
            EntryState::Answered { outcome: Outcome::Applied { .. }, marks, .. } => {
                marks.iter().any(|(slice, mark)| seen.get(slice).is_some_and(|seen| seen < mark))
            }
            _ => false,
        }
    }
}

/// How long an act that gives something away can be called back. Seconds.
pub const HELD_S: i64 = 15;
/// How long an act that is over stays in « Mes actions ». Days.
pub const KEPT_D: i64 = 14;
/// The most commands of one request.
pub const BATCH_CAP: usize = 50;

/// First in, first out, per member and device.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outbox {
    pub entries: Vec<Entry>,
    /// Entries that only another build of the app can read, as it wrote them.
    pub others: Vec<Value>,
    pub pace: Pace,
}

impl Outbox {
    /// Adds an act; it waits for what it rests on. One that was never sent and that this one
    /// replaces gives way, unless something else rests on it; while this one can be called back,
    /// only what could be, too.
    pub fn enqueue(&mut self, id: CommandId, command: Command, intent: String, now: Instant) {
        self.enqueue_for(None, id, command, intent, now);
    }

    /// The same, on behalf of somebody: the office for anybody, a lead for their own shift.
    pub fn enqueue_for(&mut self, on_behalf_of: Option<MemberId>, id: CommandId, command: Command, intent: String, now: Instant) {
        if self.entries.iter().any(|entry| entry.id() == id) {
            return;
        }
        self.collapse(&command, on_behalf_of);
        let depends_on = self
            .entries
            .iter()
            .filter(|earlier| earlier.state.is_waiting())
            .filter(|earlier| earlier.command().is_some_and(|earlier| depends(earlier, &command)))
            .map(Entry::id)
            .collect();
        let state =
            if command.gives_away() { EntryState::Held { until: now + Duration::seconds(HELD_S) } } else { EntryState::ToSend };
        self.entries.push(Entry {
            parcel: Parcel { id, schema: SCHEMA, depends_on, on_behalf_of, act: Act::Known(command) },
            created_at: now,
            intent,
            attempts: 0,
            alone: 0,
            put_away: false,
            state,
        });
    }

    /// Takes in acts that were kept nowhere until now; those that are known stay as they are.
    pub fn adopt(&mut self, acts: &[Entry]) {
        for act in acts {
            if self.entries.iter().all(|known| known.id() != act.id()) && !self.is_of_others(act.id()) {
                self.entries.push(act.clone());
            }
        }
    }

    fn collapse(&mut self, command: &Command, on_behalf_of: Option<MemberId>) {
        let replaced: Vec<CommandId> = self
            .entries
            .iter()
            .filter(|entry| entry.attempts == 0 && entry.state.is_waiting() && entry.state != EntryState::Sending)
            .filter(|entry| !command.gives_away() || matches!(entry.state, EntryState::Held { .. }))
            .filter(|entry| entry.parcel.on_behalf_of == on_behalf_of)
            .filter(|entry| entry.command().is_some_and(|earlier| replaces(command, earlier)))
            .map(Entry::id)
            .filter(|id| !self.entries.iter().any(|other| other.parcel.depends_on.contains(id)))
            .collect();
        self.entries.retain(|entry| !replaced.contains(&entry.id()));
    }

    /// « Annuler »: takes back an act that is still held. What rested on it is judged without it.
    pub fn take_back(&mut self, id: CommandId) -> Option<Entry> {
        let at = self.entries.iter().position(|entry| entry.id() == id && matches!(entry.state, EntryState::Held { .. }))?;
        self.let_go_of(id);
        Some(self.entries.remove(at))
    }

    /// « Abandonner »: an act that waits or is paused is no longer wanted. One that was sent
    /// before may have arrived all the same: `attempts` says so.
    pub fn give_up(&mut self, id: CommandId, now: Instant) -> bool {
        let wanted = |entry: &&mut Entry| entry.id() == id && entry.state.is_waiting() && entry.state != EntryState::Sending;
        let Some(entry) = self.entries.iter_mut().find(wanted) else { return false };
        entry.state = EntryState::GivenUp { at: now };
        self.let_go_of(id);
        true
    }

    /// « Réessayer »: a paused act is sent again, under its id.
    pub fn try_again(&mut self, id: CommandId) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.id() == id && entry.state == EntryState::Paused) {
            entry.state = EntryState::ToSend;
            entry.alone = 0;
        }
        self.pace.wake();
    }

    /// Its card was read, and is put away; it stays in « Mes actions ».
    pub fn put_away(&mut self, id: CommandId) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.id() == id && entry.state.is_over()) {
            entry.put_away = true;
        }
    }

    fn let_go_of(&mut self, id: CommandId) {
        for later in &mut self.entries {
            // What is on the wire stays as it was sent: the same id must say the same thing.
            if later.attempts == 0 {
                later.parcel.depends_on.retain(|earlier| *earlier != id);
            }
        }
    }

    /// Held acts whose time is over, or all of them, are sent. One whose time is further away than
    /// any can be was held by a clock that has been put right since: it is not kept for longer.
    pub fn release(&mut self, now: Instant, all: bool) {
        let longest = Duration::seconds(HELD_S);
        for entry in &mut self.entries {
            if let EntryState::Held { until } = entry.state
                && (all || until <= now || until - now > longest)
            {
                entry.state = EntryState::ToSend;
            }
        }
    }

    /// When the next held act may leave.
    pub fn next_release(&self) -> Option<Instant> {
        let held = |entry: &Entry| match entry.state {
            EntryState::Held { until } => Some(until),
            _ => None,
        };
        self.entries.iter().filter_map(held).min()
    }

    /// The next commands to send, in order; an act that is held or paused holds back only what
    /// depends on it. Nothing before the time that a setback asked for.
    pub fn next_batch(&self, now: Instant) -> Vec<Parcel> {
        self.batch(now, |state| matches!(state, EntryState::ToSend | EntryState::Sending))
    }

    /// The same, without what is on its way already, and what rests on it.
    pub fn not_left_yet(&self, now: Instant) -> Vec<Parcel> {
        self.batch(now, |state| *state == EntryState::ToSend)
    }

    fn batch(&self, now: Instant, leaves: impl Fn(&EntryState) -> bool) -> Vec<Parcel> {
        if self.pace.waits(now) {
            return Vec::new();
        }
        let mut waiting: Vec<CommandId> = Vec::new();
        let mut batch = Vec::new();
        for entry in &self.entries {
            let blocked = entry.parcel.depends_on.iter().any(|id| waiting.contains(id));
            match &entry.state {
                EntryState::Answered { .. } | EntryState::GivenUp { .. } => {}
                state if leaves(state) && !blocked => batch.push(entry.parcel.clone()),
                _ => waiting.push(entry.id()),
            }
        }
        batch.truncate(if self.pace.singly { 1 } else { BATCH_CAP });
        batch
    }

    pub fn mark_sending(&mut self, ids: &[CommandId]) {
        for entry in &mut self.entries {
            if ids.contains(&entry.id()) && entry.state == EntryState::ToSend {
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

    /// The first answer stays: a later copy of it changes nothing.
    pub fn answer(&mut self, id: CommandId, outcome: Outcome, marks: Marks, at: Instant) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.id() == id)
            && !matches!(entry.state, EntryState::Answered { .. })
        {
            entry.state = EntryState::Answered { outcome, marks, at };
        }
        self.pace.answered();
    }

    /// A request with these acts came to nothing. `jitter` between 0 and 1 spreads the devices.
    pub fn set_back(&mut self, ids: &[CommandId], setback: Setback, now: Instant, jitter: f64) {
        self.unanswered();
        let alone = self.pace.set_back(ids.len(), setback, now, jitter);
        let Some(entry) = self.entries.iter_mut().find(|entry| alone && ids.contains(&entry.id())) else { return };
        entry.alone = entry.alone.saturating_add(1);
        if entry.alone >= ALONE_CAP {
            entry.state = EntryState::Paused;
            self.pace.answered();
        }
    }

    /// Forgets what was over long ago.
    pub fn prune(&mut self, now: Instant) {
        self.entries.retain(|entry| entry.state.over_since().is_none_or(|at| now - at < Duration::days(KEPT_D)));
    }

    /// Nothing is to be sent, now or later, unless its member asks for it.
    pub fn is_idle(&self) -> bool {
        self.entries.iter().all(|entry| entry.state.is_over() || entry.state == EntryState::Paused)
    }

    /// How many acts are not answered yet.
    pub fn waiting(&self) -> usize {
        self.entries.iter().filter(|entry| entry.state.is_waiting()).count() + self.others_waiting()
    }

    /// What the screen shows as done already: acts on their way, and those whose effect is not
    /// yet in snapshots with these marks; not what is paused, nor what rests on it.
    pub fn laid_over<'a>(&'a self, seen: &'a Marks) -> impl Iterator<Item = &'a Entry> {
        let mut stuck: Vec<CommandId> = Vec::new();
        self.entries.iter().filter(move |entry| {
            if entry.state == EntryState::Paused || entry.parcel.depends_on.iter().any(|id| stuck.contains(id)) {
                stuck.push(entry.id());
                return false;
            }
            entry.state.is_waiting() || entry.is_ahead_of(seen)
        })
    }
}
