//! The dust settles: the network is good, everybody signs in again, everything is sent and read.

use chrono::Duration;
use domain::id::{CommandId, MemberId};
use domain::outbox::EntryState;
use domain::overlay::laid_over;

use super::World;
use super::device::Place;
use super::network::Slice;
use super::village::name;

/// Rounds of twenty seconds in which everything must be sent: the longest wait that a busy server
/// may ask for, then four requests for each act of a long queue whose last one is poison.
const PATIENCE: usize = 150;

impl World {
    pub fn settle(&mut self) {
        self.say(|| "the dust settles".to_owned());
        self.server.down = false;
        self.calm();
        // What got no answer by now gets none.
        for at in self.places() {
            self.lose_patience(at);
        }
        self.everybody("sends", |world, at| world.drain(at));
        self.everybody("has nothing waiting but what is stuck", |world, at| world.expect_only_stuck(at));
        self.poison.clear();
        self.everybody("tries again, or lets go", |world, at| {
            world.decide_on_stuck(at);
            world.drain(at);
            world.expect_nothing_waiting(at);
        });
        self.expire();
        self.everybody("reads", |world, at| {
            world.read_both(at);
            world.expect_what_the_server_holds(at);
        });
        self.expect_one_outcome_each();
    }

    /// Each member with acts on a phone, or signed in there, takes it in turn.
    fn everybody(&mut self, what: &str, act: impl Fn(&mut World, Place)) {
        for device in 0..self.devices.len() {
            let storage = &self.devices[device].storage;
            let mut members: Vec<MemberId> = storage.outboxes.keys().chain(&storage.last).copied().collect();
            members.sort_unstable();
            members.dedup();
            for member in members {
                if self.broken.is_some() {
                    return;
                }
                let at = Place { device, tab: 0 };
                self.say(|| format!("{} {what} on phone {device}", name(member)));
                self.sign_in(at, member);
                act(self, at);
                self.look();
            }
        }
    }

    /// Everything on its way arrives.
    pub fn calm(&mut self) {
        while !self.network.is_empty() || !self.server.working.is_empty() {
            while !self.network.is_empty() {
                self.deliver(0);
            }
            while !self.server.working.is_empty() {
                self.work(0);
            }
        }
    }

    /// Both slices, asked for and shown.
    pub fn read_both(&mut self, at: Place) {
        for slice in [Slice::Me, Slice::Calendar] {
            self.fetch(at, slice);
            self.calm();
            self.keep(at);
            self.hear(at);
        }
    }

    fn drain(&mut self, at: Place) {
        for _ in 0..PATIENCE {
            self.pump(at);
            self.post(at);
            self.calm();
            self.look();
            if self.broken.is_some() || self.stuck(at).len() == self.waiting(at).len() {
                return;
            }
            self.pass(Duration::seconds(20));
        }
    }

    fn waiting(&self, at: Place) -> Vec<CommandId> {
        let entries = self.tab(at).outbox.entries.iter();
        entries.filter(|entry| entry.state.is_waiting()).map(|entry| entry.id()).collect()
    }

    /// What is paused, and what rests on it.
    fn stuck(&self, at: Place) -> Vec<CommandId> {
        let mut stuck = Vec::new();
        for entry in self.tab(at).outbox.entries.iter().filter(|entry| entry.state.is_waiting()) {
            if entry.state == EntryState::Paused || entry.parcel.depends_on.iter().any(|id| stuck.contains(id)) {
                stuck.push(entry.id());
            }
        }
        stuck
    }

    fn expect_only_stuck(&mut self, at: Place) {
        let (waiting, stuck) = (self.waiting(at), self.stuck(at));
        self.expect(waiting == stuck, || format!("{waiting:?} wait, and only {stuck:?} are stuck"));
    }

    fn expect_nothing_waiting(&mut self, at: Place) {
        let waiting = self.waiting(at);
        self.expect(waiting.is_empty(), || format!("{waiting:?} are never sent"));
    }

    fn decide_on_stuck(&mut self, at: Place) {
        let paused = |entry: &&domain::outbox::Entry| entry.state == EntryState::Paused;
        let paused: Vec<CommandId> = self.tab(at).outbox.entries.iter().filter(paused).map(|entry| entry.id()).collect();
        for id in paused {
            self.record.count("outbox", "was stuck");
            if self.dice.percent(50) {
                self.change(at, |outbox| outbox.try_again(id));
            } else {
                self.give_up_this(at, id);
            }
        }
    }

    /// Nothing is laid over the snapshots any more, and they are what the server holds.
    fn expect_what_the_server_holds(&mut self, at: Place) {
        let now = self.now;
        let tab = self.tab(at);
        let (Some(member), Some(calendar), Some(me)) = (tab.member, tab.calendar.clone(), tab.me.clone()) else {
            return self.expect(false, || "a page shows nothing".to_owned());
        };
        let laid = laid_over(&calendar, &me, &tab.outbox, now).is_some();
        self.expect(!laid, || format!("acts of {} are still laid over", name(member)));
        let (real_calendar, real_me) = self.both_of(member, now);
        let shown = (&calendar.marks, &calendar.shifts, &calendar.offers, &calendar.people);
        let real = (&real_calendar.marks, &real_calendar.shifts, &real_calendar.offers, &real_calendar.people);
        self.expect(shown == real, || format!("{} sees the calendar {shown:?}, and it is {real:?}", name(member)));
        let shown = (&me.marks, &me.offers, &me.offered_to_me, &me.proposals, &me.loops, &me.inbox, &me.ledger);
        let real = (
            &real_me.marks,
            &real_me.offers,
            &real_me.offered_to_me,
            &real_me.proposals,
            &real_me.loops,
            &real_me.inbox,
            &real_me.ledger,
        );
        self.expect(shown == real, || format!("{} sees of their own {shown:?}, and it is {real:?}", name(member)));
    }

    /// Whatever was made, and not let go before it was sent, has its one outcome.
    fn expect_one_outcome_each(&mut self) {
        let made: Vec<_> = self.record.made.iter().map(|(id, made)| (*id, made.fate)).collect();
        for (id, fate) in made {
            let seen = self.record.seen.contains_key(&id);
            if fate == super::record::Fate::Wanted {
                self.expect(seen, || format!("{id} was made, and never reached the server"));
            }
        }
    }
}
