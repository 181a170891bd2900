//! What happens to several at once, or from outside.

use domain::outbox::Setback;

use super::World;
use super::commit::id_of;
use super::device::Place;
use super::network::{Packet, Said};

impl World {
    /// The network works for a while, and this tab has what there is; where the session is over, its
    /// member signs in again.
    pub fn good_moment(&mut self, at: Place) {
        if let Some(member) = self.tab(at).member.filter(|_| self.tab(at).signed_out) {
            self.sign_in(at, member);
        }
        if !self.server.down {
            self.pump(at);
            self.post(at);
            self.calm();
            self.read_both(at);
        }
    }

    /// Everybody acts, and everything reaches the server at once.
    pub fn rush(&mut self) {
        for at in self.places() {
            if let Some(command) = self.any_act(at) {
                self.make(at, command);
            }
            self.hide(at);
        }
        for packet in (0..self.network.len()).rev() {
            if matches!(self.network[packet], Packet::Request(_)) {
                self.deliver(packet);
            }
        }
        // Each is begun before the first commits.
        for _ in 0..self.server.working.len() * 3 {
            let work = self.dice.below(self.server.working.len());
            self.work(work);
            if self.dice.percent(2) {
                self.crash();
            }
            if self.server.working.is_empty() {
                return;
            }
        }
    }

    /// One packet arrives, whichever was sent first.
    pub fn deliver(&mut self, packet: usize) {
        if packet >= self.network.len() {
            return;
        }
        match self.network.swap_remove(packet) {
            Packet::Request(request) => self.receive(request),
            Packet::Answer(answer) => self.hear_answer(answer),
        }
    }

    /// Something in between answers a request; it may have reached the server all the same.
    pub fn answer_instead(&mut self, packet: usize, setback: Setback) {
        let Some(Packet::Request(request)) = self.network.get(packet).cloned() else { return };
        self.reply(&request, Said::Trouble(setback));
        if self.dice.percent(70) {
            self.network.swap_remove(packet);
        }
    }

    /// One in forty acts makes the server answer 500 or 400 to whatever request holds it.
    pub fn maybe_poison(&mut self, at: Place) {
        if !self.dice.percent(3) {
            return;
        }
        if let Some(id) = self.tab(at).outbox.entries.last().map(|entry| entry.id()) {
            let setback = if self.dice.percent(50) { Setback::Unwell } else { Setback::Rejected };
            self.poison.insert(id, setback);
        }
    }

    /// Somebody sends a command under an id that was used already.
    pub fn stranger(&mut self) {
        let used: Vec<_> = self.record.seen.values().filter(|seen| seen.kept).map(|seen| seen.wire.clone()).collect();
        let Some(mut wire) = self.dice.pick(&used) else { return };
        let owner = self.record.made.get(&id_of(&wire)).map(|made| made.member);
        let people = self.server.people();
        let Some(sender) = self.dice.pick(&people) else { return };
        if Some(sender) == owner {
            wire["kind"] = "take_seat".into();
            wire["seat"] = "00000000-0000-0000-0000-000000000000~0".into();
        }
        if Some(wire.clone()) != self.record.seen.get(&id_of(&wire)).map(|seen| seen.wire.clone()) || Some(sender) != owner {
            let begun = self.begin();
            self.is_stranger = true;
            self.perform(sender, &wire, begun);
            self.is_stranger = false;
        }
    }
}
