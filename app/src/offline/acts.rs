//! Acts: into the outbox first, then to the server; each takes effect once or comes back with a
//! reason.

use domain::command::Command;
use domain::id::CommandId;
use domain::outbox::{Entry, EntryState, Outbox};
use domain::outcome::Outcome;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::store::{Reach, Store};
use super::wire::{self, Trouble};
use super::{clock, db};

#[derive(Clone, Copy)]
pub struct Acts {
    store: Store,
    pub outbox: RwSignal<Outbox>,
    /// The act whose answer is shown: the last one that was answered.
    pub answered: RwSignal<Option<CommandId>>,
    sending: RwSignal<bool>,
}

impl Acts {
    pub fn new(store: Store) -> Acts {
        Acts { store, outbox: RwSignal::new(Outbox::default()), answered: RwSignal::new(None), sending: RwSignal::new(false) }
    }

    pub fn expect() -> Acts {
        expect_context::<Acts>()
    }

    /// Reads the acts that an earlier visit left.
    pub async fn start(self) {
        let Some(member) = self.store.member.get_untracked() else { return };
        if let Some(mut kept) = db::get::<Outbox>(&db::outbox_of(&member), "outbox").await {
            kept.unanswered();
            kept.prune(clock::now());
            self.outbox.update(|outbox| {
                let begun = std::mem::take(&mut outbox.entries);
                kept.entries.extend(begun);
                *outbox = kept;
            });
        }
        self.pump().await;
        self.pump_when_held_is_due();
    }

    /// Acts that an earlier visit left held go when the time to call them back is over.
    fn pump_when_held_is_due(self) {
        let held = |entry: &Entry| match entry.state {
            EntryState::Held { until } => Some(until),
            _ => None,
        };
        let last = self.outbox.with_untracked(|outbox| outbox.entries.iter().filter_map(held).max());
        let Some(until) = last else { return };
        let wait = u32::try_from((until - clock::now()).num_milliseconds().max(0)).unwrap_or(0);
        spawn_local(async move {
            gloo_timers::future::TimeoutFuture::new(wait.saturating_add(50)).await;
            self.pump().await;
        });
    }

    /// Takes an act of the member: kept on the device, then sent, or held with « Annuler ».
    pub fn act(self, command: Command, intent: String) -> CommandId {
        let id = clock::command_id();
        let held = command.gives_away();
        self.outbox.update(|outbox| outbox.enqueue(id, command, intent, clock::now()));
        spawn_local(async move {
            self.keep().await;
            if held {
                let wait = u32::try_from(domain::outbox::HELD_S).unwrap_or(15) * 1000;
                gloo_timers::future::TimeoutFuture::new(wait + 50).await;
            }
            self.pump().await;
        });
        id
    }

    /// « Annuler »
    pub fn take_back(self, id: CommandId) {
        self.outbox.update(|outbox| {
            outbox.take_back(id);
        });
        spawn_local(async move { self.keep().await });
    }

    /// The page is being left: what was held is sent at once.
    pub fn send_all_now(self) {
        self.outbox.update(|outbox| outbox.release(clock::now(), true));
        spawn_local(async move { self.pump().await });
    }

    pub fn entry(&self, id: CommandId) -> Option<Entry> {
        self.outbox.with(|outbox| outbox.entries.iter().find(|entry| entry.envelope.id == id).cloned())
    }

    /// Whether an act like this one is on its way.
    pub fn is_pending(&self, wanted: &Command) -> bool {
        self.outbox.with(|outbox| {
            outbox
                .entries
                .iter()
                .any(|entry| entry.envelope.command == *wanted && !matches!(entry.state, EntryState::Answered { .. }))
        })
    }

    async fn keep(self) {
        let Some(member) = self.store.member.get_untracked() else { return };
        let outbox = self.outbox.get_untracked();
        db::put(&db::outbox_of(&member), "outbox", &outbox).await;
    }

    /// Sends what is due, in order, until nothing is left or the server cannot be reached.
    pub async fn pump(self) {
        if self.sending.get_untracked() {
            return;
        }
        self.sending.set(true);
        while self.send_batch().await {}
        self.sending.set(false);
    }

    async fn send_batch(self) -> bool {
        let Some(member) = self.store.member.get_untracked() else { return false };
        self.outbox.update(|outbox| outbox.release(clock::now(), false));
        let batch = self.outbox.with_untracked(Outbox::next_batch);
        if batch.is_empty() {
            return false;
        }
        let ids: Vec<CommandId> = batch.iter().map(|envelope| envelope.id).collect();
        self.outbox.update(|outbox| outbox.mark_sending(&ids));
        self.keep().await;
        match wire::commands(&batch, &member).await {
            Ok(answers) => {
                let at = clock::now();
                let went_on = !answers.is_empty();
                let last = answers.last().map(|answer| answer.id);
                self.outbox.update(|outbox| {
                    for answer in answers {
                        outbox.answer(answer.id, answer.outcome, answer.marks, at);
                    }
                    outbox.unanswered();
                });
                self.keep().await;
                self.store.reached();
                self.store.refresh("me").await;
                self.store.refresh("calendar").await;
                if last.is_some() {
                    self.answered.set(last);
                }
                went_on
            }
            Err(trouble) => {
                self.outbox.update(Outbox::unanswered);
                if trouble == Trouble::Rejected {
                    leptos::logging::error!("the server does not take these acts");
                }
                self.store.met(trouble).await;
                self.keep().await;
                false
            }
        }
    }

    /// An explicit goodbye: the acts of this member leave this device.
    pub async fn forget(self) {
        if let Some(member) = self.store.member.get_untracked() {
            self.outbox.set(Outbox::default());
            db::delete(&db::outbox_of(&member)).await;
        }
    }

    /// Whether acts wait because the server cannot be reached.
    pub fn stuck(&self) -> usize {
        match self.store.reach.get() {
            Reach::Online | Reach::Unknown => 0,
            Reach::Offline { .. } | Reach::SignedOut => self.outbox.with(Outbox::waiting),
        }
    }

    /// The answer to show, with the act it belongs to.
    pub fn shown(&self) -> Option<(Entry, Outcome)> {
        let entry = self.entry(self.answered.get()?)?;
        match &entry.state {
            EntryState::Answered { outcome, .. } => {
                let outcome = outcome.clone();
                Some((entry, outcome))
            }
            _ => None,
        }
    }
}
