//! « Qui es-tu ? »: after the code, never before it.

use leptos::prelude::*;

use super::Door;
use crate::api;
use crate::asked::Asked;
use crate::french::nb;
use crate::ui::Icon;

#[component]
pub fn WhoPage() -> impl IntoView {
    let people = Asked::new_blocking(|| (), |()| api::who_are_you());
    view! {
        <Door title=nb("Qui es-tu ?")>
            <Suspense>
                {move || Suspend::new(async move {
                    match people.wait().await {
                        Some(Ok(people)) => view! {
                            <p class="door__soft">"Vous êtes plusieurs derrière cette adresse."</p>
                            <form class="door__form" method="post" action="/connexion/qui">
                                {people
                                    .into_iter()
                                    .map(|person| view! {
                                        <button class="choice" name="membre" value=person.id.to_string()>
                                            <span class="seat seat--large" aria-hidden="true">{person.name.initials()}</span>
                                            <span class="choice__body">
                                                <span class="choice__title">{person.name.to_string()}</span>
                                            </span>
                                            <Icon name="chevron-right"/>
                                        </button>
                                    })
                                    .collect_view()}
                            </form>
                        }.into_any(),
                        _ => view! {
                            <p class="door__soft">"Ce code a déjà servi, ou le temps est passé."</p>
                            <a class="button button--main button--block" href="/connexion">"Recommencer"</a>
                        }.into_any(),
                    }
                })}
            </Suspense>
        </Door>
    }
}
