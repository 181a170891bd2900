//! What pages read: the snapshots, with the acts on their way laid over them.

use std::sync::Arc;

use domain::calendar::Calendar;
use domain::event::Events;
use domain::me::Me;
use domain::outbox::Outbox;
use domain::overlay::{LaidOver, Touch, laid_over_events};
use domain::time::Instant;
use leptos::prelude::*;

#[derive(Clone)]
pub struct Shown {
    pub calendar: Arc<Calendar>,
    pub me: Arc<Me>,
    /// They come after the others.
    pub events: Option<Arc<Events>>,
    pub touches: Arc<[Touch]>,
}

impl Shown {
    fn is_same(&self, other: &Shown) -> bool {
        let events = match (&self.events, &other.events) {
            (Some(before), Some(after)) => Arc::ptr_eq(before, after),
            (before, after) => before.is_none() && after.is_none(),
        };
        events
            && Arc::ptr_eq(&self.calendar, &other.calendar)
            && Arc::ptr_eq(&self.me, &other.me)
            && self.touches == other.touches
    }
}

/// The snapshots as a device shows them, made anew when one of them or the outbox changes.
pub fn shown(
    calendar: RwSignal<Option<Arc<Calendar>>>,
    me: RwSignal<Option<Arc<Me>>>,
    events: RwSignal<Option<Arc<Events>>>,
    outbox: RwSignal<Outbox>,
    now: RwSignal<Instant>,
) -> Memo<Option<Shown>> {
    Memo::new_with_compare(
        move |_| {
            let (calendar, me, events) = (calendar.get()?, me.get()?, events.get());
            let laid = outbox.with(|outbox| laid_over_events(&calendar, &me, events.as_deref(), outbox, now.get_untracked()));
            Some(match laid {
                Some(LaidOver { calendar, me, events, touches }) => Shown {
                    calendar: Arc::new(calendar),
                    me: Arc::new(me),
                    events: events.map(Arc::new),
                    touches: touches.into(),
                },
                None => Shown { calendar, me, events, touches: Arc::default() },
            })
        },
        |before, after| match (before, after) {
            (Some(Some(before)), Some(Some(after))) => !before.is_same(after),
            (before, after) => before.is_some() != after.is_some() || before.flatten().is_some() != after.flatten().is_some(),
        },
    )
}
