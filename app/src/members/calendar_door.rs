//! The member's shifts in their own calendar, by a secret address.

use chrono::Duration;
use domain::time::{Instant, paris_day};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use crate::french::dates::date_with_year;
use crate::french::nb;
use crate::offline::store::Store;
use crate::offline::{clock, wire};
use crate::ui::Icon;

const FIELD: &str = "adresse-agenda";
/// For so long a new address keeps the focus.
const JUST_MADE: Duration = Duration::seconds(5);

/// An address that was just made, and what is said of it. It is told once: the page keeps it while
/// its snapshot changes.
#[derive(Clone, Copy)]
pub struct Made {
    address: RwSignal<String>,
    said: RwSignal<&'static str>,
    /// When it was made.
    at: RwSignal<Option<Instant>>,
}

impl Made {
    pub fn provide() {
        provide_context(Made { address: RwSignal::new(String::new()), said: RwSignal::new(""), at: RwSignal::new(None) });
    }
}

#[component]
pub fn CalendarDoor(
    /// Since when there is an address.
    since: Option<Instant>,
) -> impl IntoView {
    let store = Store::expect();
    let Made { address, said, at } = expect_context::<Made>();
    // The snapshot that knows of the new address writes the page anew, under whoever is about to copy it.
    if at.get_untracked().is_some_and(|at| clock::now() - at < JUST_MADE) {
        request_animation_frame(select_address);
    }
    let asking = NodeRef::<html::Dialog>::new();
    let exists = move || since.is_some() || !address.with(String::is_empty);
    let renew = move || {
        let Some(member) = store.member.get_untracked() else { return };
        let replaces = untrack(exists);
        said.set("Un instant…");
        spawn_local(async move {
            match wire::renew_calendar(&member).await {
                Ok(new) => {
                    address.set(new);
                    at.set(Some(clock::now()));
                    said.set(if replaces {
                        "Garde-la pour toi : qui l’a voit tes vacations. L’adresse d’avant ne marche plus."
                    } else {
                        "Garde-la pour toi : qui l’a voit tes vacations."
                    });
                    // The field is there by then.
                    request_animation_frame(select_address);
                }
                Err(_) => said.set("Il faut le réseau pour ça. Réessaie quand il sera revenu."),
            }
        });
    };
    let ask = move |_| match asking.get_untracked() {
        Some(dialog) if untrack(exists) => drop(dialog.show_modal()),
        _ => renew(),
    };
    let close = move || {
        if let Some(dialog) = asking.get_untracked() {
            dialog.close();
        }
    };
    let keep = move |_| close();
    let change = move |_| {
        close();
        renew();
    };
    let copy = move |_| {
        let promise = window().navigator().clipboard().write_text(&address.get_untracked());
        spawn_local(async move {
            said.set(match JsFuture::from(promise).await {
                Ok(_) => "Adresse copiée.",
                Err(_) => "Ton navigateur ne copie pas : choisis l’adresse et copie-la à la main.",
            });
        });
    };
    view! {
        <section class="section section--apart" aria-labelledby="agenda">
            <h2 id="agenda">"Mon agenda"</h2>
            <p class="soft">
                {nb("Tes vacations dans l’agenda de ton téléphone, tenues à jour toutes seules : abonne-le à une adresse secrète.")}
            </p>
            {move || {
                let since = since.filter(|_| address.with(String::is_empty));
                since.map(|since| view! { <p>{nb(&existing(since))}</p> })
            }}
            {move || {
                let shown = address.get();
                (!shown.is_empty()).then(|| view! {
                    <div class="field">
                        <label class="field__label" for=FIELD>"Ton adresse"</label>
                        <input class="field__input" id=FIELD readonly value=shown on:focus=|_| select_address()/>
                    </div>
                    <button class="button" type="button" on:click=copy><Icon name="copy"/>"Copier l’adresse"</button>
                })
            }}
            <button class="button" type="button" on:click=ask>
                {move || if exists() { "En faire une autre" } else { "Créer une adresse" }}
            </button>
            <p role="status">{move || nb(said.get())}</p>
            <dialog class="sheet" node_ref=asking aria-labelledby="autre-adresse">
                <header class="sheet__head">
                    <h2 class="sheet__title" id="autre-adresse">{nb("Changer d’adresse ?")}</h2>
                </header>
                <div class="sheet__body">
                    <p>
                        {nb("L’adresse d’avant ne marchera plus : les agendas qui y sont abonnés ne recevront plus rien. On ne peut pas revenir en arrière.")}
                    </p>
                    <div class="card__acts">
                        <button class="button button--main" type="button" on:click=keep>"Garder l’adresse"</button>
                        <button class="button button--danger" type="button" on:click=change>"Faire une autre adresse"</button>
                    </div>
                </div>
            </dialog>
        </section>
    }
}

fn existing(since: Instant) -> String {
    let on = date_with_year(paris_day(since));
    format!("Ton adresse existe depuis le {on}. Elle ne se montre qu’une fois : si tu ne l’as plus, fais-en une autre.")
}

/// Ready to be copied, whatever the keyboard or the finger.
fn select_address() {
    let field = document().get_element_by_id(FIELD);
    if let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlInputElement>().ok()) {
        let _ = field.focus();
        field.select();
    }
}
