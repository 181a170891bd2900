//! A phone: what it keeps, whose session it has, and its tabs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::Duration;
use domain::calendar::Calendar;
use domain::id::{CommandId, MemberId};
use domain::me::Me;
use domain::outbox::Outbox;
use domain::time::Instant;

use super::World;
use super::bugs::Bug;
use super::network::{Request, RequestId, SessionId, Slice, Snapshot};
use super::record::Fate;
use super::server::SessionState;

/// A tab of a device, by their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub device: usize,
    pub tab: usize,
}

/// What the device keeps of one member's slices.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    pub calendar: Option<Snapshot>,
    pub me: Option<Snapshot>,
}

/// What survives a crash: the databases.
#[derive(Debug, Default)]
pub struct Storage {
    pub last: Option<MemberId>,
    pub ahead_ms: i64,
    pub outboxes: BTreeMap<MemberId, Outbox>,
    pub snapshots: BTreeMap<MemberId, Kept>,
    /// Whose snapshots it may keep: signed in once, and not out or revoked since.
    pub keeps: BTreeSet<MemberId>,
}

/// Acts on their way, under the lock.
pub struct Sending {
    pub request: RequestId,
    pub ids: Vec<CommandId>,
    /// Marked in the outbox, and not yet handed to the network.
    pub unposted: Option<Request>,
}

/// One page: all of it goes with a crash.
#[derive(Default)]
pub struct Tab {
    /// Another one at each start.
    pub life: u64,
    pub member: Option<MemberId>,
    /// As it was last read: what the screen says.
    pub outbox: Outbox,
    pub calendar: Option<Arc<Calendar>>,
    pub me: Option<Arc<Me>>,
    pub ahead_ms: i64,
    pub sending: Option<Sending>,
    pub fetching: Vec<RequestId>,
    /// Arrived, and not yet kept.
    pub fetched: Vec<Snapshot>,
    /// The session is over: reading goes on, acts wait.
    pub signed_out: bool,
}

#[derive(Default)]
pub struct Device {
    pub storage: Storage,
    pub cookie: Option<SessionId>,
    /// What its own clock is wrong by.
    pub skew_ms: i64,
    pub tabs: Vec<Tab>,
    /// Which page holds the lock to send a member's acts.
    pub locks: BTreeMap<MemberId, u64>,
    /// The versions that it kept last, by whose and of what: they only grow.
    pub newest: BTreeMap<(MemberId, Slice), (i64, Instant)>,
    /// What it keeps has changed since it was last looked at.
    pub stirred: bool,
}

impl World {
    pub fn tab(&self, at: Place) -> &Tab {
        &self.devices[at.device].tabs[at.tab]
    }

    pub fn tab_mut(&mut self, at: Place) -> &mut Tab {
        &mut self.devices[at.device].tabs[at.tab]
    }

    pub fn storage(&mut self, at: Place) -> &mut Storage {
        let device = &mut self.devices[at.device];
        device.stirred = true;
        &mut device.storage
    }

    pub fn places(&self) -> Vec<Place> {
        let tabs = |device: usize| (0..self.devices[device].tabs.len()).map(move |tab| Place { device, tab });
        (0..self.devices.len()).flat_map(tabs).collect()
    }

    /// What time the tab believes it is: the server's last word and what has elapsed since.
    pub fn now_at(&self, at: Place) -> Instant {
        let device = &self.devices[at.device];
        self.now + Duration::milliseconds(device.skew_ms + device.tabs[at.tab].ahead_ms)
    }

    /// One transaction on the outbox of the tab's member; then the tab shows it.
    pub fn change<R>(&mut self, at: Place, change: impl FnOnce(&mut Outbox) -> R) -> Option<R> {
        let overwrites = self.bug == Some(Bug::TabsOverwriteEachOther);
        let device = &mut self.devices[at.device];
        let tab = &mut device.tabs[at.tab];
        let kept = device.storage.outboxes.entry(tab.member?).or_default();
        if overwrites {
            kept.clone_from(&tab.outbox);
        }
        let answer = change(kept);
        tab.outbox.clone_from(kept);
        device.stirred = true;
        Some(answer)
    }

    /// The page starts, by a tap, after a crash, or anew: it reads what the device keeps.
    pub fn start(&mut self, at: Place) {
        let life = self.number();
        let device = &mut self.devices[at.device];
        let dead = std::mem::take(&mut device.tabs[at.tab]).life;
        device.locks.retain(|_, holder| *holder != dead);
        let (member, ahead_ms) = (device.storage.last, device.storage.ahead_ms);
        device.tabs[at.tab] = Tab { life, member, ahead_ms, ..Tab::default() };
        self.hear(at);
        self.prune(at);
    }

    fn prune(&mut self, at: Place) {
        let now = self.now_at(at);
        let gone = self.change(at, |outbox| {
            let over: Vec<_> = outbox.entries.iter().filter_map(|entry| Some((entry.id(), entry.state.over_since()?))).collect();
            outbox.prune(now);
            over.into_iter().filter(|(id, _)| !outbox.entries.iter().any(|entry| entry.id() == *id)).collect::<Vec<_>>()
        });
        for (id, since) in gone.unwrap_or_default() {
            self.expect(now - since >= Duration::days(14), || format!("{id} was pruned, and over since {since} only"));
            self.record.lets_go(id, Fate::Pruned);
        }
    }

    /// Another tab told that something changed: what is kept is read again.
    pub fn hear(&mut self, at: Place) {
        let device = &mut self.devices[at.device];
        let tab = &mut device.tabs[at.tab];
        let Some(member) = tab.member else { return };
        tab.outbox = device.storage.outboxes.get(&member).cloned().unwrap_or_default();
        let Some(kept) = device.storage.snapshots.get(&member) else { return };
        if let Some(Snapshot::Calendar(calendar)) = &kept.calendar {
            tab.calendar = Some(calendar.clone());
        }
        if let Some(Snapshot::Me(me)) = &kept.me {
            tab.me = Some(me.clone());
        }
        device.stirred = true;
    }

    /// Somebody signs in on the device, in this tab; another session it had is over.
    pub fn sign_in(&mut self, at: Place, member: MemberId) {
        let session = self.number();
        self.server.sessions.insert(session, (member, SessionState::Active));
        let device = &mut self.devices[at.device];
        if let Some(before) = device.cookie.replace(session) {
            self.server.sessions.remove(&before);
        }
        let storage = self.storage(at);
        storage.last = Some(member);
        storage.keeps.insert(member);
        self.start(at);
    }

    /// An explicit goodbye, after a warning: the member's acts and snapshots leave the device.
    pub fn sign_out(&mut self, at: Place) {
        let Some(member) = self.tab(at).member else { return };
        let device = &mut self.devices[at.device];
        if let Some(before) = device.cookie.take() {
            self.server.sessions.remove(&before);
        }
        let storage = self.storage(at);
        storage.outboxes.remove(&member);
        self.forget(at, member);
        let ids: Vec<CommandId> = self.record.keeps(at.device, member).iter().copied().collect();
        for id in ids {
            self.record.lets_go(id, Fate::SignedOut);
        }
        for place in self.places() {
            if place.device == at.device && self.tab(place).member == Some(member) {
                self.start(place);
            }
        }
    }

    /// What was read of the co-op leaves the device; acts not sent wait for their owner.
    pub fn forget(&mut self, at: Place, member: MemberId) {
        let revocation_takes_all = self.bug == Some(Bug::RevocationTakesTheOutbox);
        let storage = self.storage(at);
        storage.snapshots.remove(&member);
        storage.keeps.remove(&member);
        if storage.last == Some(member) {
            storage.last = None;
        }
        if revocation_takes_all {
            storage.outboxes.remove(&member);
        }
        self.start(at);
    }
}
