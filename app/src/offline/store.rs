//! The snapshot store: what every page reads in the browser.

use std::sync::Arc;

use domain::brief::Briefs;
use domain::calendar::Calendar;
use domain::event::Events;
use domain::groups::Groups;
use domain::id::ShiftId;
use domain::me::Me;
use domain::outbox::Outbox;
use domain::overlay::Touch;
use domain::time::Instant;
use domain::view::Seen;
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::shown::{Shown, shown};
use super::wire::{self, Fetched, Trouble};
use super::{clock, db, pictures, tabs};
use crate::selection::{Others, Query, View, select};

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
    /// Somebody else answers in its place: a wifi that wants its own page to be seen first.
    Portal {
        since: Instant,
    },
    /// The server answers that it is unwell or too busy.
    Unwell {
        since: Instant,
    },
    /// The session is over: reading goes on, acts wait.
    SignedOut,
    /// The session is somebody else's by now: reading goes on, acts wait for their member.
    OtherMember,
    /// The server no longer speaks with this build.
    TooOld,
}

impl Reach {
    /// Since when the server cannot be had, if so.
    pub fn since(self) -> Option<Instant> {
        match self {
            Reach::Offline { since } | Reach::Portal { since } | Reach::Unwell { since } => Some(since),
            _ => None,
        }
    }

    /// Whether what is shown may be behind, and acts do not leave.
    pub fn is_cut_off(self) -> bool {
        !matches!(self, Reach::Unknown | Reach::Online)
    }
}

/// The last member of this device; the clock of a start without network.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Device {
    pub member: String,
    pub ahead_ms: i64,
}

/// Everybody whose snapshots this device keeps, so that it knows what to throw away.
type Kept = Vec<String>;

#[derive(Clone, Copy)]
pub struct Store {
    pub member: RwSignal<Option<String>>,
    pub calendar: RwSignal<Option<Arc<Calendar>>>,
    pub me: RwSignal<Option<Arc<Me>>>,
    pub groups: RwSignal<Option<Arc<Groups>>>,
    pub briefs: RwSignal<Option<Arc<Briefs>>>,
    pub events: RwSignal<Option<Arc<Events>>>,
    /// The member's acts on this device; changed by `Acts` alone.
    pub outbox: RwSignal<Outbox>,
    shown: Memo<Option<Shown>>,
    /// The device has no room for what was read: it will not be there without a network.
    pub full: RwSignal<bool>,
    pub reach: RwSignal<Reach>,
    /// Now, moving each half minute, and whenever the server says the time.
    pub now: RwSignal<Instant>,
    /// The device was asked what it keeps.
    opened: RwSignal<bool>,
    /// The server was asked for everything once, whatever it said; or there is nobody to ask for.
    pub settled: RwSignal<bool>,
    /// Whose device this is was taken from the device alone; the server has not said so yet.
    guessed: RwSignal<bool>,
}

impl Store {
    pub fn new() -> Store {
        let calendar = RwSignal::new(None::<Arc<Calendar>>);
        let me = RwSignal::new(None::<Arc<Me>>);
        let outbox = RwSignal::new(Outbox::default());
        let now = RwSignal::new(Instant::default());
        let events = RwSignal::new(None::<Arc<Events>>);
        let shown = shown(calendar, me, events, outbox, now);
        Store {
            member: RwSignal::new(None),
            calendar,
            me,
            groups: RwSignal::new(None),
            briefs: RwSignal::new(None),
            events,
            outbox,
            shown,
            full: RwSignal::new(false),
            reach: RwSignal::new(Reach::Unknown),
            now,
            opened: RwSignal::new(false),
            settled: RwSignal::new(false),
            guessed: RwSignal::new(false),
        }
    }

    pub fn expect() -> Store {
        expect_context::<Store>()
    }

    /// Whether pages read from here: never while rendering on the server.
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
        let (shown, now) = (self.shown.get()?, self.now.get());
        let (groups, briefs) = (self.groups.get(), self.briefs.get());
        let others = Others { groups: groups.as_deref(), briefs: briefs.as_deref(), events: shown.events.as_deref() };
        select(query, Seen { calendar: &shown.calendar, me: &shown.me, now }, others)
    }

    /// The last act on its way that changes something about a shift.
    pub fn touch(&self, shift: ShiftId) -> Option<Touch> {
        self.shown.with(|shown| shown.as_ref()?.touches.iter().rev().find(|touch| touch.shift == shift).copied())
    }

    /// How many notices wait to be seen.
    pub fn unseen(&self) -> usize {
        self.shown
            .with(|shown| shown.as_ref().map_or(0, |shown| shown.me.inbox.iter().filter(|row| row.seen_at.is_none()).count()))
    }

    /// The newest brief is here, and I have not read it.
    pub fn is_brief_unread(&self) -> bool {
        let newest = self.briefs.with(|briefs| Some(briefs.as_ref()?.briefs.first()?.id));
        let read = |id| self.shown.with(|shown| shown.as_ref().is_none_or(|shown| shown.me.read_briefs.contains(&id)));
        newest.is_some_and(|id| !read(id))
    }

    /// Looks at the snapshots outside of any page: for an act's words.
    pub fn with_seen<T>(&self, look: impl FnOnce(Seen<'_>) -> T) -> Option<T> {
        let (shown, now) = (self.shown.get_untracked()?, clock::now());
        Some(look(Seen { calendar: &shown.calendar, me: &shown.me, now }))
    }

    /// The same, looked at again whenever they change.
    pub fn following<T>(&self, look: impl FnOnce(Seen<'_>) -> T) -> Option<T> {
        self.shown.track();
        self.with_seen(look)
    }

    /// The same where the events are there, too.
    pub fn following_events<T>(&self, look: impl FnOnce(Seen<'_>, &Events) -> T) -> Option<T> {
        let shown = self.shown.get()?;
        let events = shown.events?;
        Some(look(Seen { calendar: &shown.calendar, me: &shown.me, now: clock::now() }, &events))
    }

    /// Reads what the device keeps; the server is asked only by a device that keeps nobody.
    pub async fn open(self, signed_in_as: Option<String>) {
        // The page says whose it is: a tap need not wait for the device to answer.
        self.member.set(signed_in_as.clone());
        let device = db::get::<Device>(db::DEVICE, "last").await;
        if let Some(device) = device.as_ref().filter(|_| clock::ahead_ms() == 0) {
            clock::set_ahead_ms(device.ahead_ms);
        }
        self.guessed.set(signed_in_as.is_none());
        let mut member = signed_in_as.or(device.map(|device| device.member));
        if member.is_none() {
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
            self.settled.set(true);
            return;
        };
        self.member.set(Some(member.clone()));
        let kept = db::snapshots_of(&member);
        let calendar = self.kept::<Calendar>(&kept, "calendar").await;
        let me = self.kept_me(&kept, calendar.as_deref()).await;
        let groups = self.kept::<Groups>(&kept, "groups").await;
        // The acts on their way come with the snapshots, so that no page is ever shown without them.
        let kept = db::get::<Outbox>(&db::outbox_of(&member), "outbox").await.unwrap_or_default();
        self.outbox.update(|outbox| {
            let begun = std::mem::replace(outbox, kept);
            outbox.entries.extend(begun.entries);
        });
        batch_set(self, calendar, me, groups);
        self.opened.set(true);
    }

    /// Reads the events and briefs that the device keeps, for which no start waits; asks the server for everything, and
    /// remembers whose device this is.
    pub async fn bring_up_to_date(self) {
        if let Some(kept) = self.member.get_untracked().map(|member| db::snapshots_of(&member)) {
            if let Some(events) = self.kept::<Events>(&kept, "events").await {
                self.events.set(Some(events));
            }
            if let Some(briefs) = self.kept::<Briefs>(&kept, "briefs").await {
                self.briefs.set(Some(briefs));
            }
        }
        self.refresh_all().await;
        self.settled.set(true);
        self.keep_device().await;
    }

    async fn kept<T: DeserializeOwned>(&self, kept: &str, slice: &str) -> Option<Arc<T>> {
        db::get::<T>(kept, slice).await.map(Arc::new)
    }

    /// What is mine; what this device may no longer keep of it is forgotten, without a network too.
    async fn kept_me(&self, kept: &str, calendar: Option<&Calendar>) -> Option<Arc<Me>> {
        let text = db::text(kept, "me").await?;
        let Some(shorter) = domain::sheet::without_over(&text, calendar, clock::now()) else {
            return domain::json::parse(&text).ok().map(Arc::new);
        };
        let _ = db::put_text(kept, "me", &shorter).await;
        // It is not what the server sent any more: asked with its etag, the server would leave it so.
        let _ = db::put(kept, "me-etag", &()).await;
        domain::json::parse(&shorter).ok().map(Arc::new)
    }

    async fn keep_device(&self) {
        if let Some(member) = self.member.get_untracked() {
            let mut kept = db::get::<Kept>(db::DEVICE, "kept").await.unwrap_or_default();
            if !kept.contains(&member) {
                kept.push(member.clone());
                let _ = db::put(db::DEVICE, "kept", &kept).await;
            }
            let _ = db::put(db::DEVICE, "last", &Device { member, ahead_ms: clock::ahead_ms() }).await;
        }
    }

    /// Another tab has stored a slice: it is read from there, and not asked for again.
    pub async fn read_again(self, slice: &str) {
        let Some(member) = self.member.get_untracked() else { return };
        if let Some(text) = db::text(&db::snapshots_of(&member), slice).await {
            self.take(slice, &text);
            self.reached();
        }
    }

    /// Throws away what can be fetched again: pictures first, other members' snapshots, or one's own.
    /// Never an outbox.
    pub async fn make_room(self, own: bool) {
        pictures::forget().await;
        let mine = self.member.get_untracked();
        if own {
            if let Some(member) = &mine {
                db::delete(&db::snapshots_of(member)).await;
            }
            self.full.set(true);
            return;
        }
        let kept = db::get::<Kept>(db::DEVICE, "kept").await.unwrap_or_default();
        for member in kept.iter().filter(|member| Some(*member) != mine.as_ref()) {
            db::delete(&db::snapshots_of(member)).await;
        }
    }

    /// One conditional GET per slice: `me` first, it is the smallest.
    pub async fn refresh_all(self) {
        for slice in ["me", "calendar", "groups", "events", "briefs"] {
            if !self.refresh(slice).await {
                break;
            }
        }
    }

    /// After an act: what it may have changed, shown at once.
    pub async fn refresh_both(self) {
        if self.refresh("calendar").await {
            self.refresh("me").await;
        }
    }

    /// Brings one slice up to date; false when the server was not reached.
    pub async fn refresh(self, slice: &str) -> bool {
        let Some(member) = self.member.get_untracked() else { return false };
        let kept = db::snapshots_of(&member);
        let has = match slice {
            "calendar" => self.calendar.with_untracked(Option::is_some),
            "me" => self.me.with_untracked(Option::is_some),
            "briefs" => self.briefs.with_untracked(Option::is_some),
            "events" => self.events.with_untracked(Option::is_some),
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
                self.keep(&kept, slice, &text, &etag_key, &etag).await;
            }
            Err(trouble) => {
                self.met(trouble).await;
                return false;
            }
        }
        if matches!(slice, "briefs" | "events")
            && let (Some(briefs), Some(events)) = (self.briefs.get_untracked(), self.events.get_untracked())
        {
            pictures::keep(&briefs, &events);
        }
        self.reached();
        true
    }

    /// The text first: an etag without its text would ask for nothing for ever.
    async fn keep(self, kept: &str, slice: &str, text: &str, etag_key: &str, etag: &str) {
        let mut stored = db::put_text(kept, slice, text).await;
        if stored == Err(db::Refused::Full) {
            self.make_room(false).await;
            stored = db::put_text(kept, slice, text).await;
        }
        self.full.set(stored == Err(db::Refused::Full));
        // A device that has forgotten in the meantime would begin to keep again.
        if stored.is_ok() && self.member.with_untracked(Option::is_some) {
            let _ = db::put(kept, etag_key, etag).await;
            tabs::tell(slice);
        }
    }

    fn take(&self, slice: &str, text: &str) -> bool {
        fn read<T>(text: &str, into: RwSignal<Option<Arc<T>>>) -> bool
        where
            T: DeserializeOwned + Send + Sync + 'static,
        {
            match domain::json::parse(text) {
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
            "briefs" => read(text, self.briefs),
            "events" => read(text, self.events),
            _ => read(text, self.groups),
        }
    }

    /// The server answered.
    pub fn reached(&self) {
        self.guessed.set(false);
        if self.reach.get_untracked() != Reach::Online {
            self.reach.set(Reach::Online);
        }
        self.now.set(clock::now());
    }

    pub async fn met(&self, trouble: Trouble) {
        let before = self.reach.get_untracked();
        let since = before.since().unwrap_or_else(clock::now);
        let reach = match trouble {
            Trouble::NotReached => Reach::Offline { since },
            Trouble::NotOurs => Reach::Portal { since },
            Trouble::Unwell | Trouble::TooMany { .. } => Reach::Unwell { since },
            Trouble::Expired => Reach::SignedOut,
            // The shell was shown to somebody who signed in on another's phone: it becomes theirs.
            Trouble::OtherMember if self.guessed.get_untracked() => {
                if let Ok(member) = wire::whoami().await {
                    let _ = db::put(db::DEVICE, "last", &Device { member, ahead_ms: clock::ahead_ms() }).await;
                    reload();
                }
                return;
            }
            Trouble::OtherMember => Reach::OtherMember,
            Trouble::TooOld => Reach::TooOld,
            Trouble::Revoked => {
                self.forget().await;
                leave_to("/connexion");
                return;
            }
            Trouble::Rejected => return,
        };
        if before != reach {
            self.reach.set(reach);
        }
    }

    /// Deletes what was read; acts not sent wait for their owner. Whoever calls it then leaves the
    /// page, and what is on the screen with it.
    pub async fn forget(&self) {
        if let Some(member) = self.member.get_untracked() {
            // Nobody's device from here on: what is still on its way is not kept.
            self.member.set(None);
            pictures::forget().await;
            db::delete(&db::snapshots_of(&member)).await;
            let mut others = db::get::<Kept>(db::DEVICE, "kept").await.unwrap_or_default();
            others.retain(|other| *other != member);
            if others.is_empty() {
                db::delete(db::DEVICE).await;
            } else {
                // Whose snapshots are still here must stay known, or they could never make room.
                let _ = db::put(db::DEVICE, "kept", &others).await;
                device_of_nobody().await;
            }
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

/// The next start asks the server whose device this is.
pub async fn device_of_nobody() {
    let _ = db::put(db::DEVICE, "last", &()).await;
}

fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

/// A real navigation: what this page holds is another member's, or nobody's.
pub fn leave_to(path: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().set_href(path);
    }
}
