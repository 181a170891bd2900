//! What an event is: its picture, when, where with a map, the price, who makes it.

use domain::brief::Picture;
use domain::event::{ForWhom, State};
use domain::time::Instant;
use domain::view::event::KnownEvent;
use leptos::prelude::*;

use crate::french::dates::iso;
use crate::french::events::{price, when};
use crate::french::nb;
use crate::ui::{Chip, ChipLook, Icon, Time};

/// `lazy`: it may be far below what is on the screen.
pub fn cover_of(cover: Picture, lazy: bool) -> impl IntoView {
    let Picture { id, alt, width, height } = cover;
    let (address, width, height) = (format!("/pictures/{id}"), width.to_string(), height.to_string());
    let loading = if lazy { "lazy" } else { "eager" };
    view! { <img class="event__cover" src=address alt=alt width=width height=height loading=loading decoding="async"/> }
}

#[component]
pub fn Facts(known: KnownEvent, now: Instant) -> impl IntoView {
    let KnownEvent { details, times, state, group, with, .. } = known;
    let said = when(&times, now);
    let place = nb(&details.place.name);
    let map = details.place.map.map(|href| {
        let label = nb(&format!("Voir sur une carte : {}", details.place.name));
        view! { <a class="event__map" href=href rel="external noreferrer" aria-label=label>"Voir sur une carte"</a> }
    });
    let made_by = match (group, with) {
        (Some(group), Some(with)) => Some(format!("{group}, avec {with}")),
        (one, other) => one.or(other),
    };
    let public = details.for_whom == ForWhom::Public;
    view! {
        {details.cover.map(|cover| cover_of(cover, false))}
        {off(state)}
        <ul class="event__facts">
            <li class="event__fact">
                <Icon name="calendar-days"/>
                <strong><Time datetime=iso(times.starts_at) shown=said/></strong>
            </li>
            <li class="event__fact">
                <Icon name="signpost"/>
                <span>{place} " " {map}</span>
            </li>
            <li class="event__fact">
                <Icon name="store"/>
                <span>{price(details.price)}</span>
            </li>
            {made_by
                .map(|said| {
                    view! {
                        <li class="event__fact">
                            <Icon name="users"/>
                            <span>{nb(&said)}</span>
                        </li>
                    }
                })}
        </ul>
        {public.then(|| view! { <Chip look=ChipLook::Proposed>"Ouverte à tout le monde"</Chip> })}
    }
}

/// It does not take place, and why.
fn off(state: State) -> Option<impl IntoView> {
    let State::Cancelled { word, .. } = state else { return None };
    let said = if word.is_empty() { String::new() } else { nb(&format!(" « {word} »")) };
    Some(view! {
        <p class="event__off" role="status">
            <Icon name="calendar-x"/>
            <span><strong>"Cette sortie n’a pas lieu."</strong>{said}</span>
        </p>
    })
}
