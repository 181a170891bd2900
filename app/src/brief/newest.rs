//! The newest issue on Accueil: what it is about, and whether I have read it.

use domain::time::Instant;
use domain::view::brief::Newest;
use leptos::prelude::*;

use crate::french::brief::{headline, of_monday};
use crate::french::dates::iso_day;
use crate::french::nb;
use crate::ui::{Chip, ChipLook};

#[component]
pub fn NewestBrief(brief: Newest, now: Instant) -> impl IntoView {
    let Newest { monday, titles, read } = brief;
    let href = format!("/breve/{}", iso_day(monday));
    let title = headline(titles.first().map(String::as_str), monday);
    let rest = titles.into_iter().skip(1).map(|title| view! { <li>{nb(&title)}</li> }).collect_view();
    view! {
        <section class="card" aria-labelledby="la-breve">
            <div class="card__head">
                <p class="card__soft">{of_monday(monday, now)}</p>
                {(!read).then(|| view! { <Chip look=ChipLook::Proposed>"Non lue"</Chip> })}
            </div>
            <h2 class="card__title" id="la-breve">{title}</h2>
            <ul class="brief__titles">{rest}</ul>
            <div class="card__acts">
                <a class="button button--soft" href=href>"Lire la brève"</a>
            </div>
        </section>
    }
}
