//! « Planning · Échanges (6) · Les miennes », under the page's title.

use leptos::prelude::*;

use crate::acts::to_see;
use crate::offline::acts::Acts;
use crate::page_top::PageTop;
use crate::swaps::segments;
use crate::ui::{PageHead, Segmented};

/// `current` counts from 0; `offers` is how many the board shows.
#[component]
pub fn ShiftViews(#[prop(into)] initials: String, offers: usize, current: usize) -> impl IntoView {
    let waiting = to_see(Acts::expect());
    view! {
        <div class="vacations__top">
            <PageHead title="Vacations" initials=initials waiting=waiting/>
            <Segmented label="Vacations" segments=segments(offers, current)/>
        </div>
        <PageTop/>
    }
}
