//! Acts leave a tab, and their answers come: the device's side of at most once.

use domain::id::CommandId;
use domain::outbox::{EntryState, Outbox, Parcel, Setback};
use domain::outcome::Outcome;

use super::World;
use super::bugs::Bug;
use super::device::{Place, Sending};
use super::network::{Answer, Body, Packet, Request, Said};

impl World {
    /// Sends what is due, if no other tab does.
    pub fn pump(&mut self, at: Place) {
        let device = &mut self.devices[at.device];
        let tab = &device.tabs[at.tab];
        let Some(member) = tab.member else { return };
        let life = tab.life;
        if tab.sending.is_some() || tab.signed_out || *device.locks.entry(member).or_insert(life) != life {
            return;
        }
        // Whatever a tab that is gone was sending is nobody's any more: this tab has the lock.
        self.change(at, Outbox::unanswered);
        let fresh = self.dice.uuid(self.now);
        let (now, bug) = (self.now_at(at), self.bug);
        let batch = self.change(at, |outbox| {
            outbox.release(now, false);
            let batch = batch(outbox, now, bug, CommandId(fresh));
            let ids: Vec<CommandId> = batch.iter().map(|parcel| parcel.id).collect();
            outbox.mark_sending(&ids);
            if bug == Some(Bug::ClearedBeforeTheAnswer) {
                outbox.entries.retain(|entry| entry.state != EntryState::Sending);
            }
            batch
        });
        let batch = batch.unwrap_or_default();
        if batch.is_empty() {
            return self.unlock(at);
        }
        self.expect_in_order(at, &batch);
        let (id, cookie) = (self.number(), self.devices[at.device].cookie);
        let commands = batch.iter().map(|parcel| serde_json::to_value(parcel).expect("a parcel is JSON")).collect();
        let request = Request { id, from: at, life, cookie, member, body: Body::Commands(commands) };
        let ids = batch.iter().map(|parcel| parcel.id).collect();
        let who = self.who(at);
        self.say(|| format!("{who} sends {} acts in request {id}", batch.len()));
        self.tab_mut(at).sending = Some(Sending { request: id, ids, unposted: Some(request) });
    }

    fn unlock(&mut self, at: Place) {
        let device = &mut self.devices[at.device];
        let life = device.tabs[at.tab].life;
        device.locks.retain(|_, holder| *holder != life);
    }

    /// What is marked as being sent is handed to the network.
    pub fn post(&mut self, at: Place) {
        let sending = self.tab_mut(at).sending.as_mut();
        if let Some(request) = sending.and_then(|sending| sending.unposted.take()) {
            self.network.push(Packet::Request(request));
        }
    }

    /// The page is hidden: what is held is sent at once.
    pub fn hide(&mut self, at: Place) {
        let now = self.now_at(at);
        self.change(at, |outbox| {
            outbox.release(now, true);
            outbox.pace.wake();
        });
        self.pump(at);
        self.post(at);
    }

    /// No answer in time.
    pub fn lose_patience(&mut self, at: Place) {
        let Some(sending) = self.tab_mut(at).sending.take() else { return };
        self.set_back(at, &sending.ids, Setback::NotReached);
        self.unlock(at);
    }

    fn set_back(&mut self, at: Place, ids: &[CommandId], setback: Setback) {
        let (now, jitter) = (self.now_at(at), self.dice.below(101) as f64 / 100.0);
        self.record.count(
            "setback",
            match setback {
                Setback::NotReached => "not reached",
                Setback::TooMany { .. } => "too many",
                Setback::Unwell => "unwell",
                Setback::Rejected => "rejected",
            },
        );
        self.change(at, |outbox| outbox.set_back(ids, setback, now, jitter));
    }

    /// An answer arrives where it was asked for; a page that is gone, or has stopped waiting, does
    /// not hear it.
    pub fn hear_answer(&mut self, answer: Answer) {
        let at = answer.to;
        let device = &mut self.devices[at.device];
        let Some(tab) = device.tabs.get_mut(at.tab).filter(|tab| tab.life == answer.life) else { return };
        let is_of_acts = tab.sending.as_ref().is_some_and(|sending| sending.request == answer.request);
        if !is_of_acts && !tab.fetching.contains(&answer.request) {
            return;
        }
        if let Some(server_time) = answer.server_time {
            tab.ahead_ms = (server_time - self.now).num_milliseconds() - device.skew_ms;
            device.storage.ahead_ms = tab.ahead_ms;
        }
        tab.fetching.retain(|asked| *asked != answer.request);
        let sending = if is_of_acts { tab.sending.take() } else { None };
        match (answer.said, sending) {
            (Said::Outcomes(answers), Some(_)) => self.take_answers(at, answers),
            (Said::Trouble(setback), Some(sending)) => self.set_back(at, &sending.ids, setback),
            (said, sending) => {
                if sending.is_some() {
                    self.change(at, Outbox::unanswered);
                }
                self.take_news(at, said);
            }
        }
        if is_of_acts {
            self.unlock(at);
        }
    }

    fn take_answers(&mut self, at: Place, answers: Vec<domain::outcome::Answer>) {
        let (now, bug) = (self.now_at(at), self.bug);
        self.change(at, |outbox| {
            for answer in answers {
                let refused = matches!(answer.outcome, Outcome::Refused { .. });
                if refused && bug == Some(Bug::RefusalBlocksTheQueue) {
                    break;
                }
                outbox.answer(answer.id, answer.outcome, answer.marks, now);
            }
            outbox.unanswered();
        });
    }

    /// What an answer says of the session, or of a slice.
    fn take_news(&mut self, at: Place, said: Said) {
        let Some(member) = self.tab(at).member else { return };
        match said {
            Said::New(snapshot) => self.tab_mut(at).fetched.push(snapshot),
            Said::Unchanged => self.hear(at),
            // Signed out, or in as somebody else since: reading goes on, acts wait for their member.
            Said::Expired | Said::OtherMember => self.tab_mut(at).signed_out = true,
            Said::Revoked => {
                self.record.count("session", "revoked");
                self.forget(at, member);
            }
            Said::Outcomes(_) | Said::Trouble(_) => {}
        }
    }
}

/// What goes next, or what a mistake would make of it.
fn batch(outbox: &mut Outbox, now: domain::time::Instant, bug: Option<Bug>, fresh: CommandId) -> Vec<Parcel> {
    match bug {
        Some(Bug::FreshIdAtResend) => {
            let again = |entry: &&mut domain::outbox::Entry| entry.attempts > 0 && entry.state == EntryState::ToSend;
            if let Some(entry) = outbox.entries.iter_mut().find(again) {
                entry.parcel.id = fresh;
            }
            outbox.next_batch(now)
        }
        Some(Bug::DependantFirst) => {
            let to_send = outbox.entries.iter().filter(|entry| entry.state == EntryState::ToSend);
            to_send.map(|entry| entry.parcel.clone()).rev().collect()
        }
        Some(Bug::RefusalBlocksTheQueue) => {
            // The refused one stays at the head, and the queue behind it.
            let mut batch = outbox.next_batch(now);
            batch.truncate(1);
            batch
        }
        _ => outbox.next_batch(now),
    }
}
