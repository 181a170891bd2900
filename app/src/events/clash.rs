//! « Tu as une vacation à ce moment-là »: said at once, with the way to exchange it.

use domain::reason::When;
use leptos::prelude::*;

use crate::french::dates::day_and_hours_short;
use crate::french::events::clash as said;
use crate::french::nb;
use crate::ui::Icon;

/// Nothing where nothing is in the way.
#[component]
pub fn Clash(clash: Vec<When>) -> impl IntoView {
    clash
        .into_iter()
        .map(|when| {
            let href = format!("/vacation/{}?feuille=echanger", when.shift);
            let label = nb(&format!("Échanger ma vacation, {}", day_and_hours_short(&when)));
            view! {
                <p class="event-clash">
                    <Icon name="clock-alert"/>
                    <span class="event-clash__text">{said(&when)}</span>
                    <a class="button button--soft event-clash__way" href=href aria-label=label>"Échanger"</a>
                </p>
            }
        })
        .collect_view()
}
