//! The snapshot store: what every page reads in the browser.

use std::sync::Arc;

use domain::calendar::Calendar;
use domain::groups::Groups;
use domain::me::Me;
use domain::time::Instant;
use domain::view::Seen;
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::wire::{self, Fetched, Trouble};
use super::{clock, db};
use crate::selection::{Query, View, select};

/// What we know of the network: never from the device's word alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Not asked yet.
    Unknown,
    Online,
    /// The server did not answer, since then.
    Offline {
        since: Instant,
    },
    /// The session is over: reading goes on, acts wait.
    SignedOut,
}

/// The last member of this device; the clock of a start without network.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Device {
    pub member: String,
    pub ahead_ms: i64,
}

#[derive(Clone, Copy)]
pub struct Store {
    pub member: RwSignal<Option<String>>,
    pub calendar: RwSignal<Option<Arc<Calendar>>>,
    pub me: RwSignal<Option<Arc<Me>>>,
    pub groups: RwSignal<Option<Arc<Groups>>>,
    pub reach: RwSignal<Reach>,
    /// Now, moving each half minute, and whenever the server says the time.
    pub now: RwSignal<Instant>,
    /// The device was asked what it keeps.
    opened: RwSignal<bool>,
}

impl Store {
    pub fn new() -> Store {
        Store {
            member: RwSignal::new(None),
            calendar: RwSignal::new(None),
            me: RwSignal::new(None),
            groups: RwSignal::new(None),
            reach: RwSignal::new(Reach::Unknown),
            now: RwSignal::new(Instant::default()),
            opened: RwSignal::new(false),
        }
    }

    pub fn expect() -> Store {
        expect_context::<Store>()
    }

    /// Whether pages read from here: never while rendering on the server or hydrating.
    pub fn is_live(&self) -> bool {
        self.calendar.with(Option::is_some) && self.me.with(Option::is_some)
    }

    /// The same, without following it.
    pub fn is_live_untracked(&self) -> bool {
        self.calendar.with_untracked(Option::is_some) && self.me.with_untracked(Option::is_some)
    }

    /// The device was asked, and keeps nothing yet.
    pub fn is_empty(&self) -> bool {
        self.opened.get() && !self.is_live()
    }

    pub fn select(&self, query: &Query) -> Option<View> {
        let (calendar, me, now) = (self.calendar.get()?, self.me.get()?, self.now.get());
        let groups = self.groups.get();
        select(query, Seen { calendar: &calendar, me: &me, now }, groups.as_deref())
    }

    /// Looks at the snapshots outside of any page: for an act's words.
    pub fn with_seen<T>(&self, look: impl FnOnce(Seen<'_>) -> T) -> Option<T> {
        let (calendar, me, now) = (self.calendar.get_untracked()?, self.me.get_untracked()?, clock::now());
        Some(look(Seen { calendar: &calendar, me: &me, now }))
    }

    /// Reads what the device keeps, then asks the server.
    pub async fn start(self, signed_in_as: Option<String>) {
        let device = db::get::<Device>(db::DEVICE, "last").await;
        if let Some(device) = device.as_ref().filter(|_| clock::ahead_ms() == 0) {
            clock::set_ahead_ms(device.ahead_ms);
        }
        let mut member = signed_in_as.or(device.map(|device| device.member));
        if member.is_none() && is_member_page() {
            // The offline shell was shown to a device that keeps nothing yet: just signed in, or
            // emptied by its system.
            match wire::whoami().await {
                Ok(found) => member = Some(found),
                Err(Trouble::Expired | Trouble::Revoked) => leave_to("/connexion"),
                Err(trouble) => self.met(trouble).await,
            }
        }
        let Some(member) = member else {
            self.opened.set(true);
            return;
        };
        self.member.set(Some(member.clone()));
        let kept = db::snapshots_of(&member);
        let calendar = self.kept::<Calendar>(&kept, "calendar").await;
        let me = self.kept::<Me>(&kept, "me").await;
        let groups = self.kept::<Groups>(&kept, "groups").await;
        batch_set(self, calendar, me, groups);
        self.opened.set(true);
        self.refresh_all().await;
        self.keep_device().await;
    }

    async fn kept<T: DeserializeOwned>(&self, kept: &str, slice: &str) -> Option<Arc<T>> {
        db::get::<T>(kept, slice).await.map(Arc::new)
    }

    async fn keep_device(&self) {
        if let Some(member) = self.member.get_untracked() {
            let device = Device { member, ahead_ms: clock::ahead_ms() };
            db::put(db::DEVICE, "last", &device).await;
        }
    }

    /// One conditional GET per slice: `me` first, it is the smallest.
    pub async fn refresh_all(self) {
        for slice in ["me", "calendar", "groups"] {
            if !self.refresh(slice).await {
                break;
            }
        }
    }

    /// Brings one slice up to date; false when the server was not reached.
    pub async fn refresh(self, slice: &str) -> bool {
        let Some(member) = self.member.get_untracked() else { return false };
        let kept = db::snapshots_of(&member);
        let has = match slice {
            "calendar" => self.calendar.with_untracked(Option::is_some),
            "me" => self.me.with_untracked(Option::is_some),
            _ => self.groups.with_untracked(Option::is_some),
        };
        let etag_key = format!("{slice}-etag");
        let etag = if has { db::get::<String>(&kept, &etag_key).await } else { None };
        match wire::snapshot(slice, &member, etag.as_deref()).await {
            Ok(Fetched::Unchanged) => {}
            Ok(Fetched::New { .. }) if self.member.with_untracked(Option::is_none) => return false,
            Ok(Fetched::New { text, etag }) => {
                if !self.take(slice, &text) {
                    return true;
                }
                // The text first: an etag without its text would ask for nothing for ever.
                if db::put_text(&kept, slice, &text).await {
                    db::put(&kept, &etag_key, &etag).await;
                }
            }
            Err(trouble) => {
                self.met(trouble).await;
                return false;
            }
        }
        self.reached();
        true
    }

    fn take(&self, slice: &str, text: &str) -> bool {
        fn read<T>(text: &str, into: RwSignal<Option<Arc<T>>>) -> bool
        where
            T: DeserializeOwned + Send + Sync + 'static,
        {
            match serde_json::from_str(text) {
                Ok(snapshot) => {
                    into.set(Some(Arc::new(snapshot)));
                    true
                }
                Err(error) => {
                    leptos::logging::error!("unreadable snapshot: {error}");
                    false
                }
            }
        }
        self.now.set(clock::now());
        match slice {
            "calendar" => read(text, self.calendar),
            "me" => read(text, self.me),
            _ => read(text, self.groups),
        }
    }

    /// The server answered.
    pub fn reached(&self) {
        if self.reach.get_untracked() != Reach::Online {
            self.reach.set(Reach::Online);
        }
        self.now.set(clock::now());
    }

    pub async fn met(&self, trouble: Trouble) {
        match trouble {
            Trouble::NotReached | Trouble::Later => {
                if !matches!(self.reach.get_untracked(), Reach::Offline { .. }) {
                    self.reach.set(Reach::Offline { since: clock::now() });
                }
            }
            Trouble::Expired => self.reach.set(Reach::SignedOut),
            Trouble::Revoked => {
                self.forget().await;
                leave_to("/connexion");
            }
            Trouble::OtherMember => {
                // Signed in as somebody else since: this device follows, the acts wait for their owner.
                if let Ok(member) = wire::whoami().await {
                    db::put(db::DEVICE, "last", &Device { member, ahead_ms: clock::ahead_ms() }).await;
                    leave_to("/");
                }
            }
            Trouble::Rejected => {}
        }
    }

    /// Deletes what was read; acts not sent wait for their owner. Whoever calls it then leaves the
    /// page, and what is on the screen with it.
    pub async fn forget(&self) {
        if let Some(member) = self.member.get_untracked() {
            // Nobody's device from here on: what is still on its way is not kept.
            self.member.set(None);
            db::delete(&db::snapshots_of(&member)).await;
            db::delete(db::DEVICE).await;
        }
    }
}

impl Default for Store {
    fn default() -> Self {
        Store::new()
    }
}

fn batch_set(store: Store, calendar: Option<Arc<Calendar>>, me: Option<Arc<Me>>, groups: Option<Arc<Groups>>) {
    store.now.set(clock::now());
    if groups.is_some() {
        store.groups.set(groups);
    }
    if calendar.is_some() && me.is_some() {
        store.calendar.set(calendar);
        store.me.set(me);
    }
}

/// Whether the page is one of a member's: not one of those before the door.
fn is_member_page() -> bool {
    let path = web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default();
    !path.starts_with("/connexion") && path != "/installer"
}

/// A real navigation: what this page holds is another member's, or nobody's.
pub fn leave_to(path: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().set_href(path);
    }
}
