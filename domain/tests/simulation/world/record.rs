//! What really happened, noted beside the server and the devices: what they must agree with.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{CommandId, LoopId, MemberId};
use domain::outcome::{Marks, Outcome};
use domain::time::Instant;
use serde_json::Value;

/// What its member made of an act on the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Wanted,
    TakenBack,
    GivenUp {
        sent: bool,
    },
    /// A later act says all that it said.
    Replaced,
    /// Its member signed out, and let it go.
    SignedOut,
    /// Over long ago.
    Pruned,
}

impl Fate {
    /// Nothing of it may ever reach the server.
    pub fn is_unsent(self) -> bool {
        matches!(self, Fate::TakenBack | Fate::Replaced | Fate::GivenUp { sent: false })
    }
}

/// An act that a member made on a device.
#[derive(Debug, Clone)]
pub struct Made {
    pub device: usize,
    pub member: MemberId,
    /// As it was first written.
    pub wire: Value,
    /// The acts that waited then, and that it rests on.
    pub rests_on: Vec<CommandId>,
    pub fate: Fate,
}

/// What the server did with an id.
#[derive(Debug, Clone)]
pub struct Seen {
    pub wire: Value,
    pub outcome: Outcome,
    /// How often its effects were made.
    pub applied: u32,
    /// The marks of its sender, just after the commit that did it.
    pub marks: Marks,
    /// The server remembers it: what cannot be read is answered, and forgotten.
    pub kept: bool,
}

/// What the server did.
#[derive(Debug, Clone)]
pub enum What {
    /// One command, and how it ended.
    Command { sender: MemberId, wire: Value, outcome: Outcome, marks: Marks },
    /// What was over ended.
    Expired,
    /// The nightly matching.
    Night,
}

/// What the server did at once, in order: to be done again elsewhere.
#[derive(Debug, Clone)]
pub struct Done {
    pub now: Instant,
    pub what: What,
    /// The loops that it suggested with it.
    pub suggested: Vec<LoopId>,
}

#[derive(Debug, Default)]
pub struct Record {
    pub made: BTreeMap<CommandId, Made>,
    pub seen: BTreeMap<CommandId, Seen>,
    pub done: Vec<Done>,
    /// Suggested since then.
    pub suggested: Vec<LoopId>,
    /// By device and member: the acts that must be in the outbox.
    pub kept: BTreeMap<(usize, MemberId), BTreeSet<CommandId>>,
    /// How often what happened.
    pub tally: BTreeMap<(&'static str, &'static str), u32>,
}

impl Record {
    pub fn count(&mut self, what: &'static str, how: &'static str) {
        *self.tally.entry((what, how)).or_default() += 1;
    }

    pub fn keeps(&mut self, device: usize, member: MemberId) -> &mut BTreeSet<CommandId> {
        self.kept.entry((device, member)).or_default()
    }

    pub fn did(&mut self, now: Instant, what: What) {
        let suggested = std::mem::take(&mut self.suggested);
        self.done.push(Done { now, what, suggested });
    }

    /// It is no longer in the outbox, and should not be.
    pub fn lets_go(&mut self, id: CommandId, fate: Fate) {
        if let Some(made) = self.made.get_mut(&id) {
            made.fate = fate;
            let (device, member) = (made.device, made.member);
            self.keeps(device, member).remove(&id);
        }
    }
}
