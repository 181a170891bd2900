//! The snapshots: what each slice shows to members, whole.
//!
//! The shared ones are the same for every member and built once per change mark; pages and the
//! wire read the same versions, so that rendering needs only the session's statement and one for
//! what is mine.

mod briefs;
mod calendar;
mod events;
mod groups;
mod me;
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

pub use briefs::briefs;
pub use calendar::calendar;
pub(crate) use events::BACK_D as EVENTS_BACK_D;
pub use events::events;
pub use groups::groups;
pub use me::me;

/// How many members' own snapshots one process keeps at most.
const OWN_CAP: usize = 600;

/// The last version of each snapshot, in this process.
#[derive(Debug, Default)]
pub struct Shared {
    calendar: Mutex<Option<Arc<Calendar>>>,
    groups: Mutex<Option<Arc<Groups>>>,
    briefs: Mutex<Option<Arc<Briefs>>>,
    events: Mutex<Option<Arc<Events>>>,
    own: Mutex<HashMap<MemberId, Arc<Me>>>,
    /// One process builds the calendar once, however many ask.
    building: tokio::sync::Mutex<()>,
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
        self.calendar_since(backend, &who.marks).await
    }

    async fn calendar_since(&self, backend: &Backend, marks: &Marks) -> Result<Arc<Calendar>, Error> {
        let now = backend.now();
        let fresh = |known: &Arc<Calendar>| is_fresh(&known.marks, known.valid_until, "calendar", marks, now);
        if let Some(known) = kept(&self.calendar).filter(fresh) {
            return Ok(known);
        }
        let _alone = self.building.lock().await;
        if let Some(known) = kept(&self.calendar).filter(fresh) {
            return Ok(known);
        }
        let built = Arc::new(calendar(backend).await?);
        *guard(&self.calendar) = Some(built.clone());
        Ok(built)
    }

    pub async fn groups(&self, backend: &Backend, who: &SignedIn) -> Result<Arc<Groups>, Error> {
        let now = backend.now();
        let fresh = |known: &Arc<Groups>| is_fresh(&known.marks, known.valid_until, "groups", &who.marks, now);
        if let Some(known) = kept(&self.groups).filter(fresh) {
            return Ok(known);
        }
        let built = Arc::new(groups(backend).await?);
        *guard(&self.groups) = Some(built.clone());
        Ok(built)
    }

    pub async fn briefs(&self, backend: &Backend, who: &SignedIn) -> Result<Arc<Briefs>, Error> {
        let now = backend.now();
        let fresh = |known: &Arc<Briefs>| is_fresh(&known.marks, known.valid_until, "briefs", &who.marks, now);
        if let Some(known) = kept(&self.briefs).filter(fresh) {
            return Ok(known);
        }
        let built = Arc::new(briefs(backend).await?);
        *guard(&self.briefs) = Some(built.clone());
        Ok(built)
    }

    pub async fn events(&self, backend: &Backend, who: &SignedIn) -> Result<Arc<Events>, Error> {
        let now = backend.now();
        let fresh = |known: &Arc<Events>| is_fresh(&known.marks, known.valid_until, "events", &who.marks, now);
        if let Some(known) = kept(&self.events).filter(fresh) {
            return Ok(known);
        }
        let built = Arc::new(events(backend).await?);
        *guard(&self.events) = Some(built.clone());
        Ok(built)
    }

    pub async fn me(&self, backend: &Backend, who: &SignedIn) -> Result<Arc<Me>, Error> {
        self.me_since(backend, who.member, &who.marks).await
    }

    async fn me_since(&self, backend: &Backend, member: MemberId, marks: &Marks) -> Result<Arc<Me>, Error> {
        let now = backend.now();
        let known = guard(&self.own).get(&member).cloned();
        if let Some(known) = known.filter(|known| is_fresh(&known.marks, known.valid_until, "me", marks, now)) {
            return Ok(known);
        }
        let built = Arc::new(me(backend, member).await?);
        let mut own = guard(&self.own);
        if own.len() >= OWN_CAP && !own.contains_key(&member) {
            own.clear();
        }
        own.insert(member, built.clone());
        Ok(built)
    }

    /// What a page of `who` shows, now.
    pub async fn seen(&self, backend: &Backend, who: &SignedIn) -> Result<SeenAt, Error> {
        let calendar = self.calendar(backend, who).await?;
        let me = self.me(backend, who).await?;
        Ok(SeenAt { calendar, me, now: backend.now() })
    }

    /// What a member would see, for a page on which nobody is signed in.
    pub async fn seen_by(&self, backend: &Backend, member: MemberId) -> Result<SeenAt, Error> {
        let marks = marks::read(&mut *backend.pool.acquire().await?, member).await?;
        let calendar = self.calendar_since(backend, &marks).await?;
        let me = self.me_since(backend, member, &marks).await?;
        Ok(SeenAt { calendar, me, now: backend.now() })
    }
}

fn guard<T>(slot: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

fn kept<T>(slot: &Mutex<Option<Arc<T>>>) -> Option<Arc<T>> {
    guard(slot).clone()
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
