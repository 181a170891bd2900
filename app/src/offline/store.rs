//! The snapshot store: what every page reads in the browser.

use std::sync::Arc;

use domain::brief::Briefs;
use domain::calendar::Calendar;
use domain::event::Events;
use domain::id::ShiftId;
use domain::me::Me;
use domain::outbox::Outbox;
use domain::overlay::Touch;
use domain::time::Instant;
use domain::view::Seen;
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::groups::{GROUPS, Kept as KeptGroups};
use super::shop::Kept as KeptShop;
use super::shown::{Shown, shown};
use super::wire::{self, Fetched, Trouble};
use super::{clock, db, pictures, tabs};
use crate::chapters::{Chapters, Contents};
use crate::selection::{Others, Page, Query, View};

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
    /// Whoever it is signs out on this page.
    pub leaving: RwSignal<bool>,
    pub calendar: RwSignal<Option<Arc<Calendar>>>,
    pub me: RwSignal<Option<Arc<Me>>>,
    /// Read when a page first wants them.
    pub groups: KeptGroups,
    pub briefs: RwSignal<Option<Arc<Briefs>>>,
    pub events: RwSignal<Option<Arc<Events>>>,
    /// The catalogue, read when a page first wants it.
    pub shop: KeptShop,
    /// The parts of the app itself that are here.
    pub chapters: Chapters,
    /// The member's acts on this device; changed by `Acts` alone.
    pub outbox: RwSignal<Outbox>,
    /// What the device keeps of them was not read: it was not asked yet, or what reads them has not come.
    pub(super) unread: RwSignal<bool>,
    pub(super) shown: Memo<Option<Shown>>,
    /// The device has no room for what was read: it will not be there without a network.
    pub full: RwSignal<bool>,
    pub reach: RwSignal<Reach>,
    /// Now, moving each half minute, and whenever the server says the time.
    pub now: RwSignal<Instant>,
    /// The device was asked what it keeps.
    pub opened: RwSignal<bool>,
    /// The server was asked for everything once, whatever it said; or there is nobody to ask for.
    pub settled: RwSignal<bool>,
    /// Whose device this is was taken from the device alone; the server has not said so yet.
    pub(super) guessed: RwSignal<bool>,
}

impl Store {
    pub fn new() -> Store {
        let calendar = RwSignal::new(None::<Arc<Calendar>>);
        let me = RwSignal::new(None::<Arc<Me>>);
        let outbox = RwSignal::new(Outbox::default());
        let now = RwSignal::new(Instant::default());
        let events = RwSignal::new(None::<Arc<Events>>);
        let shop = KeptShop::new();
        let groups = KeptGroups::new();
        let shown = shown(calendar, me, groups.snapshot, events, shop.catalogue, outbox, now);
        Store {
            member: RwSignal::new(None),
            leaving: RwSignal::new(false),
            calendar,
            me,
            groups,
            briefs: RwSignal::new(None),
            events,
            shop,
            chapters: Chapters::new(),
            outbox,
            unread: RwSignal::new(true),
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

    /// What a page shows, where its data and its chapter are here.
    pub fn select(&self, query: &Query) -> Page {
        match self.chapters.contents(query.chapter()) {
            // What is typed there would be lost to what comes a moment later.
            Some(_) if query.wants_groups() && self.groups.is_awaited() => Page::Loading,
            Some(chapter) => self.selected(query, chapter).map_or(Page::Absent, Page::Ready),
            None => Page::Loading,
        }
    }

    fn selected(&self, query: &Query, chapter: &Contents) -> Option<View> {
        let (shown, now) = (self.shown.get()?, self.now.get());
        let briefs = self.briefs.get();
        let seen = Seen { calendar: &shown.calendar, me: &shown.me, now };
        let (groups, events) = (shown.groups.as_deref(), shown.events.as_deref());
        let others = Others { groups, briefs: briefs.as_deref(), events, shop: None };
        if query.needs_shop() {
            return self.with_shop(&shown, |shop| (chapter.select)(query, seen, Others { shop: Some(shop), ..others }))?;
        }
        (chapter.select)(query, seen, others)
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

    pub(super) async fn keep_device(&self) {
        // Another window has signed somebody else in.
        if self.reach.get_untracked() == Reach::OtherMember {
            return;
        }
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
        if KeptShop::is_of(slice) {
            self.shop_changed(slice).await;
        } else if let Some(text) = db::text(&db::snapshots_of(&member), slice).await {
            if slice == GROUPS {
                self.take_groups(&text).await;
            } else {
                self.take(slice, &text);
            }
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
        if self.opened.get_untracked() && !self.leaving.get_untracked() && self.member.with_untracked(Option::is_none) {
            return self.ask_whose().await;
        }
        for slice in ["me", "calendar", GROUPS, "events", "briefs"] {
            if !self.refresh(slice).await {
                break;
            }
        }
    }

    /// It could not be known at the start whose device it is: the network may say it by now.
    async fn ask_whose(self) {
        match wire::whoami().await {
            Ok(_) => reload(),
            Err(Trouble::Expired | Trouble::Revoked) => leave_to("/connexion"),
            Err(trouble) => self.met(trouble).await,
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
        if KeptShop::is_of(slice) {
            return self.refresh_shop(&member).await;
        }
        if slice == GROUPS {
            return self.refresh_groups(&member).await;
        }
        let (kept, etag_key) = (db::snapshots_of(&member), format!("{slice}-etag"));
        loop {
            let before = self.which(slice);
            let etag = if before.is_some() { db::get::<String>(&kept, &etag_key).await } else { None };
            match wire::snapshot(slice, &member, etag.as_deref()).await {
                Ok(Fetched::Unchanged) => break,
                Ok(Fetched::New { .. }) if self.member.with_untracked(Option::is_none) => return false,
                // Another answer was taken meanwhile: which of them is newer, the server says.
                Ok(Fetched::New { .. }) if self.which(slice) != before => {}
                Ok(Fetched::New { text, etag }) => {
                    if !self.take(slice, &text) {
                        return true;
                    }
                    self.keep(&kept, slice, &text, &etag_key, &etag).await;
                    break;
                }
                Err(trouble) => {
                    self.met(trouble).await;
                    return false;
                }
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

    /// Which snapshot of a slice is here, by where it lies.
    fn which(&self, slice: &str) -> Option<usize> {
        fn of<T: Send + Sync + 'static>(kept: RwSignal<Option<Arc<T>>>) -> Option<usize> {
            kept.with_untracked(|kept| kept.as_ref().map(|kept| Arc::as_ptr(kept).addr()))
        }
        match slice {
            "calendar" => of(self.calendar),
            "me" => of(self.me),
            "briefs" => of(self.briefs),
            _ => of(self.events),
        }
    }

    /// With its etag at once: another tab may keep another one at the same moment, and an etag with another's text would ask for
    /// nothing for ever.
    pub(super) async fn keep(self, kept: &str, slice: &str, text: &str, etag_key: &str, etag: &str) {
        let etag = serde_json::to_string(etag).unwrap_or_default();
        let both = [(slice, text), (etag_key, etag.as_str())];
        let mut stored = db::put_texts(kept, &both).await;
        if stored == Err(db::Refused::Full) {
            self.make_room(false).await;
            stored = db::put_texts(kept, &both).await;
        }
        self.full.set(stored == Err(db::Refused::Full));
        if stored.is_ok() {
            tabs::tell(slice);
        }
    }

    pub(super) fn take(&self, slice: &str, text: &str) -> bool {
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
            _ => read(text, self.events),
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
                    // Nobody's from here on: what is left of this start must not say again whose the device was.
                    let before = self.member.get_untracked();
                    self.member.set(None);
                    if db::put(db::DEVICE, "last", &Device { member, ahead_ms: clock::ahead_ms() }).await.is_ok() {
                        reload();
                        return;
                    }
                    // A device that cannot note it would begin anew for ever.
                    self.member.set(before);
                }
                Reach::OtherMember
            }
            Trouble::OtherMember => Reach::OtherMember,
            Trouble::TooOld => Reach::TooOld,
            // Whoever signs out here is on the way to the door already.
            Trouble::Revoked if self.leaving.get_untracked() => return,
            Trouble::Revoked => {
                if let Some(member) = self.member.get_untracked() {
                    self.forget_of(&member).await;
                }
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
    pub async fn forget_of(&self, member: &str) {
        // Nobody's device from here on: what is still on its way is not kept.
        self.member.set(None);
        pictures::forget().await;
        db::forget(&db::snapshots_of(member)).await;
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

impl Default for Store {
    fn default() -> Self {
        Store::new()
    }
}

/// The next start asks the server whose device this is.
pub async fn device_of_nobody() {
    let _ = db::put(db::DEVICE, "last", &()).await;
}

pub(super) fn reload() {
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
