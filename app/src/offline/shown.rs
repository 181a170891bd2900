//! What pages read: the snapshots, with the acts on their way laid over them.

use std::sync::Arc;

use domain::calendar::Calendar;
use domain::catalogue::Catalogue;
use domain::event::Events;
use domain::groups::Groups;
use domain::me::Me;
use domain::outbox::Outbox;
use domain::overlay::{LaidOver, Shown as Others, Touch};
use domain::time::Instant;
use leptos::prelude::*;

use super::desk;

#[derive(Clone)]
pub struct Shown {
    pub calendar: Arc<Calendar>,
    pub me: Arc<Me>,
    /// They come after the others.
    pub groups: Option<Arc<Groups>>,
    /// Likewise.
    pub events: Option<Arc<Events>>,
    /// Once a page has wanted it.
    pub catalogue: Option<Arc<Catalogue>>,
    pub touches: Arc<[Touch]>,
}

impl Shown {
    fn is_same(&self, other: &Shown) -> bool {
        is_one(&self.groups, &other.groups)
            && is_one(&self.events, &other.events)
            && is_one(&self.catalogue, &other.catalogue)
            && Arc::ptr_eq(&self.calendar, &other.calendar)
            && Arc::ptr_eq(&self.me, &other.me)
            && self.touches == other.touches
    }
}

fn is_one<T>(before: &Option<Arc<T>>, after: &Option<Arc<T>>) -> bool {
    match (before, after) {
        (Some(before), Some(after)) => Arc::ptr_eq(before, after),
        (before, after) => before.is_none() && after.is_none(),
    }
}

/// The snapshots as a device shows them, made anew when one of them or the outbox changes.
pub fn shown(
    calendar: RwSignal<Option<Arc<Calendar>>>,
    me: RwSignal<Option<Arc<Me>>>,
    groups: RwSignal<Option<Arc<Groups>>>,
    events: RwSignal<Option<Arc<Events>>>,
    catalogue: RwSignal<Option<Arc<Catalogue>>>,
    outbox: RwSignal<Outbox>,
    now: RwSignal<Instant>,
) -> Memo<Option<Shown>> {
    Memo::new_with_compare(
        move |_| {
            let (calendar, me, events) = (calendar.get()?, me.get()?, events.get());
            let (groups, catalogue) = (groups.get(), catalogue.get());
            let others = Others { events: events.as_deref(), catalogue: catalogue.as_deref(), groups: groups.as_deref() };
            // Where no act is on its way, nothing is looked at again because what lays acts has come.
            let lay = |outbox: &Outbox| {
                if outbox.entries.is_empty() {
                    return None;
                }
                (desk::here()?.lay)(&calendar, &me, others, outbox, now.get_untracked())
            };
            let laid = outbox.with(lay);
            Some(match laid {
                Some(LaidOver { calendar, me, events, catalogue, groups, touches }) => Shown {
                    calendar: Arc::new(calendar),
                    me: Arc::new(me),
                    groups: groups.map(Arc::new),
                    events: events.map(Arc::new),
                    catalogue: catalogue.map(Arc::new),
                    touches: touches.into(),
                },
                None => Shown { calendar, me, groups, events, catalogue, touches: Arc::default() },
            })
        },
        |before, after| match (before, after) {
            (Some(Some(before)), Some(Some(after))) => !before.is_same(after),
            (before, after) => before.is_some() != after.is_some() || before.flatten().is_some() != after.flatten().is_some(),
        },
    )
}
