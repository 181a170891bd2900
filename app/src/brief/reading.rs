//! An issue that was on the screen is read: said once.

use std::time::Duration;

use domain::command::Command;
use domain::id::BriefId;
use leptos::prelude::*;

use crate::acts::intent_of;
use crate::offline::acts::Acts;
use crate::offline::store::Store;

/// So long it has to be looked at.
const LOOKED_AT: Duration = Duration::from_secs(2);

/// Says that an issue was read, unless that is known; while the page is in a pocket, it waits.
pub fn read_when_seen(brief: BriefId, known: bool) {
    let (store, acts) = (Store::expect(), Acts::expect());
    // In the browser alone, once the page stands.
    Effect::new(move |_| {
        if known {
            return;
        }
        let every = set_interval_with_handle(
            move || {
                if document().hidden() || !store.is_live_untracked() {
                    return;
                }
                let command = Command::ReadBrief { brief };
                let read = store.with_seen(|seen| seen.me.read_briefs.contains(&brief)).unwrap_or(true);
                if !read && !acts.is_pending(&command) {
                    let intent = intent_of(store, &command);
                    acts.act(command, intent);
                }
            },
            LOOKED_AT,
        );
        on_cleanup(move || {
            if let Ok(every) = every {
                every.clear();
            }
        });
    });
}
