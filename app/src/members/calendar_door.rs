//! The member's shifts in their own calendar, by a secret address.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::french::nb;
use crate::offline::store::Store;
use crate::offline::wire;
use crate::ui::Icon;

#[component]
pub fn CalendarDoor() -> impl IntoView {
    let store = Store::expect();
    let address = RwSignal::new(String::new());
    let said = RwSignal::new("");
    let renew = move |_| {
        let Some(member) = store.member.get_untracked() else { return };
        said.set("Un instant…");
        spawn_local(async move {
            match wire::renew_calendar(&member).await {
                Ok(new) => {
                    address.set(new);
                    said.set("Garde-la pour toi : qui l’a voit tes vacations. L’adresse d’avant ne marche plus.");
                }
                Err(_) => said.set("Il faut le réseau pour ça. Réessaie quand il sera revenu."),
            }
        });
    };
    let copy = move |_| {
        let _ = window().navigator().clipboard().write_text(&address.get_untracked());
        said.set("Adresse copiée.");
    };
    view! {
        <section class="section section--apart" aria-labelledby="agenda">
            <h2 id="agenda">"Mon agenda"</h2>
            <p class="soft">
                {nb("Tes vacations dans l’agenda de ton téléphone, tenues à jour toutes seules : abonne-le à une adresse secrète.")}
            </p>
            {move || {
                let shown = address.get();
                (!shown.is_empty()).then(|| view! {
                    <div class="field">
                        <label class="field__label" for="adresse-agenda">"Ton adresse"</label>
                        <input class="field__input" id="adresse-agenda" readonly value=shown/>
                    </div>
                    <button class="button" type="button" on:click=copy><Icon name="copy"/>"Copier l’adresse"</button>
                })
            }}
            <button class="button" type="button" on:click=renew>
                {move || if address.with(String::is_empty) { "Créer une adresse" } else { "En faire une autre" }}
            </button>
            <p role="status">{move || nb(said.get())}</p>
        </section>
    }
}
