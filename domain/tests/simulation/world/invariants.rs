//! What is true of the devices after every step.

use std::collections::BTreeSet;

use domain::id::{CommandId, MemberId};
use domain::outbox::{EntryState, Parcel};
use domain::outcome::Marks;
use serde_json::Value;

use super::World;
use super::commit::id_of;
use super::device::Place;
use super::network::Snapshot;
use super::record::Fate;
use super::village::name;

impl World {
    /// Looks at every device that was stirred.
    pub fn look(&mut self) {
        for device in 0..self.devices.len() {
            if std::mem::take(&mut self.devices[device].stirred) {
                self.expect_nothing_lost(device);
                self.expect_true_answers(device);
                self.expect_snapshots_as_built(device);
                for tab in 0..self.devices[device].tabs.len() {
                    self.expect_no_effect_hidden(Place { device, tab });
                }
            }
        }
    }

    /// What a member made is in the outbox until they let it go.
    fn expect_nothing_lost(&mut self, device: usize) {
        let members: BTreeSet<MemberId> = self.record.kept.keys().filter(|(at, _)| *at == device).map(|(_, of)| *of).collect();
        for member in members {
            let outbox = self.devices[device].storage.outboxes.get(&member);
            let entries = || outbox.into_iter().flat_map(|outbox| &outbox.entries).map(|entry| entry.id());
            let kept = &self.record.kept[&(device, member)];
            if entries().count() != kept.len() || !entries().all(|id| kept.contains(&id)) {
                let stored: BTreeSet<CommandId> = entries().collect();
                let (lost, found): (Vec<_>, Vec<_>) = (kept.difference(&stored).collect(), stored.difference(kept).collect());
                let what =
                    format!("in the outbox of {} on phone {device}: lost {lost:?}, and nobody made {found:?}", name(member));
                self.expect(false, || what);
            }
        }
    }

    /// An answer on the device is what the server said, once and for all; what was not sent is not
    /// there, and what is there was marked as sent before.
    fn expect_true_answers(&mut self, device: usize) {
        let entries = self.devices[device].storage.outboxes.values().flat_map(|outbox| &outbox.entries);
        let untrue = entries.into_iter().find_map(|entry| {
            let (id, really) = (entry.id(), self.record.seen.get(&entry.id()).map(|seen| &seen.outcome));
            match &entry.state {
                EntryState::Answered { outcome, .. } if really != Some(outcome) => {
                    Some(format!("{id} has {outcome:?}, and the server said {really:?}"))
                }
                state if entry.attempts == 0 && really.is_some() && state.is_waiting() => {
                    Some(format!("{id} was never sent, and the server has it"))
                }
                _ => None,
            }
        });
        if let Some(what) = untrue {
            self.expect(false, || what);
        }
    }

    /// The device keeps what the server built, and nothing of its own.
    fn expect_snapshots_as_built(&mut self, device: usize) {
        let storage = &self.devices[device].storage;
        let of = |member: MemberId, snapshot: &Snapshot| match snapshot {
            Snapshot::Calendar(_) => None,
            Snapshot::Me(_) => Some(member),
        };
        let kept = storage
            .snapshots
            .iter()
            .flat_map(|(member, kept)| kept.calendar.iter().chain(&kept.me).map(move |snapshot| (*member, snapshot.clone())));
        for (member, snapshot) in kept.collect::<Vec<_>>() {
            let (mark, as_of) = snapshot.version();
            let built = self.server.built.get(&(of(member, &snapshot), mark, as_of));
            let same = built.is_some_and(|built| built.is(&snapshot));
            self.expect(same, || format!("phone {device} keeps a {:?} that the server never built", snapshot.slice()));
            let device_keeps = &mut self.devices[device];
            let newest = device_keeps.newest.entry((member, snapshot.slice())).or_insert((mark, as_of));
            let goes_back = (mark, as_of) < *newest;
            *newest = (mark, as_of);
            let keeps = device_keeps.storage.keeps.contains(&member);
            self.expect(!goes_back, || format!("phone {device} keeps an older {:?} than before", snapshot.slice()));
            self.expect(keeps, || format!("phone {device} keeps what {} may see, and should not", name(member)));
        }
    }

    /// An act that was applied is laid over the snapshots until both of them show it.
    fn expect_no_effect_hidden(&mut self, at: Place) {
        let tab = self.tab(at);
        let (Some(calendar), Some(me)) = (tab.calendar.as_ref(), tab.me.as_ref()) else { return };
        let behind = |id: &CommandId| {
            let seen = self.record.seen.get(id).filter(|seen| seen.outcome.is_applied());
            let mut shown = calendar.marks.iter().chain(&me.marks);
            seen.is_some_and(|seen| shown.any(|(slice, mark)| seen.marks.get(slice) > Some(mark)))
        };
        let answered = tab.outbox.entries.iter().filter(|entry| matches!(entry.state, EntryState::Answered { .. }));
        let ahead: Vec<CommandId> = answered.map(|entry| entry.id()).filter(behind).collect();
        if ahead.is_empty() {
            return;
        }
        let shown: Marks = calendar.marks.iter().chain(&me.marks).map(|(slice, mark)| (slice.clone(), *mark)).collect();
        let laid: Vec<CommandId> = tab.outbox.laid_over(&shown).map(|entry| entry.id()).collect();
        if let Some(id) = ahead.into_iter().find(|id| !laid.contains(id)) {
            self.expect(false, || format!("{id} is applied, and no longer shown"));
        }
    }

    /// First in, first out: what is sent follows the order in which it was made, and overtakes only
    /// what is held or paused, with what rests on it.
    pub fn expect_in_order(&mut self, at: Place, batch: &[Parcel]) {
        let Some(outbox) = self.tab(at).member.and_then(|member| self.devices[at.device].storage.outboxes.get(&member)) else {
            return;
        };
        let last = outbox.entries.iter().rposition(|entry| batch.iter().any(|parcel| parcel.id == entry.id()));
        let (mut held_back, mut sent) = (Vec::new(), Vec::new());
        for entry in outbox.entries.iter().take(last.map_or(0, |last| last + 1)).filter(|entry| entry.state.is_waiting()) {
            let rests = entry.parcel.depends_on.iter().any(|id| held_back.contains(id));
            if rests || matches!(entry.state, EntryState::Held { .. } | EntryState::Paused) {
                held_back.push(entry.id());
            } else {
                sent.push(entry.id());
            }
        }
        if !batch.iter().map(|parcel| parcel.id).eq(sent.iter().copied()) {
            self.expect(false, || format!("{sent:?} are due, and sent are {batch:?}"));
        }
    }

    /// What the server is about to run: its member's own, as it was written, never let go before it
    /// was sent, and not before what it rests on.
    pub fn expect_rightly_sent(&mut self, sender: MemberId, wire: &Value) {
        let id = id_of(wire);
        if self.is_stranger {
            return;
        }
        let Some(made) = self.record.made.get(&id).cloned() else {
            return self.expect(false, || format!("{id} reaches the server, and nobody made it"));
        };
        self.expect(made.member == sender, || format!("{id} of {} runs as {}'s", name(made.member), name(sender)));
        self.expect(!made.fate.is_unsent(), || format!("{id} reaches the server, and was {:?}", made.fate));
        self.expect(says_all(&made.wire, wire), || format!("{id} was written as {}, and is sent as {wire}", made.wire));
        if self.record.seen.contains_key(&id) {
            return;
        }
        for earlier in &made.rests_on {
            let wanted = self.record.made.get(earlier).is_some_and(|made| made.fate == Fate::Wanted);
            let first = self.record.seen.contains_key(earlier);
            self.expect(!wanted || first, || format!("{id} reaches the server before {earlier}, on which it rests"));
        }
    }

    /// What was applied rests on nothing that was refused.
    pub fn expect_rests_on_nothing_refused(&mut self, id: CommandId) {
        let Some(made) = self.record.made.get(&id).cloned() else { return };
        for earlier in &made.rests_on {
            let wanted = self.record.made.get(earlier).is_some_and(|made| made.fate == Fate::Wanted);
            let refused = self.record.seen.get(earlier).is_some_and(|seen| seen.kept && !seen.outcome.is_applied());
            self.expect(!wanted || !refused, || format!("{id} is applied, and rests on {earlier}, which was refused"));
        }
    }
}

/// Whether nothing of what was written is missing; what an act rests on may become less.
fn says_all(written: &Value, sent: &Value) -> bool {
    match (written, sent) {
        (Value::Object(written), Value::Object(sent)) => written
            .iter()
            .filter(|(field, _)| *field != "depends_on")
            .all(|(field, value)| sent.get(field).is_some_and(|sent| says_all(value, sent))),
        _ => written == sent,
    }
}
