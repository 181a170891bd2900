//! What the data say in words: the groups, the address, the next presentation.

use domain::public_page::{Facts, Place};
use leptos::prelude::*;

use super::document::PUBLIC_BRIEF;
use crate::french::events::at;
use crate::french::{capitalized, nb};
use crate::organising::public_page::PRESENTATION;
use crate::ui::Icon;

/// Each group, and what it is for.
pub fn groups(facts: &Facts) -> AnyView {
    let rows: Vec<_> = facts
        .groups
        .iter()
        .map(|cell| {
            // With a low line, which the anchor of no heading has.
            let id = format!("groupe_{}", cell.slug);
            let named_by = id.clone();
            view! {
                <article class="card" aria-labelledby=named_by>
                    <h3 class="card__title" id=id>
                        {nb(&cell.name)}
                    </h3>
                    <p>{nb(&cell.role)}</p>
                </article>
            }
        })
        .collect();
    view! { <div class="site__cells">{rows}</div> }.into_any()
}

/// Where it is, line by line, and how to reach it.
pub fn address(place: &Place) -> AnyView {
    let lines: Vec<_> = place.lines().into_iter().map(|line| view! { <br/> {line} }).collect();
    let mail = place.email.clone().map(|email| {
        let href = format!("mailto:{email}");
        view! { <li><a class="link-alone" href=href>{email}</a></li> }
    });
    let phone = place.phone.clone().zip(place.calls()).map(|(phone, calls)| {
        let href = format!("tel:{calls}");
        view! { <li><a class="link-alone" href=href>{phone}</a></li> }
    });
    view! {
        <div class="card">
            <p class="site__address">
                <strong>"Alpar"</strong>
                {lines}
            </p>
            <ul class="site__list">
                <li>
                    <a class="link-alone" href=place.map_link() rel="external noreferrer">
                        "Le plan"
                    </a>
                </li>
                {mail}
                {phone}
            </ul>
        </div>
    }
    .into_any()
}

/// The next one, and the way to come; or how to hear of it.
pub fn presentation(facts: &Facts) -> AnyView {
    let Some(event) = &facts.presentation else {
        let brief = format!("{PUBLIC_BRIEF}#abonnement");
        return view! {
            <div class="card">
                <p>{nb("La prochaine présentation n’est pas encore annoncée. La brève le dira : reçois-la par mail.")}</p>
                <div class="cluster">
                    <a class="button" href=brief>
                        "Recevoir la brève"
                    </a>
                </div>
            </div>
        }
        .into_any();
    };
    let details = &event.terms.details;
    let (title, place) = (nb(&details.title), nb(&details.place.name));
    let when = nb(&capitalized(&at(event.terms.times.starts_at)));
    let starts = crate::french::dates::iso(event.terms.times.starts_at);
    let href = format!("{PRESENTATION}#sortie-{}", event.id);
    view! {
        <article class="card" aria-labelledby="prochaine_presentation">
            <h3 class="card__title" id="prochaine_presentation">
                {title}
            </h3>
            <ul class="event__facts">
                <li class="event__fact">
                    <Icon name="calendar-days"/>
                    <strong>
                        <time datetime=starts>{when}</time>
                    </strong>
                </li>
                <li class="event__fact">
                    <Icon name="signpost"/>
                    <span>{place}</span>
                </li>
            </ul>
            <div class="cluster">
                <a class="button button--main" href=href>
                    "M’inscrire"
                </a>
            </div>
        </article>
    }
    .into_any()
}
