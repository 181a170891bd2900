//! « À traiter »: the office's doors on « Moi », with how much waits behind each.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, Todo};
use crate::ui::{Chip, ChipLook, Icon};

/// The counts come after the page: it opens without the network, and they need it.
#[component]
pub fn OfficeDoors() -> impl IntoView {
    let todo = RwSignal::new(None::<Todo>);
    Effect::new(move |_| {
        spawn_local(async move {
            if let Ok(counted) = api::office_todo().await {
                todo.try_set(Some(counted));
            }
        });
    });
    let row = |icon: &'static str, href: &'static str, title: &'static str, soft: &'static str, count: fn(Todo) -> usize| {
        view! {
            <li class="row">
                <Icon name=icon/>
                <span class="row__body">
                    <a class="row__link row__title" href=href>
                        {title}
                    </a>
                    <span class="row__soft">{soft}</span>
                </span>
                <span class="row__end">
                    {move || match todo.get().map_or(0, count) {
                        0 => view! { <Icon name="chevron-right"/> }.into_any(),
                        some => view! { <Chip look=ChipLook::Missing>{some}</Chip> }.into_any(),
                    }}
                </span>
            </li>
        }
    };
    view! {
        <section class="section section--apart" aria-labelledby="a-traiter">
            <h2 id="a-traiter">"À traiter"</h2>
            <ul class="list">
                {row(
                    "smartphone",
                    "/bureau/joindre",
                    "À joindre",
                    "Celles et ceux que nos messages n’atteignent pas",
                    |todo| todo.to_reach,
                )}
                {row("info", "/bureau/demandes", "Demandes", "Pauses et dispenses à accorder", |todo| todo.requests)}
                {row("scale", "/bureau/engagement", "L’engagement d’un membre", "Son compte, une correction", |_| 0)}
                {row("monitor", "/bureau/machine", "La machine", "Ce qui n’arrive pas, ce qui échoue", |todo| todo.machine)}
                {row("scale", "/bureau/regles", "Les règles", "Ce que la coop demande, et ce que ça changerait", |_| 0)}
            </ul>
        </section>
    }
}
