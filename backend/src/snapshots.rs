//! The snapshots: what each slice shows to members, whole.
//!
//! The shared ones are the same for every member and built once per change mark; pages and the
//! wire read the same versions, so that rendering needs only the session's statement, one for what
//! is mine, and one for all that changed of what is everybody's.

mod briefs;
mod calendar;
mod catalogue;
mod events;
mod groups;
mod me;
mod of_events;
mod read;
mod rows;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::brief::Briefs;
use domain::calendar::Calendar;
use domain::event::Events;
use domain::groups::Groups;
use domain::id::MemberId;
use domain::me::Me;
use domain::outcome::Marks;
use domain::time::{Instant, paris_day, paris_instant, plus_days};
use domain::view::Seen;

use crate::auth::SignedIn;
use crate::error::Error;
use crate::{Backend, marks};

pub use catalogue::{Shelves, catalogue};
pub(crate) use events::BACK_D as EVENTS_BACK_D;
pub use me::me;
pub use of_events::me_at_events;
pub use read::Slice;
use read::{Read, read};

/// How many members' own snapshots one process keeps at most.
const OWN_CAP: usize = 600;

/// The last version of a snapshot, if it was ever read.
type Slot<T> = Mutex<Option<Arc<T>>>;

/// The last version of what is somebody's alone.
type Own = Mutex<HashMap<MemberId, Arc<Me>>>;

/// The last version of each snapshot, in this process.
#[derive(Debug, Default)]
pub struct Shared {
    calendar: Slot<Calendar>,
    groups: Slot<Groups>,
    briefs: Slot<Briefs>,
    events: Slot<Events>,
    catalogue: Slot<Shelves>,
    own: Own,
    /// What the pages of events look at of it.
    own_at_events: Own,
    /// One process reads what changed once, however many ask.
    reading: tokio::sync::Mutex<()>,
    /// Likewise the catalogue.
    shelving: tokio::sync::Mutex<()>,
}

/// What a page is selected from.
pub struct SeenAt {
    pub calendar: Arc<Calendar>,
    pub me: Arc<Me>,
    pub now: Instant,
}

impl SeenAt {
    pub fn as_seen(&self) -> Seen<'_> {
        Seen { calendar: &self.calendar, me: &self.me, now: self.now }
    }
}

impl Shared {
    /// The calendar at or beyond the marks that came with the session.
    pub async fn calendar(&self, backend: &Backend, who: &SignedIn) -> Result<Arc<Calendar>, Error> {
        self.bring(backend, who, &[Slice::Calendar]).await?;
        there(kept(&self.calendar))
    }

    pub async fn groups(&self, backend: &Backend, who: &SignedIn) -> Result<Arc<Groups>, Error> {
        self.bring(backend, who, &[Slice::Groups]).await?;
        there(kept(&self.groups))
    }

    pub async fn briefs(&self, backend: &Backend, who: &SignedIn) -> Result<Arc<Briefs>, Error> {
        self.bring(backend, who, &[Slice::Briefs]).await?;
        there(kept(&self.briefs))
    }

    pub async fn events(&self, backend: &Backend, who: &SignedIn) -> Result<Arc<Events>, Error> {
        self.bring(backend, who, &[Slice::Events]).await?;
        there(kept(&self.events))
    }

    /// Brings slices to the marks that came with the session, or beyond: all that are behind in one statement.
    pub async fn bring(&self, backend: &Backend, who: &SignedIn, slices: &[Slice]) -> Result<(), Error> {
        self.bring_to(backend, &who.marks, slices).await
    }

    async fn bring_to(&self, backend: &Backend, marks: &Marks, slices: &[Slice]) -> Result<(), Error> {
        let now = backend.now();
        if slices.iter().all(|slice| self.has(*slice, marks, now)) {
            return Ok(());
        }
        let _alone = self.reading.lock().await;
        let behind: Vec<Slice> = slices.iter().copied().filter(|slice| !self.has(*slice, marks, now)).collect();
        if !behind.is_empty() {
            let Read { calendar, groups, briefs, events } = read(backend, &behind).await?;
            keep(&self.calendar, calendar);
            keep(&self.groups, groups);
            keep(&self.briefs, briefs);
            keep(&self.events, events);
        }
        Ok(())
    }

    /// Whether the version of a slice that is here will do.
    fn has(&self, slice: Slice, marks: &Marks, now: Instant) -> bool {
        let fresh = |known: &Marks, valid_until, name| is_fresh(known, valid_until, name, marks, now);
        match slice {
            Slice::Calendar => kept(&self.calendar).is_some_and(|known| fresh(&known.marks, known.valid_until, "calendar")),
            Slice::Groups => kept(&self.groups).is_some_and(|known| fresh(&known.marks, known.valid_until, "groups")),
            Slice::Briefs => kept(&self.briefs).is_some_and(|known| fresh(&known.marks, known.valid_until, "briefs")),
            Slice::Events => kept(&self.events).is_some_and(|known| fresh(&known.marks, known.valid_until, "events")),
        }
    }

    /// The catalogue with its shelves.
    pub async fn catalogue(&self, backend: &Backend, who: &SignedIn) -> Result<Arc<Shelves>, Error> {
        let now = backend.now();
        let fresh = |known: &Arc<Shelves>| {
            let index = &known.index;
            is_fresh(&index.marks, index.valid_until, "catalogue", &who.marks, now)
        };
        if let Some(known) = kept(&self.catalogue).filter(fresh) {
            return Ok(known);
        }
        let _alone = self.shelving.lock().await;
        let known = kept(&self.catalogue);
        if let Some(known) = known.clone().filter(fresh) {
            return Ok(known);
        }
        let built = Arc::new(catalogue::after(backend, known.as_deref()).await?);
        *guard(&self.catalogue) = Some(built.clone());
        Ok(built)
    }

    pub async fn me(&self, backend: &Backend, who: &SignedIn) -> Result<Arc<Me>, Error> {
        self.me_since(backend, who.member, &who.marks).await
    }

    async fn me_since(&self, backend: &Backend, member: MemberId, marks: &Marks) -> Result<Arc<Me>, Error> {
        if let Some(known) = kept_of(&self.own, member, marks, backend.now()) {
            return Ok(known);
        }
        Ok(keep_of(&self.own, member, me(backend, member).await?))
    }

    /// What of mine a page of events looks at, which is never sent: the whole, where it is here; otherwise that alone.
    pub async fn me_at_events(&self, backend: &Backend, who: &SignedIn) -> Result<Arc<Me>, Error> {
        let now = backend.now();
        let known = [&self.own, &self.own_at_events].into_iter().find_map(|own| kept_of(own, who.member, &who.marks, now));
        match known {
            Some(known) => Ok(known),
            None => Ok(keep_of(&self.own_at_events, who.member, me_at_events(backend, who.member).await?)),
        }
    }

    /// What a page of `who` shows, now.
    pub async fn seen(&self, backend: &Backend, who: &SignedIn) -> Result<SeenAt, Error> {
        let calendar = self.calendar(backend, who).await?;
        let me = self.me(backend, who).await?;
        Ok(SeenAt { calendar, me, now: backend.now() })
    }

    /// The same where nothing of it is of the planning: that is as this process saw it last.
    pub async fn seen_apart(&self, backend: &Backend, who: &SignedIn) -> Result<SeenAt, Error> {
        let calendar = match kept(&self.calendar) {
            Some(known) => known,
            None => self.calendar(backend, who).await?,
        };
        let me = self.me(backend, who).await?;
        Ok(SeenAt { calendar, me, now: backend.now() })
    }

    /// The same on a page of events.
    pub async fn seen_at_events(&self, backend: &Backend, who: &SignedIn) -> Result<SeenAt, Error> {
        let calendar = self.calendar(backend, who).await?;
        let me = self.me_at_events(backend, who).await?;
        Ok(SeenAt { calendar, me, now: backend.now() })
    }

    /// The briefs as this process saw them last, for a page that is of something else.
    pub async fn last_briefs(&self, backend: &Backend, who: &SignedIn) -> Result<Arc<Briefs>, Error> {
        match kept(&self.briefs) {
            Some(known) => Ok(known),
            None => self.briefs(backend, who).await,
        }
    }

    /// What a member would see, for a page on which nobody is signed in.
    pub async fn seen_by(&self, backend: &Backend, member: MemberId) -> Result<SeenAt, Error> {
        let marks = marks::read(&mut *backend.pool.acquire().await?, member).await?;
        self.bring_to(backend, &marks, &[Slice::Calendar]).await?;
        let me = self.me_since(backend, member, &marks).await?;
        Ok(SeenAt { calendar: there(kept(&self.calendar))?, me, now: backend.now() })
    }
}

fn guard<T>(slot: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

fn kept<T>(slot: &Slot<T>) -> Option<Arc<T>> {
    guard(slot).clone()
}

/// Keeps a version that was read, if one was.
fn keep<T>(slot: &Slot<T>, read: Option<T>) {
    if let Some(read) = read {
        *guard(slot) = Some(Arc::new(read));
    }
}

/// The version of somebody's own that is here, if it will do.
fn kept_of(own: &Own, member: MemberId, marks: &Marks, now: Instant) -> Option<Arc<Me>> {
    let known = guard(own).get(&member).cloned()?;
    is_fresh(&known.marks, known.valid_until, "me", marks, now).then_some(known)
}

fn keep_of(own: &Own, member: MemberId, read: Me) -> Arc<Me> {
    let read = Arc::new(read);
    let mut own = guard(own);
    if own.len() >= OWN_CAP && !own.contains_key(&member) {
        own.clear();
    }
    own.insert(member, read.clone());
    read
}

/// What was asked for is there.
fn there<T>(read: Option<T>) -> Result<T, Error> {
    read.ok_or(Error::Unreadable("a slice that was asked for"))
}

/// The calendar as it is now, whatever version a process has.
pub async fn calendar(backend: &Backend) -> Result<Calendar, Error> {
    there(read(backend, &[Slice::Calendar]).await?.calendar)
}

pub async fn groups(backend: &Backend) -> Result<Groups, Error> {
    there(read(backend, &[Slice::Groups]).await?.groups)
}

pub async fn briefs(backend: &Backend) -> Result<Briefs, Error> {
    there(read(backend, &[Slice::Briefs]).await?.briefs)
}

pub async fn events(backend: &Backend) -> Result<Events, Error> {
    there(read(backend, &[Slice::Events]).await?.events)
}

/// Nothing of the slice has changed since, and no time boundary has passed.
fn is_fresh(marks: &Marks, valid_until: Instant, slice: &str, since: &Marks, now: Instant) -> bool {
    now < valid_until && marks.get(slice) >= since.get(slice)
}

/// The next midnight in Paris: what is shown shifts by a day.
fn next_midnight(now: Instant) -> Instant {
    paris_instant(plus_days(paris_day(now), 1), chrono::NaiveTime::MIN)
}

/// The marks of a snapshot itself: its own slice's.
fn marks_of(slice: &str, mark: i64) -> Marks {
    Marks::from([(slice.to_owned(), mark)])
}
