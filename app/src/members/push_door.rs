//! Whether this device shows alerts: explained first, asked by a tap.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::french::nb;
use crate::offline::push::{self, Shows};
use crate::offline::store::Store;
use crate::ui::{Chip, ChipLook, Icon};

/// What this device said of itself. It is asked once: the page keeps it while its snapshot changes.
#[derive(Clone, Copy)]
pub struct ThisDevice(RwSignal<Shows>);

impl ThisDevice {
    pub fn provide() {
        let (store, shows) = (Store::expect(), RwSignal::new(Shows::Asking));
        Effect::new(move |_| {
            let Some(member) = store.member.get() else { return };
            spawn_local(async move { shows.set(push::look(&member).await) });
        });
        provide_context(ThisDevice(shows));
    }
}

#[component]
pub fn PushDoor() -> impl IntoView {
    let store = Store::expect();
    let ThisDevice(shows) = expect_context::<ThisDevice>();
    let switch = move |on: bool| {
        let Some(member) = store.member.get_untracked() else { return };
        spawn_local(async move {
            shows.set(if on { push::begin(&member).await } else { push::end(&member).await });
        });
    };
    view! {
        <section class="card" aria-labelledby="cet-appareil">
            <div class="card__head">
                <h2 class="card__title" id="cet-appareil">"Cet appareil"</h2>
                {move || (shows.get() == Shows::On).then(|| view! { <Chip look=ChipLook::Done>"Alertes reçues"</Chip> })}
            </div>
            <p role="status">{move || nb(said(shows.get()))}</p>
            {move || match shows.get() {
                Shows::Off => view! {
                    <button class="button button--main" type="button" on:click=move |_| switch(true)>
                        <Icon name="bell"/>"Recevoir les alertes ici"
                    </button>
                }
                .into_any(),
                Shows::On => view! {
                    <button class="button button--quiet" type="button" on:click=move |_| switch(false)>
                        "Ne plus en recevoir ici"
                    </button>
                }
                .into_any(),
                Shows::InstallFirst => view! { <a class="button button--main" href="/installer">"Voir comment"</a> }.into_any(),
                _ => ().into_any(),
            }}
        </section>
    }
}

fn said(shows: Shows) -> &'static str {
    match shows {
        Shows::Asking => "Un instant…",
        Shows::On => {
            "Une alerte s’affiche ici quand quelque chose te concerne, même l’app fermée. Rien de 21 h à 7 h 30, sauf un appel urgent."
        }
        Shows::Off => {
            "Une alerte peut s’afficher ici quand ta place bouge, ou qu’on te propose un échange. Tu choisis plus bas. Ton appareil va te demander si tu es d’accord."
        }
        Shows::Denied => {
            "Les alertes d’Alpar sont bloquées dans les réglages de cet appareil. C’est là qu’il faut les autoriser."
        }
        Shows::InstallFirst => "Sur iPhone, les alertes marchent une fois Alpar sur l’écran d’accueil.",
        Shows::Never => "Ce navigateur ne montre pas d’alertes : ce qui compte t’arrive par mail.",
        Shows::NotReached => "Il faut le réseau pour ça. Réessaie quand il sera revenu.",
    }
}
