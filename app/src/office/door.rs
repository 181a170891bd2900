//! « À traiter »: the office's doors on « Moi », with how much waits behind each.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, Todo};
use crate::desk::form::POSTED_TO as QUEUE;
use crate::ui::RowLink;

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
    let waiting = move |count: fn(Todo) -> usize| Signal::derive(move || todo.get().map_or(0, count));
    view! {
        <section class="section section--apart" aria-labelledby="a-traiter">
            <h2 id="a-traiter">"À traiter"</h2>
            <ul class="list">
                <RowLink
                    icon="list-checks"
                    href=QUEUE
                    title="Tout, par échéance"
                    soft="Pauses, retards, signalements, dossiers, absence de la personne salariée"
                    waiting=waiting(|todo| todo.pressing)
                />
                <RowLink
                    icon="users"
                    href="/bureau/membres"
                    title="Membres et parts"
                    soft="Le registre, importer, inviter"
                    waiting=waiting(|todo| todo.erasures)
                />
                <RowLink
                    icon="handshake"
                    href="/bureau/arrivees"
                    title="Arrivées"
                    soft="Qui est en chemin, qui n’avance plus"
                    waiting=waiting(|todo| todo.stuck)
                />
                <RowLink
                    icon="smartphone"
                    href="/bureau/joindre"
                    title="À joindre"
                    soft="Celles et ceux que nos messages n’atteignent pas"
                    waiting=waiting(|todo| todo.to_reach)
                />
                <RowLink
                    icon="info"
                    href="/bureau/demandes"
                    title="Demandes"
                    soft="Pauses et dispenses à accorder"
                    waiting=waiting(|todo| todo.requests)
                />
                <RowLink
                    icon="users"
                    href="/bureau/engagement"
                    title="L’engagement d’un membre"
                    soft="Son compte, une correction"
                />
                <RowLink
                    icon="monitor"
                    href="/bureau/machine"
                    title="La machine"
                    soft="Ce qui n’arrive pas, ce qui échoue"
                    waiting=waiting(|todo| todo.machine)
                />
                <RowLink
                    icon="scale"
                    href="/bureau/regles"
                    title="Les règles"
                    soft="Ce que la coop demande, et ce que ça changerait"
                />
            </ul>
        </section>
    }
}
