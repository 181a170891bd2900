//! Looking at the snapshots outside of a page's selection: what moves under an open page, an act's words.

use domain::event::Events;
use domain::groups::Groups;
use domain::view::Seen;
use leptos::prelude::*;

use super::clock;
use super::store::Store;

impl Store {
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

    /// The same where the groups are there; the events may come later.
    pub fn following_groups<T>(&self, look: impl FnOnce(Seen<'_>, &Groups, Option<&Events>) -> T) -> Option<T> {
        let shown = self.shown.get()?;
        let (groups, events) = (shown.groups?, shown.events);
        Some(look(Seen { calendar: &shown.calendar, me: &shown.me, now: clock::now() }, &groups, events.as_deref()))
    }
}
