//! How to put Alpar on the home screen, for iPhone and for Android.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use super::Door;
use crate::ui::Icon;

#[wasm_bindgen]
extern "C" {
    /// What the browser hands over when the app may be installed at once.
    type InstallPrompt;
    #[wasm_bindgen(method)]
    fn prompt(this: &InstallPrompt) -> js_sys::Promise;
}

#[component]
pub fn InstallPage() -> impl IntoView {
    let ready = StoredValue::new_local(None::<InstallPrompt>);
    let offered = RwSignal::new(false);
    Effect::new(move |_| {
        let heard = move |event: web_sys::Event| {
            event.prevent_default();
            ready.set_value(Some(event.unchecked_into()));
            offered.set(true);
        };
        let _ = window_event_listener_untyped("beforeinstallprompt", heard);
    });
    let install = move |_| {
        ready.update_value(|prompt| {
            if let Some(prompt) = prompt.take() {
                let _ = prompt.prompt();
            }
        });
        offered.set(false);
    };
    view! {
        <Door title="Alpar sur ton téléphone">
            <p class="door__soft">"Une icône comme les autres, et le planning même sans réseau."</p>
            {move || offered.get().then(|| view! {
                <button class="button button--main button--block" type="button" on:click=install>
                    <Icon name="download"/>"Installer maintenant"
                </button>
            })}
            <section class="card" aria-labelledby="iphone">
                <h2 class="card__title" id="iphone">"iPhone"</h2>
                <ol class="steps">
                    <li class="steps__item">"Ouvre cette page dans Safari"</li>
                    <li class="steps__item"><span>"Touche "<Icon name="share"/>" "<strong>"Partager"</strong></span></li>
                    <li class="steps__item">
                        <span>"Choisis "<Icon name="square-plus"/>" "<strong>"Sur l’écran d’accueil"</strong></span>
                    </li>
                    <li class="steps__item">"Ouvre Alpar par son icône et tape ton code"</li>
                </ol>
            </section>
            <section class="card" aria-labelledby="android">
                <h2 class="card__title" id="android">"Android"</h2>
                <ol class="steps">
                    <li class="steps__item">"Ouvre cette page dans Chrome"</li>
                    <li class="steps__item">
                        <span>"Touche "<Icon name="ellipsis-vertical"/>" puis "<strong>"Installer l’application"</strong></span>
                    </li>
                </ol>
            </section>
            <a class="button button--quiet" href="/">"Retour à l’app"</a>
        </Door>
    }
}
