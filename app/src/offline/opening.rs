//! A start: what the device keeps is read, then the server is asked for what is newer.

use std::sync::Arc;
use std::time::Duration;

use domain::brief::Briefs;
use domain::calendar::Calendar;
use domain::event::Events;
use domain::json;
use domain::me::Me;
use domain::sheet::forget_over;
use futures::channel::oneshot;
use futures::future::{join, select};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use serde::de::DeserializeOwned;

use super::early::Early;
use super::store::{Device, Store, leave_to};
use super::wire::{self, Trouble};
use super::{clock, db};
use crate::chapters::{Chapter, chapter_of_page};

/// A page that has no frame within this is not looked at. Milliseconds.
const UNSEEN_MS: u32 = 200;
/// What every page needs, in the order in which it is read.
const FIRST: [&str; 2] = ["calendar", "me"];

/// The slice that the page's own chapter shows: it comes after the others for every page but that chapter's.
fn own_slice() -> Option<&'static str> {
    match chapter_of_page()? {
        Chapter::Events => Some("events"),
        Chapter::Brief => Some("briefs"),
        _ => None,
    }
}

/// What the device keeps of it, as far as it can be read.
struct First {
    calendar: Option<Arc<Calendar>>,
    me: Option<Arc<Me>>,
    events: Option<Arc<Events>>,
    briefs: Option<Arc<Briefs>>,
}

impl Store {
    /// Reads what the device keeps; the server is asked only by a device that keeps nobody. Gives back what was read before the
    /// app was here.
    pub async fn open(self, signed_in_as: Option<String>) -> Option<Early> {
        // The page says whose it is: a tap need not wait for the device to answer.
        self.member.set(signed_in_as.clone());
        let early = if signed_in_as.is_none() { Early::take().await } else { None };
        let device = match early.as_ref().and_then(|early| early.text("last")) {
            Some(text) => json::parse::<Device>(&text).ok(),
            None => db::get::<Device>(db::DEVICE, "last").await,
        };
        // Whose device it is could be read: then it is whose snapshots these are.
        let early = early.filter(|_| device.is_some());
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
            return None;
        };
        self.member.set(Some(member.clone()));
        // The acts on their way come with the snapshots, so that no page is ever shown without them.
        let (first, ()) = join(kept_first(&member, early.as_ref()), self.read_outbox(&member)).await;
        self.show_first(first);
        self.opened.set(true);
        early
    }

    /// Reads the events and briefs that the device keeps, for which no other page's start waits; asks the server for
    /// everything, and remembers whose device this is.
    pub async fn bring_up_to_date(self, early: Option<Early>) {
        if let Some(kept) = self.member.get_untracked().map(|member| db::snapshots_of(&member)) {
            if let Some(early) = early {
                // Reading more of it would stand before the first frame.
                painted().await;
                self.catch_up(&kept, &early).await;
            }
            if self.events.with_untracked(Option::is_none)
                && let Some(events) = db::get::<Events>(&kept, "events").await
            {
                self.events.set(Some(Arc::new(events)));
            }
            if self.briefs.with_untracked(Option::is_none)
                && let Some(briefs) = db::get::<Briefs>(&kept, "briefs").await
            {
                self.briefs.set(Some(Arc::new(briefs)));
            }
        }
        self.refresh_all().await;
        self.settled.set(true);
        self.keep_device().await;
    }

    /// Another window may have stored a newer snapshot after it was read here, and before this one heard of what others store.
    async fn catch_up(self, kept: &str, early: &Early) {
        for slice in early.behind(kept, &slices()).await {
            if let Some(text) = db::text(kept, slice).await {
                self.take(slice, &text);
            }
        }
    }

    fn show_first(self, First { calendar, me, events, briefs }: First) {
        self.now.set(clock::now());
        if events.is_some() {
            self.events.set(events);
        }
        if briefs.is_some() {
            self.briefs.set(briefs);
        }
        if calendar.is_some() && me.is_some() {
            self.calendar.set(calendar);
            self.me.set(me);
        }
    }
}

/// What a start shows, in the order in which it is read.
fn slices() -> Vec<&'static str> {
    FIRST.into_iter().chain(own_slice()).collect()
}

/// All of it is asked for at once, where it is not here already.
async fn kept_first(member: &str, early: Option<&Early>) -> First {
    let (kept, own) = (db::snapshots_of(member), own_slice());
    let texts: Vec<Option<String>> = match early {
        Some(early) => slices().into_iter().map(|slice| early.text(slice)).collect(),
        None => db::texts(&kept, &slices().into_iter().map(str::to_owned).collect::<Vec<_>>()).await,
    };
    let mut texts = texts.into_iter().map(Option::unwrap_or_default);
    let mut next = || texts.next().unwrap_or_default();
    let calendar = parsed::<Calendar>(&next());
    let me = kept_me(&kept, &next(), calendar.as_deref()).await;
    let text = next();
    let events = own.filter(|own| *own == "events").and_then(|_| parsed(&text));
    let briefs = own.filter(|own| *own == "briefs").and_then(|_| parsed(&text));
    First { calendar, me, events, briefs }
}

/// Waits until what is shown by now is on the screen; a page in the background has no frames.
async fn painted() {
    let (tell, told) = oneshot::channel::<()>();
    let said = move || {
        let _ = tell.send(());
    };
    request_animation_frame(move || set_timeout(said, Duration::ZERO));
    drop(select(told, TimeoutFuture::new(UNSEEN_MS)).await);
}

/// A snapshot from its text; nothing where there is none, or none that can be read.
fn parsed<T: DeserializeOwned>(text: &str) -> Option<Arc<T>> {
    json::parse(text).ok().map(Arc::new)
}

/// What is mine; what this device may no longer keep of it is forgotten, without a network too. Another tab may have stored a newer
/// one since this was read: that one stays.
async fn kept_me(kept: &str, text: &str, calendar: Option<&Calendar>) -> Option<Arc<Me>> {
    let mut me = json::value(text).ok()?;
    if forget_over(&mut me, calendar, clock::now()) {
        // It is not what the server sent any more: asked with its etag, the server would leave it so.
        let _ = db::replace_text(kept, "me", text, &me.to_string(), "me-etag").await;
    }
    json::read(&me).ok().map(Arc::new)
}
