//! What a member does with their acts on the device: makes them, takes them back, lets them go;
//! and what another build of the app left there.

use std::collections::BTreeSet;

use domain::command::{Command, SCHEMA};
use domain::id::{CommandId, MemberId};
use domain::outbox::{EntryState, Outbox, depends, replaces};
use serde_json::{Value, json};

use super::World;
use super::bugs::Bug;
use super::device::Place;
use super::record::{Fate, Made};
use super::village::name;

fn ids(outbox: &Outbox) -> BTreeSet<CommandId> {
    outbox.entries.iter().map(|entry| entry.id()).collect()
}

impl World {
    pub fn who(&self, at: Place) -> String {
        format!("{} (phone {}, tab {})", self.tab(at).member.map_or("nobody", name), at.device, at.tab)
    }

    /// Written first, then on the screen.
    pub fn make(&mut self, at: Place, command: Command) {
        let Some(member) = self.tab(at).member else { return };
        let now = self.now_at(at);
        let id = CommandId(self.dice.uuid(now));
        let before = self.devices[at.device].storage.outboxes.get(&member).cloned().unwrap_or_default();
        let waiting = before.entries.iter().filter(|entry| entry.state.is_waiting());
        let rests_on: Vec<CommandId> = waiting
            .filter(|entry| entry.command().is_some_and(|earlier| depends(earlier, &command)))
            .map(|entry| entry.id())
            .collect();
        let who = self.who(at);
        self.say(|| format!("{who} makes {id}: {command:?}"));
        self.record.count(command.kind(), "made");
        if self.bug == Some(Bug::ShownBeforeWritten) && self.dice.percent(30) {
            // The screen has said it; the page dies before it is written.
            self.note_made(at, member, id, json!({}), rests_on);
            return self.start(at);
        }
        self.change(at, |outbox| outbox.enqueue(id, command.clone(), "Ce que je voulais".to_owned(), now));
        let after = &self.devices[at.device].storage.outboxes[&member];
        let wire = after.entries.iter().find(|entry| entry.id() == id).map(|entry| json!(entry.parcel));
        let gone: Vec<CommandId> = ids(&before).difference(&ids(after)).copied().collect();
        for gone in gone {
            let entry = before.entries.iter().find(|entry| entry.id() == gone);
            let may_go = entry.is_some_and(|entry| {
                entry.attempts == 0
                    && entry.state.is_waiting()
                    && entry.command().is_some_and(|earlier| replaces(&command, earlier))
                    && !before.entries.iter().any(|other| other.parcel.depends_on.contains(&gone))
            });
            if may_go {
                self.record.count("outbox", "replaced");
                self.record.lets_go(gone, Fate::Replaced);
            }
        }
        self.note_made(at, member, id, wire.unwrap_or_default(), rests_on);
    }

    fn note_made(&mut self, at: Place, member: MemberId, id: CommandId, wire: Value, rests_on: Vec<CommandId>) {
        let made = Made { device: at.device, member, wire, rests_on, fate: Fate::Wanted };
        self.record.made.insert(id, made);
        self.record.keeps(at.device, member).insert(id);
    }

    /// « Annuler », on what the tab shows as held: another tab may have sent it since.
    pub fn take_back(&mut self, at: Place) -> bool {
        let held = self.tab(at).outbox.entries.iter().filter(|entry| matches!(entry.state, EntryState::Held { .. }));
        let Some(id) = self.dice.pick(&held.map(|entry| entry.id()).collect::<Vec<_>>()) else { return false };
        match self.change(at, |outbox| outbox.take_back(id)).flatten() {
            Some(_) => {
                self.record.count("outbox", "taken back");
                let who = self.who(at);
                self.say(|| format!("{who} takes {id} back"));
                self.record.lets_go(id, Fate::TakenBack);
            }
            None => self.record.count("outbox", "too late to take back"),
        }
        true
    }

    /// « Abandonner »
    pub fn give_up(&mut self, at: Place) -> bool {
        let entries = &self.tab(at).outbox.entries;
        let waiting = entries.iter().filter(|entry| entry.state.is_waiting());
        let mut ids: Vec<CommandId> = waiting.clone().map(|entry| entry.id()).collect();
        // What others rest on is the more interesting to be without.
        ids.extend(waiting.flat_map(|entry| entry.parcel.depends_on.iter().flat_map(|id| [*id; 3])));
        let Some(id) = self.dice.pick(&ids) else { return false };
        self.give_up_this(at, id);
        true
    }

    pub fn give_up_this(&mut self, at: Place, id: CommandId) {
        let now = self.now_at(at);
        let sent = self.change(at, |outbox| {
            let sent = outbox.entries.iter().any(|entry| entry.id() == id && entry.attempts > 0);
            outbox.give_up(id, now).then_some(sent)
        });
        if let Some(sent) = sent.flatten() {
            self.record.count("outbox", "given up");
            let who = self.who(at);
            self.say(|| format!("{who} gives {id} up"));
            if let Some(made) = self.record.made.get_mut(&id) {
                made.fate = Fate::GivenUp { sent };
            }
        }
    }

    /// « Réessayer »
    pub fn try_again(&mut self, at: Place) -> bool {
        let paused = self.tab(at).outbox.entries.iter().filter(|entry| entry.state == EntryState::Paused);
        let Some(id) = self.dice.pick(&paused.map(|entry| entry.id()).collect::<Vec<_>>()) else { return false };
        self.change(at, |outbox| outbox.try_again(id));
        self.record.count("outbox", "tried again");
        true
    }

    /// The app was updated: this build reads what another one wrote, and finds acts that it does
    /// not know, or knows by other fields.
    pub fn update(&mut self, device: usize) {
        let members: Vec<MemberId> = self.devices[device].storage.outboxes.keys().copied().collect();
        for member in members {
            let outbox = &self.devices[device].storage.outboxes[&member];
            let mut stored = serde_json::to_value(outbox).expect("an outbox is JSON");
            if self.dice.percent(20)
                && let Some((id, parcel)) = self.of_another_build(member)
            {
                let entry = json!({
                    "parcel": parcel, "created_at": self.now, "intent": "Danser", "attempts": 0, "state": {"is": "to_send"}
                });
                stored["entries"].as_array_mut().expect("a list").push(entry);
                let at = Place { device, tab: 0 };
                self.note_made(at, member, id, parcel, Vec::new());
                self.record.count("outbox", "of another build");
            }
            let read = serde_json::from_value(stored);
            self.expect(read.is_ok(), || format!("an outbox cannot be read again: {read:?}"));
            let device = &mut self.devices[device];
            device.storage.outboxes.insert(member, read.unwrap_or_default());
            device.stirred = true;
        }
    }

    fn of_another_build(&mut self, member: MemberId) -> Option<(CommandId, Value)> {
        let id = CommandId(self.dice.uuid(self.now));
        let rows = self.server.inbox.get(&member).cloned().unwrap_or_default();
        let notice = self.dice.pick(&rows)?.id;
        let parcel = match self.dice.below(4) {
            0 => json!({"id": id, "schema": SCHEMA, "kind": "dance", "with": [1, 2]}),
            1 => json!({"id": id, "schema": SCHEMA + 1, "kind": "mark_seen", "notice": notice}),
            2 => json!({"id": id, "schema": 0, "kind": "mark_seen", "notice": notice}),
            _ => json!({"id": id, "schema": SCHEMA, "kind": "mark_seen", "notice": notice, "mood": {"happy": true}}),
        };
        Some((id, parcel))
    }
}
