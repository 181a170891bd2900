//! Acts: into the outbox first, then on the screen, then to the server; each takes effect once or
//! comes back with a reason.

use std::cell::RefCell;
use std::rc::Rc;

use domain::command::Command;
use domain::id::CommandId;
use domain::outbox::{Entry, EntryState, Outbox};
use domain::outcome::Outcome;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Unread;
use super::store::{Store, leave_to};
use super::{clock, db, desk, device, photos, shop, tabs, wire};

/// Said to the other tabs when the member signs out in one of them.
const LEFT: &str = "left";

#[derive(Clone, Copy)]
pub struct Acts {
    store: Store,
    pub outbox: RwSignal<Outbox>,
    /// The act of this page whose answer is shown: the last one that was answered.
    pub answered: RwSignal<Option<CommandId>>,
    /// This device keeps nothing: acts are in this page alone until they are sent.
    pub unkept: RwSignal<bool>,
    /// This tab is sending, or waits for its turn; and whether there is more since.
    pumping: RwSignal<bool>,
    again: RwSignal<bool>,
    /// How often the network was said to be back.
    woken: RwSignal<u32>,
}

impl Acts {
    pub fn new(store: Store) -> Acts {
        Acts {
            store,
            outbox: store.outbox,
            answered: RwSignal::new(None),
            unkept: RwSignal::new(false),
            pumping: RwSignal::new(false),
            again: RwSignal::new(false),
            woken: RwSignal::new(0),
        }
    }

    pub fn expect() -> Acts {
        expect_context::<Acts>()
    }

    /// Reads the acts that an earlier visit left, and hears of those of other tabs.
    pub async fn open(self) {
        let Some(member) = self.store.member.get_untracked() else { return };
        let heard = move |word: String| {
            spawn_local(async move {
                match word.as_str() {
                    "outbox" => {
                        let _ = self.read_again().await;
                    }
                    LEFT => self.left_elsewhere().await,
                    slice => self.store.read_again(slice).await,
                }
            });
        };
        tabs::listen(&format!("alpar-{member}"), heard);
        self.keep_begun().await;
    }

    /// What was tapped before the device had answered goes behind what it keeps.
    async fn keep_begun(self) {
        let begun = self.outbox.get_untracked().entries;
        if begun.is_empty() {
            return;
        }
        self.change(move |outbox| {
            outbox.prune(clock::now());
            outbox.adopt(&begun);
        })
        .await;
    }

    /// Changes the outbox where it is kept, then shows it; the other tabs read it again.
    async fn change(self, change: impl Fn(&mut Outbox) + 'static) {
        self.change_by(&change).await;
    }

    /// Compiled once, whatever the change.
    async fn change_by(self, change: &dyn Fn(&mut Outbox)) {
        let Some(member) = self.store.member.get_untracked() else {
            self.outbox.update(|outbox| change(outbox));
            return;
        };
        // What this page alone holds is kept with the rest, as soon as there is room.
        let is_alone = self.unkept.get_untracked() || self.store.unread.get_untracked();
        let alone = if is_alone { self.outbox.get_untracked().entries } else { Vec::new() };
        let change: &dyn Fn(&mut Outbox) = &|outbox| {
            outbox.adopt(&alone);
            change(outbox);
        };
        match self.keep(&member, change).await {
            Ok(outbox) => {
                self.unkept.set(false);
                self.store.unread.set(false);
                self.outbox.set(outbox);
                tabs::tell("outbox");
            }
            Err(_) => {
                self.unkept.set(true);
                self.outbox.update(|outbox| change(outbox));
            }
        }
    }

    async fn keep(self, member: &str, change: &dyn Fn(&mut Outbox)) -> Result<Outbox, db::Refused> {
        // Where it does not come, this page has it alone, and keeps it with the next act that finds it.
        let desk = desk::come().await.ok_or(db::Refused::Broken)?;
        let name = db::outbox_of(member);
        // A device that was emptied under this page has none of it any more: what is shown here is all there is.
        let first: &dyn Fn() -> Outbox = &|| self.outbox.get_untracked();
        let mut kept = db::update_by(&name, "outbox", desk.read, desk.write, first, change).await;
        for own in [false, true] {
            if matches!(kept, Err(db::Refused::Full)) {
                // Whatever can be fetched again makes room for what cannot.
                self.store.make_room(own).await;
                kept = db::update_by(&name, "outbox", desk.read, desk.write, first, change).await;
            }
        }
        kept
    }

    /// Reads what the device keeps, or says why that is not known.
    async fn read_again(self) -> Result<(), Unread> {
        let Some(member) = self.store.member.get_untracked() else { return Err(Unread::NotCome) };
        if let Some(mut outbox) = desk::outbox_kept(&member).await? {
            // What this page alone holds is not lost for that.
            if self.unkept.get_untracked() || self.store.unread.get_untracked() {
                self.outbox.with_untracked(|alone| outbox.adopt(&alone.entries));
            }
            let news = self.outbox.with_untracked(|before| newly_answered(before, &outbox));
            self.outbox.set(outbox);
            if news.is_some() {
                self.answered.set(news);
            }
        }
        self.store.unread.set(false);
        Ok(())
    }

    /// Whether anything may be sent. Where it is not known what the device keeps, it is asked again; a device that gives nothing
    /// back leaves what this page has.
    async fn may_send(self) -> bool {
        if !self.store.unread.get_untracked() {
            return true;
        }
        match self.read_again().await {
            Ok(()) => {
                self.keep_begun().await;
                true
            }
            Err(Unread::Refused) => true,
            Err(Unread::NotCome) => false,
        }
    }

    /// No photo is thrown away for want of the act that names it.
    async fn send_photos(self) {
        if !self.store.unread.get_untracked() {
            photos::send(self).await;
        }
    }

    /// The device was asked what it keeps of acts, and that is not known. Follows that.
    pub fn are_unread(&self) -> bool {
        self.store.opened.get() && self.store.unread.get() && self.store.member.with(Option::is_some)
    }

    /// Asks the device anew what it keeps: whether all of it is known, and nothing of it was put aside.
    pub async fn are_known(self) -> bool {
        let Some(member) = self.member() else { return true };
        if self.read_again().await.is_err() {
            return false;
        }
        let aside = ["outbox", "photos", "drafts"].map(|key| format!("{key}{}", db::ASIDE));
        db::texts(&db::outbox_of(&member), &aside).await.iter().all(Option::is_none)
    }

    /// Its member has signed out in another tab: nothing of theirs is shown here any more, nor kept anew.
    async fn left_elsewhere(self) {
        let Some(member) = self.store.member.get_untracked() else { return };
        self.store.leaving.set(true);
        self.outbox.set(Outbox::default());
        self.store.forget_of(&member).await;
        leave_to("/connexion");
    }

    /// Takes an act of the member: kept on the device, then sent, or held with « Annuler ».
    pub fn act(self, command: Command, intent: String) -> CommandId {
        let id = clock::command_id();
        spawn_local(async move {
            let enqueue = move |outbox: &mut Outbox| {
                outbox.enqueue(id, command.clone(), intent.clone(), clock::now());
            };
            self.change(enqueue).await;
            device::keep_for_good();
            self.pump().await;
        });
        id
    }

    /// « Annuler »
    pub fn take_back(self, id: CommandId) {
        spawn_local(async move {
            self.change(move |outbox| {
                outbox.take_back(id);
            })
            .await;
        });
    }

    /// « Abandonner »
    pub fn give_up(self, id: CommandId) {
        spawn_local(async move {
            self.change(move |outbox| {
                outbox.give_up(id, clock::now());
            })
            .await;
            self.pump().await;
        });
    }

    /// « Réessayer »
    pub fn try_again(self, id: CommandId) {
        spawn_local(async move {
            self.change(move |outbox| outbox.try_again(id)).await;
            self.pump().await;
        });
    }

    /// « J’ai vu »
    pub fn put_away(self, id: CommandId) {
        if self.answered.get_untracked() == Some(id) {
            self.answered.set(None);
        }
        spawn_local(async move {
            self.change(move |outbox| outbox.put_away(id)).await;
        });
    }

    /// The page is being left: what was held is sent at once. A page that is closed may not come
    /// to the end of anything that waits, so the request leaves first and is kept track of after:
    /// sent twice, an act is done once.
    pub fn send_all_now(self) {
        let Some(member) = self.store.member.get_untracked() else { return };
        let mut leaving = self.outbox.get_untracked();
        if leaving.is_idle() {
            return;
        }
        leaving.release(clock::now(), true);
        leaving.pace.wake();
        let parcels = leaving.not_left_yet(clock::now());
        if !parcels.is_empty()
            && let Some(body) = desk::here_untracked().and_then(|desk| (desk.commands)(&parcels))
        {
            wire::send_and_leave(&body, &member);
        }
        spawn_local(async move {
            self.change(|outbox| {
                outbox.release(clock::now(), true);
                outbox.pace.wake();
            })
            .await;
            self.pump().await;
        });
    }

    /// The network may be back: what waits is tried at once.
    pub async fn wake(self) {
        self.woken.update_untracked(|times| *times = times.wrapping_add(1));
        let woken = self.woken.get_untracked();
        // What failed may have left before the network was back, if that was said once more meanwhile.
        if !self.may_send().await && (self.woken.get_untracked() == woken || !self.may_send().await) {
            return;
        }
        if self.outbox.with_untracked(|outbox| outbox.waiting() > 0) {
            self.change(|outbox| outbox.pace.wake()).await;
            self.pump().await;
        } else {
            self.send_photos().await;
        }
    }

    /// Whose acts they are, as the databases of this device are named.
    pub fn member(&self) -> Option<String> {
        self.store.member.get_untracked()
    }

    pub fn entry(&self, id: CommandId) -> Option<Entry> {
        self.outbox.with(|outbox| outbox.entries.iter().find(|entry| entry.id() == id).cloned())
    }

    /// Whether an act like this one is on its way.
    pub fn is_pending(&self, wanted: &Command) -> bool {
        self.outbox.with(|outbox| outbox.entries.iter().any(|entry| entry.command() == Some(wanted) && entry.state.is_waiting()))
    }

    /// Whether one of these acts is such a one.
    fn is_among(&self, acts: &[CommandId], such: fn(&Command) -> bool) -> bool {
        let is_one = |entry: &Entry| acts.contains(&entry.id()) && entry.command().is_some_and(such);
        self.outbox.with_untracked(|outbox| outbox.entries.iter().any(is_one))
    }

    /// Sends what is due, in order, until nothing is left or the server cannot be reached. One tab
    /// of the device sends at a time.
    pub async fn pump(self) {
        if !self.may_send().await {
            return;
        }
        if self.pumping.get_untracked() {
            self.again.set(true);
            return;
        }
        let Some(member) = self.store.member.get_untracked() else { return };
        if self.outbox.with_untracked(|outbox| outbox.entries.is_empty()) {
            self.send_photos().await;
            return;
        }
        self.pumping.set(true);
        tabs::alone(&format!("alpar-send-{member}"), async move {
            // Whatever a tab that is gone was sending is nobody's any more: this tab has the lock.
            self.change(Outbox::unanswered).await;
            while self.send_batch().await || self.again.get_untracked() {
                self.again.set(false);
            }
        })
        .await;
        self.pumping.set(false);
        self.send_photos().await;
        self.pump_when_due();
    }

    /// Comes back when a held act may leave, or a setback's time is over.
    fn pump_when_due(self) {
        let now = clock::now();
        let due = self.outbox.with_untracked(|outbox| {
            let held = outbox.next_release();
            let later = outbox.pace.not_before.filter(|_| outbox.waiting() > 0);
            held.into_iter().chain(later).filter(|at| *at > now).min()
        });
        let Some(due) = due else { return };
        let wait = u32::try_from((due - now).num_milliseconds().clamp(0, 60_000)).unwrap_or(0);
        spawn_local(async move {
            gloo_timers::future::TimeoutFuture::new(wait + 30).await;
            self.pump().await;
        });
    }

    async fn send_batch(self) -> bool {
        // Before anything is said to be on its way.
        let Some(desk) = desk::come().await else { return false };
        let Some(member) = self.store.member.get_untracked() else { return false };
        if self.outbox.with_untracked(Outbox::is_idle) {
            return false;
        }
        let batch = Rc::new(RefCell::new(Vec::new()));
        let next = batch.clone();
        self.change(move |outbox| {
            outbox.release(clock::now(), false);
            let parcels = outbox.next_batch(clock::now());
            outbox.mark_sending(&parcels.iter().map(|parcel| parcel.id).collect::<Vec<_>>());
            *next.borrow_mut() = parcels;
        })
        .await;
        let batch = batch.take();
        if batch.is_empty() {
            return false;
        }
        let answered = match (desk.commands)(&batch) {
            Some(body) => wire::commands(&body, &member).await,
            None => Err(wire::Trouble::Rejected),
        };
        let answered = answered.and_then(|said| (desk.answers)(&said).ok_or(wire::Trouble::NotReached));
        match answered {
            Ok(answers) => {
                let at = clock::now();
                let last = answers.last().map(|answer| answer.id);
                let answered: Vec<CommandId> = answers.iter().map(|answer| answer.id).collect();
                self.change(move |outbox| {
                    for answer in &answers {
                        outbox.answer(answer.id, answer.outcome.clone(), answer.marks.clone(), at);
                    }
                    outbox.unanswered();
                })
                .await;
                self.store.reached();
                self.store.refresh_both().await;
                if self.is_among(&answered, |command| command.event().is_some()) {
                    self.store.refresh("events").await;
                }
                if self.is_among(&answered, Command::changes_groups) {
                    self.store.refresh("groups").await;
                }
                if last.is_some() {
                    self.answered.set(last);
                }
                if self.is_among(&answered, Command::changes_catalogue) {
                    // All of the shop may be on its way just then: no answer waits for it.
                    spawn_local(async move {
                        self.store.refresh(shop::INDEX).await;
                    });
                }
                last.is_some()
            }
            Err(trouble) => {
                let ids: Vec<CommandId> = batch.iter().map(|parcel| parcel.id).collect();
                let jitter = js_sys::Math::random();
                self.change(move |outbox| match trouble.setback() {
                    Some(setback) => outbox.set_back(&ids, setback, clock::now(), jitter),
                    None => outbox.unanswered(),
                })
                .await;
                self.store.met(trouble).await;
                // One by one, the next may fare better at once.
                false
            }
        }
    }

    /// The member has signed out here: the other tabs go, too.
    pub fn say_left(self) {
        tabs::tell(LEFT);
    }

    /// An explicit goodbye: the acts of this member leave this device.
    pub async fn forget(self, member: &str) {
        self.outbox.set(Outbox::default());
        db::forget(&db::outbox_of(member)).await;
    }

    /// The answer to say, with the act it belongs to.
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

    /// Refusals whose cards were not put away, the newest first.
    pub fn refusals(&self) -> Vec<Entry> {
        self.outbox.with(|outbox| {
            let refused = |entry: &&Entry| {
                !entry.put_away && matches!(entry.state, EntryState::Answered { outcome: Outcome::Refused { .. }, .. })
            };
            outbox.entries.iter().rev().filter(refused).cloned().collect()
        })
    }
}

fn newly_answered(before: &Outbox, after: &Outbox) -> Option<CommandId> {
    let was_waiting = |id: CommandId| before.entries.iter().any(|entry| entry.id() == id && entry.state.is_waiting());
    after
        .entries
        .iter()
        .rev()
        .find(|entry| matches!(entry.state, EntryState::Answered { .. }) && was_waiting(entry.id()))
        .map(Entry::id)
}
